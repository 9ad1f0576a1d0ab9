import type { CitySystem } from "./city.ts";
import { probeAccount } from "./duties.ts";

/** What a workspace checks of the city beyond its pages: three ways to sign in, documents there and back, the counter's services, the last sync. */
export function toCheckSystems(urlOf: (system: CitySystem) => string, password: string): object {
  const account = (system: CitySystem, path: string): object => {
    return { url: `${urlOf(system)}${path}`, user: probeAccount.user, password, verify: `${urlOf(system)}/me` };
  };
  const centre = urlOf("documents");
  return {
    documents: {
      signIn: { kind: "json", ...account("documents", "/login"), expiresIn: "/expiresIn" },
      // The centre is asked at its own address, the ward over its own line.
      canary: {
        send: { post: `${centre}/flow/sent`, body: { key: "${canary}", unit: "${unit}" } },
        document: "/id",
        arrive: { get: "/flow/inbox/${document}", expect: { "/key": "${canary}" } },
        receipt: { post: "/flow/inbox/${document}/receipt" },
        receipted: { get: `${centre}/flow/sent/\${document}`, expect: { "/status": "received" } },
        recall: { delete: `${centre}/flow/sent/\${canary}` },
        gone: { get: `${centre}/flow/sent/\${canary}`, status: [404] },
        withinMs: 1_500,
      },
    },
    dossiers: {
      signIn: { kind: "oidc", ...account("dossiers", "/oauth/token") },
      services: {
        queue: { get: "/queue", expect: { "/open": true } },
        fee: { post: "/payments/quote", body: { amount: 0 }, expect: { "/ok": true } },
      },
      freshness: { get: `${urlOf("dossiers")}/sync`, lastSync: "/lastSync", floorMinutes: 120 },
    },
    feedback: {
      signIn: { kind: "form", ...account("feedback", "/login-form"), cookie: "CITYSESSION" },
    },
  };
}
