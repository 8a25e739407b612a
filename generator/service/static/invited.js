/* Puts the invitation from behind the # into the field, and takes it out of the address and the history. */
(() => {
  "use strict";

  const code = new URLSearchParams(window.location.hash.slice(1)).get("ma");
  if (!code) return;
  window.history.replaceState(null, "", window.location.pathname);
  const form = document.querySelector("[data-sign-in]");
  form.elements.code.value = code.slice(0, 100);
  form.querySelector("[data-filled]").hidden = false;
  form.elements.password.focus();
})();
