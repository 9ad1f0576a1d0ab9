import { Failure } from "./failure.ts";
import type { Output } from "./output.ts";
import { createPromptTheme, promptWords } from "./prompt-words.ts";
import type { Words } from "./words.ts";

/**
 * Questions to the person, on stderr so that stdout stays the result's. Without a terminal nothing is asked: the failure
 * (kind: usage) names the flag that answers instead.
 */
export interface Prompts {
  confirm(question: Words, flag: string): Promise<boolean>;
  input(
    question: Words,
    options: { readonly flag: string; readonly initial?: string; readonly check?: (text: string) => Words | undefined },
  ): Promise<string>;
  /** What is typed is not shown. */
  secret(question: Words, flag: string): Promise<string>;
  select<T>(question: Words, choices: readonly { readonly name: string; readonly value: T }[], flag: string): Promise<T>;
  checkbox<T>(
    question: Words,
    choices: readonly { readonly name: string; readonly value: T; readonly checked?: boolean }[],
    flag: string,
    options?: { readonly required?: boolean },
  ): Promise<T[]>;
  search<T>(
    question: Words,
    find: (term: string) => readonly { readonly name: string; readonly value: T }[],
    flag: string,
  ): Promise<T>;
}

export function createPrompts(out: Output, signal: AbortSignal): Prompts {
  const theme = createPromptTheme(out.lang);
  const ask = async <T>(flag: string, question: Readonly<Record<string, unknown>>): Promise<T> => {
    if (!out.interactive) {
      throw new Failure("usage", promptWords.noTerminal(flag));
    }
    const { default: inquirer } = await import("inquirer");
    const prompt = inquirer.createPromptModule({ output: process.stderr, signal });
    try {
      const { answer } = (await prompt([{ theme, ...question, name: "answer" } as never])) as { answer: T };
      return answer;
    } catch (error) {
      const { name } = error as Error;
      if (name !== "ExitPromptError" && name !== "AbortPromptError") throw error;
      throw new Failure("cancelled", promptWords.cancelled, { cause: error });
    }
  };
  return {
    confirm: (question, flag) => ask(flag, { type: "confirm", message: out.say(question), default: false }),
    input: (question, { flag, initial, check }) =>
      ask(flag, {
        type: "input",
        message: out.say(question),
        default: initial,
        validate: (text: string) => {
          const fault = check?.(text);
          return fault ? out.say(fault) : true;
        },
      }),
    secret: (question, flag) => ask(flag, { type: "password", message: out.say(question), mask: "•" }),
    select: (question, choices, flag) =>
      ask(flag, { type: "select", message: out.say(question), choices: [...choices], pageSize: 12 }),
    checkbox: (question, choices, flag, { required = false } = {}) =>
      ask(flag, {
        type: "checkbox",
        message: out.say(question),
        choices: [...choices],
        pageSize: 14,
        validate: (chosen: readonly unknown[]) => (required && chosen.length === 0 ? out.say(promptWords.chooseOne) : true),
      }),
    search: (question, find, flag) =>
      ask(flag, {
        type: "search",
        message: out.say(question),
        source: (term?: string) => {
          const found = find(term ?? "");
          return found.length > 0 ? [...found] : [{ type: "separator", separator: out.say(promptWords.nothingFound) }];
        },
        pageSize: 12,
      }),
  };
}
