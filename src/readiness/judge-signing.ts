import { docTypes } from "../delegation/doc-types.ts";
import type { Words } from "../platform/words.ts";
import { joinWords } from "../platform/words.ts";
import type { ReadinessRules, SigningFact, UnitFacts } from "./facts.ts";
import { toDimension } from "./judge.ts";
import { toNoRoster } from "./judge-accounts.ts";
import type { DimensionReadiness, Reason } from "./readiness.ts";
import { readinessWords as words } from "./words.ts";

/** Every type of document has somebody who can sign and issue it, now and for the days ahead, and what was decided works. */
export function judgeSigning({ code, signing, staff }: UnitFacts, rules: ReadinessRules): DimensionReadiness {
  if (signing === undefined) return toDimension([noDocumentSystem]);
  if (staff === 0) return toDimension([toNoRoster(code, rules)]);
  return toDimension(signing.map((fact) => toReason(fact, code)));
}

const noDocumentSystem: Reason = {
  code: "DEL-NO-SYSTEM",
  verdict: "unknown",
  owner: "support",
  detail: words.noDocumentSystem,
  commands: ["wardctl doctor"],
};

const verdictOf = { nobody: "no-go", grant: "no-go", single: "note", unknown: "unknown" } as const;

function toReason(fact: SigningFact, unit: string): Reason {
  const { kind, code, owner } = fact;
  return { code, verdict: verdictOf[kind], owner, detail: tell(fact), commands: toCommands(fact, unit) };
}

function tell({ kind, meaning, docTypes: types, who, from }: SigningFact): Words {
  const named = nameTypes(types, kind === "nobody" ? words.anyType : words.allTypes);
  if (kind === "single") return words.onlyOne(named);
  if (kind === "nobody") return words.nobodySigns(meaning, named, from);
  return kind === "unknown" ? meaning : words.signing(meaning, named, who, from);
}

const namedAtMost = 3;

function nameTypes(keys: readonly string[], all: Words): Words {
  if (keys.length === docTypes.length) return all;
  if (keys.length > namedAtMost) return words.types(keys.length);
  const own = docTypes.filter(({ key }) => keys.includes(key));
  return joinWords(
    own.map(({ name }) => name),
    ", ",
  );
}

/** What a push or a look mends is told at once; anything else is asked of the command that names each step and its owner. */
function toCommands({ kind, code, who, docTypes: [type = "cong-van"], from }: SigningFact, unit: string): readonly string[] {
  if (kind === "unknown") return [`wardctl ready ${unit} --refresh`];
  if (kind === "single") return [`wardctl delegate gaps --unit ${unit} --class single`];
  if (code === "DEL-NOT-CARRIED") return [`wardctl delegate push --unit ${unit}`];
  if (code.startsWith("ISS-SEAL-")) return ["wardctl delegate certificates check"];
  if (who === undefined || code.startsWith("ISS-")) {
    return [`wardctl delegate gaps --unit ${unit}${from === undefined ? "" : " --days 7"}`];
  }
  return [`wardctl delegate can-sign ${who} ${type} ${unit}`];
}
