/*
 * On a phone the table of questions opens over the test from the bar at its foot, so that the first question is seen.
 * Without popovers it stands above the questions, as without scripts. Needs page-parts.js.
 */
(() => {
  "use strict";

  /** @type {HTMLElement | null} */
  const form = document.querySelector("form[data-test]");
  if (!form || !("popover" in HTMLElement.prototype)) return;
  const table = part(form, "table");
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
