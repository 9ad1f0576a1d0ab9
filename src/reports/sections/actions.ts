import { note } from "../blocks.ts";
import { presentKinds, type Section } from "./section.ts";
import { sectionWords as words } from "./words.ts";

/** Difficulties and what was decided about them: no room keeps them yet, and a report that is silent about them would say that there are none. */
export const actionsSection: Section = {
  id: "actions",
  title: words.actions,
  kinds: presentKinds,
  build: () => [note(words.noActions)],
};
