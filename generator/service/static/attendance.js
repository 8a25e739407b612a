/*
 * Finds while one types: hides the unit's people who do not match, and asks the server for others within
 * reach. The name goes in the body, never in an address. Without this script the page has plain forms.
 */
(() => {
  "use strict";

  const form = document.querySelector("[data-attendance]");
  if (!form) return;
  const people = form.querySelector("[data-people]");
  const typed = form.querySelector("[data-typed]");
  const count = form.querySelector("[data-count]");
  const row = document.querySelector("[data-row]");
  form.querySelector("[data-filter]").hidden = false;
  document.querySelector("[data-plain]").hidden = true;

  const folded = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
  const boxes = () => [...people.querySelectorAll("input")];

  function tell() {
    const chosen = boxes().filter((box) => box.checked).length;
    const seen = [...people.children].filter((item) => !item.hidden).length;
    count.textContent = `Đã chọn ${chosen} người. Đang hiện ${seen}.`;
  }

  function filter() {
    const words = folded(typed.value).split(/\s+/).filter(Boolean);
    for (const item of people.children) {
      const name = folded(item.dataset.name);
      item.hidden = !item.querySelector("input").checked && !words.every((word) => name.includes(word));
    }
    tell();
  }

  function add(one) {
    const item = row.content.firstElementChild.cloneNode(true);
    item.dataset.name = one.name;
    item.querySelector("input").value = one.id;
    item.querySelector("[data-label]").textContent = `${one.name}, ${one.position}, ${one.unit}`;
    people.append(item);
  }

  let asked = 0;

  async function ask() {
    const name = typed.value.trim();
    const mine = ++asked;
    if (name.length < 2) return;
    const body = new URLSearchParams({ token: form.elements.token.value, name });
    try {
      const answer = await fetch("/can-bo/nguoi/", { method: "POST", headers: { Accept: "application/json" }, body });
      if (!answer.ok || mine !== asked) return;
      const known = new Set(boxes().map((box) => box.value));
      for (const one of await answer.json()) if (!known.has(one.id)) add(one);
      filter();
    } catch {
      tell();
    }
  }

  let waiting;
  typed.addEventListener("input", () => {
    filter();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 250);
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  people.addEventListener("change", tell);
  tell();
})();
