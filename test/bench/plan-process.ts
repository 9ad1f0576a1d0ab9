import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultDepartments } from "../../src/directory/department.ts";
import { createDirectory } from "../../src/directory/directory.ts";
import { defaultPositions } from "../../src/directory/position.ts";
import { createPinnedClock } from "../../src/platform/clock.ts";
import { createCountingIds } from "../../src/platform/ids.ts";
import { createRandom } from "../../src/platform/random.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import type { Connector, MembershipPort } from "../../src/provision/connector.ts";
import { makePlan } from "../../src/provision/make-plan.ts";
import { listDenied } from "../../src/provision/plan-names.ts";
import { createPlanStore } from "../../src/provision/plan-store.ts";
import { readRoster } from "../../src/provision/roster-reader.ts";
import { readScope } from "../../src/provision/scope.ts";
import { provisionSettings } from "../../src/provision/settings.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";

/**
 * Reads a roster of so many people and plans it for five systems that hold nothing yet: every account is a create, the longest plan there is. With
 * `roles`, everybody gets three roles and a group on two of the systems beside.
 */
const [folder = "", people = "20000", what = "accounts"] = process.argv.slice(2);
const now = Date.parse("2025-07-03T10:00:00+07:00");
const nowIso = "2025-07-03T10:00:00+07:00";
const directory = createDirectory("2025-07-03")!;
const units = directory.listUnits({ province: "46" });
const systems = ["documents", "dossiers", "feedback", "video", "mail"];

const random = createRandom("plan-bench");
const pick = (list: readonly string[]): string => list[random.integer(list.length)] as string;
const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"];
const middles = ["Văn", "Thị", "Đình", "Hữu", "Ngọc", "Minh", "Thanh", "Quang", "Thu", "Kim"];
const givens = ["Phương", "Phượng", "Đức", "Lan", "Hùng", "Tuấn", "Hoà", "Hạnh", "Dũng", "Sơn", "Mai", "Yến", "Bình", "Cường"];
const rows = Array.from({ length: Number(people) }, (_, n) => {
  const name = `${pick(families)} ${pick(middles)} ${pick(middles)} ${pick(givens)}`;
  const birthday = `${String(1 + random.integer(28)).padStart(2, "0")}/${String(1 + random.integer(12)).padStart(2, "0")}/${1965 + random.integer(35)}`;
  const unit = units[n % units.length]?.code;
  return `CB${String(n).padStart(6, "0")},${name},,${birthday},${unit},Văn phòng HĐND và UBND,Công chức chuyên môn,công chức,01/07/2025,,,,`;
});
const head =
  "Mã NV,Họ và tên,Tên gọi,Ngày sinh,Mã đơn vị,Phòng ban,Chức vụ,Loại,Ngày bắt đầu,Ngày kết thúc,Email,Điện thoại,Tài khoản";
const file = join(folder, "roster.csv");
await writeFile(file, `${head}\n${rows.join("\n")}\n`);

const given = { roles: ["read", "draft", "route"], groups: ["unit:${unit_code}:${department}"] };
const settings = provisionSettings.parse({
  systems: Object.fromEntries(systems.map((name) => [name, { kind: "scim", url: "http://127.0.0.1", token: "env:T" }])),
  ...(what === "roles"
    ? { classes: { cong_chuc: Object.fromEntries(systems.map((name, n) => [name, n < 2 ? given : {}])) } }
    : {}),
});
const codes = new Set(units.map(({ code }) => code));
const database = await openSqlite(join(folder, "cache.db"), allMigrations, () => nowIso);
const memberships: MembershipPort = {
  kinds: new Set(["role", "group"]),
  sweep: async (asked) => ({ held: new Map(), missing: asked.filter((one) => one.startsWith("group:")), ambiguous: [] }),
  find: async () => [],
  createGroup: async () => ({ outcome: "done", id: undefined }),
  change: async () => ({ outcome: "done", id: undefined }),
};
const connectors = systems.map((system) => ({ system, sweep: async () => [], memberships }) as unknown as Connector);

const start = performance.now();
const cpu = process.cpuUsage();
const roster = await readRoster({
  path: file,
  file: "roster.csv",
  columns: {},
  rules: {
    directory,
    departments: defaultDepartments,
    positions: defaultPositions,
    units: codes,
    denied: listDenied(settings),
    today: directory.date,
  },
});
const { plan } = await makePlan({
  roster,
  settings,
  scope: readScope({}, { systems, units: codes }),
  units,
  directory,
  connectors,
  store: createPlanStore(database),
  clock: createPinnedClock(now),
  zone: vietnamZone,
  ids: createCountingIds("plan-"),
  actor: "bench",
});
const tookMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
await database.close();
process.stdout.write(
  JSON.stringify({
    tookMs,
    cpuMs: (user + system) / 1000,
    rssMb: process.resourceUsage().maxRSS / 1024,
    operations: plan.operations.length,
    people: roster.people.length,
  }),
);
