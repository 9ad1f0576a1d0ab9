import type { DutyMemory, OpenCanary } from "../duties/memory.ts";

/** Of one exhibit, for as long as it is up: the kit keeps nothing. */
export function createKitMemory(): DutyMemory {
  const open = new Map<string, OpenCanary>();
  return {
    claim: async () => ({ kind: "ours" }),
    keepToken: async () => undefined,
    beginSignIn: async () => ({ kind: "go", id: 1 }),
    endSignIn: async () => undefined,
    openCanary: async (canary) => void open.set(canary.id, canary),
    markCanary: async () => undefined,
    endCanary: async () => undefined,
    closeCanary: async (id) => void open.delete(id),
    listOpenCanaries: async () => [...open.values()],
    takeShare: async () => undefined,
    noteSync: async (_series, at) => [at],
  };
}
