// `npm run help`: writes the committed top-level help in both languages from what the command line declares.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCli } from "../../commands/main.ts";

for (const lang of ["vi", "en"]) {
  let text = "";
  const streams = { stdout: (part) => (text += part), stderr: () => undefined };
  await runCli(["--help"], { streams, environment: { WARDCTL_LANG: lang }, version: "0" });
  writeFileSync(fileURLToPath(new URL(`../../bin/help.${lang}.txt`, import.meta.url)), text);
}
