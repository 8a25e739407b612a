// Two pages that belong together are to face each other: where the first of them would be a right one, the cover before
// them becomes the head of a page. `numbers` are the pages of the printing before.
/** @param {Record<string, number>} numbers */
function _facingPages(numbers) {
  const first = document.querySelector("[data-left]");
  if (first && numbers[first.id] % 2 === 1) document.documentElement.classList.add("uncovered");
}
