/** YAML text of a value as wardctl.yaml writes it: codes in quotes, no line folded. */
export async function formatYaml(value: unknown): Promise<string> {
  const { Document } = await import("yaml");
  return new Document(value).toString({ lineWidth: 0 });
}

/**
 * The text with a value put at a path, made where it is missing. Comments, order and quotes of everything else stay as they are.
 * The text must be sound YAML.
 */
export async function addToYaml(text: string, path: readonly string[], value: unknown): Promise<string> {
  const { isMap, parseDocument } = await import("yaml");
  const document = parseDocument(text);
  for (let depth = 1; depth < path.length; depth++) {
    const parent = path.slice(0, depth);
    // `records:` without anything below it is no mapping yet, and `{}` would keep what is added on one line.
    const node = document.getIn(parent);
    if (!isMap(node)) document.setIn(parent, document.createNode({}));
    else if (node.items.length === 0) node.flow = false;
  }
  document.setIn(path, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}
