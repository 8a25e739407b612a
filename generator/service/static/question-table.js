/*
 * On a phone the table of questions opens over the test from the bar at its foot, so that the first question is seen.
 * Without popovers it stands above the questions, as without scripts. The question being read is marked in it.
 * Needs page-parts.js.
 */
(() => {
  "use strict";

  /** @type {HTMLElement | null} */
  const form = document.querySelector("form[data-test]");
  if (!form) return;
  const table = part(form, "table");
  /* The question that lies over a line in the upper third of the window. */
  const reading = new IntersectionObserver(
    (entries) => {
      const entry = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entry) return;
      table.querySelector("[aria-current]")?.removeAttribute("aria-current");
      table.querySelector(`[href="#${entry.target.id}"]`)?.setAttribute("aria-current", "step");
    },
    { rootMargin: "-30% 0% -69%" },
  );
  for (const question of form.querySelectorAll("[data-question]")) reading.observe(question);
  if (!("popover" in HTMLElement.prototype)) return;
  const opener = part(form, "open-table");
  const narrow = window.matchMedia("(max-width: 44.99em)");

  function place() {
    table.popover = narrow.matches ? "auto" : null;
    opener.hidden = !narrow.matches;
  }

  table.addEventListener("click", ({ target }) => {
    if (table.popover && target instanceof Element && target.closest("a")) table.hidePopover();
  });
  narrow.addEventListener("change", place);
  place();
})();
