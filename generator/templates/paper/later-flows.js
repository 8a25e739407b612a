// A flow that goes over the end of the first page stands at the top of the next one, and text behind it comes first.
// The screen is as wide as the page between its margins, and `height` is how much of it the first page holds.
/** @param {number} height */
function _laterFlows(height) {
  const TEXT = "p, ul, ol, h2, h3, h4, blockquote, .key";
  const BOX = "table, .case, .law, .monday, .figure, .elsewhere, .first-hours";
  /** @param {Element} element */
  const isHeading = (element) => /^H\d$/.test(element.tagName);
  /** @param {Element} element */
  const leads = (element) => isHeading(element) || /:\s*$/.test(element.textContent ?? "");
  /**
   * Says the words of a heading again before a part that comes on a later page.
   * @param {Element} part
   * @param {Element} heading
   */
  const nameAgain = (part, heading) => {
    const repeated = document.createElement("p");
    repeated.className = "continued";
    repeated.textContent = heading.textContent;
    part.before(repeated);
  };
  for (const repeated of document.querySelectorAll(".continued")) repeated.remove();
  for (const line of document.querySelectorAll(".flow-later")) {
    const flow = /** @type {HTMLElement | null} */ (document.querySelector(`[data-place="${line.id}"]`));
    if (!(flow && line instanceof HTMLElement)) continue;
    line.before(flow);
    line.hidden = true;
    const { top, bottom } = flow.getBoundingClientRect();
    if (top > height || bottom <= height) continue;
    line.hidden = false;
    while (flow.getBoundingClientRect().top < height) {
      const next = flow.nextElementSibling;
      if (!next?.matches(`${TEXT}, ${BOX}`)) break;
      flow.before(next);
      if (next.matches(BOX) && next.getBoundingClientRect().bottom > height) {
        flow.after(next);
        break;
      }
    }
    // A heading, or a sentence that ends in a colon, goes with what follows it.
    while (flow.previousElementSibling && leads(flow.previousElementSibling))
      flow.after(flow.previousElementSibling);
    // Where no text is left before it, the flow keeps its heading, and nothing has to say where it is.
    const isParted = flow.previousElementSibling !== line;
    if (!isParted) {
      flow.after(line);
      line.hidden = true;
    }
    // A table that the flow parts from its heading has the heading's words again, and so has the flow.
    const table = flow.nextElementSibling;
    let named = flow.previousElementSibling;
    while (named && named !== line && !isHeading(named)) named = named.previousElementSibling;
    if (table?.matches("table") && named && named !== line) nameAgain(table, named);
    let begun = isParted ? line.previousElementSibling : null;
    while (begun && !isHeading(begun)) begun = begun.previousElementSibling;
    if (begun) nameAgain(flow, begun);
  }
}
