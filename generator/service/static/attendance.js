/*
 * Finds while one types: hides the unit's people who do not match, and asks the server for others within reach. One
 * box ticks all who are shown, and is mixed where only some are. Words stand in the page's <template data-words>.
 * Without this script the page has plain forms. Needs page-parts.js and people-search.js.
 */
(() => {
  "use strict";

  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("[data-attendance]");
  if (!form) return;
  /** @param {string} selector */
  const field = (selector) => /** @type {HTMLElement} */ (form.querySelector(selector));
  const people = field("[data-people]");
  const typed = /** @type {HTMLInputElement} */ (field("[data-typed]"));
  const count = field("[data-count]");
  const parts = new Parts(document.querySelector("template[data-words]"));
  field("[data-filter]").hidden = false;
  // Removed, not hidden: a hidden button would still answer to Enter.
  for (const plain of document.querySelectorAll("[data-plain]")) plain.remove();

  /**
   * Without tones and signs, as people type.
   * @param {string} text
   */
  const folded = (text) =>
    text.toLowerCase().replaceAll("\u0111", "d").normalize("NFD").replace(/\p{M}/gu, "");
  const boxes = () => [...people.querySelectorAll("input")];
  const seen = () => boxes().filter((box) => !box.closest("li")?.hidden);
  /** @type {HTMLElement | null} */
  const everybody = form.querySelector("[data-all]");
  const all = everybody?.querySelector("input");

  function tell() {
    const shown = seen();
    const chosen = boxes().filter((box) => box.checked).length;
    const over = chosen - Number(count.dataset.headcount);
    const away = boxes().length - chosen;
    refill(count, over > 0 ? parts.copy("over", { over }) : parts.copy("chosen", { chosen, away }));
    if (!everybody || !all) return;
    const ticked = shown.filter((box) => box.checked).length;
    everybody.hidden = shown.length === 0;
    field("[data-all-count]").textContent = String(shown.length);
    field("[data-all-told]").textContent = parts.words("of", { ticked, shown: shown.length });
    all.checked = shown.length > 0 && ticked === shown.length;
    all.indeterminate = ticked > 0 && ticked < shown.length;
  }

  all?.addEventListener("change", () => {
    for (const box of seen()) box.checked = all.checked;
    tell();
  });

  function filter() {
    const words = folded(typed.value).split(/\s+/).filter(Boolean);
    for (const box of boxes()) {
      const item = box.closest("li");
      if (!item) continue;
      const name = folded(item.dataset.name ?? "");
      item.hidden = !box.checked && !words.every((word) => name.includes(word));
    }
    tell();
  }

  /** @param {FoundPerson} person */
  function add(person) {
    const { name, position, unit } = person;
    const item = parts.copy("person", { name, position, unit });
    item.dataset.name = name;
    const box = /** @type {HTMLInputElement} */ (item.querySelector("input"));
    box.value = person.id;
    people.append(item);
  }

  /** @param {FoundPerson[]} others */
  function show(others) {
    const known = new Set(boxes().map((box) => box.value));
    for (const person of others) if (!known.has(person.id)) add(person);
    filter();
  }

  const fields = () => ({ token: String(new FormData(form).get("token")), name: typed.value });
  const search = peopleSearch(fields, show, tell);
  typed.addEventListener("input", () => {
    filter();
    search();
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  people.addEventListener("change", tell);
  tell();
})();
