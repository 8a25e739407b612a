/*
 * Turns the self-check of a lesson into one question at a time. All words and pieces come from the page
 * (templates/site/self-check.html.j2): the lists of each question, and <template data-parts>. Needs page-parts.js and
 * self-check-fields.js.
 *
 * What was answered stays in localStorage under the hash of the questions, so that a reader comes back to the same
 * place, and changed questions start anew:
 *
 *   taphuan:self-check:<key>   a `State`
 *   taphuan:done:<lesson>      "1" once all questions are answered
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

  /* ------------------------------------------------------------------------------- question -- */

  class Question {
    /**
     * @param {HTMLElement} node
     * @param {Parts} parts
     * @param {(question: Question, given: string[], isRight: boolean) => void} answered
     */
    constructor(node, parts, answered) {
      this.node = node;
      this.parts = parts;
      this.answered = answered;
      this.id = node.dataset.question ?? "";
      this.kind = node.dataset.kind ?? "";
      this.heading = part(node, "number");
      this.field = new FIELDS[this.kind](node, parts);
      this.notice = made("p", { class: "self-check__notice", role: "status" });
      this.submit = parts.button("submit", () => this.answer());
      this.buttons = made("div", { class: "self-check__buttons" }, this.submit);
      this.verdict = made("div", { id: `${node.id}-vi-sao-ket-qua` });
      this.reasons = made("div", { id: `${node.id}-vi-sao` });
      this.panel = this.panelFrom(part(node, "answer"));
      const hint = part(node, "hint");
      if (hint) hint.hidden = false;
      node.append(this.notice, this.panel, this.buttons);
      node.addEventListener("change", () => {
        this.notice.textContent = "";
      });
    }

    /**
     * The folded answer of the page without scripts becomes what is shown after answering.
     * @param {HTMLElement} details
     */
    panelFrom(details) {
      this.reasons.append(...entriesOf(details).slice(1));
      details.remove();
      return made(
        "div",
        {
          class: "self-check__result",
          role: "group",
          tabindex: "-1",
          hidden: "",
          "aria-labelledby": this.verdict.id,
          "aria-describedby": this.reasons.id,
        },
        this.verdict,
        this.reasons,
      );
    }

    get stem() {
      return part(this.node, "stem").textContent.trim();
    }

    answer() {
      const given = this.field.given();
      if (!given) {
        this.notice.textContent = this.parts.words(`missing-${this.kind}`);
        this.field.first?.focus();
        return;
      }
      this.answered(this, given, this.field.verdict(given) === "right");
      this.panel.focus();
    }

    /**
     * @param {string[]} given
     * @param {...HTMLElement} buttons
     */
    reveal(given, ...buttons) {
      const verdict = this.field.verdict(given);
      this.field.show(given);
      this.field.reveal(given);
      refill(this.verdict, this.parts.copy(`verdict-${verdict}`));
      for (const reason of entriesOf(part(this.reasons, "reasons")))
        reason.hidden = !this.field.concerns(given, idOf(reason));
      this.notice.textContent = "";
      this.panel.hidden = false;
      refill(this.buttons, ...buttons);
    }

    reset() {
      this.field.reset();
      this.panel.hidden = true;
      refill(this.buttons, this.submit);
    }
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
      this.questions = Array.from(
        nodes,
        (node) => new Question(node, this.parts, (...answer) => this.take(...answer)),
      );
      this.state = this.blank();
      /** @type {HTMLElement | null} */
      this.resumed = null;
      this.summary = this.parts.copy("summary");
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
     * @param {Question} question
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

    /** @param {Question} question */
    givenTo(question) {
      return this.state.answers[question.id]?.given;
    }

    finish() {
      stored((storage) => storage.setItem(DONE + this.lesson, "1"));
      document.dispatchEvent(new CustomEvent("taphuan:done"));
    }

    /** @param {Question} question */
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

    /** @param {Question} question */
    onward(question) {
      const next = this.nextAfter(question);
      return next
        ? this.parts.button("next", () => this.turnTo(next))
        : this.parts.button("finish", () => this.turnToSummary());
    }

    /** @param {Question} question */
    nextAfter(question) {
      const nth = this.questions.indexOf(question);
      /** @param {Question} other */
      const isOpen = (other) => !this.givenTo(other);
      return this.questions.slice(nth + 1).find(isOpen) || this.questions.find(isOpen);
    }

    /** @param {Question} question */
    again(question) {
      this.state.answers[question.id].given = null;
      this.save();
      this.draw(question);
      question.heading.focus();
    }

    /** @param {Question} question */
    turnTo(question) {
      this.open(this.questions.indexOf(question));
      this.save();
      question.heading.focus();
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
      );
      this.draw(this.questions[nth]);
    }

    turnToSummary() {
      this.state.at = this.questions.length;
      this.save();
      this.showSummary();
      part(this.summary, "score").focus();
    }

    showSummary() {
      for (const { node } of this.questions) node.hidden = true;
      const missed = this.questions.filter(({ id }) => !this.state.answers[id]?.isFirstRight);
      const total = this.questions.length;
      const right = total - missed.length;
      const kind = right === total ? "all" : right * 5 >= total * 3 ? "most" : "some";
      refill(part(this.summary, "score"), this.parts.copy("score", { right, total }));
      for (const name of ["all", "most", "some"]) part(this.summary, `kind-${name}`).hidden = name !== kind;
      part(this.summary, "reread").hidden = !missed.length;
      refill(part(this.summary, "reread-list"), ...missed.map((question) => this.pointer(question)));
      this.summary.hidden = false;
    }

    /** @param {Question} question */
    pointer(question) {
      const nth = this.questions.indexOf(question) + 1;
      return made(
        "li",
        {},
        this.parts.button("open", () => this.turnTo(question), { nth, text: question.stem }),
      );
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
  for (const root of roots) new SelfCheck(root);
})();
