/* What Material writes into every page as inline scripts, as one file: the page's policy then allows
   scripts by their files alone. Loaded in the head, before anything is drawn. What scripts will fold is folded from the
   start (`awaits-scripts`), unless one of them is lost. */
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const scope = new URL("../../", script.src);
  const keepsNothing = script.dataset.keeps === "nothing";

  window.__md_scope = scope;
  window.__md_hash = (text) =>
    [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);
  window.__md_get = (key, storage = localStorage, base = scope) =>
    JSON.parse(storage.getItem(`${base.pathname}.${key}`) ?? "null");
  window.__md_set = (key, value, storage = localStorage, base = scope) => {
    if (keepsNothing) return;
    try {
      storage.setItem(`${base.pathname}.${key}`, JSON.stringify(value));
    } catch {
      /* Nothing is kept where the browser keeps nothing. */
    }
  };

  document.documentElement.classList.add("awaits-scripts");
  window.addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLScriptElement) document.documentElement.classList.remove("awaits-scripts");
    },
    true,
  );

  /**
   * The light or dark that was chosen, put on the body as soon as there is one, so that no page flashes.
   * @returns {Record<string, string | undefined> | null}
   */
  function chosen() {
    try {
      return window.__md_get("__palette")?.color ?? null;
    } catch {
      return null;
    }
  }

  /** @param {Record<string, string | undefined>} color */
  function withDevice(color) {
    if (color.media !== "(prefers-color-scheme)") return color;
    const tone = window.matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    /** @type {HTMLElement | null} */
    const input = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${tone})']`);
    return input
      ? { ...color, media: input.dataset.mdColorMedia, scheme: input.dataset.mdColorScheme }
      : color;
  }

  /** @param {Record<string, string | undefined>} color */
  function paint(color) {
    for (const [key, value] of Object.entries(color)) {
      if (value) document.body.setAttribute(`data-md-color-${key}`, value);
    }
  }

  const color = chosen();
  if (!color) return;
  /* The inputs of the palette stand in the header, a moment later than the body. */
  const isReady = () => document.body && document.querySelector("[data-md-color-media]");
  const watcher = new MutationObserver(() => {
    if (!isReady()) return;
    watcher.disconnect();
    paint(withDevice(color));
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true });
})();
