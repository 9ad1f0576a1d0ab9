import { defaultDepartments } from "../directory/department.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import { defaultPositions } from "../directory/position.ts";
import { Failure } from "../platform/failure.ts";
import { toIsoDate } from "../platform/time.ts";
import type { Account, Membership } from "./account.ts";
import type { Connector } from "./connector.ts";
import { readEntitlements } from "./desired-subjects.ts";
import { type ExplainedMembership, explainMembership, type MembershipEvidence } from "./explain-membership.ts";
import { defaultFunctionalRules } from "./functional-account.ts";
import { toRosterPerson } from "./known-people.ts";
import { listAskedMemberships } from "./membership-readings.ts";
import { createMembershipStore } from "./membership-store.ts";
import type { RegisteredName } from "./name-register.ts";
import type { ProvisionHost } from "./open-provision.ts";
import type { SubjectKey } from "./roster.ts";
import { listSubjects, type Subject } from "./subject.ts";
import { listWantedMemberships } from "./wanted-memberships.ts";

type Explain = (
  connector: Connector,
  account: Account | undefined,
  asked: Membership | undefined,
) => Promise<readonly ExplainedMembership[]>;

/** Says of one subject's roles and groups where they come from, by what is on record, what templates say today and what the system shows. */
export async function createMembershipExplainer(
  host: ProvisionHost,
  subject: SubjectKey | undefined,
  register: readonly RegisteredName[],
): Promise<Explain> {
  const { settings, database, clock, zone } = host;
  const entitlements = readEntitlements(settings);
  const today = toIsoDate(clock.now(), zone);
  const units = new Map(host.units.map((unit) => [unit.code, unit]));
  const departments = host.departments ?? defaultDepartments;
  const recorded = subject === undefined ? [] : await createMembershipStore(database).list(subject);
  const { person, subjects } = await readPerson();
  const wanted =
    listWantedMemberships({
      subjects,
      names: new Map(register.map(({ owner, name }) => [owner, { name, source: "register" as const }])),
      units,
      departments,
      entitlements,
      today,
    }).get(subject ?? "") ?? [];
  const named = listAskedMemberships(entitlements, wanted, recorded).asked;

  async function readPerson(): Promise<{ readonly person: Subject | undefined; readonly subjects: readonly Subject[] }> {
    const staffId = subject?.startsWith("person/") ? subject.slice("person/".length) : undefined;
    const people = createPeopleStore(database);
    const facts = staffId === undefined ? undefined : await people.findPerson(staffId);
    const posts = staffId === undefined ? [] : await people.listListedPosts({ staffId });
    if (!facts || posts.length === 0) return { person: undefined, subjects: [] };
    const known = listSubjects({
      people: [toRosterPerson(facts, posts, [])],
      units: host.units.filter(({ code }) => posts.some(({ unit }) => unit === code)),
      departments,
      positions: host.positions ?? defaultPositions,
      rules: settings.functional ?? defaultFunctionalRules,
      systems: Object.keys(settings.systems),
      template: settings.usernames.template,
      entitlements,
      today,
    });
    return { person: known.find(({ key }) => key === subject), subjects: known };
  }

  return async (connector, account, asked) => {
    const { system, memberships: port } = connector;
    if (!port) return [];
    const about = asked === undefined ? (named.get(system) ?? []) : [asked];
    const seen = await look(connector, account, asked, about);
    return about
      .map((membership): ExplainedMembership => {
        const held = seen?.held.has(membership);
        const record = recorded.find((one) => one.system === system && one.membership === membership);
        const { exists, existing = [] } = seen ?? {};
        return explainMembership({
          system,
          membership,
          held,
          exists,
          existing,
          record,
          person,
          wanted,
          entitlements,
          units,
          today,
        });
      })
      .filter(({ held, plan, why }) => asked !== undefined || held || plan !== undefined || why === "not-given-yet");
  };
}

/** Undefined: not readable. Whether a name is there at all is only asked where somebody asked for it and does not hold it. */
async function look(
  { memberships: port }: Connector,
  account: Account | undefined,
  asked: Membership | undefined,
  about: readonly Membership[],
): Promise<
  | (Pick<MembershipEvidence, "exists"> & { readonly held: ReadonlySet<Membership>; readonly existing?: readonly Membership[] })
  | undefined
> {
  try {
    const held = new Set(account && about.length > 0 ? await port?.find(account.id, about) : []);
    if (asked === undefined || held.has(asked) || !port) return { held, exists: undefined };
    const sweep = await port.sweep([asked]);
    return { held, exists: !sweep.missing.includes(asked), existing: sweep.existing ?? [] };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
    return undefined;
  }
}
