import { both, type Words } from "../platform/words.ts";

export interface FailedSystem {
  readonly system: string;
  readonly message: Words;
}

/** What is wrong with systems, the same thing with several of them said once, with its remedy once. */
export function describeFailed(failed: readonly FailedSystem[]): Words[] {
  const groups = [...Map.groupBy(failed, ({ system, message }) => stripName(system, message.en)).values()];
  return groups.map((own) => {
    const systems = own.map(({ system }) => system).join(", ");
    const [{ system, message }] = own as [FailedSystem];
    return both((lang) => {
      const rest = stripName(system, message[lang]);
      // Some messages begin with the system's name already.
      return `${systems}${rest === message[lang] ? ":" : ""} ${rest}`;
    });
  });
}

export function listFailed(failed: readonly FailedSystem[]): Words {
  const described = describeFailed(failed);
  return both((lang) => described.map((words) => words[lang]).join("; "));
}

function stripName(system: string, message: string): string {
  return message.startsWith(`${system} `) ? message.slice(system.length + 1) : message;
}
