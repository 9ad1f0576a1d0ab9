import { cityDocTypes } from "./signing-rights.ts";

/** The part of wardctl.yaml that joins a workspace to this system. `token` and `ca` are references and paths the caller made. */
export function toDocumentsSettings(url: string, token: string, ca: string) {
  return {
    url: `${url}/api`,
    token,
    ca,
    expresses: { dateGranularity: "day", inclusiveEnd: true, units: true, procedures: true, exclusions: true },
    listGrants: {
      get: "/delegations?page=1",
      items: "/data",
      next: "/links/next",
      total: "/total",
      map: {
        extId: "/id",
        key: "/key",
        unit: "/unit",
        staffId: "/delegate/externalId",
        userName: "/delegate/userName",
        docTypes: { ptr: "/docTypes", dict: cityDocTypes },
        departments: "/limits/departments",
        exceptDepartments: "/limits/exceptDepartments",
        procedures: "/limits/procedures",
        exceptProcedures: "/limits/exceptProcedures",
        capacity: "/mode",
        from: "/startDate",
        to: "/endDate",
        active: { ptr: "/status", dict: { active: "true", ended: "false" } },
      },
    },
    createGrant: {
      post: "/delegations",
      body: {
        key: "{key}",
        userName: "{userName}",
        unit: "{unit}",
        docTypes: "{docTypes}",
        limits: {
          departments: "{departments}",
          exceptDepartments: "{exceptDepartments}",
          procedures: "{procedures}",
          exceptProcedures: "{exceptProcedures}",
        },
        mode: "{capacity}",
        startDate: "{from}",
        endDate: "{to}",
      },
    },
    endGrant: { patch: "/delegations/{extId}", body: { status: "ended" } },
    getUser: {
      get: "/users?externalId={staffId}",
      item: "/data/0",
      map: {
        staffId: "/externalId",
        userName: "/userName",
        active: "/enabled",
        certSerial: "/signing/serial",
        certNotBefore: "/signing/notBefore",
        certNotAfter: "/signing/notAfter",
        bound: "/signing/bound",
      },
    },
    probe: {
      post: "/documents/dry-run-sign",
      body: { requestId: "{nonce}", userName: "{userName}", unit: "{unit}", mode: "{capacity}", docType: "{docType}" },
      map: { allowed: { ptr: "/result", dict: { "would-sign": "true", refused: "false" } }, nonce: "/requestId" },
    },
    getSeal: {
      get: "/units/{unit}",
      map: {
        unit: "/unit",
        serial: "/seal/serial",
        notBefore: "/seal/notBefore",
        notAfter: "/seal/notAfter",
        bound: "/seal/bound",
      },
    },
  };
}
