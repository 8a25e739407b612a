/* Says which files were chosen, in the words of the page. Without this script the browser says so itself. */
(() => {
  "use strict";

  for (const box of document.querySelectorAll("[data-file-pick]")) {
    const input = box.querySelector("input");
    const name = box.querySelector("[data-file-name]");
    if (!input || !name) continue;
    const none = name.textContent;
    const many = box.getAttribute("data-many") ?? "#";
    const tell = () => {
      const files = [...(input.files ?? [])];
      const told = files.length > 1 ? many.replace("#", String(files.length)) : files[0]?.name;
      name.textContent = told ?? none;
      box.classList.toggle("file-pick--chosen", files.length > 0);
    };
    box.classList.add("file-pick--worded");
    input.addEventListener("change", tell);
    // A page that one comes back to may still have its files.
    tell();
  }
})();
