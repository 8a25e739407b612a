/*
 * What a reader answers a self-check with: a field for each kind of question. What is tapped stands in
 * self-check-taps.js. Needs page-parts.js; self-check.js uses it.
 */
"use strict";

/**
 * How an answer stands: what of it is right, of how many; what was missed, and what was chosen that is wrong.
 * @typedef {object} Outcome
 * @property {"right" | "partly" | "wrong"} verdict
 * @property {number} right
 * @property {number} total
 * @property {number} missed
 * @property {number} wrong
 * @property {number} neighbours  of an order: pairs that stand one after the other as they should
 *
 * The reason that its author gave for a part, to be shown beside it.
 * @typedef {(id: string) => Node[]} Reasons
 *
 * @typedef {object} Field
 * @property {() => string[] | null} given  the ids chosen, or null while something is missing
 * @property {(given: string[]) => void} show  puts an answer back
 * @property {(given: string[]) => Outcome} outcome
 * @property {(given: string[], reasons: Reasons) => void} reveal  tells right from wrong at each place, by words
 * @property {() => void} reset  as new
 * @property {HTMLElement} [first]  where to put the focus when something is missing
 * @property {number} [left]  how many parts have to be put or paired before it can be handed in
 */

/** @param {Element} list */
const entriesOf = (list) => /** @type {HTMLElement[]} */ (Array.from(list.children));
/** @param {HTMLElement} entry */
const idOf = (entry) => entry.dataset.id ?? "";
/** @param {Element} entry */
const isCorrect = (entry) => entry.hasAttribute("data-correct");
/** @param {Element} entry */
const textIn = (entry) => /** @type {HTMLElement} */ (entry.querySelector(".self-check__text"));
/** @param {Element} entry */
const letterIn = (entry) => (entry.querySelector(".self-check__letter")?.textContent ?? "").replace(".", "");

/**
 * @param {number} right
 * @param {number} total
 * @param {Partial<Outcome>} [more]
 * @returns {Outcome}
 */
function outcomeOf(right, total, more = {}) {
  const verdict = right === total && !more.wrong ? "right" : right > 0 ? "partly" : "wrong";
  return { verdict, right, total, missed: 0, wrong: 0, neighbours: 0, ...more };
}

/* What is told beside a part, and taken away again. */
class Marks {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {[HTMLElement, HTMLElement | null, string][]} */
    this.shown = [];
  }

  /**
   * @param {HTMLElement} entry
   * @param {string} name
   * @param {...Node} reasons
   */
  add(entry, name, ...reasons) {
    const kind = `is-${name.split("-").pop()}`;
    const told = made("div", { class: "self-check__told" }, this.parts.copy(name), ...reasons);
    entry.append(told);
    entry.classList.add(kind);
    this.shown.push([entry, told, kind]);
  }

  /** @param {HTMLElement} entry */
  rest(entry) {
    entry.classList.add("is-rest");
    this.shown.push([entry, null, "is-rest"]);
  }

  clear() {
    for (const [entry, told, kind] of this.shown.splice(0)) {
      told?.remove();
      entry.classList.remove(kind);
    }
  }
}

class Choice {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   * @param {boolean} [isSingle]
   */
  constructor(question, parts, isSingle = true) {
    this.marks = new Marks(parts);
    this.list = part(question, "options");
    this.isSingle = isSingle;
    this.entries = entriesOf(this.list);
    this.inputs = this.entries.map((entry) => this.input(entry, question.dataset.question ?? ""));
    const group = made("div", {
      role: this.isSingle ? "radiogroup" : "group",
      "aria-labelledby": part(question, "stem").id,
    });
    this.list.before(group);
    group.append(this.list);
  }

  /**
   * @param {HTMLElement} entry
   * @param {string} name
   */
  input(entry, name) {
    const input = made("input", {
      type: this.isSingle ? "radio" : "checkbox",
      name,
      value: idOf(entry),
    });
    const words = made("span", { class: "self-check__words" }, ...entry.childNodes);
    entry.append(made("label", { class: "self-check__option" }, input, words));
    return input;
  }

  get first() {
    return this.inputs[0];
  }

  given() {
    const chosen = chosenIn(this.list);
    return chosen.length ? chosen : null;
  }

  /** @param {string[]} given */
  show(given) {
    for (const input of this.inputs) input.checked = given.includes(input.value);
  }

  /** @param {string[]} given */
  outcome(given) {
    const correct = this.entries.filter(isCorrect).map(idOf);
    const right = correct.filter((id) => given.includes(id)).length;
    const wrong = given.filter((id) => !correct.includes(id)).length;
    return outcomeOf(right, correct.length, this.isSingle ? {} : { missed: correct.length - right, wrong });
  }

  /**
   * What was chosen, or should have been, comes first; the rest has no verdict.
   * @param {string[]} given
   * @param {Reasons} reasons
   */
  reveal(given, reasons) {
    for (const input of this.inputs) input.disabled = true;
    for (const entry of this.entries) {
      const isChosen = given.includes(idOf(entry));
      const name = isCorrect(entry) ? (isChosen ? "chosen-right" : this.missed) : isChosen && "chosen-wrong";
      if (name) this.marks.add(entry, name, ...reasons(idOf(entry)));
      else this.marks.rest(entry);
    }
    this.list.append(...this.entries.filter((entry) => entry.classList.contains("is-rest")));
  }

  get missed() {
    return this.isSingle ? "only-missed" : "one-missed";
  }

  reset() {
    this.marks.clear();
    this.list.append(...this.entries);
    for (const input of this.inputs) input.checked = input.disabled = false;
  }
}

class MultipleChoice extends Choice {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    super(question, parts, false);
  }
}

/* Each blank has a list of its own; a field to choose from takes its place. */
class FillIn {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    this.parts = parts;
    this.marks = new Marks(parts);
    this.blanks = entriesOf(part(question, "lefts"));
    this.selects = this.blanks.map((blank) => this.select(blank, question.id));
  }

  /**
   * @param {HTMLElement} blank
   * @param {string} prefix
   */
  select(blank, prefix) {
    const name = textIn(blank);
    name.id = `${prefix}-${idOf(blank)}`;
    const select = made("select", { class: "self-check__select", "aria-labelledby": name.id });
    select.append(made("option", { value: "" }, this.parts.words("pick-none")));
    for (const option of this.optionsOf(blank))
      select.append(made("option", { value: idOf(option) }, option.textContent.trim()));
    part(blank, "rights").hidden = true;
    blank.append(select);
    return select;
  }

  /** @param {HTMLElement} blank */
  optionsOf(blank) {
    return entriesOf(part(blank, "rights"));
  }

  get first() {
    return this.selects.find((select) => !select.value);
  }

  given() {
    const chosen = this.selects.map((select) => select.value);
    return chosen.every(Boolean) ? chosen : null;
  }

  /** @param {string[]} given */
  show(given) {
    this.selects.forEach((select, nth) => {
      select.value = given[nth];
    });
  }

  /** @param {HTMLElement} blank */
  rightOf(blank) {
    return /** @type {HTMLElement} */ (this.optionsOf(blank).find(isCorrect));
  }

  /** @param {string[]} given */
  outcome(given) {
    const right = this.blanks.filter((blank, nth) => idOf(this.rightOf(blank)) === given[nth]).length;
    return outcomeOf(right, this.blanks.length);
  }

  /**
   * @param {string[]} given
   * @param {Reasons} reasons
   */
  reveal(given, reasons) {
    this.blanks.forEach((blank, nth) => {
      this.selects[nth].disabled = true;
      const right = this.rightOf(blank);
      const isRight = idOf(right) === given[nth];
      const instead = this.parts.copy("instead", { text: textIn(right).textContent });
      const rest = isRight ? [] : [instead, ...reasons(idOf(right))];
      this.marks.add(blank, isRight ? "chosen-right" : "chosen-wrong", ...reasons(given[nth]), ...rest);
    });
  }

  reset() {
    this.marks.clear();
    for (const select of this.selects) {
      select.disabled = false;
      select.value = "";
    }
  }
}

/** @type {Record<string, new (question: HTMLElement, parts: Parts) => Field>} */
const FIELDS = {
  "single-choice": Choice,
  "multiple-choice": MultipleChoice,
  "true-false": Choice,
  matching: Matching,
  "fill-in": FillIn,
  ordering: Ordering,
};
