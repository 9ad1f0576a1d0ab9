import type { Lang } from "../../platform/words.ts";
import { escapeHtml } from "../../reports/formats/html/escape.ts";
import { boardWords as words } from "../words.ts";

/** The entrance: a button for whoever has a link, a field for whoever has the token. It tells nothing of the city. */
export function renderEnterPage({
  lang,
  key,
  refused,
}: {
  readonly lang: Lang;
  readonly key: string | undefined;
  readonly refused: boolean;
}): string {
  const field =
    key === undefined
      ? `<label>${escapeHtml(words.enterToken[lang])} <input type="password" name="key" required autocomplete="off"></label>`
      : `<input type="hidden" name="key" value="${escapeHtml(key)}">`;
  const note = refused ? words.enterRefused : key === undefined ? words.needsToken : words.enterOnce;
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(words.enterTitle[lang])}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/board.css">
</head>
<body class="enter">
<main><form class="card" method="post" action="/enter?lang=${lang}"><h1>${escapeHtml(words.enterTitle[lang])}</h1>
<p${refused ? ' class="alert"' : ""}>${escapeHtml(note[lang])}</p>
${field}
<button>${escapeHtml(words.enterButton[lang])}</button></form></main>
</body>
</html>
`;
}
