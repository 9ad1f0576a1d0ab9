import type { Verdict } from "../../readiness/readiness.ts";

/** Drawn, not typed: the typeface has no ✓, and a sign must look the same on every wall. Three shapes, so that none needs its colour. */
const shapes: Readonly<Record<Verdict, string>> = {
  go: '<path d="M5 12.5l4.5 4.5L19 7"/>',
  "no-go": '<path d="M6 6l12 12M18 6L6 18"/>',
  unknown: '<path d="M8.5 9a3.5 3.5 0 1 1 5.3 3c-1.2.8-1.8 1.3-1.8 2.6M12 18.4v.2"/>',
};

/** Once a page; everything else refers to it. */
export const signSprite = `<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">${(
  Object.keys(shapes) as Verdict[]
)
  .map((verdict) => `<symbol id="sign-${verdict}" viewBox="0 0 24 24">${shapes[verdict]}</symbol>`)
  .join("")}</svg>`;

export function renderSign(verdict: Verdict): string {
  return `<svg class="sign ${verdict}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#sign-${verdict}"/></svg>`;
}
