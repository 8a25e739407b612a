/*
 * Turns the self-check of a lesson into one question at a time. All words and pieces come from the
 * page (templates/site/self-check.html.j2): the lists of each question, and <template data-parts>.
 *
 * What was answered stays in localStorage under the hash of the questions, so that a reader comes
 * back to the same place, and changed questions start anew:
 *
 *   taphuan:self-check:<key>   {"lesson", "at", "answers": {question: {"isFirstRight", "given"}}}
 *   taphuan:done:<lesson>      "1" once all questions are answered
 */
(() => {
  "use strict";

  const ANSWERS = "taphuan:self-check:";
  const DONE = "taphuan:done:";

  /* ---------------------------------------------------------------------------------- parts -- */

  const part = (node, name) => node.querySelector(`[data-part="${name}"]`);

  function made(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function refill(node, ...children) {
    node.textContent = "";
    node.append(...children);
  }

  /* Puts values in place of {names}, in the text of a node and nowhere else. */
  function filled(node, values) {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
      texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    return node;
  }

  class Parts {
    constructor(template) {
      this.byName = new Map(Array.from(template.content.children, (node) => [node.dataset.part, node]));
    }

    copy(name, values = {}) {
      return filled(document.importNode(this.byName.get(name), true), values);
    }

    words(name, values) {
      return this.copy(name, values).textContent;
    }

    button(name, act, values) {
      const button = this.copy(name, values);
      button.addEventListener("click", act);
      return button;
    }
  }

  /* -------------------------------------------------------------------------------- storage -- */

  /* A browser may refuse storage; the self-check then works without a memory. */
  function stored(act) {
    try {
      return act(window.localStorage);
    } catch {
      return null;
    }
  }

  function recall(key) {
    return stored((storage) => JSON.parse(storage.getItem(key)));
  }

  function forgetFormer(lesson, key) {
    stored((storage) =>
      Object.keys(storage)
        .filter((other) => other.startsWith(ANSWERS) && other !== key)
        .filter((other) => (recall(other) || { lesson }).lesson === lesson)
        .forEach((other) => storage.removeItem(other)),
    );
  }

  /* --------------------------------------------------------------------------------- fields -- */

  /*
   * What a reader answers with. Each kind has
   *   given()       the ids chosen, or null while something is missing
   *   show(given)   puts an answer back
   *   verdict(given)   "right", "partly" or "wrong"
   *   reveal(given)    tells right from wrong at each place, by words
   *   reset()       as new
   *   first         where to put the focus when something is missing
   */

  const entries = (list) => Array.from(list.children);
  const verdictOf = (rights) => (rights.every(Boolean) ? "right" : rights.some(Boolean) ? "partly" : "wrong");

  class Tags {
    constructor(parts) {
      this.parts = parts;
      this.shown = [];
    }

    add(entry, name, values) {
      const tag = this.parts.copy(name, values);
      entry.append(tag);
      entry.classList.add(`is-${name.split("-").pop()}`);
      this.shown.push([entry, tag]);
    }

    clear() {
      for (const [entry, tag] of this.shown.splice(0)) {
        tag.remove();
        entry.classList.remove("is-right", "is-wrong");
      }
    }
  }

  class Choice {
    constructor(question, parts, isSingle = true) {
      this.tags = new Tags(parts);
      this.list = part(question, "options");
      this.isSingle = isSingle;
      this.inputs = entries(this.list).map((entry) => this.input(entry, question.dataset.question));
      const group = made("div", {
        role: this.isSingle ? "radiogroup" : "group",
        "aria-labelledby": part(question, "stem").id,
      });
      this.list.before(group);
      group.append(this.list);
    }

    input(entry, name) {
      const input = made("input", {
        type: this.isSingle ? "radio" : "checkbox",
        name,
        value: entry.dataset.id,
      });
      const words = made("span", { class: "self-check__words" }, ...entry.childNodes);
      entry.append(made("label", { class: "self-check__option" }, input, words));
      return input;
    }

    get first() {
      return this.inputs[0];
    }

    given() {
      const chosen = this.inputs.filter((input) => input.checked).map((input) => input.value);
      return chosen.length ? chosen : null;
    }

    show(given) {
      for (const input of this.inputs) input.checked = given.includes(input.value);
    }

    verdict(given) {
      const rights = entries(this.list).map(
        (entry) => this.isCorrect(entry) === given.includes(entry.dataset.id),
      );
      if (rights.every(Boolean)) return "right";
      const hit = entries(this.list).some(
        (entry) => this.isCorrect(entry) && given.includes(entry.dataset.id),
      );
      return hit ? "partly" : "wrong";
    }

    isCorrect(entry) {
      return entry.hasAttribute("data-correct");
    }

    /* The reasons of what was chosen and of what should have been. */
    concerns(given, id) {
      return (
        given.includes(id) ||
        entries(this.list).some((entry) => entry.dataset.id === id && this.isCorrect(entry))
      );
    }

    reveal(given) {
      for (const input of this.inputs) input.disabled = true;
      for (const entry of entries(this.list)) {
        const isChosen = given.includes(entry.dataset.id);
        if (this.isCorrect(entry)) this.tags.add(entry, isChosen ? "chosen-right" : "right");
        else if (isChosen) this.tags.add(entry, "chosen-wrong");
      }
    }

    reset() {
      this.tags.clear();
      for (const input of this.inputs) input.checked = input.disabled = false;
    }
  }

  class MultipleChoice extends Choice {
    constructor(question, parts) {
      super(question, parts, false);
    }
  }

  class Matching {
    constructor(question, parts) {
      this.parts = parts;
      this.tags = new Tags(parts);
      this.lefts = entries(part(question, "lefts"));
      this.rights = entries(part(question, "rights"));
      this.selects = this.lefts.map((left) => this.select(left, question.id));
    }

    select(left, prefix) {
      const name = left.querySelector(".self-check__text");
      name.id = `${prefix}-${left.dataset.id}`;
      const select = made("select", { class: "self-check__select", "aria-labelledby": name.id });
      select.append(made("option", { value: "" }, this.parts.words("pick-none")));
      for (const right of this.rightsFor(left))
        select.append(made("option", { value: right.dataset.id }, right.textContent.trim()));
      left.append(select);
      return select;
    }

    /* What a reader has done with a part, as the words name it. */
    get act() {
      return "paired";
    }

    rightsFor() {
      return this.rights;
    }

    get first() {
      return this.selects.find((select) => !select.value);
    }

    given() {
      const chosen = this.selects.map((select) => select.value);
      return chosen.every(Boolean) ? chosen : null;
    }

    show(given) {
      this.selects.forEach((select, nth) => {
        select.value = given[nth];
      });
    }

    rightsOf(given) {
      return this.lefts.map((left, nth) => this.isRight(left, given[nth]));
    }

    isRight(left, id) {
      return this.textOf(id) === this.textOf(left.dataset.id);
    }

    /* Two pairs may have the same right side: either is then right for both. */
    textOf(id) {
      const right = this.rights.find((right) => right.dataset.id === id);
      return right?.querySelector(".self-check__text").textContent;
    }

    verdict(given) {
      return verdictOf(this.rightsOf(given));
    }

    concerns() {
      return true;
    }

    reveal(given) {
      for (const select of this.selects) select.disabled = true;
      this.rightsOf(given).forEach((isRight, nth) =>
        this.tags.add(this.lefts[nth], `${this.act}-${isRight ? "right" : "wrong"}`),
      );
    }

    reset() {
      this.tags.clear();
      for (const select of this.selects) {
        select.disabled = false;
        select.value = "";
      }
    }
  }

  /* Each blank has a list of its own; a field to choose from takes its place. */
  class FillIn extends Matching {
    constructor(question, parts) {
      super(question, parts);
      for (const left of this.lefts) part(left, "rights").hidden = true;
    }

    get act() {
      return "chosen";
    }

    rightsFor(left) {
      return entries(part(left, "rights"));
    }

    isRight(left, id) {
      return this.rightsFor(left).some(
        (right) => right.dataset.id === id && right.hasAttribute("data-correct"),
      );
    }

    concerns(given, id) {
      return given.includes(id) || this.lefts.some((left) => this.isRight(left, id));
    }
  }

  class Ordering {
    constructor(question, parts) {
      this.parts = parts;
      this.tags = new Tags(parts);
      this.list = part(question, "items");
      this.status = made("p", { class: "self-check__unseen", role: "status" });
      this.list.after(this.status);
      this.asShown = entries(this.list).map((entry) => entry.dataset.id);
      this.right = entries(part(question, "reasons")).map((entry) => entry.dataset.id);
      this.moves = new Map(entries(this.list).map((entry) => [entry, this.buttons(entry)]));
      this.refresh();
    }

    buttons(entry) {
      const text = this.textOf(entry);
      const up = this.parts.button("up", () => this.move(entry, -1), { text });
      const down = this.parts.button("down", () => this.move(entry, 1), { text });
      entry.append(made("span", { class: "self-check__moves" }, up, down));
      return { up, down };
    }

    textOf(entry) {
      return entry.querySelector(".self-check__text").textContent;
    }

    /* The neighbour is the one that moves, so that the pressed button keeps the focus. */
    move(entry, step) {
      const { up, down } = this.moves.get(entry);
      if ((step < 0 ? up : down).getAttribute("aria-disabled") === "true") return;
      if (step < 0) entry.after(entry.previousElementSibling);
      else entry.before(entry.nextElementSibling);
      this.refresh();
      const nth = entries(this.list).indexOf(entry) + 1;
      this.status.textContent = this.parts.words("moved", {
        text: this.textOf(entry),
        nth,
        total: this.right.length,
      });
    }

    refresh() {
      const order = entries(this.list);
      order.forEach((entry, nth) => {
        const { up, down } = this.moves.get(entry);
        up.setAttribute("aria-disabled", nth === 0);
        down.setAttribute("aria-disabled", nth === order.length - 1);
      });
    }

    given() {
      return entries(this.list).map((entry) => entry.dataset.id);
    }

    show(given) {
      const byId = new Map(entries(this.list).map((entry) => [entry.dataset.id, entry]));
      this.list.append(...given.map((id) => byId.get(id)).filter(Boolean));
      this.refresh();
    }

    verdict(given) {
      return verdictOf(given.map((id, nth) => this.right[nth] === id));
    }

    concerns() {
      return true;
    }

    reveal(given) {
      this.hideMoves(true);
      entries(this.list).forEach((entry, nth) => {
        const place = this.right.indexOf(given[nth]);
        this.tags.add(entry, place === nth ? "placed-right" : "placed-wrong", { nth: place + 1 });
      });
    }

    hideMoves(isHidden) {
      for (const { up } of this.moves.values()) up.parentNode.hidden = isHidden;
    }

    reset() {
      this.tags.clear();
      this.hideMoves(false);
      this.status.textContent = "";
      this.show(this.asShown);
    }
  }

  const FIELDS = {
    "single-choice": Choice,
    "multiple-choice": MultipleChoice,
    "true-false": Choice,
    matching: Matching,
    "fill-in": FillIn,
    ordering: Ordering,
  };

  /* ------------------------------------------------------------------------------- question -- */

  class Question {
    constructor(node, parts, answered) {
      this.node = node;
      this.parts = parts;
      this.answered = answered;
      this.id = node.dataset.question;
      this.heading = part(node, "number");
      this.field = new FIELDS[node.dataset.kind](node, parts);
      this.notice = made("p", { class: "self-check__notice", role: "status" });
      this.submit = parts.button("submit", () => this.answer());
      this.buttons = made("div", { class: "self-check__buttons" }, this.submit);
      this.panel = this.panelFrom(part(node, "answer"));
      const hint = part(node, "hint");
      if (hint) hint.hidden = false;
      node.append(this.notice, this.panel, this.buttons);
      node.addEventListener("change", () => {
        this.notice.textContent = "";
      });
    }

    /* The folded answer of the page without scripts becomes what is shown after answering. */
    panelFrom(details) {
      const id = `${this.node.id}-vi-sao`;
      this.verdict = made("div", { id: `${id}-ket-qua` });
      this.reasons = made("div", { id }, ...entries(details).slice(1));
      details.remove();
      return made(
        "div",
        {
          class: "self-check__result",
          role: "group",
          tabindex: "-1",
          hidden: "",
          "aria-labelledby": this.verdict.id,
          "aria-describedby": id,
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
        this.notice.textContent = this.parts.words(`missing-${this.node.dataset.kind}`);
        this.field.first.focus();
        return;
      }
      this.answered(this, given, this.field.verdict(given) === "right");
      this.panel.focus();
    }

    reveal(given, ...buttons) {
      const verdict = this.field.verdict(given);
      this.field.show(given);
      this.field.reveal(given);
      refill(this.verdict, this.parts.copy(`verdict-${verdict}`));
      for (const reason of entries(part(this.reasons, "reasons")))
        reason.hidden = !this.field.concerns(given, reason.dataset.id);
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
    constructor(root) {
      this.root = root;
      this.lesson = root.dataset.lesson;
      this.key = ANSWERS + root.dataset.key;
      this.parts = new Parts(root.querySelector("template[data-parts]"));
      this.questions = Array.from(
        root.querySelectorAll("[data-question]"),
        (node) => new Question(node, this.parts, (...answer) => this.keep(...answer)),
      );
      this.summary = this.parts.copy("summary");
      root.append(this.summary);
      root.classList.add("is-live");
      part(root, "intro").after(this.parts.copy("privacy"));
      part(root, "intro").remove();
      part(this.summary, "restart").addEventListener("click", () => this.restart());
      this.resume();
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

    isSound(state) {
      const isAnswer = (answer) => answer && (answer.given === null || Array.isArray(answer.given));
      return (
        Boolean(state) &&
        Number.isInteger(state.at) &&
        state.at >= 0 &&
        state.at <= this.questions.length &&
        Object.values(state.answers || { none: null }).every(isAnswer)
      );
    }

    blank() {
      return { lesson: this.lesson, at: 0, answers: {} };
    }

    offerRestart() {
      this.resumed = this.parts.copy("resumed");
      part(this.resumed, "restart").addEventListener("click", () => this.restart());
      this.questions[this.state.at].heading.after(this.resumed);
    }

    save() {
      stored((storage) => storage.setItem(this.key, JSON.stringify(this.state)));
    }

    /* The first try is what counts; later ones are for learning. */
    keep(question, given, isRight) {
      const { isFirstRight = isRight } = this.state.answers[question.id] || {};
      this.state.answers[question.id] = { isFirstRight, given };
      if (!this.openOnes().length) this.finish();
      this.save();
      this.draw(question);
    }

    openOnes() {
      return this.questions.filter((question) => !this.givenTo(question));
    }

    givenTo(question) {
      return this.state.answers[question.id]?.given;
    }

    finish() {
      stored((storage) => storage.setItem(DONE + this.lesson, "1"));
      document.dispatchEvent(new CustomEvent("taphuan:done"));
    }

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

    onward(question) {
      const next = this.nextAfter(question);
      return next
        ? this.parts.button("next", () => this.turnTo(next))
        : this.parts.button("finish", () => this.turnToSummary());
    }

    nextAfter(question) {
      const nth = this.questions.indexOf(question);
      const isOpen = (other) => !this.givenTo(other);
      return this.questions.slice(nth + 1).find(isOpen) || this.questions.find(isOpen);
    }

    again(question) {
      this.state.answers[question.id].given = null;
      this.save();
      this.draw(question);
      question.heading.focus();
    }

    turnTo(question) {
      this.open(this.questions.indexOf(question));
      this.save();
      question.heading.focus();
    }

    open(nth) {
      this.state.at = nth;
      if (this.resumed) this.resumed.remove();
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
      const total = this.questions.length,
        right = total - missed.length;
      const kind = right === total ? "all" : right * 5 >= total * 3 ? "most" : "some";
      refill(part(this.summary, "score"), this.parts.copy("score", { right, total }));
      for (const name of ["all", "most", "some"]) part(this.summary, `kind-${name}`).hidden = name !== kind;
      part(this.summary, "reread").hidden = !missed.length;
      refill(part(this.summary, "reread-list"), ...missed.map((question) => this.pointer(question)));
      this.summary.hidden = false;
    }

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

  document.querySelectorAll("[data-self-check]").forEach((root) => new SelfCheck(root));
})();
