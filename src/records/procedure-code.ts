/** What is said of a procedure by its code as the source writes it, else by the national part: `2.000815` of `2.000815.000.00.00.H55`. */
export function findOfProcedure<Value>(byCode: Readonly<Record<string, Value>>, code: string): Value | undefined {
  const national = code.slice(0, 8);
  return Object.hasOwn(byCode, code) ? byCode[code] : Object.hasOwn(byCode, national) ? byCode[national] : undefined;
}
