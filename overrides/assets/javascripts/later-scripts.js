/*
 * Loads a script once what it works on comes near the screen, or once the page has been open for a while: on a slow
 * line the text comes first, and what was loaded still works where the line is lost further down.
 *
 *   template[data-script]   the script's address; `data-near` is a selector of what it works on; `data-loaded` is
 *                           set once it has run
 *
 * Until then, and where it cannot be loaded, the page is as it is without scripts.
 */
(() => {
  "use strict";

  /** How far below the screen is near, in CSS pixels, and how long is a while, in milliseconds. */
  const NEAR = 1600;
  const A_WHILE = 6000;

  /** @type {NodeListOf<HTMLTemplateElement>} */
  const laters = document.querySelectorAll("template[data-script]");
  for (const later of laters) {
    const { script: address, near } = later.dataset;
    const places = document.querySelectorAll(near ?? "");
    if (!address || places.length === 0) continue;
    let isAsked = false;
    const load = () => {
      watcher.disconnect();
      if (isAsked) return;
      isAsked = true;
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", () => later.setAttribute("data-loaded", ""));
      document.body.append(script);
    };
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some((place) => place.isIntersecting)) load();
      },
      { rootMargin: `${NEAR}px 0px` },
    );
    for (const place of places) watcher.observe(place);
    window.setTimeout(load, A_WHILE);
  }
})();
