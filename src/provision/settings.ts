import { z } from "zod";

export const provisionSettings = z.strictObject({}).prefault({});
