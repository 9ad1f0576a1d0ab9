// `node test/runtime/picture.js`: draws docs/picture.svg, the picture of the README, from what wardctl prints in the embedded city.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCli } from "../../commands/main.ts";
import { drawTerminal } from "../support/draw-terminal.ts";
import { openCityWorkspace } from "../support/whole-city.ts";

const now = "2025-07-03T16:30:00+07:00";
const city = await openCityWorkspace(now);

/** What a person at a terminal sees. */
async function look(line) {
  let text = "";
  const take = (part) => {
    text += part;
  };
  const streams = { stdout: take, stderr: take, stdoutIsTerminal: true, stderrIsTerminal: false, columns: 112 };
  const environment = { WARDCTL_LANG: "vi", WARDCTL_NOW: now, TERM: "xterm-256color" };
  const { signal } = new AbortController();
  await runCli(line.split(" "), { streams, environment, cwd: city.folder, version: "0", user: "lan", signal });
  return { line: `wardctl ${line}`, text };
}

async function run(line) {
  const { code, stderr } = await city.run(line);
  if (![0, 4, 7, 8].includes(code)) throw new Error(`wardctl ${line}: ${stderr}`);
}

const coverage = await look("provision coverage --unit 27004");
await run("provision plan roster.csv --only unit=27004 --save plan.json");
await run("provision apply plan.json --yes");
await run("delegate verify");
const answer = await look("delegate can-sign chanh-van-phong cong-van 27004");
await city.stop();
const about =
  "wardctl: phường Tân Bình, phòng nào chưa có tài khoản; Chánh Văn phòng có ký được công văn không, thiếu gì, ai sửa";
writeFileSync(fileURLToPath(new URL("../../docs/picture.svg", import.meta.url)), drawTerminal([coverage, answer], about));
