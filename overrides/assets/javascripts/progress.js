/*
 * Which lessons are done, as far as this device knows: localStorage `taphuan:done:<lesson>` = "1", and
 * `taphuan:last` = the lesson that was marked last, `taphuan:opened:<course>` = "1" once a lesson was opened from a page
 * by a link of that course. A self-check that was begun is under `taphuan:self-check:`.
 *
 * A lesson that courses share is done in each of them and begins none: a course is begun once a lesson was opened from
 * it, or one that it has alone is done or its self-check begun.
 *
 *   li[data-lesson]          is marked once the lesson is done, and so is the `.stone` in it
 *   [data-course]            a course by its lessons, each with data-minutes, data-number where that is not its place, in
 *                            the core data-core and, where other courses have it too, data-shared; the lesson that comes
 *                            next is the first of the core, then of all, that is not done
 *   a[data-stone]            the stone of a lesson on the road
 *   [data-ring], [data-progress], [data-next], [data-next-title], [data-legend]
 *                            say how far the course of this page is done, and what comes next
 *   [data-progress="some"]   says how many of the lessons listed on this page are done, where there are some
 *   template[data-courses]   the courses of a page that lists several
 *   [data-resume]            the strip of the home page
 *   a[data-begin]            leads into one of those courses: to its first lesson, or to the one that comes next; what
 *                            stands before it, or is [data-told] in its entry, says how many are done, where some are or
 *                            a bar stands there, which fills, and a[data-after-lessons] is what the entry has to do once all are done
 *   button[data-mark-done]   marks the lesson it names, or takes the mark back
 *   button[data-forget]      forgets all lessons and all answers on this device
 *
 * Words stand in the page's <template data-progress-words>. Needs page-parts.js. Another script says that a lesson is done,
 * the one of this page or `detail.lesson`, by an event "lessondone" on `document`.
 *
 * Minutes left are rounded as those of a whole course: to ten from an hour on, else to five, exact below ten. Words of a
 * state stand before the minutes of a lesson, or behind its link. The strip goes on with a course that is begun and not
 * finished, of the lesson marked last, with the most done; it has as many lessons as places, the next one third.
 *
 * What is `hidden` in the page is shown here, and only where the browser lets us store something.
 */
(() => {
  "use strict";

  const DONE = "taphuan:done:";
  const ANSWERS = "taphuan:self-check:";
  const LAST = "taphuan:last";
  const OPENED = "taphuan:opened:";
  const OURS = [DONE, ANSWERS, LAST, OPENED];

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

  const storage = /** @type {Storage} */ (storageOrNull());
  if (!storage) return;
  const parts = new Parts(document.querySelector("template[data-progress-words]"));

  /** @type {(selector: string, within?: ParentNode) => HTMLElement[]} */
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  /** @type {(selector: string) => HTMLElement | null} */
  const one = (selector) => document.querySelector(selector);
  /** @param {string} lesson */
  const isDone = (lesson) => storage.getItem(DONE + lesson) !== null;
  const listed = all("li[data-lesson]");
  /** @param {HTMLElement} entry */
  const lessonOf = (entry) => entry.dataset.lesson ?? "";

  /** The lessons whose self-check somebody began on this device. */
  function begun() {
    const lessons = new Set();
    for (const key of Object.keys(storage)) {
      if (!key.startsWith(ANSWERS)) continue;
      const state = /** @type {{ lesson?: string, answers?: object } | null} */ (recall(key));
      if (state?.answers && Object.keys(state.answers).length) lessons.add(state.lesson);
    }
    return lessons;
  }

  /** @param {HTMLElement} node */
  function statusBefore(node) {
    const status = made("span", { class: "progress-status", role: "status" });
    node.before(status, " ");
    return status;
  }

  class Course {
    /** @param {HTMLElement} root */
    constructor(root) {
      this.root = root;
      this.id = root.dataset.course ?? "";
      this.entries = all("li[data-lesson]", root);
      this.ids = this.entries.map(lessonOf);
      this.done = this.ids.filter(isDone).length;
      this.total = this.ids.length;
      const begunOnes = begun();
      const own = this.entries.filter((entry) => !("shared" in entry.dataset)).map(lessonOf);
      this.isBegun =
        storage.getItem(OPENED + this.id) !== null || own.some((id) => isDone(id) || begunOnes.has(id));
      const open = this.entries.filter((entry) => !isDone(lessonOf(entry)));
      this.next = open.find((entry) => "core" in entry.dataset) ?? open[0] ?? null;
      this.left = open.reduce((sum, entry) => sum + Number(entry.dataset.minutes), 0);
    }

    /** @param {HTMLElement} entry */
    numberOf(entry) {
      return entry.dataset.number ?? String(this.entries.indexOf(entry) + 1);
    }

    get progress() {
      if (!this.next) return parts.words("all-done", { total: this.total });
      return parts.words("progress", { done: this.done, total: this.total, left: durationWords(this.left) });
    }

    /** What the button says, and where it leads; at the end, to the course, on its page to the test if it has a way. */
    get step() {
      if (this.next) {
        const number = this.numberOf(this.next);
        return { words: parts.words(this.isBegun ? "resume" : "begin", { number }), href: linkIn(this.next) };
      }
      const { href } = this.root.dataset;
      if (href) return { words: parts.words("look"), href };
      const test = one(".test-link:not([hidden]) a")?.getAttribute("href");
      if (test) return { words: parts.words("test"), href: test };
      const how = "#hoan-thanh-khoa-nay";
      if (one(how)) return { words: parts.words("complete"), href: how };
      return { words: parts.words("again"), href: linkIn(this.entries[0]) };
    }
  }

  /** @param {HTMLElement} entry */
  const linkIn = (entry) => entry.querySelector("a")?.getAttribute("href") ?? "";
  /** @param {HTMLElement} entry */
  const titleIn = (entry) => entry.querySelector("a")?.textContent ?? "";

  /** @param {number} exact */
  function durationWords(exact) {
    const step = exact >= 60 ? 10 : exact >= 10 ? 5 : 1;
    const whole = step * Math.round(exact / step);
    const values = { hours: Math.floor(whole / 60), minutes: whole % 60 };
    const name = values.hours ? (values.minutes ? "hours-minutes" : "hours") : "minutes";
    return parts.words(name, values);
  }

  /** @param {HTMLElement} entry */
  function drawEntry(entry) {
    const mark = entry.querySelector(".lesson-done");
    const done = isDone(lessonOf(entry));
    entry.querySelector(".stone")?.classList.toggle("stone--done", done);
    if (!done) mark?.remove();
    else if (!mark) placeState(entry, parts.copy("done"));
  }

  /** @param {HTMLElement} entry @param {HTMLElement} state */
  function placeState(entry, state) {
    const facts = entry.querySelector("[data-facts]");
    if (facts) facts.prepend(state);
    else entry.querySelector("a")?.after(" ", state);
  }

  /** @param {HTMLElement} line */
  function drawSome(line) {
    const total = new Set(listed.map(lessonOf));
    const done = Array.from(total).filter(isDone).length;
    line.textContent = parts.words("some", { done, total: total.size });
    line.hidden = !done;
  }

  /** @param {Course} course */
  function drawCourse(course) {
    for (const entry of course.entries) {
      const isNext = entry === course.next && course.isBegun;
      entry.classList.toggle("is-next", isNext);
      entry.querySelector(".stone")?.classList.toggle("stone--now", isNext);
      entry.querySelector(".lesson-next")?.remove();
      if (isNext) placeState(entry, parts.copy("next"));
    }
    for (const stone of all("a[data-stone]")) drawStone(stone, course);
    drawPlate(course);
    drawRing(course);
    drawStep(course);
    for (const legend of all("[data-legend]")) legend.hidden = !course.isBegun && !course.done;
  }

  /** @param {HTMLElement} stone @param {Course} course */
  function drawStone(stone, course) {
    const id = stone.dataset.stone ?? "";
    const state = isDone(id) ? "done" : course.next && lessonOf(course.next) === id ? "now" : "";
    for (const name of ["done", "now"]) stone.classList.toggle(`road-stone--${name}`, state === name);
    stone.dataset.name ??= stone.getAttribute("aria-label") ?? "";
    const piece = state === "done" ? "stone-done" : state === "now" && course.isBegun ? "stone-next" : "";
    const { name } = stone.dataset;
    stone.setAttribute("aria-label", piece ? parts.words(piece, { name }) : name);
  }

  /** @param {Course} course */
  function drawPlate(course) {
    const plate = one(".road-says");
    const stone = one(".road-stone--now");
    if (!plate) return;
    plate.classList.toggle("road-says--off", !stone);
    if (!stone) return;
    plate.setAttribute("transform", `translate(${stone.dataset.says})`);
    const [text] = all("text", plate);
    text.textContent = parts.words(course.isBegun ? "next" : "first");
  }

  /** @param {Course} course */
  function drawRing(course) {
    const ring = one("[data-ring]");
    const line = one('[data-progress=""]');
    if (!ring || !line) return;
    const share = Math.round((100 * course.done) / course.total);
    ring.querySelector(".course-ring__done")?.setAttribute("stroke-dasharray", `${share} 100`);
    const [number] = all("text", ring);
    number.textContent = `${course.done}/${course.total}`;
    line.textContent = course.progress;
    ring.hidden = line.hidden = !course.done;
  }

  /** @param {Course} course */
  function drawStep(course) {
    const button = one("[data-next]");
    const title = one("[data-next-title]");
    if (!button || !title) return;
    button.textContent = course.step.words;
    button.setAttribute("href", course.step.href);
    title.hidden = !course.next;
    if (!course.next) return;
    const minutes = parts.words("alone", { minutes: course.next.dataset.minutes ?? "" });
    title.textContent = `${titleIn(course.next)} · ${minutes}`;
  }

  /** @param {Course[]} courses */
  function courseToResume(courses) {
    const last = storage.getItem(LAST) ?? "";
    /** @param {Course} course */
    const rank = (course) =>
      (course.next ? 10_000 : 0) + (course.ids.includes(last) ? 1_000 : 0) + course.done;
    const ours = courses.filter((course) => course.isBegun);
    return ours.sort((a, b) => rank(b) - rank(a))[0] ?? null;
  }

  /** @param {HTMLElement} link @param {Course[]} courses */
  function drawBegin(link, courses) {
    const course = courses.find(({ id }) => id === link.dataset.begin);
    if (!course) return;
    const { done, total, step, next } = course;
    const [shown] = all("span", link);
    shown.textContent = step.words;
    link.setAttribute("href", step.href);
    const entry = /** @type {HTMLElement} */ (link.closest("li"));
    for (const test of all("a[data-after-lessons]", entry)) {
      test.classList.toggle("button--quiet", Boolean(next));
      link.classList.toggle("button--quiet", !next);
    }
    const bars = entry.querySelectorAll("progress");
    for (const bar of bars) {
      bar.value = done;
      bar.hidden = false;
    }
    /** @type {HTMLElement | null} */
    const facts = entry.querySelector("[data-told]") ?? /** @type {any} */ (link.previousElementSibling);
    if (!facts) return;
    facts.dataset.facts ??= facts.textContent ?? "";
    const isTold = done > 0 || bars.length > 0;
    facts.textContent = isTold
      ? parts.words(next ? "count" : "all-done", { done, total })
      : facts.dataset.facts;
  }

  /** @param {HTMLElement} strip @param {Course[]} courses */
  function drawStrip(strip, courses) {
    const course = courseToResume(courses);
    strip.hidden = !course;
    if (!course) return;
    const { title = "" } = course.root.dataset;
    const { done, total, next, step } = course;
    const number = next ? course.numberOf(next) : "";
    part(strip, "where").textContent = parts.words("where", { title, done, total });
    part(strip, "title").textContent = next
      ? parts.words("lesson", { number, title: titleIn(next) })
      : parts.words("all-done", { total });
    part(strip, "left").textContent = next
      ? parts.words("left", { minutes: next.dataset.minutes ?? "" })
      : parts.words("kept");
    const button = part(strip, "go");
    button.textContent = step.words;
    button.setAttribute("href", step.href);
    button.dataset.begin = course.id;
    drawPlaces(all("[data-place]", strip), course);
  }

  /** @param {HTMLElement[]} places @param {Course} course */
  function drawPlaces(places, course) {
    const at = course.next ? course.entries.indexOf(course.next) : course.total;
    const first = Math.max(Math.min(at - 2, course.total - places.length), 0);
    places.forEach((place, nth) => {
      const entry = course.entries[first + nth];
      place.toggleAttribute("hidden", !entry);
      if (!entry) return;
      const [number] = all("text", place);
      number.textContent = course.numberOf(entry);
      place.classList.toggle("road-stone--done", isDone(lessonOf(entry)));
      place.classList.toggle("road-stone--now", entry === course.next);
    });
  }

  /** @typedef {{ button: HTMLElement, status: HTMLElement }} Control */

  /** @param {Control} control */
  function drawMark({ button, status }) {
    const done = isDone(button.dataset.markDone ?? "");
    button.textContent = parts.words(done ? "unmark" : "mark");
    status.textContent = done ? parts.words("marked") : "";
    button.hidden = false;
  }

  /** @param {string} key */
  const isOurs = (key) => OURS.some((prefix) => key.startsWith(prefix));

  const marks = all("button[data-mark-done]").map((button) => ({ button, status: statusBefore(button) }));
  const erasers = all("button[data-forget]").map((button) => ({ button, status: statusBefore(button) }));

  function draw() {
    listed.forEach(drawEntry);
    all('[data-progress="some"]').forEach(drawSome);
    for (const root of all("[data-course]")) drawCourse(new Course(root));
    const template = /** @type {HTMLTemplateElement | null} */ (one("template[data-courses]"));
    const courses = template ? all("[data-course]", template.content).map((root) => new Course(root)) : [];
    for (const strip of all("[data-resume]")) drawStrip(strip, courses);
    for (const link of all("li a[data-begin]")) drawBegin(link, courses);
    marks.forEach(drawMark);
    for (const { button } of erasers) button.hidden = !Object.keys(storage).some(isOurs);
  }

  /** @param {string} lesson */
  function markDone(lesson) {
    if (!lesson) return;
    storage.setItem(DONE + lesson, "1");
    storage.setItem(LAST, lesson);
    draw();
  }

  /** @param {string} lesson */
  function toggle(lesson) {
    if (!isDone(lesson)) return markDone(lesson);
    storage.removeItem(DONE + lesson);
    if (storage.getItem(LAST) === lesson) storage.removeItem(LAST);
    draw();
  }

  /** @param {Event} event */
  function hear(event) {
    const named = /** @type {CustomEvent<{ lesson?: string } | null>} */ (event).detail;
    markDone(named?.lesson ?? marks[0]?.button.dataset.markDone ?? "");
  }

  /** @param {HTMLElement} status */
  function forget(status) {
    if (!window.confirm(parts.words("sure"))) return;
    for (const key of Object.keys(storage).filter(isOurs)) storage.removeItem(key);
    draw();
    /* The button that had the focus is gone now. */
    status.tabIndex = -1;
    status.textContent = parts.words("forgotten");
    status.focus();
  }

  for (const { button } of marks)
    button.addEventListener("click", () => toggle(button.dataset.markDone ?? ""));
  for (const { button, status } of erasers) button.addEventListener("click", () => forget(status));

  document.addEventListener("click", ({ target }) => {
    const link = /** @type {Element | null | false} */ (target instanceof Element && target.closest("a"));
    if (!(link instanceof HTMLElement || link instanceof SVGElement)) return;
    const here = link.matches("li[data-lesson] a, a[data-next], a[data-stone]:not([data-stone=''])");
    const course = link.dataset.begin ?? (here && one("[data-course]")?.dataset.course);
    if (course) storage.setItem(OPENED + course, "1");
  });

  document.addEventListener("lessondone", hear);
  document.addEventListener("taphuan:done", draw);
  window.addEventListener("storage", draw);
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) draw();
  });
  draw();
})();
