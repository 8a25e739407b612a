/*
 * Choosing a unit chooses the course that is for its level, where there is just one and nobody has chosen yet.
 * Of the fields for what a class taught, only those of the chosen course are shown.
 * Without this script the course is chosen by hand, and the fields of every course stand there.
 */
(() => {
  "use strict";

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("[data-fitting]");
  for (const form of forms) fit(form);

  /** @param {HTMLFormElement} form */
  function fit(form) {
    /** @type {Record<string, string>} */
    const fitting = JSON.parse(form.dataset.fitting ?? "{}");
    /** @type {Record<string, string>} */
    const levels = JSON.parse(form.dataset.levels ?? "{}");
    const fields = form.elements;
    const course = /** @type {HTMLSelectElement} */ (fields.namedItem("course"));
    const unit = /** @type {HTMLSelectElement} */ (fields.namedItem("unit"));
    /** @type {NodeListOf<HTMLElement>} */
    const modules = form.querySelectorAll("[data-modules]");
    let ours = "";

    const showModules = () => {
      for (const group of modules) group.hidden = group.dataset.modules !== course.value;
    };
    course.addEventListener("change", showModules);
    showModules();

    const chooseCourse = () => {
      if (course.value !== ours) return;
      ours = fitting[levels[unit.value]] ?? "";
      course.value = ours;
      showModules();
    };
    unit.addEventListener("change", chooseCourse);
    // Somebody quicker than this script has chosen a unit already.
    if (unit.value) chooseCourse();
  }
})();
