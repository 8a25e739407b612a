// Writes page numbers into the contents and returns the ids that have none.
/** @param {Record<string, number>} numbers */
function _numberContents(numbers) {
  /** @type {HTMLElement[]} */
  const entries = Array.from(document.querySelectorAll("[data-page-of]"));
  const ids = entries.map((entry) => entry.dataset.pageOf ?? "");
  entries.forEach((entry, nth) => {
    entry.textContent = String(numbers[ids[nth]] ?? "");
  });
  return ids.filter((id) => !(id in numbers));
}
