// The board in a browser. It shows what wardctl sends and changes nothing: no request but the stream of events and the page itself.
(() => {
  const root = document.documentElement;
  const isStill = root.hasAttribute("data-still");
  const find = (selector, from = document) => from.querySelector(selector);
  const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];

  /* What was chosen stays on this machine; a browser that keeps nothing is no reason to fail. */
  const remember = (name, value) => {
    try {
      localStorage.setItem(`wardctl-board-${name}`, value);
    } catch {}
  };
  const recall = (name) => {
    try {
      return localStorage.getItem(`wardctl-board-${name}`);
    } catch {
      return null;
    }
  };

  /* Theme: as the machine, light, dark. */
  const themes = ["", "light", "dark"];
  const setTheme = (theme) => {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    remember("theme", theme);
  };
  setTheme(themes.includes(recall("theme")) ? recall("theme") : "");
  const turnTheme = () => setTheme(themes[(themes.indexOf(root.dataset.theme ?? "") + 1) % themes.length]);

  /* Language: another page of the server; in a still file the other body lies folded beside this one. */
  const turnLang = () => {
    if (!isStill) {
      location.search = `?lang=${root.lang === "vi" ? "en" : "vi"}`;
      return;
    }
    const other = find("template[data-lang]");
    if (!other) return;
    const here = document.createElement("template");
    here.dataset.lang = root.lang;
    root.lang = other.dataset.lang;
    const incoming = document.importNode(other.content, true);
    const outgoing = [...document.body.childNodes].filter((node) => node !== other && node.nodeName !== "SCRIPT");
    here.content.append(...outgoing);
    other.replaceWith(here);
    document.body.prepend(incoming);
    document.title = find("[data-title]")?.dataset.title ?? document.title;
    focus = { unit: undefined, column: 0 };
    arm();
  };

  const turnFull = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void root.requestFullscreen?.().catch(() => {});
  };
  document.addEventListener("fullscreenchange", () => root.classList.toggle("wall", document.fullscreenElement !== null));

  /* The grid: one stop of the Tab key, arrows inside (WAI-ARIA APG, grid pattern). */
  let focus = { unit: undefined, column: 0 };
  const listRows = () => findAll(".unit").filter((row) => !row.hidden);
  const listCells = (row) => findAll("[tabindex]", row);
  const setStop = () => {
    const rows = listRows();
    for (const cell of findAll(".matrix [tabindex='0']")) cell.tabIndex = -1;
    const row = rows.find(({ dataset }) => dataset.unit === focus.unit) ?? rows[0];
    const cell = row && (listCells(row)[focus.column] ?? listCells(row)[0]);
    if (cell) cell.tabIndex = 0;
    return cell;
  };
  const goTo = (row, column) => {
    if (!row) return;
    focus = { unit: row.dataset.unit, column: Math.max(0, Math.min(column, listCells(row).length - 1)) };
    setStop()?.focus();
  };
  const moves = {
    ArrowDown: (at, rows) => goTo(rows[Math.min(at + 1, rows.length - 1)], focus.column),
    ArrowUp: (at, rows) => goTo(rows[Math.max(at - 1, 0)], focus.column),
    ArrowRight: (at, rows) => goTo(rows[at], focus.column + 1),
    ArrowLeft: (at, rows) => goTo(rows[at], focus.column - 1),
    Home: (at, rows) => goTo(rows[at], 0),
    End: (at, rows) => goTo(rows[at], 6),
    PageDown: (at, rows) => goTo(rows[Math.min(at + 10, rows.length - 1)], focus.column),
    PageUp: (at, rows) => goTo(rows[Math.max(at - 10, 0)], focus.column),
  };

  /* The panel of a unit. */
  let opened;
  const fillDetail = () => {
    const held = find(`template[data-detail-of="${opened?.unit}"]`);
    const body = find("[data-detail-body]");
    if (!held || !body) return false;
    body.replaceChildren(document.importNode(held.content, true));
    return true;
  };
  const openDetail = (unit, dimension) => {
    opened = { unit };
    const dialog = find("[data-detail]");
    if (!dialog || !fillDetail()) return;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    const place = dimension && find(`[data-dimension="${dimension}"]`, dialog);
    if (place) place.scrollIntoView({ block: "nearest" });
    find("#detail-title", dialog)?.focus({ preventScroll: true });
  };
  const openFrom = (cell) => {
    const row = cell.closest(".unit");
    if (!row) return;
    focus = { unit: row.dataset.unit, column: Math.max(0, listCells(row).indexOf(cell)) };
    setStop();
    openDetail(row.dataset.unit, cell.dataset.dimension);
  };

  /* Search without diacritics: đ is a letter of its own and typed as d. */
  const fold = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase();
  const search = () => {
    // From the start of a word on: "huong an" is Hương An and not every phường whose name has an An.
    const wanted = fold(find("[data-search]")?.value.trim() ?? "").replace(/\s+/g, " ");
    let shown = 0;
    for (const row of findAll(".unit")) {
      const text = ` ${fold(find(".name", row).title).replace(/[()]/g, " ")}`;
      row.hidden = wanted !== "" && !text.includes(` ${wanted}`);
      if (!row.hidden) shown += 1;
    }
    for (const table of findAll(".table, .group")) table.hidden = !find(".unit:not([hidden])", table);
    const none = find(".nomatch");
    if (none) none.hidden = shown > 0 || wanted === "";
    setStop();
  };

  /* News: spoken by a screen reader, shown for a while to everybody else. */
  const toast = (text) => {
    const line = document.createElement("p");
    line.textContent = text;
    find("[data-toasts]")?.append(line);
    setTimeout(() => line.remove(), 20_000);
  };
  const marked = new Map();
  const mark = () => {
    for (const [unit] of marked) find(`.unit[data-unit="${unit}"]`)?.classList.add("turned");
  };
  const readVerdicts = () =>
    new Map(
      findAll(".unit").map((row) => [
        row.dataset.unit,
        findAll(".cell", row)
          .map(({ dataset }) => dataset.verdict)
          .join(),
      ]),
    );

  /* One event: pieces of the page by name, panels by unit, news as text. Everything in it was made by wardctl from escaped text. */
  const show = ({ parts, details, news }) => {
    const before = readVerdicts();
    const hadFocus = document.activeElement?.closest?.(".matrix") !== null && document.activeElement !== document.body;
    for (const [name, html] of Object.entries(parts)) {
      const place = find(`[data-part="${name}"]`);
      if (!place) continue;
      place.innerHTML = html;
      if (place.classList.contains("card")) place.hidden = html === "";
    }
    for (const [code, html] of Object.entries(details)) {
      let held = find(`template[data-detail-of="${code}"]`);
      if (!held) {
        held = document.createElement("template");
        held.dataset.detailOf = code;
        document.body.append(held);
      }
      held.innerHTML = html;
    }
    if (opened && details[opened.unit] !== undefined && find("[data-detail]")?.open) fillDetail();
    if (parts.matrix !== undefined) {
      for (const [unit, verdicts] of readVerdicts()) {
        if (!before.has(unit) || before.get(unit) === verdicts) continue;
        marked.set(unit, true);
        setTimeout(() => {
          marked.delete(unit);
          find(`.unit[data-unit="${unit}"]`)?.classList.remove("turned");
        }, 20_000);
      }
      mark();
      search();
      if (hadFocus) setStop()?.focus({ preventScroll: true });
      armPages();
    }
    for (const line of news) toast(line);
  };

  /* A wall has no hands: what does not fit is shown page after page. */
  let paging;
  let paused = false;
  const turnPage = (box) => {
    if (box.scrollHeight <= box.clientHeight + 8 || box.contains(document.activeElement)) return;
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 8;
    box.scrollTop = end ? 0 : box.scrollTop + box.clientHeight * 0.9;
  };
  const armPages = () => {
    clearInterval(paging);
    if (paused || !root.classList.contains("wall")) return;
    paging = setInterval(() => {
      if (!find("dialog[open]")) findAll(".units, .panels").forEach(turnPage);
    }, 12_000);
  };
  document.addEventListener("fullscreenchange", () => setTimeout(armPages, 300));

  const openHelp = () => find("[data-help]")?.showModal();
  const tools = { lang: turnLang, theme: turnTheme, full: turnFull, help: openHelp };

  const copy = async (button) => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page that was not opened over loopback or https may not write there: select it for the person instead.
      const code = button.previousElementSibling;
      getSelection()?.selectAllChildren(code);
      return;
    }
    button.textContent = button.dataset.done;
  };

  document.addEventListener("click", (event) => {
    const { target } = event;
    const named = target.closest?.("[data-tool]");
    if (named) tools[named.dataset.tool]?.();
    const button = target.closest?.(".copy");
    if (button) void copy(button);
    const cell = target.closest?.(".unit [tabindex], .unit .first");
    if (cell) openFrom(cell);
    if (target.nodeName === "DIALOG") target.close();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-search]")) search();
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest?.(".unit [tabindex]");
    if (!cell) return;
    const row = cell.closest(".unit");
    focus = { unit: row.dataset.unit, column: listCells(row).indexOf(cell) };
    setStop();
  });
  document.addEventListener(
    "close",
    (event) => {
      if (event.target.matches?.("[data-detail]")) {
        opened = undefined;
        setStop()?.focus();
      }
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches?.("input");
    if (typing) {
      if (event.key === "Escape") {
        event.target.value = "";
        search();
        event.target.blur();
      } else if (event.key === "Enter" || event.key === "ArrowDown") {
        event.preventDefault();
        goTo(listRows()[0], 0);
      }
      return;
    }
    if (find("dialog[open]")) return;
    const cell = event.target.closest?.(".unit [tabindex]");
    if (moves[event.key] && (cell || (event.target === document.body && event.key.startsWith("Arrow")))) {
      event.preventDefault();
      const rows = listRows();
      if (cell)
        moves[event.key](
          rows.findIndex(({ dataset }) => dataset.unit === focus.unit),
          rows,
        );
      else setStop()?.focus();
      return;
    }
    if (cell && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      openFrom(cell);
      return;
    }
    const done = {
      "/": () => find("[data-search]")?.focus(),
      "?": openHelp,
      f: turnFull,
      l: turnLang,
      t: turnTheme,
      p: () => {
        paused = !paused;
        armPages();
      },
    }[event.key];
    if (done) {
      event.preventDefault();
      done();
    }
  });

  /* EventSource comes back by itself with Last-Event-ID; only a refusal for good ends it. */
  const listen = () => {
    const source = new EventSource(`/events?lang=${root.lang}&from=${encodeURIComponent(root.dataset.event)}`);
    const lost = find("[data-lost]");
    const said = lost.textContent;
    const setState = (text) => {
      lost.hidden = text === undefined;
      lost.textContent = text ?? said;
      root.classList.toggle("is-lost", text !== undefined);
    };
    source.addEventListener("open", () => setState(undefined));
    source.addEventListener("error", () => {
      setState(said);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5_000);
    });
    source.addEventListener("board", (event) => {
      show(JSON.parse(event.data));
      root.dataset.event = event.lastEventId;
      setState(undefined);
    });
    source.addEventListener("trouble", (event) => setState(event.data));
    source.addEventListener("reload", () => location.reload());
    addEventListener("pagehide", () => source.close());
  };

  const arm = () => {
    setStop();
    search();
  };
  arm();
  if (!isStill) listen();
})();
