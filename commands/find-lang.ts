import type { Lang } from "../src/platform/words.ts";
import { findWorkspaceLang } from "../src/workspace/workspace-lang.ts";
import type { Host } from "./create-context.ts";

/** `--lang`, then WARDCTL_LANG, then the workspace's, then the locale's; what names neither language is passed over. */
export async function findLang(argv: readonly string[], { environment, cwd }: Pick<Host, "environment" | "cwd">): Promise<Lang> {
  const { WARDCTL_LANG, WARDCTL_WORKSPACE, LC_ALL, LC_MESSAGES, LANG } = environment;
  return (
    toLang(findFlag(argv, "--lang")) ??
    toLang(WARDCTL_LANG) ??
    (await findWorkspaceLang(findFlag(argv, "--workspace") ?? WARDCTL_WORKSPACE, cwd)) ??
    toLang(LC_ALL || LC_MESSAGES || LANG) ??
    "en"
  );
}

function toLang(text: string | undefined): Lang | undefined {
  const two = text?.slice(0, 2).toLowerCase();
  return two === "vi" || two === "en" ? two : undefined;
}

/** The value of `--flag value` or `--flag=value`, before the command line is parsed. */
function findFlag(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  return at < 0 ? undefined : argv[at]?.includes("=") ? argv[at].slice(flag.length + 1) : argv[at + 1];
}
