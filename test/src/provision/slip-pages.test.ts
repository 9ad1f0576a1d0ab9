import { describe, expect, it } from "vitest";
import { vietnamZone } from "../../../src/platform/time.ts";
import { listNewest, type SlipContent } from "../../../src/provision/slip.ts";
import { toSlipPages } from "../../../src/provision/slip-pages.ts";

const slip = (name: string, subject: string, system = "documents", unit = "27004"): SlipContent => ({
  schema: "wardctl.slip/1",
  slip: `${subject}-${system}`,
  generation: 1,
  unit,
  unitName: "Phường Tân Bình",
  subject,
  name,
  system,
  address: null,
  username: subject.toLowerCase(),
  secret: "2345678923456789",
  sealedAt: "2025-07-03T10:00:00+07:00",
  expiresAt: "2025-07-10T10:00:00+07:00",
});

const namesOf = (slips: readonly SlipContent[]): string[] =>
  toSlipPages(slips, "vi", vietnamZone).map((page) => {
    const heading = page.find(({ kind }) => kind === "heading");
    return heading && "text" in heading ? heading.text : "";
  });

describe("the pages of slips", () => {
  it("are one a person, unit by unit, by given name in Vietnamese order", () => {
    const people = ["Nguyễn Văn Đức", "Trần Thị Dung", "Lê Văn An", "Đặng Thị Ánh", "Bùi Văn Đức"];
    const slips = people.map((name, at) => slip(name, `CB${at}`));
    expect(namesOf([...slips, slip("Phạm Thị Ân", "CB9", "documents", "19777")])).toEqual([
      "Phạm Thị Ân",
      "Lê Văn An",
      "Đặng Thị Ánh",
      "Trần Thị Dung",
      "Bùi Văn Đức",
      "Nguyễn Văn Đức",
    ]);
  });

  it("show the slip that is in force where a folder still holds an older one", () => {
    const [first, later] = [slip("Lê Văn An", "CB1"), { ...slip("Lê Văn An", "CB1"), generation: 2 }];
    const nextDay = { ...slip("Lê Văn An", "CB1"), sealedAt: "2025-07-04T10:00:00+07:00" };
    const other = slip("Lê Văn An", "CB1", "video");
    expect(listNewest([later, first, other])).toEqual([later, other]);
    expect(listNewest([nextDay, later])).toEqual([nextDay]);
  });

  it("hold all systems of a person, and never two people of one name", () => {
    const pages = toSlipPages(
      [slip("Lê Văn An", "CB1", "video"), slip("Lê Văn An", "CB2"), slip("Lê Văn An", "CB1", "documents")],
      "en",
      vietnamZone,
    );
    expect(pages).toHaveLength(2);
    const headings = pages[0]!.flatMap((block) =>
      block.kind === "heading" ? [block.text] : block.kind === "card" ? [block.heading] : [],
    );
    expect(headings).toEqual(["Lê Văn An", "documents", "video"]);
    expect(JSON.stringify(pages[0])).toContain("Valid until 10:00");
  });

  it("carry the sign-in page's address as a square for the camera, and nothing of the secret in it", () => {
    const address = "https://qlvb.example.vn/dang-nhap";
    const [page] = toSlipPages([{ ...slip("Lê Văn An", "CB1"), address }, slip("Lê Văn An", "CB1", "video")], "vi", vietnamZone);
    const codes = page!.flatMap((block) => (block.kind === "card" && block.code ? [block.code] : []));
    expect(codes).toEqual([{ text: address, says: `Mã QR: ${address}` }]);
  });
});
