import { listSearchFunctions } from "../search.ts";

/**
 * What the page does by itself: search by the very functions of the command, and show one article at a time. Nothing of an article is ever taken for
 * markup: text goes in as text.
 */
export function toPageScript(): string {
  return `"use strict";
${listSearchFunctions().map(String).join("\n")}
(() => {
  const data = JSON.parse(document.getElementById("handbook-data").textContent);
  const index = createSearchIndex(data.pages);
  const input = document.getElementById("words");
  const contents = document.getElementById("contents");
  const found = document.getElementById("found");
  const list = found.querySelector("ol");
  const told = document.getElementById("told");
  const mark = (element, text, marks) => {
    let from = 0;
    for (const [start, end] of marks) {
      element.append(text.slice(from, start));
      const marked = document.createElement("mark");
      marked.textContent = text.slice(start, end);
      element.append(marked);
      from = end;
    }
    element.append(text.slice(from));
  };
  const search = () => {
    const query = input.value;
    const asked = query.trim() !== "";
    contents.hidden = asked;
    found.hidden = !asked;
    list.replaceChildren();
    if (!asked) { told.textContent = data.hint; return; }
    const { hits, words } = searchPages(index, query);
    for (const { page } of hits.slice(0, 20)) {
      const { id, title, text } = data.pages[page];
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#" + id;
      mark(link, title, cutSnippet(title, words, title.length).marks);
      const snippet = cutSnippet(text.replaceAll("\\n", " "), words);
      const line = document.createElement("p");
      mark(line, snippet.text, snippet.marks);
      item.append(link, line);
      list.append(item);
    }
    told.textContent = hits.length === 0 ? data.none : data.countOf.replace("{n}", String(hits.length));
  };
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    for (const article of document.querySelectorAll("article")) article.classList.toggle("open", article.id === id);
    const article = id === "" ? null : document.getElementById(id);
    if (article && article.tagName === "ARTICLE") {
      article.querySelector("h2").focus({ preventScroll: true });
      article.scrollIntoView();
    }
  };
  document.body.classList.add("scripted");
  input.addEventListener("input", search);
  addEventListener("hashchange", open);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) { event.preventDefault(); input.focus(); }
    if (event.key === "Escape" && document.activeElement === input) { input.value = ""; search(); }
  });
  search();
  open();
})();
`;
}
