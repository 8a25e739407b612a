/*
 * Counts again, as one answers, how many questions are open, and leads to the first of them. Without this script
 * the bar says what was open when the page was made.
 */
(() => {
  "use strict";

  /** @type {HTMLFormElement | null} */
  const form = document.querySelector("[data-roster-preview]");
  // Where something is to be mended first, the bar says that alone.
  if (!form?.querySelector("[data-open]")) return;
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (form.querySelector(`[${name}]`));
  const open = part("data-open");
  const answered = part("data-answered");
  const count = part("data-open-count");
  const link = /** @type {HTMLAnchorElement} */ (part("data-open-link"));

  const questions = form.querySelectorAll("[data-question]");

  function tell() {
    const left = [...questions].filter((question) => !question.querySelector("input:checked"));
    open.hidden = left.length === 0;
    answered.hidden = left.length > 0;
    count.textContent = String(left.length);
    if (left[0]) link.hash = left[0].id;
  }

  form.addEventListener("change", tell);
  tell();
})();
