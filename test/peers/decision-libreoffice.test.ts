import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formatDocx } from "../../src/platform/docx.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../support/signing-city.ts";

/** LibreOffice with Writer; another build of it than the one on PATH is named by SOFFICE. */
const soffice = process.env["SOFFICE"] ?? "soffice";

function convert(folder: string, file: string, to: string): void {
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  execFileSync(soffice, [profile, "--headless", "--convert-to", to, "--outdir", folder, file], {
    stdio: "ignore",
    timeout: 60_000,
  });
}

async function canConvert(): Promise<boolean> {
  const folder = await makeTestFolder();
  const file = join(folder, "probe.docx");
  const margins = { top: 1000, bottom: 1000, left: 1000, right: 1000 };
  const blocks = [{ kind: "paragraph", texts: [{ text: "Hòa" }] }] as const;
  writeFileSync(
    file,
    await formatDocx({ title: "x", font: "Arial", sizePt: 12, marginsTwips: margins, pageNumberPt: 12, footer: [], blocks }),
  );
  try {
    convert(folder, file, "txt:Text (encoded):UTF8");
    return readFileSync(join(folder, "probe.txt"), "utf8").includes("Hòa");
  } catch {
    return false;
  }
}

const able = await canConvert();
if (!able) console.warn("SKIPPED: LibreOffice Writer does not open a DOCX here, so the decision is not looked at by it");

describe.skipIf(!able)("LibreOffice and the papers of wardctl", () => {
  let world: SigningCity;
  beforeAll(async () => {
    world = await startSigningCity();
    await world.run("delegate grant --file grants.csv");
    return () => world.city.stop();
  });

  it("opens each paper and shows its text in order on at most two pages", async () => {
    const { grants } = JSON.parse((await world.run("delegate list --json")).stdout) as { grants: { id: string; unit: string }[] };
    for (const { id } of grants.filter(({ unit }) => unit === tanBinh)) {
      const folder = await makeTestFolder();
      const file = join(folder, "paper.docx");
      expect(
        (
          await runWardctl(["delegate", "decision", id, "--out", file], {
            cwd: world.cwd,
            env: { WARDCTL_NOW: "2025-07-03T10:00" },
          })
        ).code,
      ).toBe(0);
      convert(folder, file, "txt:Text (encoded):UTF8");
      const text = readFileSync(join(folder, "paper.txt"), "utf8").normalize("NFC");
      const order = [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "1. ",
        "Thời hạn:",
        "chịu trách nhiệm thi hành",
        "Nơi nhận:",
        "CHỦ TỊCH",
      ];
      let at = -1;
      for (const piece of order) {
        at = text.indexOf(piece, at + 1);
        expect(at, piece).toBeGreaterThanOrEqual(0);
      }
      convert(folder, file, "pdf");
      const pages = readFileSync(join(folder, "paper.pdf"), "latin1").match(/\/Type\s*\/Page[^s]/g) ?? [];
      expect([1, 2]).toContain(pages.length);
    }
  });
});
