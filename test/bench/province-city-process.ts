import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAccountService } from "../../src/city/accounts.ts";
import { citySystems, createCityCore, startCityServer } from "../../src/city/city.ts";
import type { CityPerson } from "../../src/city/people.ts";
import { formatCityRoster } from "../../src/city/seed-accounts.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";

/**
 * The embedded city for a whole province, nobody with an account yet: five systems in one process, and a workspace in FOLDER for UNITS units
 * of so many staff each. `reset` empties the systems; each message is answered with how many accounts they hold.
 */
const [folder = "", unitCount = "168", staff = "20"] = process.argv.slice(2);
const directory = createDirectory("2025-07-03")!;
const units = directory.listUnits({ province: "79" }).slice(0, Number(unitCount));
const core = createCityCore({ units, clock: createPinnedClock(Date.parse("2025-07-03T10:00:00+07:00")) });
const givenNames = ["An", "Bình", "Chi", "Dung", "Giang", "Hiền", "Khoa"];
const city = await startCityServer(core, [createAccountService(core)]);
const people = [...Map.groupBy(core.people, ({ posts }) => posts[0]?.unit).values()].flatMap((own) =>
  listStaff(own, Number(staff)),
);
await mkdir(join(folder, ".wardctl"), { recursive: true });
await writeFile(join(folder, "token"), city.token, { mode: 0o600 });
await writeFile(join(folder, "ca.pem"), city.ca);
await writeFile(join(folder, "roster.csv"), formatCityRoster({ people }));
const systems = citySystems.map(
  (name) => `    ${name}: { kind: scim, url: "${city.systemUrl(name)}/scim/v2", token: "file:token", ca: ca.pem }\n`,
);
const chosen = units.map(({ code }) => `"${code}"`).join(", ");
await writeFile(
  join(folder, "wardctl.yaml"),
  `name: Province\nprovince: "79"\nunits: [${chosen}]\nprovision:\n  systems:\n${systems.join("")}`,
);
process.on("message", (message) => {
  if (message === "reset") for (const system of citySystems) core.accounts[system].accounts.clear();
  const count = citySystems.reduce((sum, system) => sum + core.accounts[system].accounts.size, 0);
  process.send?.({ count });
});
process.on("disconnect", () => process.exit());
process.send?.({
  people: people.length,
  token: city.token,
  ca: city.ca,
  urls: citySystems.map((name) => [name, city.systemUrl(name)]),
});

/** The city's people of one unit, and as many further specialists, each with a name and a staff id of their own, as make up the number. */
function listStaff(own: readonly CityPerson[], count: number): CityPerson[] {
  const specialists = own.filter(({ posts }) => posts[0]?.position === "chuyen-vien");
  const more = Array.from({ length: Math.max(0, count - own.length) }, (_, n): CityPerson => {
    const like = specialists[n % specialists.length] as CityPerson;
    const staffId = `${like.staffId}${String.fromCharCode(65 + n)}`;
    const posts = like.posts.map((post) => ({ ...post, staffId }));
    const at = Number(like.staffId.slice(2));
    const birthDate = `${1966 + (at % 35)}-${String(1 + (at % 12)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
    return {
      ...like,
      staffId,
      fullName: `${like.fullName} ${givenNames[n % givenNames.length]}`,
      birthDate,
      posts,
    };
  });
  return [...own, ...more].slice(0, count);
}
