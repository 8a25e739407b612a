/*
 * Which lessons are done, as far as this device knows: localStorage `taphuan:done:<lesson>` = "1".
 *
 *   li[data-lesson]          is marked behind its link once the lesson is done, and so is the `.stone` in it
 *   [data-progress]          says how many of the lessons listed on this page are done; with the value "some" only
 *                            where there are some
 *   button[data-mark-done]   marks the lesson it names, or takes the mark back
 *   button[data-forget]      forgets all lessons and all answers on this device
 *
 * Words stand in the page's <template data-progress-words>. Needs page-parts.js.
 *
 * Another script says that the lesson of this page is done by an event on `document`:
 *
 *   document.dispatchEvent(new CustomEvent("lessondone"))
 *   document.dispatchEvent(new CustomEvent("lessondone", { detail: { lesson: "course/lesson" } }))
 *
 * What is `hidden` in the page is shown here, and only where the browser lets us store something.
 */
(() => {
  "use strict";

  const DONE = "taphuan:done:";
  const OURS = ["taphuan:done:", "taphuan:self-check:"];

  function storageOrNull() {
    try {
      const storage = window.localStorage;
      storage.setItem("taphuan:probe", "");
      storage.removeItem("taphuan:probe");
      return storage;
    } catch {
      return null;
    }
  }

  const offered = storageOrNull();
  if (!offered) return;
  const storage = offered;
  const parts = new Parts(document.querySelector("template[data-progress-words]"));

  /**
   * @param {string} selector
   * @returns {HTMLElement[]}
   */
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  /** @param {string} lesson */
  const isDone = (lesson) => storage.getItem(DONE + lesson) !== null;
  const listed = all("li[data-lesson]");
  /** @param {HTMLElement} entry */
  const lessonOf = (entry) => entry.dataset.lesson ?? "";
  const lessons = Array.from(new Set(listed.map(lessonOf)));

  /** @param {HTMLElement} node */
  function statusBefore(node) {
    const status = made("span", { class: "progress-status", role: "status" });
    node.before(status, " ");
    return status;
  }

  /* -------------------------------------------------------------------------------- drawing -- */

  /** @param {HTMLElement} entry */
  function drawEntry(entry) {
    const mark = entry.querySelector(".lesson-done");
    const done = isDone(lessonOf(entry));
    entry.querySelector(".stone")?.classList.toggle("stone--done", done);
    if (!done) mark?.remove();
    else if (!mark) entry.querySelector("a")?.after(" ", parts.copy("done"));
  }

  /** @param {HTMLElement} line */
  function drawProgress(line) {
    const done = lessons.filter(isDone).length;
    line.replaceChildren(...parts.copy("progress", { done, total: lessons.length }).childNodes);
    /* Nothing done yet is not worth a line above a lesson. */
    line.hidden = line.dataset.progress === "some" && done === 0;
  }

  /** @typedef {{ button: HTMLElement, status: HTMLElement }} Control */

  /** @param {Control} control */
  function drawMark({ button, status }) {
    const done = isDone(button.dataset.markDone ?? "");
    button.textContent = parts.words(done ? "unmark" : "mark");
    status.textContent = done ? parts.words("marked") : "";
    button.hidden = false;
  }

  const hasAnything = () => Object.keys(storage).some(isOurs);
  /** @param {string} key */
  const isOurs = (key) => OURS.some((prefix) => key.startsWith(prefix));

  const marks = all("button[data-mark-done]").map((button) => ({ button, status: statusBefore(button) }));
  const erasers = all("button[data-forget]").map((button) => ({ button, status: statusBefore(button) }));

  function draw() {
    listed.forEach(drawEntry);
    all("[data-progress]").forEach(drawProgress);
    marks.forEach(drawMark);
    for (const { button } of erasers) button.hidden = !hasAnything();
  }

  /* --------------------------------------------------------------------------------- acting -- */

  /** @param {string} lesson */
  function markDone(lesson) {
    if (!lesson) return;
    storage.setItem(DONE + lesson, "1");
    draw();
  }

  /** @param {string} lesson */
  function toggle(lesson) {
    if (!isDone(lesson)) return markDone(lesson);
    storage.removeItem(DONE + lesson);
    draw();
  }

  /** The lesson of this page, which has a button of its own. */
  const ownLesson = () => marks[0]?.button.dataset.markDone ?? "";

  /** @param {Event} event */
  function hear(event) {
    const named = /** @type {CustomEvent<{ lesson?: string } | null>} */ (event).detail;
    markDone(named?.lesson ?? ownLesson());
  }

  /** @param {HTMLElement} status */
  function forget(status) {
    if (!window.confirm(parts.words("sure"))) return;
    Object.keys(storage)
      .filter(isOurs)
      .forEach((key) => storage.removeItem(key));
    draw();
    /* The button that had the focus is gone now. */
    status.tabIndex = -1;
    status.textContent = parts.words("forgotten");
    status.focus();
  }

  for (const { button } of marks)
    button.addEventListener("click", () => toggle(button.dataset.markDone ?? ""));
  for (const { button, status } of erasers) button.addEventListener("click", () => forget(status));

  document.addEventListener("lessondone", hear);
  document.addEventListener("taphuan:done", draw);
  window.addEventListener("storage", draw);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) draw();
  });
  draw();
})();
