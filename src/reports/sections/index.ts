import type { LayoutName } from "../model.ts";
import { actionsSection } from "./actions.ts";
import { channelsSection } from "./channels.ts";
import { daySection } from "./day.ts";
import { declaredSection } from "./declared.ts";
import { definitionsSection } from "./definitions.ts";
import { detailSection } from "./detail.ts";
import { difficultiesSection } from "./difficulties.ts";
import { dueSection } from "./due.ts";
import { accountsSection, signingSection } from "./gaps.ts";
import { healthSection } from "./health.ts";
import { layoutSection } from "./layout.ts";
import { minutesSection } from "./minutes.ts";
import { overdueSection } from "./overdue.ts";
import { proceduresSection } from "./procedures.ts";
import { provenanceSection } from "./provenance.ts";
import { rankingsSection } from "./rankings.ts";
import { readinessSection } from "./readiness.ts";
import { reconciliationSection } from "./reconciliation.ts";
import { restatedSection } from "./restated.ts";
import type { Section } from "./section.ts";
import { statusSection } from "./status.ts";
import { totalsSection } from "./totals.ts";
import { unitsSection } from "./units.ts";

/** What stands around an official form. */
const aroundLayout = new Set(["status", "layout", "reconciliation", "definitions", "provenance"]);

export function listSections(layout: LayoutName | undefined): readonly Section[] {
  return layout === undefined ? sections : sections.filter(({ id }) => aroundLayout.has(id));
}

/** The report in its order: who is silent comes before any sum (domain.md §10). A new section is a file and a line here. */
const sections: readonly Section[] = [
  statusSection,
  totalsSection,
  restatedSection,
  daySection,
  channelsSection,
  rankingsSection,
  dueSection,
  overdueSection,
  proceduresSection,
  declaredSection,
  difficultiesSection,
  healthSection,
  accountsSection,
  signingSection,
  readinessSection,
  actionsSection,
  minutesSection,
  layoutSection,
  reconciliationSection,
  detailSection,
  unitsSection,
  definitionsSection,
  provenanceSection,
];
