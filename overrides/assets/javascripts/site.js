/* What Material's own script does that readers of this site should not have to live with.
   Loaded before it. */
"use strict";
(() => {
  const SINGLE_KEYS = new Set(["p", "n", ",", ".", "f", "s", "/"]);

  /* A single key must do nothing (WCAG 2.1.4): people who speak to their device, or rest a hand on
     the keyboard, would be sent to another page. */
  window.addEventListener(
    "keydown",
    (event) => {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && SINGLE_KEYS.has(event.key)) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );

  /* Material hears keys only; pasted, dictated and suggested words are queries too. */
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches(".md-search__input")) {
      event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    }
  });

  /* An example of what may be searched is searched for. */
  document.addEventListener("click", (event) => {
    const example = event.target instanceof Element && event.target.closest("[data-search-example]");
    const query = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
    if (!example || !query) return;
    query.value = example.textContent || "";
    query.focus();
    query.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* The drawer and the search are switches that labels turn. With scripts the labels are buttons, a switch is no stop
     of its own before the skip link, what lies under an open drawer is out of reach, and Escape closes it. */
  const drawer = /** @type {HTMLInputElement | null} */ (document.getElementById("__drawer"));
  const search = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));

  /** @param {HTMLInputElement | null} control @param {string} selector @param {(isOpen: boolean) => void} turned */
  function buttonsOf(control, selector, turned) {
    if (!control) return;
    const labels = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(selector)]);
    control.tabIndex = -1;
    control.setAttribute("aria-hidden", "true");
    const update = () => {
      for (const label of labels) label.setAttribute("aria-expanded", String(control.checked));
    };
    for (const label of labels) {
      label.setAttribute("role", "button");
      label.tabIndex = 0;
      label.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        control.click();
      });
    }
    control.addEventListener("change", () => {
      update();
      turned(control.checked);
    });
    update();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = /** @type {HTMLElement | null} */ (document.querySelector(".drawer-button"));
    const close = /** @type {HTMLElement | null} */ (document.querySelector(".drawer-close"));
    buttonsOf(drawer, "[data-drawer-button]", (isOpen) => {
      for (const part of document.querySelectorAll(".md-header, .md-content, .site-footer, .md-skip")) {
        part.toggleAttribute("inert", isOpen);
      }
      (isOpen ? close : button)?.focus();
    });
    const opener = /** @type {HTMLElement | null} */ (document.querySelector("[data-search-button]"));
    const query = /** @type {HTMLElement | null} */ (document.querySelector(".md-search__input"));
    buttonsOf(search, "[data-search-button]", (isOpen) => (isOpen ? query : opener)?.focus());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.click();
  });
})();
