import type { Format } from "./format.ts";

export const jsonFormat: Format = { render: (report) => `${JSON.stringify(report, undefined, 2)}\n` };
