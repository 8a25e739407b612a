// Writes page numbers into the contents and returns the ids that have none. What a page holds stands in its head: a
// style of counting says it for each page, as margin boxes know nothing but counters.
/** @param {Record<string, number>} numbers */
function _numberContents(numbers) {
  /** @type {HTMLElement[]} */
  const entries = Array.from(document.querySelectorAll("[data-page-of]"));
  const ids = entries.map((entry) => entry.dataset.pageOf ?? "");
  entries.forEach((entry, nth) => {
    entry.textContent = String(numbers[ids[nth]] ?? "");
  });
  /** @type {HTMLElement[]} */
  const begun = Array.from(document.querySelectorAll("[data-running-head]"));
  const pages = Math.max(0, ...Object.values(numbers));
  // No link may lead to the last pages: the head of the one before goes on there.
  const LATER = 20;
  /** @param {string} name */
  const heads = (name) => {
    let head = "";
    const said = Array.from({ length: pages + LATER }, (_, nth) => {
      const last = begun.filter((element) => numbers[element.id] === nth + 1).pop();
      head = last ? (last.dataset[name] ?? "") : head;
      return JSON.stringify(head);
    });
    return said.join(" ");
  };
  const style = document.querySelector("style[data-running-heads]");
  if (style && pages)
    style.textContent = `@counter-style running-head { system: fixed 1; symbols: ${heads("runningHead")}; }
      @counter-style running-part { system: fixed 1; symbols: ${heads("runningPart")}; }`;
  return ids.filter((id) => !(id in numbers));
}
