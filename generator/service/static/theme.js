/*
 * Light or dark: what was chosen here or on the site, else what the device has. The switch in the bar and what is kept
 * of it are those of the site's pages, so that one choice holds on both. Loaded in the head, before anything is drawn.
 */
(() => {
  "use strict";

  /** @typedef {{ index: number, color: { media?: string, scheme?: string, primary?: string, accent?: string } }} Tone */

  const KEPT = "/.__palette";
  const AS_DEVICE = "(prefers-color-scheme)";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let choice = kept();

  /** @returns {Tone} */
  function kept() {
    const asDevice = { index: 0, color: { media: AS_DEVICE } };
    try {
      const chosen = JSON.parse(window.localStorage.getItem(KEPT) ?? "null");
      return chosen?.color?.scheme ? chosen : asDevice;
    } catch {
      return asDevice;
    }
  }

  function paint() {
    const { media, scheme } = choice.color;
    const own = media === AS_DEVICE || !scheme ? (dark.matches ? "dem" : "giay") : scheme;
    document.body.setAttribute("data-md-color-scheme", own);
  }

  /** @param {HTMLFormElement} form */
  function turnBy(form) {
    const inputs = [...form.querySelectorAll("input")];
    const show = () => {
      inputs.forEach((input, nth) => {
        input.checked = nth === choice.index;
        input.nextElementSibling?.toggleAttribute("hidden", !input.checked);
      });
    };
    form.addEventListener("change", () => {
      const index = inputs.findIndex((input) => input.checked);
      const { mdColorMedia: media, mdColorScheme: scheme } = inputs[index].dataset;
      choice = { index, color: { media, scheme, primary: "indigo", accent: "indigo" } };
      try {
        window.localStorage.setItem(KEPT, JSON.stringify(choice));
      } catch {
        /* Nothing is kept where the browser keeps nothing. */
      }
      paint();
      show();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const next = inputs[(choice.index + 1) % inputs.length];
      next.click();
      next.focus();
    });
    show();
  }

  document.documentElement.classList.remove("no-js");
  new MutationObserver((_, watcher) => {
    if (!document.body) return;
    watcher.disconnect();
    paint();
  }).observe(document.documentElement, { childList: true });
  dark.addEventListener("change", paint);
  document.addEventListener("DOMContentLoaded", () => {
    /** @type {HTMLFormElement | null} */
    const form = document.querySelector("form[data-md-component=palette]");
    if (form) turnBy(form);
  });
})();
