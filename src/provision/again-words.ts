import { both, type Words } from "../platform/words.ts";
import type { Plan } from "./plan.ts";

/** Verbs that plan without a roster; the rest of their flags is not in the plan. */
const verbs = /^(leave|move|merge-units|compensate|handout unclaimed|handout reissue)\b/;

/** The command that makes the plan anew, as far as the plan itself knows how it was made. */
export function toPlanCommand({ roster: { file }, scope }: Pick<Plan, "roster" | "scope">): string {
  const verb = verbs.exec(file)?.[0];
  const made = verb === undefined ? `plan ${quote(file)}` : `${file}${verb === "move" || verb === "merge-units" ? " …" : ""}`;
  const flags = [
    ...(verb === undefined && scope.systems.length > 0 ? [`--system ${scope.systems.join(" ")}`] : []),
    ...scope.only.map((term) => `--only ${term}`),
    ...scope.except.map((term) => `--except ${term}`),
  ];
  return ["wardctl provision", made, ...flags, "--save plan.json"].join(" ");
}

/** What to type next when a plan cannot be carried out as it stands. `skips`: the rest of it still can. */
export function planAgain(plan: Pick<Plan, "roster" | "scope">, { skips = false } = {}): Words {
  const command = toPlanCommand(plan);
  return both((lang) => {
    const again = lang === "vi" ? `lập lại: ${command}` : `make it again: ${command}`;
    if (!skips) return again;
    return lang === "vi"
      ? `${again}; hoặc để nguyên các tài khoản đó, làm phần còn lại: thêm --skip-stale`
      : `${again}; or leave those accounts alone and carry out the rest: add --skip-stale`;
  });
}

function quote(file: string): string {
  return /^[\p{L}\p{N}_./-]+$/u.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
