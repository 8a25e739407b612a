// Of a sheet on the screen: the margins of its first page in pixels, and how far down that page its content goes.
function _firstPage() {
  const FORCED = new Set(["page", "left", "right", "recto", "verso", "always"]);
  const SIDES = ["margin-top", "margin-right", "margin-bottom", "margin-left"];
  const first = document.body.firstElementChild;
  const name = first ? getComputedStyle(first).getPropertyValue("page") : "auto";
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.cssText = "position:absolute;display:block;height:0;padding:0";
  /** @param {string} length */
  const pixels = (length) => {
    probe.style.width = length;
    return probe.getBoundingClientRect().width;
  };
  const margins = [0, 0, 0, 0];
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSPageRule) || !["", ":first", name].includes(rule.selectorText)) continue;
      SIDES.forEach((side, index) => {
        const written = rule.style.getPropertyValue(side);
        if (written) margins[index] = pixels(written);
      });
    }
  probe.remove();
  let ends = innerHeight;
  for (const element of document.body.querySelectorAll("*")) {
    const { breakBefore, breakAfter } = getComputedStyle(element);
    const { top, bottom, height } = element.getBoundingClientRect();
    if (FORCED.has(breakBefore) && top > 0) ends = Math.min(ends, Math.floor(top));
    if (FORCED.has(breakAfter) && height && bottom > 0) ends = Math.min(ends, Math.floor(bottom));
  }
  return { margins, ends };
}
