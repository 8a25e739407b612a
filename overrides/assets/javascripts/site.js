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
})();
