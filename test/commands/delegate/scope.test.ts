import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";
import { readLines, readParts } from "../../support/word-file.ts";

let world: SigningCity;

beforeEach(async () => {
  world = await startSigningCity([tanBinh]);
  (world.documents.rights as unknown[]).length = 0;
});
afterEach(() => world.city.stop());

const change = (edit: (delegate: Record<string, never>) => void): void => {
  const file = join(world.cwd, "wardctl.yaml");
  const settings = JSON.parse(readFileSync(file, "utf8"));
  edit(settings.delegate);
  writeFileSync(file, JSON.stringify(settings));
};
const json = async (line: string, now?: string) => {
  const { stdout, code, stderr } = await world.run(`${line} --json`, now === undefined ? {} : { now });
  return { code, stderr, ...(stdout === "" ? {} : JSON.parse(stdout)) };
};
const standing = (types: string, more = "") =>
  world.run([
    ..."delegate grant --json --unit 27004 --to-position chanh-van-phong --capacity TL --basis-kind quy-che-lam-viec".split(" "),
    ..."--basis-number 01/QĐ-UBND --basis-date 2025-07-01 --clause Điều7 --doc-types".split(" "),
    types,
    ...more.split(" ").filter((word) => word !== ""),
  ]);
const ask = (type: string, more = "") => json(`delegate can-sign chanh-van-phong ${type} 27004 ${more}`);

describe("the scope of a grant below its unit", () => {
  it("limits to departments and all below them, keeps out what is excepted, and says what was outside", async () => {
    change((delegate) => {
      Object.assign(delegate, { scope: { departments: { "to-tin": { name: "Tổ Tin học", in: "van-phong" } } } });
    });
    const { code, stderr } = await standing("giay-xac-nhan,thong-bao", "--departments van-phong --procedures ho-tich");
    expect(code, stderr).toBe(0);
    expect((await json("delegate push --yes")).code).toBe(0);
    expect(world.documents.rights).toMatchObject([{ limits: { departments: ["van-phong"], procedures: ["ho-tich"] } }]);
    const good = await ask("giay-xac-nhan", "--department to-tin --procedure ho-tich");
    expect(good).toMatchObject({ answer: "ALLOW", department: "to-tin", procedure: "ho-tich" });
    expect(good.narrowing).toEqual({ departments: ["van-phong"], procedures: ["ho-tich"] });
    const outside = async (type: string, more: string) => {
      const { answer, failed } = await ask(type, more);
      const scope = failed.find(({ code: failedCode }: { code: string }) => failedCode === "DEL-SCOPE");
      return [answer, scope?.outside];
    };
    expect(await outside("giay-xac-nhan", "")).toEqual(["DENY", ["department", "procedure"]]);
    expect(await outside("giay-xac-nhan", "--department van-hoa-xa-hoi --procedure ho-tich")).toEqual(["DENY", ["department"]]);
    expect(await outside("giay-xac-nhan", "--department to-tin --procedure dat-dai")).toEqual(["DENY", ["procedure"]]);
    expect(await outside("cong-van", "--department to-tin")).toEqual(["DENY", ["docType", "procedure"]]);
    const denied = await world.run(
      "delegate can-sign chanh-van-phong giay-xac-nhan 27004 --department van-hoa-xa-hoi --procedure ho-tich --lang vi",
    );
    expect(denied.stdout).toContain("Giấy xác nhận · Phòng Văn hóa – Xã hội · thủ tục Hộ tịch");
    expect(denied.stdout).toContain("DEL-SCOPE  văn bản này nằm ngoài các quyền đã giao: phòng, ban");
    // No wider than what was asked for.
    expect(denied.stdout).toContain("--doc-types giay-xac-nhan --departments van-hoa-xa-hoi --procedures ho-tich …");
  });

  it("shows limits in every list, in gaps by part, and in the paper", async () => {
    const { stdout } = await standing(
      "thong-bao,quyet-dinh,giay-xac-nhan",
      "--except-types quyet-dinh --except-departments kinh-te-ha-tang-do-thi",
    );
    const [{ id, docTypes }] = JSON.parse(stdout).recorded;
    expect(docTypes).toEqual(["thong-bao", "giay-xac-nhan"]);
    await world.run("delegate push --yes");
    const { grants } = await json("delegate list");
    expect(grants).toMatchObject([{ departments: null, exceptDepartments: ["kinh-te-ha-tang-do-thi"], procedures: null }]);
    expect((await world.run("delegate list")).stdout).toContain("except Phòng Kinh tế, Hạ tầng và Đô thị");
    const absent = "delegate absence chu-tich --unit 27004 --from 2025-07-03T08:00 --to 2025-07-05 --yes";
    expect((await world.run(absent)).code).toBeLessThan(9);
    const { gaps } = await json("delegate gaps --doc-type thong-bao --class gap --class single");
    const shown = gaps.map((gap: Record<string, unknown>) => [gap["department"], gap["procedure"], gap["class"]]);
    expect(shown).toEqual([
      [null, "*", "single"],
      ["kinh-te-ha-tang-do-thi", "*", "gap"],
    ]);
    const table = await world.run("delegate gaps --doc-type thong-bao --lang vi");
    expect(table.stdout).toContain("Phòng Kinh tế, Hạ tầng và Đô thị");
    await world.run(["delegate", "decision", id, "--out", "d.docx"]);
    const lines = readLines(readParts(readFileSync(join(world.cwd, "d.docx"))).get("word/document.xml")!).join("\n");
    expect(lines).toContain("Không ký văn bản thuộc lĩnh vực của: Phòng Kinh tế, Hạ tầng và Đô thị.");
    await world.run("delegate summary --out s.html");
    expect(readFileSync(join(world.cwd, "s.html"), "utf8")).toContain("except Phòng Kinh tế, Hạ tầng và Đô thị");
  });

  it("a system that cannot limit departments or procedures gets nothing wider unasked, and what it keeps wider is found", async () => {
    await standing("thong-bao", "--departments van-phong --procedures ho-tich");
    change((delegate) => {
      const { documents } = delegate["systems"] as unknown as {
        documents: { expresses: object; listGrants: { map: Record<string, unknown> } };
      };
      documents.expresses = { units: false };
      for (const name of ["departments", "exceptDepartments", "procedures", "exceptProcedures"]) {
        delete documents.listGrants.map[name];
      }
    });
    const refused = await json("delegate push --yes");
    expect(refused.systems[0]).toMatchObject({ writes: 0 });
    const losses = refused.systems[0].losses.map(({ kind, what }: Record<string, string>) => `${kind} ${what}`);
    expect(losses).toEqual(["over units", "over procedures"]);
    expect(refused.stderr).toContain("WIDER, NOT WRITTEN (the system cannot limit departments)");
    expect(world.documents.rights).toEqual([]);
    const accepted = await json("delegate push --yes --accept-wider VB-12");
    expect(accepted.systems[0]).toMatchObject({ writes: 1, readBack: { differences: [] } });
    expect(world.documents.rights).toMatchObject([{ limits: undefined }]);
    // What it would let through is no authority all the same.
    expect(await ask("thong-bao")).toMatchObject({ answer: "DENY", codes: ["DEL-SCOPE"] });
    expect(await ask("thong-bao", "--department van-phong --procedure ho-tich")).toMatchObject({ answer: "ALLOW" });
  });

  it("tells a right that the system has let grow to other departments as excess, and one that shrank as missing, with the parts", async () => {
    await standing("thong-bao", "--departments van-phong,van-hoa-xa-hoi");
    await world.run("delegate push --yes");
    const [right] = world.documents.rights;
    right!.limits = undefined;
    const wider = await json("delegate verify");
    expect(wider.code).toBe(8);
    expect(wider.systems[0].differences).toMatchObject([
      {
        kind: "excess",
        cause: "wider",
        docTypes: ["thong-bao"],
        narrowing: null,
        parts: [{ department: null, procedure: null }],
      },
    ]);
    right!.limits = { departments: ["van-phong"] };
    const narrower = await json("delegate verify");
    expect(narrower.systems[0].differences).toMatchObject([
      { kind: "missing", parts: [{ department: "van-hoa-xa-hoi", procedure: null }] },
    ]);
    expect(await ask("thong-bao", "--department van-hoa-xa-hoi")).toMatchObject({ codes: ["DEL-NOT-CARRIED"] });
    right!.limits = { departments: ["phong-la"] };
    const strange = await world.run("delegate verify");
    expect([strange.code, strange.stderr]).toEqual([
      3,
      expect.stringContaining("'departments': value 'phong-la' is not understood"),
    ]);
  });

  it("follows a department to its new name, ends with it when it is merged, and flags that", async () => {
    const scope = { departments: { "phong-dan-toc": { name: "Phòng Dân tộc" } } };
    change((delegate) => Object.assign(delegate, { scope }));
    await standing("thong-bao", "--departments phong-dan-toc");
    await world.run("delegate push --yes");
    const renamed = { departments: { "phong-dan-toc-ton-giao": { name: "Phòng Dân tộc và Tôn giáo", was: ["phong-dan-toc"] } } };
    change((delegate) => Object.assign(delegate, { scope: renamed }));
    for (const name of ["phong-dan-toc", "phong-dan-toc-ton-giao"]) {
      expect(await ask("thong-bao", `--department ${name}`), name).toMatchObject({
        answer: "ALLOW",
        untilCodes: ["SIG-EXPIRED"],
      });
    }
    const merged = { ...scope, mergers: [{ from: "phong-dan-toc", to: "van-hoa-xa-hoi", on: "2025-07-10" }] };
    change((delegate) => Object.assign(delegate, { scope: merged }));
    expect(await ask("thong-bao", "--department phong-dan-toc")).toMatchObject({
      answer: "ALLOW",
      until: "2025-07-10T00:00:00+07:00",
      untilCodes: ["DEL-SCOPE", "DEL-NOT-CARRIED"],
    });
    expect(await ask("thong-bao", "--department phong-dan-toc --at 2025-07-11")).toMatchObject({
      department: "van-hoa-xa-hoi",
      codes: expect.arrayContaining(["DEL-SCOPE"]),
    });
    const { conflicts } = await json("delegate conflicts");
    expect(conflicts).toMatchObject([{ code: "C6", severity: "warning", from: "2025-07-10T00:00:00+07:00" }]);
  });
});

describe("an absence where rights are limited", () => {
  it("says of which part of the unit nobody can sign then", async () => {
    await standing("thong-bao", "--departments van-phong");
    await world.run("delegate push --yes");
    const away = "delegate absence chu-tich --unit 27004 --from 2025-07-04 --to 2025-07-05 --yes";
    const { opens } = await json(away);
    const opened = opens.filter(({ docType }: { docType: string }) => docType === "thong-bao");
    expect(opened).toMatchObject([{ department: null, procedure: "*" }]);
    const later = away.replaceAll("2025-07-0", "2025-07-1");
    const told = await world.run(`${later} --lang vi`);
    expect(told.stdout).toContain("văn bản không thuộc phòng, ban nêu riêng");
  });
});

describe("the basis of a grant", () => {
  it("begins no earlier than it was signed, and keeps the hash of the signed file", async () => {
    writeFileSync(join(world.cwd, "quy-che.pdf"), "đã ký");
    const { stdout, code } = await standing("cong-van", "--basis-signed-at 2025-07-03T14:00 --basis-sha256 quy-che.pdf");
    expect(code).toBe(0);
    const sha256 = createHash("sha256").update("đã ký").digest("hex");
    const [recorded] = JSON.parse(stdout).recorded;
    expect(recorded).toMatchObject({
      start: "2025-07-03T14:00:00+07:00",
      basis: { signedAt: "2025-07-03T14:00:00+07:00", sha256 },
    });
    await world.run("delegate push --yes");
    expect(await ask("cong-van")).toMatchObject({ answer: "DENY", codes: expect.arrayContaining(["DEL-NOT-YET"]) });
    expect((await ask("cong-van", "--at 2025-07-03T13:59:59.999")).answer).toBe("DENY");
    const { grants } = await json("delegate list");
    expect(grants).toMatchObject([{ state: "not-yet", start: recorded.start, basisSha256: sha256 }]);
    expect((await world.run("delegate list --lang vi")).stdout).toContain("ký lúc 14:00 03/7/2025");
    await world.run(["delegate", "decision", recorded.id, "--out", "d.docx"]);
    const parts = readParts(readFileSync(join(world.cwd, "d.docx")));
    expect([...parts.values()].join("")).toContain(`SHA-256 ${sha256}`);
    // Word for word the same, and not recorded twice.
    const again = await standing("cong-van", "--basis-signed-at 2025-07-03T14:00 --basis-sha256 quy-che.pdf");
    expect(JSON.parse(again.stdout)).toMatchObject({ recorded: [], same: [recorded.id] });
  });

  it("tells every fault of a row although its post cannot be read, and of a limit, a hash or an instant that is none", async () => {
    const head =
      "unit,from_position,to_position,capacity,doc_types,from,to,basis_kind,basis_number,basis_date,clause,departments,procedures,basis_signed_at,basis_sha256";
    writeFileSync(
      join(world.cwd, "bad.csv"),
      [
        head,
        "27004,chu-tich,truong-phong,TL,cong-van,2025-07-01,,quyet-dinh,,2025-07-01,,,,,",
        "27004,chu-tich,thu-ky,TUQ,cong-van,2025-07-01,,quyet-dinh,5/QĐ,,,phong-la,,31/02/2025,khong-co.pdf",
        "27004,chu-tich,chanh-van-phong,TL,cong-van,2025-07-01,,quy-che-lam-viec,01,2025-07-01,Điều 7,,ho-tichh,,",
        "27004,chu-tich,chanh-van-phong,TL,cong-van,2025-07-01,,quy-che-lam-viec,01,2025-07-01,Điều 7,,ho-tich,,",
        "",
      ].join("\n"),
    );
    const { code, stderr } = await world.run("delegate grant --file bad.csv");
    expect(code).toBe(3);
    for (const fault of [
      "bad.csv:2:3: 'truong-phong': which department?",
      "bad.csv:2:8: signing by order must stand in the working or clerical regulation",
      "bad.csv:2:9: capacity TL needs 'basis_number'",
      "bad.csv:3:3: there is no position 'thu-ky'",
      "bad.csv:3:7: capacity TUQ needs 'to'",
      "bad.csv:3:10: capacity TUQ needs 'basis_date'",
      "bad.csv:3:12: there is no department 'phong-la'",
      "bad.csv:3:14: '31/02/2025' is not a date",
      "bad.csv:3:15: a SHA-256 is 64 hexadecimal digits",
      "bad.csv:4:13: there is no group of procedures 'ho-tichh' (did you mean 'ho-tich'?",
      "bad.csv:5:13: 'cong-van' is not the result of a procedure; make it a grant of its own",
    ]) {
      expect(stderr).toContain(fault);
    }
  });
});
