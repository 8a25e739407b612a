// What only the browser knows: which panels overflow, what each link and each heading says.
function _observe() {
  /** @param {HTMLElement} panel */
  const overflow = (panel) => {
    const lines =
      (panel.scrollHeight - panel.clientHeight - 1) / parseFloat(getComputedStyle(panel).lineHeight);
    const isWide = panel.scrollWidth > panel.clientWidth + 1;
    return {
      panel: panel.dataset.panel,
      field: panel.dataset.field ?? "",
      lines: Math.max(Math.ceil(lines), isWide ? 1 : 0),
    };
  };
  /** @param {HTMLAnchorElement} link */
  const target = (link) => {
    const written = link.getAttribute("href") ?? "";
    return written.startsWith("#") ? written : link.href;
  };
  /** @param {Element} element */
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  /** @type {NodeListOf<HTMLElement>} */
  const panels = document.querySelectorAll("[data-panel]");
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("a[href]");
  return {
    overflows: Array.from(panels, overflow).filter((panel) => panel.lines > 0),
    links: Object.fromEntries(Array.from(links, (link) => [target(link), words(link)]).reverse()),
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(words),
  };
}
