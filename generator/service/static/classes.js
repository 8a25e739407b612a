/*
 * Choosing a unit chooses the course that is for its level, where there is just one and nobody has chosen yet.
 * Without this script the course is chosen by hand.
 */
(() => {
  "use strict";

  const form = document.querySelector("[data-fitting]");
  if (!form) return;
  const fitting = JSON.parse(form.dataset.fitting);
  const levels = JSON.parse(form.dataset.levels);
  const { course, unit } = form.elements;
  let ours = "";

  unit.addEventListener("change", () => {
    if (course.value !== ours) return;
    ours = fitting[levels[unit.value]] ?? "";
    course.value = ours;
  });
})();
