import { z } from "zod";

export const recordsSettings = z.strictObject({}).prefault({});
