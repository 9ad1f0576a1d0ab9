import { z } from "zod";

export const delegationSettings = z.strictObject({}).prefault({});
