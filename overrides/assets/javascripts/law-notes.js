/*
 * The notes on law beside the text that cites them. Each number leads to its place in the list at the end; from that
 * list a note is made beside the paragraph where the screen has a margin, and below it, when asked for, elsewhere.
 *
 *   a.citation--number       a number, which leads to #nguon-<number>
 *   li[data-note]            what it stands for, within the .source of its document
 *   template[data-law-notes] what a note is made of
 *
 * Without scripts a number leads to the list. Needs page-parts.js.
 */
(() => {
  "use strict";

  const template = /** @type {HTMLTemplateElement | null} */ (
    document.querySelector("template[data-law-notes]")
  );
  const article = /** @type {HTMLElement | null} */ (document.querySelector("article.page--lesson"));
  if (!template || !article) return;
  const page = article;
  const parts = new Parts(template);
  const HAS_MARGIN = window.matchMedia("screen and (min-width: 76.25em)");
  const GAP = 20;

  const calls = /** @type {HTMLAnchorElement[]} */ (Array.from(page.querySelectorAll("a.citation--number")));

  /* --------------------------------------------------------------------------- what a note says -- */

  /** @param {HTMLAnchorElement} call */
  const entryOf = (call) => document.getElementById(call.hash.slice(1));

  /**
   * @param {Element} source
   * @param {string} name
   */
  const found = (source, name) => source.querySelector(`[data-part="${name}"]`);

  /** @param {HTMLElement} entry @param {boolean} isAgain whether all of it has been said further up */
  function note(entry, isAgain = false) {
    const drawn = parts.copy("note");
    const source = /** @type {HTMLElement} */ (entry.closest(".source"));
    const place = /** @type {HTMLAnchorElement} */ (found(entry, "place"));
    const link = /** @type {HTMLAnchorElement} */ (place.cloneNode(false));
    const isWhole = place.hash === "";
    const name = found(source, "name")?.textContent;
    const words = isWhole ? [name] : isAgain ? [place.textContent] : [name, place.textContent];
    link.textContent = words.join(", ");
    link.removeAttribute("data-part");
    part(drawn, "number").textContent = entry.dataset.note ?? "";
    part(drawn, "title").append(link);
    drawn.id = `chu-thich-${entry.dataset.note}`;
    if (isAgain) return drawn;
    const doubt = found(entry, "doubt");
    const status = found(source, "status");
    // That it holds only in part, or no longer, is told beside any doubt.
    const isEnding = status?.matches(".source__status--off, .source__status--partly");
    for (const said of [found(entry, "gist"), doubt, doubt && !isEnding ? null : status]) {
      if (said) drawn.append(paragraph(said));
    }
    return drawn;
  }

  /** @param {Element} said */
  function paragraph(said) {
    const copy = /** @type {HTMLElement} */ (said.cloneNode(true));
    copy.removeAttribute("data-part");
    return made("p", {}, copy);
  }

  /* ------------------------------------------------------------------------------ in the margin -- */

  /** What a note stands beside: the row, the item or the paragraph that cites. @param {Element} call */
  const blockOf = (call) => /** @type {HTMLElement} */ (call.closest("tr, .flow__text, li, p") ?? call);

  /** The part of the page one is in, so that a source cited again further on is noted again. @param {Element} call */
  function sectionOf(call) {
    const headings = Array.from(page.querySelectorAll("h2"));
    return headings.filter((h) => h.compareDocumentPosition(call) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  }

  /** @type {{ call: HTMLAnchorElement, note: HTMLElement }[]} */
  let beside = [];

  /** Whether the note before is the same, and still on the screen. @param {HTMLAnchorElement} call */
  function isJustNoted(call) {
    const last = beside[beside.length - 1]?.call;
    if (last?.hash !== call.hash) return false;
    return call.getBoundingClientRect().top - last.getBoundingClientRect().top < window.innerHeight / 2;
  }

  function fillMargin() {
    const seen = new Set();
    for (const call of calls) {
      const key = `${sectionOf(call)} ${call.hash}`;
      const entry = entryOf(call);
      if (!entry || seen.has(key) || isJustNoted(call) || call.closest("details:not([open])")) continue;
      seen.add(key);
      const aside = note(
        entry,
        beside.some((pair) => pair.call.hash === call.hash),
      );
      aside.classList.add("side-note--beside");
      aside.removeAttribute("id");
      const block = outermost(call);
      const last = beside[beside.length - 1];
      (last && outermost(last.call) === block ? last.note : block).after(aside);
      beside.push({ call, note: aside });
    }
    level();
  }

  /** The child of the page that holds the number; a note stands behind it in reading. @param {Element} call */
  function outermost(call) {
    let node = /** @type {Element} */ (call);
    while (node.parentElement && node.parentElement !== page) node = node.parentElement;
    return node;
  }

  /** Each note is level with its paragraph, or stands below the one before. */
  function level() {
    const top = page.getBoundingClientRect().top;
    let free = 0;
    for (const { call, note } of beside) {
      const wanted = blockOf(call).getBoundingClientRect().top - top;
      const y = Math.max(wanted, free);
      note.style.top = `${Math.round(y)}px`;
      free = y + note.offsetHeight + GAP;
    }
  }

  function emptyMargin() {
    for (const { note } of beside) note.remove();
    beside = [];
  }

  /* ------------------------------------------------------------------------ below the paragraph -- */

  /** @type {{ call: HTMLAnchorElement, note: HTMLElement } | null} */
  let open = null;

  /** @param {boolean} returns */
  function close(returns) {
    if (!open) return;
    const { call, note } = open;
    open = null;
    note.remove();
    call.setAttribute("aria-expanded", "false");
    call.removeAttribute("aria-controls");
    if (returns) call.focus();
  }

  /** @param {HTMLAnchorElement} call @param {HTMLElement} entry */
  function unfold(call, entry) {
    const below = note(entry);
    below.classList.add("side-note--below");
    below.append(parts.button("close", () => close(true)));
    const table = call.closest(".md-typeset__scrollwrap, table");
    const block = table ?? blockOf(call);
    if (block.matches("li")) block.append(below);
    else block.after(below);
    call.setAttribute("aria-expanded", "true");
    call.setAttribute("aria-controls", below.id);
    open = { call, note: below };
  }

  /** @param {HTMLAnchorElement} call */
  function toggle(call) {
    const entry = entryOf(call);
    const wasOpen = open?.call === call;
    close(false);
    if (entry && !wasOpen) unfold(call, entry);
  }

  /** @param {HTMLAnchorElement} call */
  function pointOut(call) {
    const near = beside.filter((pair) => pair.call.hash === call.hash);
    const y = call.getBoundingClientRect().top;
    const distance = (/** @type {{ note: HTMLElement }} */ pair) =>
      Math.abs(pair.note.getBoundingClientRect().top - y);
    const nearest = near.sort((a, b) => distance(a) - distance(b))[0];
    if (!nearest) return false;
    nearest.note.querySelector("a")?.focus();
    return true;
  }

  for (const call of calls) {
    call.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (HAS_MARGIN.matches ? pointOut(call) : entryOf(call)) {
        event.preventDefault();
        if (!HAS_MARGIN.matches) toggle(call);
      }
    });
  }
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const pair = beside.find(({ note }) => note.contains(document.activeElement));
    if (pair) pair.call.focus();
    else close(true);
  });

  /* -------------------------------------------------------------------------------------------- */

  function arrange() {
    close(false);
    emptyMargin();
    for (const call of calls) {
      if (HAS_MARGIN.matches) call.removeAttribute("aria-expanded");
      else call.setAttribute("aria-expanded", "false");
    }
    if (HAS_MARGIN.matches) fillMargin();
  }

  /** What stands in the margin is not told at full length once more, unless an address leads there or a reader opened it. */
  function foldSources() {
    const list = /** @type {HTMLDetailsElement | null} */ (page.querySelector("[data-law-sources]"));
    if (list)
      list.open = !HAS_MARGIN.matches || "chosen" in list.dataset || list.querySelector(":target") !== null;
  }

  HAS_MARGIN.addEventListener("change", () => {
    arrange();
    foldSources();
  });
  page.addEventListener("toggle", () => HAS_MARGIN.matches && arrange(), true);
  new ResizeObserver(level).observe(page);
  arrange();
  foldSources();
})();
