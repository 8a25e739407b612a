/* The plan's page: an agency's row opens below its name, and whatever an address names is opened and brought into
   view. Without this script every row of the table is open. */
"use strict";
(() => {
  /* On a phone rows are laid out as lists, and some browsers then no longer say that they are a table's. */
  const roles = {
    table: "table",
    "thead, tbody": "rowgroup",
    tr: "row",
    td: "cell",
    "th[scope=col]": "columnheader",
    "th[scope^=row]": "rowheader",
  };
  for (const [parts, role] of Object.entries(roles))
    for (const part of document.querySelectorAll(parts)) part.setAttribute("role", role);

  /** @param {Element} link */
  const rowOf = (link) => /** @type {HTMLElement} */ (link.closest("tr")?.nextElementSibling);

  /**
   * @param {Element} link
   * @param {boolean} isOpen
   */
  function show(link, isOpen) {
    rowOf(link).classList.toggle("is-open", isOpen);
    link.setAttribute("aria-expanded", String(isOpen));
  }

  /** @type {HTMLElement[]} */
  const links = Array.from(document.querySelectorAll("a[data-opens]"));
  for (const link of links) {
    link.setAttribute("role", "button");
    show(link, false);
    const toggle = () => show(link, link.getAttribute("aria-expanded") !== "true");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      toggle();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      toggle();
    });
  }

  /* On a phone the groups of tasks are folded, unless something is looked for. */
  /** @type {HTMLElement[]} */
  const titles = window.matchMedia("(max-width: 44.99em)").matches
    ? Array.from(document.querySelectorAll(".task-group h3"))
    : [];
  const folds = titles.map((title) => {
    const fold = document.createElement("button");
    fold.type = "button";
    fold.className = "task-group__fold";
    fold.setAttribute("aria-expanded", "false");
    fold.append(...title.childNodes);
    title.append(fold);
    fold.addEventListener("click", () =>
      fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true")),
    );
    return fold;
  });
  document.querySelector("form[data-filter]")?.addEventListener("input", () => {
    for (const fold of folds) fold.setAttribute("aria-expanded", "true");
  });

  /** A filter that hides what an address names is taken off. */
  function unfilter() {
    /** @type {HTMLFormElement | null} */
    const form = document.querySelector("form[data-filter]");
    form?.reset();
  }

  function openNamed() {
    const named = document.querySelector(":target");
    if (!named) return;
    if (named.closest("[data-filter-item][hidden]")) {
      unfilter();
      window.setTimeout(() => open(named));
    } else {
      open(named);
    }
  }

  /** @param {Element} named */
  function open(named) {
    /** @type {Element | null} */
    let node = named.querySelector(":scope > details") ?? named;
    for (; node; node = node.parentElement) if (node instanceof HTMLDetailsElement) node.open = true;
    named.closest(".task-group")?.querySelector(".task-group__fold")?.setAttribute("aria-expanded", "true");
    const row = named.closest("tr.share");
    const link = links.find((one) => rowOf(one) === row);
    if (link) show(link, true);
    named.scrollIntoView({ block: "start" });
  }

  window.addEventListener("hashchange", openNamed);
  /* A link to what the address names already changes nothing, and is heard here. */
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link && !link.matches("[data-opens]") && link.getAttribute("href") === location.hash) openNamed();
  });
  window.addEventListener("load", openNamed);
})();
