import { z } from "zod";

export const healthSettings = z.strictObject({}).prefault({});
