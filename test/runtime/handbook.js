// `node test/runtime/handbook.js`: writes src/handbook/shipped-links.ts from the articles as they are; then `biome check --write` it.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { toLinkedArticles } from "../../src/handbook/find-article-for.ts";
import { assertSound, readHandbook } from "../../src/handbook/read-handbook.ts";

const handbook = await readHandbook();
assertSound(handbook);
const links = toLinkedArticles(handbook.articles);
writeFileSync(
  fileURLToPath(new URL("../../src/handbook/shipped-links.ts", import.meta.url)),
  `import type { LinkedArticle } from "./find-article-for.ts";

/** Made by test/runtime/handbook.js from fixtures/handbook, so that a check can name an article without reading any. */
export const shippedLinks: readonly LinkedArticle[] = [
${links.map((link) => `${JSON.stringify(link)},`).join("\n")}
];
`,
);
