// `npm run help`: writes the committed top-level help and the manual page in both languages from what the command line declares.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { listPlaces } from "../../commands/completion/command-tree.ts";
import { toManual } from "../../commands/completion/manual.ts";
import { runCli } from "../../commands/main.ts";

for (const lang of ["vi", "en"]) {
  let text = "";
  const streams = { stdout: (part) => (text += part), stderr: console.error };
  const code = await runCli(["--help"], { streams, environment: { WARDCTL_LANG: lang }, cwd: ".", version: "0" });
  if (code !== 0) process.exit(code);
  writeFileSync(fileURLToPath(new URL(`../../bin/help.${lang}.txt`, import.meta.url)), text);
  const manual = fileURLToPath(new URL(`../../docs/man/wardctl${lang === "vi" ? "-vi" : ""}.1`, import.meta.url));
  writeFileSync(manual, toManual(await listPlaces(lang), lang));
}
