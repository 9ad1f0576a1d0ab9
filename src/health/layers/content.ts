import { readPointer } from "../../platform/json-pointer.ts";
import type { Expectation } from "../expectation.ts";
import type { HttpAnswer } from "../http-answer.ts";
import { type Finding, fail, pass } from "../layer.ts";

/** Does the body hold what the inventory expects? Nothing of it is kept. */
export function judgeContent({ body, headers }: Pick<HttpAnswer, "body" | "headers">, { text, json }: Expectation): Finding {
  const content = body?.toString("utf8") ?? "";
  const holds = (text === undefined || holdsText(content, text)) && (json === undefined || holdsValue(content, json));
  if (holds) return pass;
  return isSignInPage(content, headers.get("content-type")) ? fail("http.portal") : fail("http.content");
}

function holdsText(content: string, text: string): boolean {
  return content.includes(text) || content.normalize().includes(text.normalize());
}

function holdsValue(content: string, { pointer, value }: NonNullable<Expectation["json"]>): boolean {
  try {
    const found = readPointer(JSON.parse(content), pointer);
    return (typeof found === "string" ? found : JSON.stringify(found)) === value;
  } catch {
    return false;
  }
}

/** A page with a form, or one that leads on at once, where something else was expected: captive portals look like this. */
function isSignInPage(content: string, type: string | undefined): boolean {
  if (!/html/i.test(type ?? "") && !/^\s*(<!doctype html|<html)/i.test(content)) return false;
  return (
    /<form\b/i.test(content) || /<input\b[^>]*\btype=["']?password/i.test(content) || /http-equiv=["']?refresh/i.test(content)
  );
}
