/* Puts the invitation from behind the # into the field, and takes it out of the address and the history. */
(() => {
  "use strict";

  const code = new URLSearchParams(window.location.hash.slice(1)).get("ma");
  if (!code) return;
  window.history.replaceState(null, "", window.location.pathname);
  const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-sign-in]"));
  /** @type {HTMLInputElement} */ (form.elements.namedItem("code")).value = code.slice(0, 100);
  /** @type {HTMLElement} */ (form.querySelector("[data-filled]")).hidden = false;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("password")).focus();
})();
