// The head of a sheet as much higher as the first page has room below its text: its letters, then its spaces.
/** @param {number} spare pixels that stayed white; none gives the head its usual height again */
function _fullerHead(spare) {
  const head = document.querySelector(".lesson-head");
  if (!(head instanceof HTMLElement)) return;
  head.style.zoom = head.style.minHeight = "";
  if (!spare) return;
  const whole = head.getBoundingClientRect().height + spare;
  let percent = 126;
  do {
    percent -= 2;
    head.style.zoom = `${percent}%`;
  } while (percent > 100 && head.getBoundingClientRect().height > whole);
  head.style.minHeight = `${(whole * 100) / percent}px`;
}
