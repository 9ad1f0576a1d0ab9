import { z } from "zod";
import { maintenanceWindow } from "./maintenance-settings.ts";

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The part `check:` of wardctl.yaml. */
export const healthSettings = z
  .strictObject({
    /** CSV of the endpoints, relative to wardctl.yaml. */
    inventory: z.string().min(1).optional(),
    /** PEM file of further roots to trust. */
    ca: z.string().min(1).optional(),
    /** Name servers to ask, `127.0.0.1:5353`; the machine's own without any. */
    resolvers: z
      .array(z.string().regex(/^(\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?|[0-9a-fA-F:]+)$/))
      .default([]),
    /** Wall-clock limit of one probe. */
    deadlineMs: z.int().min(100).max(60_000).default(3_000),
    /** A first byte later than this is slow, which is not down. */
    slowMs: z.int().min(10).max(60_000).default(1_000),
    /** Probes at work at the start; the event loop's lag steers it between 8 and 256. */
    concurrency: z.int().min(1).max(256).default(64),
    /** Probes at one address and port at a time: many units share one gateway. */
    perDestination: z.int().min(1).max(256).default(8),
    /** A failure is tried again so long after it was first seen; only then is it one. */
    retryAfterMs: z.array(z.int().min(0).max(60_000)).max(5).default([1_000, 5_000]),
    /** Planned work: failures then are no alarm and no downtime. */
    maintenance: z.array(maintenanceWindow).default([]),
    /** What history keeps. */
    keep: z
      .strictObject({
        /** Every run, so many days. */
        runsDays: z.int().min(1).max(3_650).default(35),
        /** One row of totals a day, so many days. */
        dailyDays: z.int().min(1).max(36_500).default(1_095),
      })
      .prefault({}),
    /** So long a result speaks for what was not looked at since; later it is not known. */
    holdMinutes: z.int().min(1).max(10_080).default(60),
    /** Opening hours that uptime is counted in beside 24 × 7. 1 is Monday, 7 Sunday. */
    officeHours: z
      .strictObject({
        days: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6]),
        from: z.string().regex(timeOfDay).default("07:30"),
        to: z.string().regex(timeOfDay).default("17:00"),
      })
      .prefault({}),
    /** The share of time that must be up, in percent; the burn rate is counted against it. */
    targetPercent: z.number().min(50).max(99.999).default(99.5),
    /** Hosts that answer on TCP whatever happens to the systems, three on different carriers: the line or the system? */
    witnesses: z
      .array(
        z.strictObject({
          host: z.string().min(1),
          port: z.int().min(1).max(65_535).default(443),
          carrier: z.string().min(1).optional(),
        }),
      )
      .max(8)
      .default([]),
    /** Address of your own that answers 204 and nothing else: whoever answers otherwise stands in between. */
    reachable: z.url({ protocol: /^https?$/ }).optional(),
    /** Probes into one network at a time: /24, or /64 of IPv6. */
    perNetwork: z.int().min(1).max(256).default(8),
    /** Names asked of the name servers at a time. */
    namesInFlight: z.int().min(1).max(128).default(64),
    /** The way out: `environment` (HTTPS_PROXY, HTTP_PROXY, NO_PROXY), `direct`, or `http://proxy:port` without a password. */
    proxy: z.string().min(1).default("environment"),
    /** Hosts beside its own that a system's page may redirect to, such as the single sign-on. */
    redirectHosts: z.array(z.string().min(1)).default([]),
  })
  .prefault({});

export type HealthSettings = z.output<typeof healthSettings>;
