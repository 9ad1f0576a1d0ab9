import { z } from "zod";

export const directorySettings = z.strictObject({}).prefault({});
