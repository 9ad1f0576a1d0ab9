import { Failure } from "../src/platform/failure.ts";
import { formatCount } from "../src/platform/format.ts";
import { both, type Words } from "../src/platform/words.ts";
import { type LedgerDifference, rebuildLedger } from "../src/records/rebuild-ledger.ts";
import { listUnsureRules } from "../src/records/rules-history.ts";
import type { Context } from "./context.ts";
import type { Outcome } from "./exit-codes.ts";

type LedgerContext = Pick<Context, "workspace" | "out" | "signal">;

const shown = 50;

/** Derives the ledger again and tells every cell that differs; `mend` writes them as derived. */
export async function compareLedger(mend: boolean, { workspace: open, out, signal }: LedgerContext): Promise<Outcome> {
  const workspace = await open();
  const audit = await workspace.audit();
  const unsure = await listUnsureRules(await workspace.database());
  if (unsure.length > 0) out.warn(words.unsureRules(unsure, mend));
  let progress: ReturnType<typeof out.progress> | undefined;
  const differences = await rebuildLedger(await workspace.database(), {
    zone: workspace.zone,
    mend,
    onDerived: (done, held) => {
      if (signal.aborted) throw new Failure("cancelled", words.cancelled);
      progress ??= out.progress(words.deriving, held);
      progress.step(done);
    },
    onMended: async (tx, cells) => {
      await audit.append({ actor: workspace.actor, action: "records.rebuild", subject: "ledger", detail: { cells } }, tx);
    },
  }).finally(() => progress?.end());
  await out.emit({
    document: {
      schema: "wardctl.doctor-ledger/1",
      mended: mend,
      unsureRules: unsure,
      count: differences.length,
      differences: differences.map((cell) => ({
        ...cell,
        channel: cell.channel ?? null,
        procedure: cell.procedure ?? null,
        seq: cell.seq ?? null,
      })),
    },
    render: () =>
      [
        out.say(words.summary(differences.length, mend)),
        ...differences.slice(0, shown).map((cell) => `  ${formatCell(cell)}`),
        ...(differences.length > shown ? ["  …"] : []),
      ].join("\n"),
  });
  return differences.length > 0 && !mend ? "attention" : "ok";
}

function formatCell({ table, at, unit, kind, channel, procedure, seq, stored, derived }: LedgerDifference): string {
  const place = [at, unit, `kind ${kind}`];
  if (channel !== undefined) place.push(`channel ${channel}`);
  if (procedure !== undefined) place.push(procedure);
  if (seq !== undefined) place.push(`seq ${seq}`);
  return `${table} ${place.join(" · ")}: ${stored} ≠ ${derived}`;
}

const words = {
  deriving: { vi: "tính lại: hồ sơ", en: "deriving again: dossiers" },
  cancelled: { vi: "đã dừng; sổ cái như cũ", en: "cancelled; the ledger is as it was" },
  unsureRules: (sources: readonly string[], mend: boolean): Words => ({
    vi: `nguồn ${sources.join(", ")}: các lần nhập trước phiên bản này không lưu lại quy tắc tính; nếu quy tắc từng đổi, số cũ ${mend ? "đã được tính lại" : "sẽ khác khi tính lại"} theo quy tắc mới nhất`,
    en: `source ${sources.join(", ")}: imports of before this version did not keep their rules; where one was changed, old counts ${mend ? "are derived" : "differ when derived"} by its last form`,
  }),
  summary: (count: number, mended: boolean) =>
    both((lang) => {
      const n = formatCount(count, lang);
      if (lang === "vi") {
        if (count === 0) return "Sổ cái và các tổng của nó đúng với những gì các nguồn đã nói.";
        return mended
          ? `Đã sửa ${n} ô của sổ cái theo những gì các nguồn đã nói:`
          : `${n} ô của sổ cái khác với những gì các nguồn đã nói; sửa: wardctl doctor --rebuild`;
      }
      if (count === 0) return "The ledger and its sums are what the sources said.";
      return mended
        ? `${n} cells of the ledger were mended to what the sources said:`
        : `${n} cells of the ledger are not what the sources said; mend: wardctl doctor --rebuild`;
    }),
};
