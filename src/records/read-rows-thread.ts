import { runThread } from "../platform/thread.ts";
import { createCodes } from "./code-store.ts";
import { type ApartData, type ApartNews, type GivenBack, readForOther } from "./read-rows-apart.ts";

await runThread<ApartData, ApartNews, GivenBack>((data, line) => readForOther(data, createCodes(data.codes), line));
