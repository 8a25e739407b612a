/*
 * Where a reader is in a lesson or a lesson plan: the link of the section is marked in each [data-outline], and the bar of
 * phones, [data-outline-bar], says which section it is and how far one has come. Without scripts both are lists of links.
 * Needs page-parts.js.
 */
(() => {
  "use strict";

  /* A section begins where its heading has come this far up the screen. */
  const READING_LINE = 0.3;

  const links = /** @type {HTMLAnchorElement[]} */ (
    Array.from(document.querySelectorAll("ol[data-outline] a"))
  );
  const anchors = Array.from(new Set(links.map((link) => link.hash.slice(1))));
  const headings = anchors.flatMap((id) => document.getElementById(decodeURIComponent(id)) ?? []);
  const bar = /** @type {HTMLDetailsElement | null} */ (document.querySelector("[data-outline-bar]"));
  if (!headings.length) return;

  /** The place in the outline, from 0; -1 above the first heading. */
  function current() {
    const end = document.documentElement.scrollHeight - window.innerHeight - 2;
    if (window.scrollY > 0 && window.scrollY >= end) return headings.length - 1;
    const line = window.innerHeight * READING_LINE;
    return headings.filter((heading) => heading.getBoundingClientRect().top <= line).length - 1;
  }

  /** @param {number} place */
  function mark(place) {
    const id = place < 0 ? null : headings[place]?.id;
    for (const link of links) {
      if (decodeURIComponent(link.hash.slice(1)) === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (bar) tell(bar, place);
  }

  const untold = bar ? part(bar, "section").textContent : "";

  /**
   * @param {HTMLElement} bar
   * @param {number} place
   */
  function tell(bar, place) {
    const heading = headings[place];
    part(bar, "section").textContent = heading ? heading.textContent : untold;
    part(bar, "nth").textContent = String(place + 1);
    part(bar, "total").textContent = String(headings.length);
    part(bar, "count").hidden = !heading;
    bar.style.setProperty("--read", `${((place + 1) / headings.length) * 100}%`);
  }

  let shown = -2;
  let waits = false;
  function follow() {
    waits = false;
    const place = current();
    if (place !== shown) mark(place);
    shown = place;
  }
  function soon() {
    if (!waits) window.requestAnimationFrame(follow);
    waits = true;
  }

  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  if (bar) {
    bar.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("a")) bar.open = false;
    });
    bar.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !bar.open) return;
      bar.open = false;
      bar.querySelector("summary")?.focus();
    });
  }
  follow();
})();
