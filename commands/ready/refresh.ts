import type { Unit } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Output } from "../../src/platform/output.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Settings } from "../../src/workspace/settings.ts";
import { checkEndpoints } from "../check/run.ts";
import type { Context } from "../context.ts";
import { checkFiles } from "../delegate/certificates/check.ts";
import { verifyCarriage } from "../delegate/verify.ts";
import type { Outcome } from "../exit-codes.ts";
import { showCoverage } from "../provision/coverage.ts";
import { syncRecords } from "../sync.ts";
import { lookWords, readyWords as words } from "./words.ts";

/** Test documents at once by hand; a whole city's are what scheduled sweeps spread over the day. */
const canariesAtMost = 50;

interface Look {
  readonly what: Words;
  readonly applies: (settings: Settings) => boolean;
  readonly run: (codes: readonly string[] | undefined, settings: Settings, context: Context) => Promise<Outcome>;
}

/** The verbs that look, with what each of them keeps in the cache; none of them changes an account, a right or a dossier. */
const looks: readonly Look[] = [
  {
    what: lookWords.accounts,
    applies: ({ provision }) => Object.keys(provision.systems).length > 0,
    run: (_codes, _settings, context) => showCoverage({ format: "table" }, context),
  },
  {
    what: lookWords.carriage,
    applies: ({ delegate }) => Object.keys(delegate.systems).length > 0,
    run: (codes, _settings, context) => verifyCarriage(codes ? { unit: codes } : {}, context),
  },
  {
    what: lookWords.certificates,
    applies: ({ delegate }) => delegate.certificates?.folder !== undefined,
    run: (_codes, _settings, context) => checkFiles([], { format: "table" }, context),
  },
  {
    what: lookWords.endpoints,
    applies: ({ check }) => check.inventory !== undefined,
    run: (codes, { check }, context) => {
      const sends = Object.values(check.systems).some(({ canary }) => canary !== undefined);
      const canary = codes !== undefined && codes.length <= canariesAtMost && sends;
      return checkEndpoints({ format: "table", ...(codes && { unit: codes, canary }) }, context);
    },
  },
  {
    what: lookWords.records,
    applies: ({ records }) => Object.values(records.sources).some(({ kind }) => kind === "rest"),
    run: (_codes, _settings, context) => syncRecords([], {}, context),
  },
];

/** Looks at every system that says something of these units, or of all. A look that fails is told, and the others go on. */
export async function refresh(units: readonly Unit[] | undefined, context: Context): Promise<void> {
  const { settings } = await context.workspace();
  const codes = units?.map(({ code }) => code);
  const quiet: Context = { ...context, out: withoutResult(context.out) };
  const wanted = looks.filter(({ applies }) => applies(settings));
  const progress = context.out.progress(words.refreshing, wanted.length);
  for (const [at, { what, run }] of wanted.entries()) {
    if (context.signal.aborted) break;
    progress.step(at, context.out.say(what));
    try {
      await run(codes, settings, quiet);
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
      context.out.warn(words.lookFailed(what, error.words));
    }
    progress.step(at + 1, context.out.say(what));
  }
  progress.end();
}

/** What a look says of its own stays unsaid: readiness tells it in one line a unit. */
function withoutResult(out: Output): Output {
  const nothing = async (): Promise<void> => undefined;
  return {
    ...out,
    emit: nothing,
    list: nothing,
    note: () => undefined,
    warn: () => undefined,
    progress: () => ({ step: () => undefined, end: () => undefined }),
  };
}
