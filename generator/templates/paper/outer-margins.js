// Notes stand at the outer side of a page, so what has its column beside them is told on which side of a sheet it is.
// Before the first printing it gets a name and a link, by which the PDF says its page; `numbers` are those pages.
/** @param {Record<string, number> | null} numbers */
function _outerMargins(numbers) {
  const UNITS =
    ".module .lesson-head, .module .body > :is(p, blockquote, .key, .noted), .module .body > :is(ul, ol) > li";
  document.querySelectorAll(UNITS).forEach((unit, nth) => {
    if (numbers) {
      unit.classList.toggle("left", numbers[unit.id] % 2 === 0);
      return;
    }
    unit.id = unit.id || `ben-${nth}`;
    const link = document.body.appendChild(document.createElement("a"));
    link.hidden = true;
    link.href = `#${unit.id}`;
  });
}
