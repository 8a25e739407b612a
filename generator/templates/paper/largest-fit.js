// As large as there is room for: `data-most` says how many times its size an element is at most, or its spaces.
function _largest() {
  /** @type {NodeListOf<HTMLElement>} */
  const sheets = document.querySelectorAll("[data-most]");
  for (const sheet of sheets) {
    const fixed = [sheet, ...sheet.querySelectorAll("[data-panel], [data-most]")];
    let tried = 0;
    /** @param {number} percent */
    const fits = (percent) => {
      tried = percent;
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
    if (tried !== least) fits(least);
  }
}
