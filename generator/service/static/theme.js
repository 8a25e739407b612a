/* Follows the light or dark that was chosen on the site; where nothing was chosen, CSS follows the device. */
(() => {
  "use strict";

  function chosen() {
    try {
      return JSON.parse(window.localStorage.getItem("/.__palette") ?? "{}").color;
    } catch {
      return null;
    }
  }

  const color = chosen();
  if (!color?.scheme || color.media === "(prefers-color-scheme)") return;
  document.documentElement.classList.remove("no-js");
  document.addEventListener("DOMContentLoaded", () => {
    document.body.setAttribute("data-md-color-scheme", color.scheme);
  });
})();
