import { createHash } from "node:crypto";
import fc from "fast-check";
import { decideSigning } from "../../src/delegation/decide.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { listGaps } from "../../src/delegation/gaps.ts";
import { createWorkingCalendar } from "../../src/directory/working-calendar.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { midnight, people, reach, types, unit, worldOfPosts } from "./signing-turn.ts";
import { docType } from "./signing-world.ts";

/** Prints one hash over thousands of answers: the same in every time zone and language (I10). */
const hash = createHash("sha256");
const calendar = createWorkingCalendar(vietnamZone);
for (const facts of fc.sample(worldOfPosts, { numRuns: 60, seed: 42 })) {
  for (const key of types) {
    for (const staffId of people) {
      for (const at of [midnight - 1, midnight, midnight + reach]) {
        const asked = { staffId, unit, docType: docType(key), at, asOf: midnight };
        const { answer, codes, candidate, until, nextAllowAt, repair, signatureBlock } = decideSigning(facts, asked);
        hash.update(JSON.stringify([answer, codes, candidate.grant?.id, until, nextAllowAt, repair, signatureBlock]));
      }
    }
  }
  const horizon = { from: midnight - reach, to: midnight + 40 * 86_400_000 };
  const gaps = listGaps(createRegister(facts, horizon.from, midnight), [unit], horizon);
  hash.update(JSON.stringify(gaps.map((gap) => [gap, calendar.measure(gap.from, gap.to)])));
}
process.stdout.write(hash.digest("hex"));
