/*
 * Finds while one types: hides the unit's people who do not match, and asks the server for others within
 * reach. The name goes in the body, never in an address. One box ticks all who are shown, and is mixed where
 * only some are. Without this script the page has plain forms.
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
  // Removed, not hidden: a hidden button would still answer to Enter.
  for (const plain of document.querySelectorAll("[data-plain]")) plain.remove();

  const folded = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
  const boxes = () => [...people.querySelectorAll("input")];
  const seen = () => boxes().filter((box) => !box.closest("li").hidden);
  const everybody = form.querySelector("[data-all]");
  const all = everybody?.querySelector("input");

  function tell() {
    const shown = seen();
    const chosen = boxes().filter((box) => box.checked).length;
    const over = chosen - Number(count.dataset.headcount);
    count.textContent = `Đã chọn ${chosen} người, đang hiện ${shown.length} người.${over > 0 ? ` Nhiều hơn số người dự ${over} người.` : ""}`;
    if (!everybody) return;
    const ticked = shown.filter((box) => box.checked).length;
    everybody.hidden = shown.length === 0;
    everybody.querySelector("[data-all-count]").textContent = shown.length;
    all.checked = shown.length > 0 && ticked === shown.length;
    all.indeterminate = ticked > 0 && ticked < shown.length;
  }

  all?.addEventListener("change", () => {
    for (const box of seen()) box.checked = all.checked;
    tell();
  });

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
      const answer = await fetch("/can-bo/nguoi/", {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
      });
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
