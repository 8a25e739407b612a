/*
 * Finds while one types a name: asks the server for persons within reach and lists them with a link each.
 * The name goes in the body, never in an address. Without this script the form is sent as it is.
 */
(() => {
  "use strict";

  const form = document.querySelector("[data-candidates]");
  if (!form) return;
  const list = document.querySelector("[data-found]");
  const told = document.querySelector("[data-told]");
  const row = document.querySelector("[data-row]");

  function item(one) {
    const made = row.content.firstElementChild.cloneNode(true);
    made.querySelector("a").href += `${encodeURIComponent(one.id)}/`;
    made.querySelector("strong").textContent = one.name;
    made.querySelector("span").textContent = `, ${one.position || "chưa ghi chức vụ"}, ${one.unit}`;
    return made;
  }

  function show(found) {
    const others = found.filter((one) => one.id !== form.dataset.candidates);
    list.replaceChildren(...others.map(item));
    told.textContent = others.length
      ? `${others.length} hồ sơ. Chọn hồ sơ thứ hai để đối chiếu.`
      : "Không có hồ sơ nào khác trong phạm vi của bạn.";
  }

  let asked = 0;

  async function ask() {
    const mine = ++asked;
    const { token, name, unit } = form.elements;
    if (name.value.trim().length < 2) return;
    const body = new URLSearchParams({ token: token.value, name: name.value, unit: unit.value });
    try {
      const answer = await fetch("/can-bo/nguoi/", {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
      });
      if (!answer.ok) throw new Error(answer.status);
      if (mine === asked) show(await answer.json());
    } catch {
      told.textContent = "Chưa kết nối được máy chủ. Chờ vài giây rồi bấm Tìm để thử lại.";
    }
  }

  let waiting;
  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 250);
  });
})();
