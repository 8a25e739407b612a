/* An address that leads to a part which is folded, or into it, opens all that is folded around it: on arrival and on
   every later jump. */
"use strict";
(() => {
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let isOpened = false;
    let fold = target?.closest("details");
    for (; fold; fold = fold.parentElement?.closest("details")) {
      isOpened ||= !fold.open;
      fold.open = true;
    }
    if (isOpened) target?.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  open();
})();
