import type { Place } from "./command-tree.ts";
import { toBash } from "./shells/bash.ts";
import { toFish } from "./shells/fish.ts";
import { toPowerShell } from "./shells/powershell.ts";
import { toZsh } from "./shells/zsh.ts";

/** One script a shell: all that may be typed is in it, so that a Tab starts no process. */
export const shells = { bash: toBash, zsh: toZsh, fish: toFish, powershell: toPowerShell } satisfies Record<
  string,
  (places: readonly Place[]) => string
>;

export type Shell = keyof typeof shells;
