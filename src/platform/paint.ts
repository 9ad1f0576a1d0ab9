/** Colour for terminals. Never the only carrier of a meaning. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const plain = (text: string): string => text;
export const noPaint: Paint = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

export async function createPaint(coloured: boolean): Promise<Paint> {
  if (!coloured) return noPaint;
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 });
}
