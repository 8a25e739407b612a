// Text that stands between what goes over both columns has columns of its own, so that a page may end between the two:
// within one element of columns the browser moves all of them to the next page rather than a part.
/** @param {boolean} isSplit whether text stands in such runs, or in one element again */
function _columnRuns(isSplit) {
  /** Letters of three lines over both columns. */
  const THREE_LINES = 290;
  for (const run of document.querySelectorAll(".body > .run")) run.replaceWith(...run.children);
  for (const body of document.querySelectorAll(".body")) {
    const parts = [...body.children].map((part) => ({
      part,
      isWide: getComputedStyle(part).columnSpan === "all",
    }));
    body.classList.toggle("body--runs", isSplit);
    if (!isSplit) continue;
    /** @type {HTMLElement | null} */
    let run = null;
    for (const { part, isWide } of parts) {
      if (isWide) run = null;
      else {
        if (!run) {
          run = document.createElement("div");
          run.className = "run";
          part.before(run);
        }
        run.append(part);
      }
    }
    for (const run of body.querySelectorAll(".run")) {
      const said = run.textContent ?? "";
      const isAlone = run.matches(":has(> p:only-child)") && said.length <= THREE_LINES;
      run.classList.toggle("run--brief", isAlone);
      run.classList.toggle("run--leads", /:\s*$/.test(said));
    }
  }
}
