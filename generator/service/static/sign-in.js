/*
 * A QR brings the code after the # of the address, where no server and no log sees it. It is put into
 * the field and taken out of the address, so that it does not stay in the browser's history.
 */
(() => {
  "use strict";

  function fill() {
    const code = new URLSearchParams(window.location.hash.slice(1)).get("ma");
    if (!code) return;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-sign-in]"));
    /** @type {HTMLInputElement} */ (form.elements.namedItem("code")).value = code.slice(0, 40);
    /** @type {HTMLElement} */ (form.querySelector("[data-filled]")).hidden = false;
    form.querySelector("button")?.focus();
  }

  fill();
  window.addEventListener("hashchange", fill);
})();
