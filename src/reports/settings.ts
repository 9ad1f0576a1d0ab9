import { z } from "zod";

export const reportsSettings = z.strictObject({}).prefault({});
