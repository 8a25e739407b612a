/* One box ticks all of a list, and is mixed where only some are ticked. Without this script they are ticked one by one. */
(() => {
  "use strict";

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("[data-tick-all]");
  for (const form of forms) {
    /** @type {HTMLElement | null} */
    const line = form.querySelector("[data-all]");
    const all = line?.querySelector("input");
    if (!line || !all) continue;
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = form.querySelectorAll(".choices input");
    const tell = () => {
      const ticked = [...boxes].filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    form.addEventListener("change", tell);
    line.hidden = false;
    tell();
  }
})();
