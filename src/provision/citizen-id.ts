/**
 * A citizen's number: province 001–096, century and sex, year, six digits (Thông tư 59/2021/TT-BCA, Điều 4). Never kept (Law 91/2025/QH15), wherever in a roster it stands.
 */
const number = /(?<!\d)0(?:0[1-9]|[1-8]\d|9[0-6])\d{9}(?!\d)/g;

/** What stands in its place where a row is shown or written again. */
export const hiddenNumber = "…";

export function hideCitizenIds(text: string): string {
  return text.replace(number, hiddenNumber);
}

/** Of a column whose heading says nothing: most of its values are such numbers, with the zero that a spreadsheet ate or without. */
export function areCitizenIds(values: readonly string[]): boolean {
  const filled = values.map((value) => value.trim()).filter((value) => value !== "");
  const like = filled.filter((value) => hideCitizenIds(/^\d{11}$/.test(value) ? `0${value}` : value) === hiddenNumber);
  return filled.length > 0 && like.length * 2 > filled.length;
}
