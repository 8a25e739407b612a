/* An address that leads to a part which is folded, or into it, opens all that is folded around it: on arrival and on
   every later jump. What is folded on phones alone is written open. What a reader opened has `data-chosen`: before printing the theme opens all the rest. */
"use strict";
(() => {
  if (matchMedia("(max-width: 44.99em)").matches)
    for (const fold of document.querySelectorAll("details[data-fold-on-phones]"))
      fold.removeAttribute("open");

  const open = () => {
    const target = document.querySelector(":target");
    let isOpened = false;
    let fold = target?.closest("details");
    for (; fold; fold = fold.parentElement?.closest("details")) {
      isOpened ||= !fold.open;
      fold.open = true;
      fold.dataset.chosen = "";
    }
    if (isOpened) target?.scrollIntoView();
  };
  document.addEventListener("click", (event) => {
    const summary = event.target instanceof Element && event.target.closest("summary");
    if (summary && summary.parentElement instanceof HTMLDetailsElement)
      summary.parentElement.toggleAttribute("data-chosen", !summary.parentElement.open);
  });
  window.addEventListener("hashchange", open);
  open();
})();
