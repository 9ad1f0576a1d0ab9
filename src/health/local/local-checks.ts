import { clockCheck } from "./checks/clock.ts";
import { filesCheck } from "./checks/files.ts";
import { hijackCheck } from "./checks/hijack.ts";
import { inspectionCheck } from "./checks/inspection.ts";
import { linkCheck } from "./checks/link.ts";
import { loadCheck } from "./checks/load.ts";
import { loopbackCheck } from "./checks/loopback.ts";
import { portalCheck } from "./checks/portal.ts";
import { proxyCheck } from "./checks/proxy.ts";
import { reachableCheck } from "./checks/reachable.ts";
import { resolverCheck } from "./checks/resolver.ts";
import { routeCheck } from "./checks/route.ts";
import { witnessesCheck } from "./checks/witnesses.ts";
import type { LocalCheck, LocalCheckId, LocalFinding, LocalScene } from "./finding.ts";

/** From the machine outwards. A new check is one file and one line here. */
export const localChecks: readonly LocalCheck[] = [
  loopbackCheck,
  linkCheck,
  routeCheck,
  resolverCheck,
  hijackCheck,
  witnessesCheck,
  reachableCheck,
  portalCheck,
  clockCheck,
  inspectionCheck,
  proxyCheck,
  filesCheck,
  loadCheck,
];

/** All at once, each for itself; short: only those that are cheap enough to go before every sweep. */
export function runLocalChecks(scene: LocalScene, form: "short" | "long"): Promise<readonly LocalFinding[]> {
  const chosen = localChecks.filter(({ short }) => short || form === "long");
  return Promise.all(chosen.map(async (one) => ({ id: one.id, ...(await one.check(scene)) })));
}

export function findCheck(id: LocalCheckId): LocalCheck {
  return localChecks.find((one) => one.id === id) as LocalCheck;
}
