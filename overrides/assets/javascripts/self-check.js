/*
 * Turns the self-check of a lesson into one question at a time. All words and pieces come from the page
 * (templates/site/self-check.html.j2): the lists of each question, and <template data-parts>. Needs page-parts.js, taps.js,
 * self-check-taps.js, self-check-fields.js, self-check-question.js and sections.js.
 *
 * What was answered stays in localStorage under the hash of the questions, so that a reader comes back to the same
 * place, and changed questions start anew:
 *
 *   taphuan:self-check:<key>   a `State`
 *   taphuan:done:<lesson>      "1" once all questions are answered
 *
 * The lesson is then done, of which an event `lessondone` on the document tells.
 *
 * On a page that keeps nothing `stored` keeps nothing, and answers are gone once the page is left.
 */
(() => {
  "use strict";

  const ANSWERS = "taphuan:self-check:";
  const DONE = "taphuan:done:";

  /**
   * @typedef {{ isFirstRight: boolean, given: string[] | null }} Answer
   * @typedef {{ lesson: string, at: number, answers: Record<string, Answer> }} State
   */

  /**
   * @param {string} lesson
   * @param {string} key
   */
  function forgetFormer(lesson, key) {
    stored((storage) => {
      for (const other of Object.keys(storage)) {
        if (!other.startsWith(ANSWERS) || other === key) continue;
        const state = /** @type {Partial<State> | null} */ (recall(other)) ?? { lesson };
        if (state.lesson === lesson) storage.removeItem(other);
      }
    });
  }

  /**
   * All questions as they stand on the page without scripts, to be printed: whatever is open on the screen.
   * @param {HTMLElement} questions
   */
  function onPaper(questions) {
    const paper = /** @type {HTMLElement} */ (questions.cloneNode(true));
    paper.classList.replace("self-check__questions", "self-check__paper");
    for (const answer of paper.querySelectorAll(".self-check__answer, [hidden]")) answer.remove();
    for (const node of paper.querySelectorAll("*"))
      for (const { name } of Array.from(node.attributes))
        if (!["class", "role", "href", "title", "src", "alt", "lang", "width", "height"].includes(name))
          node.removeAttribute(name);
    return paper;
  }

  /* ----------------------------------------------------------------------------- self-check -- */

  class SelfCheck {
    /** @param {HTMLElement} root */
    constructor(root) {
      this.root = root;
      this.lesson = root.dataset.lesson ?? "";
      this.key = ANSWERS + root.dataset.key;
      this.parts = new Parts(root.querySelector("template[data-parts]"));
      /** @type {NodeListOf<HTMLElement>} */
      const nodes = root.querySelectorAll("[data-question]");
      const paper = onPaper(/** @type {HTMLElement} */ (nodes[0].parentElement));
      this.questions = Array.from(
        nodes,
        (node) => new AskedQuestion(node, this.parts, (...answer) => this.take(...answer)),
      );
      this.state = this.blank();
      /** @type {HTMLElement | null} */
      this.resumed = null;
      this.summary = this.parts.copy("summary");
      part(root, "key").before(paper);
      root.append(this.summary);
      root.classList.add("is-live");
      part(root, "intro").after(this.parts.copy("privacy"));
      part(root, "intro").remove();
      part(this.summary, "restart").addEventListener("click", () => this.restart());
      this.resume();
      if (keepsNothing()) this.leaveNothing();
    }

    resume() {
      forgetFormer(this.lesson, this.key);
      const former = recall(this.key);
      this.state = this.isSound(former) ? former : this.blank();
      if (this.state.at >= this.questions.length) this.showSummary();
      else this.open(this.state.at);
      if (Object.keys(this.state.answers).length && this.state.at < this.questions.length)
        this.offerRestart();
    }

    /**
     * @param {unknown} former
     * @returns {former is State}
     */
    isSound(former) {
      const { at = -1, answers = null } = /** @type {Partial<State> | null} */ (former) ?? {};
      /** @param {Answer} answer */
      const isAnswer = (answer) => answer && (answer.given === null || Array.isArray(answer.given));
      const isPlace = Number.isInteger(at) && at >= 0 && at <= this.questions.length;
      return isPlace && answers !== null && Object.values(answers).every(isAnswer);
    }

    /** @returns {State} */
    blank() {
      return { lesson: this.lesson, at: 0, answers: {} };
    }

    /** Keeps answers out of what a browser would fill in again, or show from memory, when one comes back. */
    leaveNothing() {
      /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */
      const fields = this.root.querySelectorAll("input, select");
      for (const field of fields) field.autocomplete = "off";
      window.addEventListener("pagehide", () => {
        this.state = this.blank();
        this.questions.forEach((question) => question.reset());
        this.open(0);
      });
    }

    offerRestart() {
      const resumed = this.parts.copy("resumed");
      part(resumed, "restart").addEventListener("click", () => this.restart());
      this.questions[this.state.at].heading.after(resumed);
      this.resumed = resumed;
    }

    save() {
      keep(this.key, this.state);
    }

    /**
     * The first try is what counts; later ones are for learning.
     * @param {AskedQuestion} question
     * @param {string[]} given
     * @param {boolean} isRight
     */
    take(question, given, isRight) {
      const { isFirstRight = isRight } = this.state.answers[question.id] ?? {};
      this.state.answers[question.id] = { isFirstRight, given };
      if (!this.openOnes().length) this.finish();
      this.save();
      this.draw(question);
    }

    openOnes() {
      return this.questions.filter((question) => !this.givenTo(question));
    }

    /** @param {AskedQuestion} question */
    givenTo(question) {
      return this.state.answers[question.id]?.given;
    }

    finish() {
      stored((storage) => storage.setItem(DONE + this.lesson, "1"));
      document.dispatchEvent(new CustomEvent("lessondone", { detail: { lesson: this.lesson } }));
    }

    /** @param {AskedQuestion} question */
    draw(question) {
      const given = this.givenTo(question);
      question.reset();
      if (given)
        question.reveal(
          given,
          this.onward(question),
          this.parts.button("again", () => this.again(question)),
        );
    }

    /** @param {AskedQuestion} question */
    onward(question) {
      const next = this.nextAfter(question);
      return next
        ? this.parts.button("next", () => this.turnTo(next))
        : this.parts.button("finish", () => this.turnToSummary());
    }

    /** @param {AskedQuestion} question */
    nextAfter(question) {
      const nth = this.questions.indexOf(question);
      /** @param {AskedQuestion} other */
      const isOpen = (other) => !this.givenTo(other);
      return this.questions.slice(nth + 1).find(isOpen) || this.questions.find(isOpen);
    }

    /** @param {AskedQuestion} question */
    again(question) {
      this.state.answers[question.id].given = null;
      this.save();
      this.draw(question);
      question.showFrom(question.heading);
    }

    /** @param {AskedQuestion} question */
    turnTo(question) {
      this.open(this.questions.indexOf(question));
      this.save();
      question.showFrom(question.heading);
    }

    /** @param {number} nth */
    open(nth) {
      this.state.at = nth;
      this.resumed?.remove();
      this.summary.hidden = true;
      this.questions.forEach((question, other) => {
        question.node.hidden = other !== nth;
      });
      refill(
        this.questions[nth].heading,
        this.parts.copy("number", { nth: nth + 1, total: this.questions.length }),
        this.steps(nth),
      );
      this.draw(this.questions[nth]);
    }

    /**
     * How far one is, drawn.
     * @param {number} nth
     */
    steps(nth) {
      const drawn = this.questions.map((question, other) => {
        const state = other === nth ? "now" : this.givenTo(question) ? "done" : "open";
        return made("span", { class: `self-check__tick self-check__tick--${state}` });
      });
      return made("span", { class: "self-check__ticks", "aria-hidden": "true" }, ...drawn);
    }

    turnToSummary() {
      this.state.at = this.questions.length;
      this.save();
      this.showSummary();
      this.summary.scrollIntoView({ block: "start" });
      part(this.summary, "heading").focus({ preventScroll: true });
    }

    showSummary() {
      for (const { node } of this.questions) node.hidden = true;
      const missed = this.questions.filter(({ id }) => !this.state.answers[id]?.isFirstRight);
      const total = this.questions.length;
      const right = total - missed.length;
      const kind = right === total ? "all" : right * 5 >= total * 3 ? "most" : "some";
      refill(part(this.summary, "score"), this.parts.copy("score", { right, total }));
      part(this.summary, "share").textContent = `${right}/${total}`;
      part(this.summary, "arc").setAttribute("stroke-dasharray", `${(right / total) * 100} 100`);
      part(this.summary, "kept").hidden = !this.isKept();
      for (const name of ["all", "most", "some"]) part(this.summary, `kind-${name}`).hidden = name !== kind;
      part(this.summary, "reread").hidden = !missed.length;
      refill(part(this.summary, "reread-list"), ...this.pointers(missed));
      this.summary.hidden = false;
    }

    /** Whether this device knows that the lesson is done. */
    isKept() {
      return Boolean(stored((storage) => storage.getItem(DONE + this.lesson)));
    }

    /**
     * One for each objective, however many questions asked about it.
     * @param {AskedQuestion[]} missed
     */
    pointers(missed) {
      /** @type {Map<string, AskedQuestion[]>} */
      const about = new Map();
      for (const question of missed) {
        const text = question.node.dataset.objective || question.stem;
        about.set(text, [...(about.get(text) ?? []), question]);
      }
      return Array.from(about, ([text, questions]) => this.pointer(text, questions));
    }

    /**
     * What missed questions were about, and where the lesson tells of it.
     * @param {string} text
     * @param {AskedQuestion[]} questions
     */
    pointer(text, questions) {
      const [question] = questions;
      const nths = questions.map((one) => this.questions.indexOf(one) + 1);
      const pointer = this.parts.copy("pointer", { nth: nths.join(", "), text });
      const section = sectionAbout(this.root, question.words);
      const link = part(pointer, "section");
      if (section) {
        link.setAttribute("href", `#${section.id}`);
        refill(part(link, "title"), section.title);
      }
      link.hidden = !section;
      const top = part(pointer, "top");
      top.hidden = Boolean(section);
      top.setAttribute("href", `#${document.querySelector("article h1")?.id ?? ""}`);
      part(pointer, "open").replaceWith(...questions.map((one, at) => this.opener(one, nths[at])));
      return pointer;
    }

    /**
     * @param {AskedQuestion} question
     * @param {number} nth
     */
    opener(question, nth) {
      const opener = part(this.parts.copy("pointer", { nth }), "open");
      opener.addEventListener("click", () => this.turnTo(question));
      return opener;
    }

    restart() {
      this.state = this.blank();
      this.save();
      this.questions.forEach((question) => question.reset());
      this.turnTo(this.questions[0]);
    }
  }

  /** @type {NodeListOf<HTMLElement>} */
  const roots = document.querySelectorAll("[data-self-check]");
  for (const root of roots) {
    /* What stands below it in view, as the button that marks the lesson as done, stays under the thumb. */
    const { bottom } = root.getBoundingClientRect();
    new SelfCheck(root);
    const moved = root.getBoundingClientRect().bottom - bottom;
    if (bottom < window.innerHeight) window.scrollBy({ top: moved, behavior: "instant" });
  }
})();
