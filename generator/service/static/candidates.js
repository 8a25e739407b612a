/*
 * Finds while one types a name: lists persons within reach with a link each, in words of the page's
 * <template data-words>. Without this script the form is sent as it is. Needs page-parts.js and people-search.js.
 */
(() => {
  "use strict";

  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("[data-candidates]");
  if (!form) return;
  const list = /** @type {HTMLElement} */ (document.querySelector("[data-people]"));
  const count = /** @type {HTMLElement} */ (document.querySelector("[data-count]"));
  const parts = new Parts(document.querySelector("template[data-words]"));

  /** @param {FoundPerson} person */
  function item(person) {
    const position = person.position || parts.words("no-position");
    const entry = parts.copy("person", { name: person.name, unit: person.unit, position });
    const link = /** @type {HTMLAnchorElement} */ (entry.querySelector("a"));
    link.href += `${encodeURIComponent(person.id)}/`;
    return entry;
  }

  /** @param {FoundPerson[]} people */
  function show(people) {
    const others = people.filter((person) => person.id !== form?.dataset.candidates);
    list.replaceChildren(...others.map(item));
    count.textContent = parts.words(others.length ? "some" : "none", { count: others.length });
  }

  const fields = () => {
    const written = new FormData(form);
    return {
      token: String(written.get("token")),
      name: String(written.get("name")),
      unit: String(written.get("unit")),
    };
  };

  form.addEventListener(
    "input",
    peopleSearch(fields, show, () => {
      count.textContent = parts.words("offline");
    }),
  );
})();
