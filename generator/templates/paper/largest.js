// Letters as large as the sheet has room for: `data-most` says how many times their size they are at most.
function _largest() {
  const sheet = document.querySelector("[data-most]");
  if (!(sheet instanceof HTMLElement)) return;
  const fixed = [sheet, ...sheet.querySelectorAll("[data-panel]")];
  /** @param {number} percent */
  const fits = (percent) => {
    sheet.style.setProperty("--grow", String(percent / 100));
    return fixed.every(
      (box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1,
    );
  };
  let [least, most] = [100, Math.round(100 * Number(sheet.dataset.most))];
  while (least < most) {
    const between = Math.ceil((least + most) / 2);
    if (fits(between)) least = between;
    else most = between - 1;
  }
  fits(least);
}
