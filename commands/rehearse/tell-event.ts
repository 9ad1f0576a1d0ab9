import { faultFacts } from "../../src/city/fault-facts.ts";
import type { RehearsalEvent } from "../../src/city/rehearsal-event.ts";
import type { RehearsalScript, ScriptStep } from "../../src/city/script.ts";
import { formatTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { playWords as words } from "./play-words.ts";

/** A line in the trainer's window. */
export function tellEvent(event: RehearsalEvent, { steps }: RehearsalScript, out: Pick<Output, "note">): void {
  const at = formatTime(event.at, vietnamZone);
  if (event.kind === "begun") return;
  if (event.kind === "ended") return out.note(words.ended(at));
  const { fault, scope } = steps[event.step] as ScriptStep;
  const { title } = faultFacts[fault];
  if (event.kind === "planted") out.note(words.planted(at, title, scope));
  else if (event.kind === "found") out.note(words.found(at, title, scope, event.by));
  else if (event.kind === "reported") out.note(words.reported(at, title, scope, event.incident, event.owner));
  else if (event.kind === "over") out.note(words.over(at, title, scope));
  else {
    const by = { wardctl: words.byWardctl, trainer: words.byTrainer, owner: words.byOwner(event.owner ?? "") }[event.by];
    out.note(words.mended(at, title, scope, by));
  }
}
