import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import type { Account } from "../../../src/provision/account.ts";
import type { OperationResult } from "../../../src/provision/applying.ts";
import { believeAnswers } from "../../../src/provision/believe-answers.ts";
import { createLookup } from "../../../src/provision/compare-operation.ts";
import type { Connector, Lookup } from "../../../src/provision/connector.ts";
import { makeAccount } from "../../contract/connector.contract.ts";
import { makeCreatePlan } from "../../support/create-plan.ts";

const plan = await makeCreatePlan("p", 200, "documents", "2025-07-03T10:00:00+07:00");

interface Case {
  /** Accounts that are there before, and creates that were answered. */
  readonly before: number;
  readonly creates: number;
  readonly pageSize: number;
  /** What the n-th answer says of the n-th account as it is stored. */
  readonly answer?: (stored: Account, n: number) => Account | undefined;
  /** What the system holds of it when it is asked; undefined: nothing. */
  readonly store?: (account: Account, n: number) => Account | undefined;
  readonly count?: (real: number) => number | undefined;
  readonly seed?: string;
}

/** A system that answered creates and is now asked about them. */
async function ask({
  before,
  creates,
  pageSize,
  answer = (one) => one,
  store = (one) => one,
  count = (n) => n,
  seed = "s",
}: Case) {
  const open = plan.operations.slice(0, creates);
  const made = open.map((_, n): Account => ({ ...makeAccount(n + 1), id: `new-${n}` }));
  const old = Array.from({ length: before }, (_, n): Account => ({ ...makeAccount(1000 + n), id: `old-${n}` }));
  const held = new Map(made.flatMap((account, n) => [store(account, n) ?? []].flat().map((one) => [one.id, one] as const)));
  const results = new Map(
    open.map(({ id }, n): [string, OperationResult] => {
      const shown = answer(made[n] as Account, n);
      return [id, { event: "answered", targetId: shown?.id, message: undefined, shown }];
    }),
  );
  const asked: string[] = [];
  let counted = 0;
  const connector = {
    system: "documents",
    answers: {
      pageSize,
      async count() {
        counted += 1;
        return count(before + held.size);
      },
    },
    async find(by: Lookup) {
      const { id } = by as { id: string };
      asked.push(id);
      return [held.get(id) ?? []].flat();
    },
  } as unknown as Connector;
  const belief = await believeAnswers({ connector, open, results, before: createLookup(old), seed });
  return { ...belief, asked, counted, believed: belief.standings.size };
}

const some: Case = { before: 0, creates: 60, pageSize: 5 };

describe("answers of a system that answers with what it stores", () => {
  it("are the read-back of all, when the count is right and some read the same", async () => {
    const { believed, lied, asked, counted } = await ask(some);
    expect([believed, lied, counted]).toEqual([60, false, 1]);
    expect(new Set(asked).size).toBe(2 * 12 - 1 - 1);
  });

  it.each<readonly [string, Partial<Case>]>([
    ["one of them shows no account", { answer: (one, n) => (n === 7 ? undefined : one) }],
    ["one of them is not what was wanted", { answer: (one, n) => (n === 7 ? { ...one, active: false } : one) }],
    ["two of them have one id", { answer: (one, n) => (n === 7 ? { ...one, id: "new-8" } : one) }],
    ["one of them has an id that was there before", { before: 1, answer: (one, n) => (n === 7 ? { ...one, id: "old-0" } : one) }],
  ])("are not asked about when %s", async (_, change) => {
    const { believed, asked, counted } = await ask({ ...some, ...change });
    expect([believed, asked, counted]).toEqual([0, [], 0]);
  });

  it.each<readonly [string, Partial<Case>]>([
    ["there is one account less", { store: (one, n) => (n === 7 ? undefined : one) }],
    ["there is one account more", { count: (real) => real + 1 }],
    ["the system does not say how many", { count: () => undefined }],
  ])("are not believed, and nobody lied, when %s", async (_, change) => {
    const { believed, lied, asked } = await ask({ ...some, ...change });
    expect([believed, lied, asked]).toEqual([0, false, []]);
  });

  it("are a lie when one that is drawn reads otherwise, or is not there under its id", async () => {
    const changed = await ask({ ...some, store: (one) => ({ ...one, attributes: { ...one.attributes, title: "khác" } }) });
    expect([changed.believed, changed.lied]).toEqual([0, true]);
    const gone = await ask({ ...some, store: (one) => ({ ...one, id: `${one.id}-elsewhere` }) });
    expect([gone.believed, gone.lied]).toEqual([0, true]);
  });

  it("are not believed when the system cannot be asked", async () => {
    const count = (): never => {
      throw new Failure("unavailable", { vi: "", en: "" });
    };
    const { believed, lied } = await ask({ ...some, count });
    expect([believed, lied]).toEqual([0, false]);
  });

  it("are checked by lot: whoever is altered is drawn by some seed, and by others not", async () => {
    const large = { ...some, creates: 200, pageSize: 30 };
    for (const altered of [0, 100, 199]) {
      const found = await Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          const store = (one: Account, at: number): Account => (at === altered ? { ...one, active: false } : one);
          return (await ask({ ...large, store, seed: `seed ${n}` })).lied;
        }),
      );
      const share = found.filter(Boolean).length / found.length;
      // 12 of 200 are drawn: 6 %; four standard errors of 200 draws are 7 %.
      expect(share).toBeGreaterThan(0.005);
      expect(share).toBeLessThan(0.13);
    }
  });

  it("cost no more requests than reading everything at both ends, and are checked eight times or not at all", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(300),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        async (before, creates, pageSize) => {
          const toPages = (count: number): number => Math.max(1, Math.ceil(count / pageSize));
          const { asked, counted, believed } = await ask({ before, creates, pageSize });
          expect(toPages(before) + counted + asked.length).toBeLessThanOrEqual(
            Math.max(2 * toPages(before + creates), toPages(before)),
          );
          expect(asked.length === 0 || asked.length >= 8).toBe(true);
          expect(believed).toBe(asked.length === 0 ? 0 : creates);
        },
      ),
      { numRuns: 60 },
    );
  });
});
