import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { type Inventory, parseInventory, readInventory } from "../../../src/health/inventory.ts";
import { type Failure, formatFault } from "../../../src/platform/failure.ts";
import { formatXlsx } from "../../../src/platform/xlsx.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const directory = createDirectory("2025-07-03")!;
const read = (lines: readonly string[]): Promise<Inventory> => parseInventory(lines.join("\n"), "endpoints.csv", directory);

async function faultsOf(lines: readonly string[]): Promise<string[]> {
  const failure = await read(lines).then(
    () => undefined,
    (error: unknown) => error as Failure,
  );
  expect(failure?.kind).toBe("invalid");
  return failure!.faults.map((fault) => formatFault(fault, "en"));
}

describe("the endpoint inventory", () => {
  it("reads what endpoints share; a blank label is unknown", async () => {
    const { endpoints } = await read([
      "unit,system,url,host,port,address,carrier,province,dns_zone",
      "19777,documents,https://qlvb.hue.test/dang-nhap,,,127.0.0.1;127.0.0.2,VNPT,46,",
      "19777,dossiers,http://10.1.1.1/,mc.hue.test,8080,,,46,hue.test",
    ]);
    expect(endpoints[0]).toMatchObject({
      id: "19777/documents",
      host: "qlvb.hue.test",
      port: 443,
      addresses: ["127.0.0.1", "127.0.0.2"],
      carrier: "VNPT",
      dnsZone: undefined,
    });
    expect(endpoints[1]).toMatchObject({ host: "mc.hue.test", port: 8080, carrier: undefined, dnsZone: "hue.test" });
  });

  it("tells every fault with its line, cell and value, and takes nothing of the file", async () => {
    const faults = await faultsOf([
      "unit,system,url,port,address",
      "1975x,documents,https://a.test/,,",
      "19777,,ftp://a.test/,99999,1.2.3",
      "",
      "19777,video,https://a.test/,,",
      "19777,video,https://b.test/,,",
    ]);
    expect(faults).toEqual([
      "endpoints.csv:2:1: unit code '1975x' is not a unit (did you mean 19753 Phú Xuân?)",
      "endpoints.csv:3:2: system '' must be a name without spaces or '/'",
      "endpoints.csv:3:3: 'ftp://a.test/' is not an http:// or https:// address",
      "endpoints.csv:3:4: port '99999' must be a number from 1 to 65535",
      "endpoints.csv:3:5: '1.2.3' is not an IP address",
      "endpoints.csv:6:2: 19777/video already stands on line 5",
    ]);
  });

  it("refuses a column it does not know and one that is missing", async () => {
    expect(await faultsOf(["unit,sytem,url", "19777,documents,https://a.test/"])).toEqual([
      "endpoints.csv:1:2: no column is called 'sytem' (did you mean 'system'?)",
      "endpoints.csv:1: column 'system' is missing",
    ]);
  });

  it("never repeats a password that stands in an address", async () => {
    for (const url of ["https://u:hunter2@a.test/", "ftp://u:hunter2@a.test/", "u:hunter2@a.test", "https://u:hunter2@"]) {
      const error = await read(["unit,system,url", `19777,documents,${url}`]).catch((failure: Failure) => failure);
      expect(JSON.stringify((error as Failure).faults)).not.toContain("hunter2");
      expect((error as Failure).faults[0]?.line).toBe(2);
    }
  });

  it("reads a spreadsheet like the CSV with the same cells, and tells its faults by row and column", async () => {
    const folder = await makeTestFolder();
    const write = async (name: string, rows: readonly (readonly string[])[]): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, await formatXlsx("endpoints", rows));
      return path;
    };
    const rows = [
      ["unit", "system", "url", "port", "carrier", ""],
      ["19777", "documents", "https://a.test/", "8443", "VNPT", ""],
      ["", "", "", "", "", ""],
      ["19753", "documents", "https://b.test/", "", "", ""],
    ];
    const { endpoints, digest } = await readInventory(await write("good.xlsx", rows), "good.xlsx", directory);
    expect(endpoints.map(({ id, port, carrier }) => [id, port, carrier])).toEqual([
      ["19777/documents", 8443, "VNPT"],
      ["19753/documents", 443, undefined],
    ]);
    expect(digest).toBe((await read(rows.map((cells) => cells.slice(0, 5).join(",")))).digest);
    const bad = await write("bad.xlsx", [...rows.slice(0, 1), ["19777", "documents", "a.test", "0", "", ""]]);
    const failure = await readInventory(bad, "bad.xlsx", directory).catch((error: Failure) => error);
    expect((failure as Failure).faults.map((fault) => formatFault(fault, "en"))).toEqual([
      "bad.xlsx:2:3: 'a.test' is not an http:// or https:// address",
      "bad.xlsx:2:4: port '0' must be a number from 1 to 65535",
    ]);
  });

  it("has one digest for one content", async () => {
    const one = await read(["unit,system,url", "19777,documents,https://a.test/"]);
    const same = await read(["url;unit;system", "https://a.test/;19777;documents"]);
    const other = await read(["unit,system,url", "19777,documents,https://b.test/"]);
    expect(same.digest).toBe(one.digest);
    expect(other.digest).not.toBe(one.digest);
  });
});
