/** CR LF, LF and CR each end a line; hand-edited exports mix them. */
export function toPlainLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The same for a text that comes in pieces: a CR at the end of one waits for the next. Ask once more with undefined at the end. */
export function createLineEnds(): (piece: string | undefined) => string {
  let held = "";
  return (piece) => {
    const text = held + (piece ?? "");
    held = piece !== undefined && text.endsWith("\r") ? "\r" : "";
    return toPlainLineEnds(held === "" ? text : text.slice(0, -1));
  };
}
