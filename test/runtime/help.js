// `npm run help`: writes the committed top-level help in both languages from what the command line declares.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCli } from "../../commands/main.ts";

for (const lang of ["vi", "en"]) {
  let text = "";
  const streams = { stdout: (part) => (text += part), stderr: console.error };
  const code = await runCli(["--help"], { streams, environment: { WARDCTL_LANG: lang }, cwd: ".", version: "0" });
  if (code !== 0) process.exit(code);
  writeFileSync(fileURLToPath(new URL(`../../bin/help.${lang}.txt`, import.meta.url)), text);
}
