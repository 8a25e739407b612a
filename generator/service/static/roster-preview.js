/*
 * Counts again, as one answers, how many questions are open, and leads to the first of them. Without this script
 * the bar says what was open when the page was made.
 */
(() => {
  "use strict";

  const form = document.querySelector("[data-preview]");
  if (!form) return;
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement | null} */ (form.querySelector(`[${name}]`));
  const [open, answered, count] = ["data-open", "data-answered", "data-open-count"].map(part);
  const link = /** @type {HTMLAnchorElement | null} */ (form.querySelector("[data-open-link]"));
  if (!open || !answered || !count || !link) return;

  function tell() {
    const left = [...form.querySelectorAll("[data-question]")].filter(
      (question) => !question.querySelector("input:checked"),
    );
    open.hidden = left.length === 0;
    answered.hidden = left.length > 0;
    count.textContent = String(left.length);
    if (left[0]) link.hash = left[0].id;
  }

  form.addEventListener("change", tell);
  tell();
})();
