// What only the browser knows: which panels overflow, what each link and each heading says.
() => {
  const overflow = (panel) => {
    const lines = (panel.scrollHeight - panel.clientHeight - 1) / parseFloat(getComputedStyle(panel).lineHeight);
    const isWide = panel.scrollWidth > panel.clientWidth + 1;
    return {
      panel: panel.dataset.panel,
      field: panel.dataset.field ?? "",
      lines: Math.max(Math.ceil(lines), isWide ? 1 : 0),
    };
  };
  const target = (link) => (link.getAttribute("href").startsWith("#") ? link.getAttribute("href") : link.href);
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  return {
    overflows: [...document.querySelectorAll("[data-panel]")].map(overflow).filter((panel) => panel.lines > 0),
    links: Object.fromEntries([...document.querySelectorAll("a[href]")].map((link) => [target(link), words(link)]).reverse()),
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(words),
  };
}
