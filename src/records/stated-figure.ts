/**
 * A figure as the press prints it. `low` and `high` bound what it may stand for, undefined where it has no bound; `nominal` is the
 * number printed, to be shown and compared, never to be counted with.
 */
export interface StatedFigure {
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly nominal: number | undefined;
  readonly percent: { readonly hundredths: number; readonly decimals: number } | undefined;
}

const marks = { vi: { group: ".", decimal: "," }, en: { group: ",", decimal: "." } };

/**
 * `151` · `1.283` (locale vi) · `>11600` · `<50` · `~30` · `96,3%`. Undefined when it is none of these: a number written for the other
 * locale is a fault, never a guess.
 */
export function readStatedFigure(text: string, locale: "vi" | "en"): StatedFigure | undefined {
  const { group, decimal } = marks[locale];
  const number = `\\d+|\\d{1,3}(?:\\${group}\\d{3})+`;
  const percent = new RegExp(`^(${number})(?:\\${decimal}(\\d{1,2}))?\\s?%$`).exec(text);
  if (percent) {
    const [, whole = "", fraction = ""] = percent;
    const hundredths = Number(whole.replaceAll(group, "")) * 100 + Number(fraction.padEnd(2, "0"));
    return { low: undefined, high: undefined, nominal: undefined, percent: { hundredths, decimals: fraction.length } };
  }
  const count = new RegExp(`^([>≥<≤~≈])?\\s?(${number})$`).exec(text);
  if (!count) return undefined;
  const nominal = Number((count[2] as string).replaceAll(group, ""));
  return { ...toBounds(count[1] ?? "", nominal), nominal, percent: undefined };
}

function toBounds(sign: string, nominal: number): Pick<StatedFigure, "low" | "high"> {
  // "More than 11,600" is said of 11,600 too: the bound itself stays possible.
  if (sign === ">" || sign === "≥") return { low: nominal, high: undefined };
  if (sign === "<" || sign === "≤") return { low: 0, high: nominal };
  if (sign === "") return { low: nominal, high: nominal };
  // "About 30" is what rounds to it at the place of its last digit that is not zero: 25 to 34.
  let place = 1;
  while (nominal > 0 && nominal % (place * 10) === 0) place *= 10;
  return { low: Math.max(0, nominal - Math.floor(place / 2)), high: nominal + Math.ceil(place / 2) - 1 };
}
