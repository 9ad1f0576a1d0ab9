import type { Conduct } from "../../src/city/conduct.ts";
import { type OpenCity, readFault } from "../../src/city/open-city.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { readInstant, toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import { verbatim } from "../../src/platform/words.ts";
import { playWords as words } from "./play-words.ts";
import type { SeenByTeam } from "./read-sightings.ts";
import { renderScore } from "./score-document.ts";
import { rehearseWords } from "./words.ts";

interface Trainer {
  readonly open: OpenCity;
  readonly conduct: Conduct;
  readonly setClock: (at: Instant) => Promise<void>;
  readonly now: () => Instant;
  readonly tick: () => Promise<void>;
  readonly reports: () => Promise<SeenByTeam>;
}

/** What the trainer types while a script is played. Ends with `stop`, or with the input. */
export async function typeToScript(lines: AsyncIterable<string>, trainer: Trainer, out: Output): Promise<"stop" | "end"> {
  const { open, conduct, now, tick } = trainer;
  for await (const line of lines) {
    const [verb = "", what = ""] = line.trim().split(/\s+/);
    await tick();
    const fault = readFault(what);
    if (verb === "stop") return "stop";
    else if (verb === "score") out.note(verbatim(renderScore(conduct.score((await trainer.reports()).reports, now()), out)));
    else if (verb === "hint") tellHints(conduct, now(), out);
    else if (verb === "mend") await mend(what, trainer, out);
    else if (verb === "clock") await moveClock(what, trainer, out);
    else if (fault && fault.name !== "departments-without-accounts" && (verb === "on" || verb === "off")) {
      open.city.faults[verb](fault.name, fault.scope);
      await open.lines.settled();
    } else if (verb !== "" && verb !== "list") out.warn(rehearseWords.notUnderstood(line));
    if (["list", "on", "off"].includes(verb)) {
      out.note(rehearseWords.active(open.city.faults.list().map(({ name, scope }) => `${name}=${scope}`)));
    }
  }
  return "end";
}

function tellHints(conduct: Conduct, now: Instant, out: Output): void {
  const open = conduct.score([], now).steps.filter(({ state }) => state === "open");
  if (open.length === 0) out.note(words.noHint);
  for (const { step, plantedAt } of open) {
    const at = formatTime(plantedAt ?? now, vietnamZone);
    out.note(step.hint ? words.hint(at, step.hint) : words.hintless(at));
  }
}

/** `mend canary-lost=27094`, or the fault's name alone where there is one of it. */
async function mend(named: string, { conduct, now, tick }: Trainer, out: Output): Promise<void> {
  const { steps } = conduct.score([], now());
  const isOpen = ({ state, step }: (typeof steps)[number]): boolean =>
    (state === "open" || state === "found") && step.mended.by === "owner";
  const name = ({ step }: (typeof steps)[number]): string => `${step.fault}=${step.scope}`;
  const meant = steps.findIndex((one) => isOpen(one) && (name(one) === named || one.step.fault === named));
  if (meant < 0 || !(await conduct.mend(meant, now()))) out.warn(words.notThere(named, steps.filter(isOpen).map(name)));
  else {
    const { at, step } = { at: formatTime(now(), vietnamZone), step: steps[meant] as (typeof steps)[number] };
    out.note(words.mended(at, verbatim(name(step)), step.step.scope, words.byTrainer));
  }
  await tick();
}

async function moveClock(text: string, { now, setClock, tick }: Trainer, out: Output): Promise<void> {
  const wanted = /^\d{2}:\d{2}$/.test(text) ? readInstant(`${toIsoDate(now(), vietnamZone)}T${text}`, vietnamZone) : undefined;
  if (text !== "") {
    if (wanted === undefined || wanted <= now()) return out.warn(words.badClock(text, formatTime(now(), vietnamZone)));
    await setClock(wanted);
    await tick();
  }
  out.note(words.clockIs(formatTime(now(), vietnamZone)));
}
