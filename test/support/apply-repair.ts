import type { CertificateReading } from "../../src/delegation/certificates/certificate-reading.ts";
import type { Question } from "../../src/delegation/decide.ts";
import { toBit } from "../../src/delegation/doc-types.ts";
import type { AccountSeen, CarriedRight } from "../../src/delegation/evidence.ts";
import { createRegister, isPost, type SigningFacts } from "../../src/delegation/facts.ts";
import type { Grant } from "../../src/delegation/grant.ts";
import { contains } from "../../src/delegation/interval.ts";
import { toLegalState } from "../../src/delegation/legal.ts";
import type { RepairAction } from "../../src/delegation/repair.ts";
import { toNarrowing } from "../../src/delegation/scope.ts";
import { makeCertificate } from "./signer-world.ts";
import { covers } from "./signing-definition.ts";
import { base, goodAccount, makeGrant } from "./signing-world.ts";

/** What would be so if the steps were taken, in their order: the model that a printed repair is held to. */
export function applyRepair(facts: SigningFacts, question: Question, steps: readonly RepairAction[]): SigningFacts {
  let cited = false;
  let world = facts;
  for (const step of steps) {
    if (step.action === "cite-regulation" && step.grantId === undefined) cited = true;
    world = applyStep(world, question, step, cited);
  }
  return world;
}

function applyStep(facts: SigningFacts, question: Question, step: RepairAction, cited: boolean): SigningFacts {
  switch (step.action) {
    case "cite-regulation":
      return {
        ...facts,
        grants: facts.grants.map((grant) =>
          grant.id === step.grantId ? { ...grant, basis: { ...grant.basis, kind: "quy-che-lam-viec", clause: "Điều 7" } } : grant,
        ),
      };
    case "issue-grant":
      return { ...facts, grants: [...facts.grants, issueGrant(facts, question, step, cited)] };
    case "approve": {
      const grantId = step.grantId ?? "issued";
      const event = { grantId, kind: "approved" as const, at: base - 500, recordedAt: base - 500, recordedBy: "second" };
      return { ...facts, events: [...facts.events, event] };
    }
    case "push":
      return pushAll(facts, question);
    case "end-absence":
      return {
        ...facts,
        returns: facts.absences
          .filter(({ staffId }) => staffId === question.staffId)
          .map(({ id, from }) => ({ absenceId: id, at: from, recordedAt: question.asOf, recordedBy: "x" })),
      };
    case "create-account":
      return withAccount(facts, question, (account) => account ?? { userName: "new", active: true });
    case "enable-account":
      return withAccount(facts, question, (account) => account && { ...account, active: true });
    case "renew-certificate":
      return withReading(
        withAccount(
          facts,
          question,
          (account) =>
            account && {
              ...account,
              certificate: account.certificate && { ...goodAccount.certificate!, bound: account.certificate.bound },
            },
        ),
        question,
        renew,
      );
    case "use-own-certificate":
      return withReading(
        withAccount(facts, question, (account) => account && { ...account, certificate: goodAccount.certificate }),
        question,
        renew,
      );
    case "bind-certificate": {
      // Where there was none, it is one that nobody found fault with.
      const isNew = facts.people.some(({ staffId, account }) => staffId === question.staffId && !account?.certificate);
      const bound = withAccount(
        facts,
        question,
        (account) =>
          account && { ...account, certificate: { ...(account.certificate ?? goodAccount.certificate!), bound: true } },
      );
      return isNew ? withReading(bound, question, ({ staffId }) => makeCertificate(staffId, { verdict: "UNKNOWN" })) : bound;
    }
    case "correct-subject":
      return withReading(facts, question, (reading) => without(reading, "SIG-SUBJECT-STALE"));
    case "install-chain":
      return withReading(facts, question, (reading) => without(reading, "SIG-CHAIN"));
    case "check-certificate":
      return withReading(facts, question, (reading) => ({
        ...reading,
        verdict: "VALID",
        crlNextUpdate: base + 1_000_000,
      }));
    case "mend-on-site": {
      const { staffId, at, asOf } = question;
      const mended = { staffId, code: step.fault!, state: "mended" as const, at, recordedAt: asOf, recordedBy: "x" };
      return { ...facts, signer: facts.signer && { ...facts.signer, tokens: [...facts.signer.tokens, mended] } };
    }
    default:
      return facts;
  }
}

function issueGrant(
  facts: SigningFacts,
  { docType, at, asOf, unit, department, procedure }: Question,
  { capacity, to, part }: RepairAction,
  cited: boolean,
): Grant {
  const type = toBit(docType.key);
  const known = facts.grants.find(
    (grant) =>
      grant.recordedAt <= asOf &&
      grant.capacity === "TL" &&
      grant.to.position === to?.position &&
      grant.basis.clause &&
      (grant.docTypes & type) !== 0 &&
      covers(facts, grant.narrowing, { department, procedure, at }),
  );
  return makeGrant({
    id: "issued",
    unit,
    to,
    capacity,
    docTypes: type,
    // No wider than the repair says.
    narrowing: toNarrowing({
      departments: part?.department === undefined ? undefined : [part.department],
      procedures: part?.procedure === undefined ? undefined : [part.procedure],
    }),
    validFrom: base - 1000,
    validTo: at + 1000,
    basis: {
      kind: capacity === "TL" ? "quy-che-lam-viec" : "quyet-dinh",
      number: "9",
      date: base - 1000,
      clause: capacity === "TL" && (cited || known) ? "Điều 7" : undefined,
      legalBasis: "Luật 72/2025/QH15",
    },
    needsApproval: facts.twoPerson.includes(capacity ?? ""),
  });
}

/** A push carries what is alive on paper at that instant, nothing else. */
function pushAll(facts: SigningFacts, { staffId, unit, at, asOf }: Question): SigningFacts {
  const register = createRegister(facts, at, asOf);
  const held = (register.holdingsOf.get(staffId) ?? []).filter((holding) => holding.unit === unit);
  const rights = facts.grants
    .filter((grant) => held.some((holding) => isPost(holding, grant.to)) && contains(toLegalState(register, grant).live, at))
    .map(
      ({ id, capacity, docTypes, narrowing }): CarriedRight => ({
        extId: `pushed-${id}`,
        unit,
        staffId,
        capacity,
        docTypes,
        narrowing,
        from: base - 1000,
        to: Number.POSITIVE_INFINITY,
        active: true,
      }),
    );
  return { ...facts, carriage: facts.carriage.map((reading) => ({ ...reading, rights: [...reading.rights, ...rights] })) };
}

function withAccount(
  facts: SigningFacts,
  { staffId }: Question,
  change: (account: AccountSeen | undefined) => AccountSeen | undefined,
): SigningFacts {
  return {
    ...facts,
    people: facts.people.map((person) => (person.staffId === staffId ? { ...person, account: change(person.account) } : person)),
  };
}

/** Another certificate of the same issuer: whole in itself, its chain is what it was, and nobody has checked it. */
function renew({ staffId, codes }: CertificateReading): CertificateReading {
  return makeCertificate(staffId, { verdict: "UNKNOWN", codes: codes.filter((code) => code === "SIG-CHAIN") });
}

/** Mended, and not checked again. */
function without(reading: CertificateReading, gone: string): CertificateReading {
  return { ...reading, verdict: "UNKNOWN", codes: reading.codes.filter((code) => code !== gone) };
}

function withReading(
  facts: SigningFacts,
  { staffId }: Question,
  change: (reading: CertificateReading) => CertificateReading,
): SigningFacts {
  const { signer } = facts;
  if (!signer) return facts;
  const certificates = signer.certificates.map((reading) => (reading.staffId === staffId ? change(reading) : reading));
  return { ...facts, signer: { ...signer, certificates } };
}
