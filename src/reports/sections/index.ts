import { channelsSection } from "./channels.ts";
import { daySection } from "./day.ts";
import { declaredSection } from "./declared.ts";
import { definitionsSection } from "./definitions.ts";
import { detailSection } from "./detail.ts";
import { dueSection } from "./due.ts";
import { accountsSection, signingSection } from "./gaps.ts";
import { healthSection } from "./health.ts";
import { provenanceSection } from "./provenance.ts";
import { rankingsSection } from "./rankings.ts";
import { reconciliationSection } from "./reconciliation.ts";
import { restatedSection } from "./restated.ts";
import type { Section } from "./section.ts";
import { statusSection } from "./status.ts";
import { totalsSection } from "./totals.ts";
import { unitsSection } from "./units.ts";

/** The report in its order: who is silent comes before any sum (domain.md §10). A new section is a file and a line here. */
export const sections: readonly Section[] = [
  statusSection,
  totalsSection,
  restatedSection,
  daySection,
  channelsSection,
  rankingsSection,
  dueSection,
  declaredSection,
  healthSection,
  accountsSection,
  signingSection,
  reconciliationSection,
  detailSection,
  unitsSection,
  definitionsSection,
  provenanceSection,
];
