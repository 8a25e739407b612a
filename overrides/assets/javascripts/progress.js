/*
 * Which lessons are done, as far as this device knows: localStorage `taphuan:done:<lesson>` = "1".
 *
 *   li[data-lesson]          gets the words "đã học xong" behind its link once the lesson is done
 *   [data-progress]          says how many of the lessons listed on this page are done
 *   button[data-mark-done]   marks the lesson it names, or takes the mark back
 *   button[data-forget]      forgets all lessons and all answers on this device
 *
 * What is `hidden` in the page is shown here, and only where the browser lets us store something.
 */
(() => {
  "use strict";

  const DONE = "taphuan:done:";
  const OURS = ["taphuan:done:", "taphuan:self-check:"];
  const WORDS = {
    done: "đã học xong",
    mark: "Đánh dấu đã học xong",
    unmark: "Bỏ đánh dấu đã học xong",
    marked: "Bạn đã học xong bài này.",
    progress: (done, total) => `Đã học xong ${done}/${total} bài (lưu trên máy này)`,
    /* "1/12" would be said as a date. */
    progressSaid: (done, total) => `Đã học xong ${done} trên ${total} bài (lưu trên máy này)`,
    sure: "Xóa mọi tiến độ và câu trả lời tự kiểm tra trên máy này? Không thể khôi phục sau khi xóa.",
    forgotten: "Đã xóa tiến độ trên máy này.",
  };

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

  const storage = storageOrNull();
  if (!storage) return;

  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const isDone = (lesson) => storage.getItem(DONE + lesson) !== null;
  const listed = all("li[data-lesson]");
  const lessons = Array.from(new Set(listed.map((entry) => entry.dataset.lesson)));

  function statusBefore(node) {
    const status = document.createElement("span");
    status.className = "progress-status";
    status.setAttribute("role", "status");
    node.before(status, " ");
    return status;
  }

  /* -------------------------------------------------------------------------------- drawing -- */

  function drawEntry(entry) {
    const mark = entry.querySelector(".lesson-done");
    if (!isDone(entry.dataset.lesson)) {
      if (mark) mark.remove();
    } else if (!mark) {
      const word = document.createElement("span");
      word.className = "lesson-done";
      word.textContent = WORDS.done;
      entry.querySelector("a").after(" ", word);
    }
  }

  function drawProgress(line) {
    const numbers = [lessons.filter(isDone).length, lessons.length];
    const shown = document.createElement("span");
    shown.setAttribute("aria-hidden", "true");
    shown.textContent = WORDS.progress(...numbers);
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.textContent = WORDS.progressSaid(...numbers);
    line.replaceChildren(shown, said);
    line.hidden = false;
  }

  function drawMark({ button, status }) {
    const done = isDone(button.dataset.markDone);
    button.textContent = done ? WORDS.unmark : WORDS.mark;
    status.textContent = done ? WORDS.marked : "";
    button.hidden = false;
  }

  const hasAnything = () => Object.keys(storage).some(isOurs);
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

  function toggle(lesson) {
    if (isDone(lesson)) storage.removeItem(DONE + lesson);
    else storage.setItem(DONE + lesson, "1");
    draw();
  }

  function forget(status) {
    if (!window.confirm(WORDS.sure)) return;
    Object.keys(storage)
      .filter(isOurs)
      .forEach((key) => storage.removeItem(key));
    draw();
    /* The button that had the focus is gone now. */
    status.tabIndex = -1;
    status.textContent = WORDS.forgotten;
    status.focus();
  }

  for (const { button } of marks) button.addEventListener("click", () => toggle(button.dataset.markDone));
  for (const { button, status } of erasers) button.addEventListener("click", () => forget(status));

  document.addEventListener("taphuan:done", draw);
  window.addEventListener("storage", draw);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) draw();
  });
  draw();
})();
