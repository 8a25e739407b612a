/*
 * The page of a law: goes to an article by its number or from a list, marks the article that is read, and copies the
 * link of an article. Without this script the outline is a list of links, and everything is there.
 */
"use strict";
(() => {
  const SHOWN_FOR = 4000;
  const WIDE = window.matchMedia("(min-width: 60em)");

  /** @type {NodeListOf<HTMLElement>} */
  const articles = document.querySelectorAll(".article[id]");

  /* --- lessons that cite an article are folded where they would push the next one away: on a
   narrow screen, and beside an article of a line ------------------------------------------- */

  /** @type {NodeListOf<HTMLDetailsElement>} */
  const citing = document.querySelectorAll(".cited-by");
  const fold = () => {
    for (const details of citing) details.open = WIDE.matches && !details.closest(".article--short");
  };
  WIDE.addEventListener("change", fold);
  fold();

  /* --- going to an article ----------------------------------------------------------------- */

  /** @param {string} id */
  function go(id) {
    const heading = document.getElementById(id)?.querySelector("h3");
    if (!heading) return false;
    window.location.hash = id;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    return true;
  }

  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("[data-jump]");
  /** @type {HTMLInputElement | null} */
  const number = document.querySelector(".jump__number");
  /** @type {HTMLSelectElement | null} */
  const choice = document.querySelector(".jump__choice");
  const status = document.querySelector(".jump__status");

  if (form && number && choice && status) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      status.textContent = "";
      if (choice.offsetParent) {
        go(choice.value);
        return;
      }
      const wanted = number.value.trim().replace(/^\D+/, "");
      if (wanted && !go(`dieu-${wanted}`))
        status.textContent = (form.dataset.missing || "").replace("{number}", wanted);
    });
  }

  /* --- the article that is read ------------------------------------------------------------- */

  /* A long outline is moved, and the page around it is not. */
  /** @param {Element} link */
  function show(link) {
    link.setAttribute("aria-current", "true");
    const outline = link.closest(".jump");
    if (!outline) return;
    const box = outline.getBoundingClientRect(),
      own = link.getBoundingClientRect();
    if (own.bottom > box.bottom) outline.scrollTop += own.bottom - box.bottom;
    else if (own.top < box.top) outline.scrollTop -= box.top - own.top;
  }

  /** @param {string} id */
  function mark(id) {
    for (const link of document.querySelectorAll(".jump__list a")) {
      if (link.getAttribute("href") === `#${id}`) show(link);
      else link.removeAttribute("aria-current");
    }
    if (choice && document.activeElement !== choice) choice.value = id;
  }

  /* A band below the header: what lies in it is what is read. */
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      if (entered) mark(entered.target.id);
    },
    { rootMargin: "-20% 0px -75% 0px" },
  );
  for (const article of articles) observer.observe(article);
  window.addEventListener("hashchange", () => {
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (document.getElementById(id)?.matches(".article")) mark(id);
  });

  /* --- the link of an article ---------------------------------------------------------------- */

  const copied = document.createElement("p");
  copied.className = "copied";
  copied.setAttribute("role", "status");
  document.querySelector(".law")?.after(copied);
  let hiding = 0;

  /** @param {HTMLAnchorElement} link */
  async function copy(link) {
    await navigator.clipboard.writeText(link.href);
    copied.textContent = link.dataset.copied || "";
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => {
      copied.textContent = "";
    }, SHOWN_FOR);
  }

  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".article__link");
  for (const link of links) {
    /* Where nothing may be copied the link still leads to its article, and can be copied from the address. */
    link.addEventListener("click", () => copy(link).catch(() => {}));
  }
})();
