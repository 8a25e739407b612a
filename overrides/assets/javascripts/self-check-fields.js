/*
 * What a reader answers a self-check with: a field for each kind of question. Needs page-parts.js; self-check.js
 * uses it.
 */
"use strict";

/**
 * @typedef {"right" | "partly" | "wrong"} Verdict
 *
 * @typedef {object} Field
 * @property {() => string[] | null} given  the ids chosen, or null while something is missing
 * @property {(given: string[]) => void} show  puts an answer back
 * @property {(given: string[]) => Verdict} verdict
 * @property {(given: string[], id: string) => boolean} concerns  whether the reason of a part is shown
 * @property {(given: string[]) => void} reveal  tells right from wrong at each place, by words
 * @property {() => void} reset  as new
 * @property {HTMLElement} [first]  where to put the focus when something is missing
 */

/** @param {Element} list */
const entriesOf = (list) => /** @type {HTMLElement[]} */ (Array.from(list.children));
/** @param {HTMLElement} entry */
const idOf = (entry) => entry.dataset.id ?? "";
/** @param {Element} entry */
const isCorrect = (entry) => entry.hasAttribute("data-correct");
/** @param {Element} entry */
const textIn = (entry) => /** @type {HTMLElement} */ (entry.querySelector(".self-check__text"));
/**
 * @param {boolean[]} rights
 * @returns {Verdict}
 */
const verdictOf = (rights) => (rights.every(Boolean) ? "right" : rights.some(Boolean) ? "partly" : "wrong");

class Tags {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {[HTMLElement, HTMLElement][]} */
    this.shown = [];
  }

  /**
   * @param {HTMLElement} entry
   * @param {string} name
   * @param {Values} [values]
   */
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
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   * @param {boolean} [isSingle]
   */
  constructor(question, parts, isSingle = true) {
    this.tags = new Tags(parts);
    this.list = part(question, "options");
    this.isSingle = isSingle;
    this.inputs = entriesOf(this.list).map((entry) => this.input(entry, question.dataset.question ?? ""));
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
  verdict(given) {
    const rights = entriesOf(this.list).map((entry) => isCorrect(entry) === given.includes(idOf(entry)));
    if (rights.every(Boolean)) return "right";
    const hit = entriesOf(this.list).some((entry) => isCorrect(entry) && given.includes(idOf(entry)));
    return hit ? "partly" : "wrong";
  }

  /**
   * The reasons of what was chosen and of what should have been.
   * @param {string[]} given
   * @param {string} id
   */
  concerns(given, id) {
    return given.includes(id) || entriesOf(this.list).some((entry) => idOf(entry) === id && isCorrect(entry));
  }

  /** @param {string[]} given */
  reveal(given) {
    for (const input of this.inputs) input.disabled = true;
    for (const entry of entriesOf(this.list)) {
      const isChosen = given.includes(idOf(entry));
      if (isCorrect(entry)) this.tags.add(entry, isChosen ? "chosen-right" : "right");
      else if (isChosen) this.tags.add(entry, "chosen-wrong");
    }
  }

  reset() {
    this.tags.clear();
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

class Matching {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    this.parts = parts;
    this.tags = new Tags(parts);
    this.lefts = entriesOf(part(question, "lefts"));
    this.rights = entriesOf(part(question, "rights"));
    this.selects = this.lefts.map((left) => this.select(left, question.id));
  }

  /**
   * @param {HTMLElement} left
   * @param {string} prefix
   */
  select(left, prefix) {
    const name = textIn(left);
    name.id = `${prefix}-${idOf(left)}`;
    const select = made("select", { class: "self-check__select", "aria-labelledby": name.id });
    select.append(made("option", { value: "" }, this.parts.words("pick-none")));
    for (const right of this.rightsFor(left))
      select.append(made("option", { value: idOf(right) }, right.textContent.trim()));
    left.append(select);
    return select;
  }

  /* What a reader has done with a part, as the words name it. */
  get act() {
    return "paired";
  }

  /** @param {HTMLElement} _left */
  rightsFor(_left) {
    return this.rights;
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

  /** @param {string[]} given */
  rightsOf(given) {
    return this.lefts.map((left, nth) => this.isRight(left, given[nth]));
  }

  /**
   * @param {HTMLElement} left
   * @param {string} id
   */
  isRight(left, id) {
    return this.textOf(id) === this.textOf(idOf(left));
  }

  /**
   * Two pairs may have the same right side: either is then right for both.
   * @param {string} id
   */
  textOf(id) {
    const right = this.rights.find((right) => idOf(right) === id);
    return right && textIn(right).textContent;
  }

  /** @param {string[]} given */
  verdict(given) {
    return verdictOf(this.rightsOf(given));
  }

  /**
   * @param {string[]} _given
   * @param {string} _id
   */
  concerns(_given, _id) {
    return true;
  }

  /** @param {string[]} given */
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
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    super(question, parts);
    for (const left of this.lefts) part(left, "rights").hidden = true;
  }

  get act() {
    return "chosen";
  }

  /** @param {HTMLElement} left */
  rightsFor(left) {
    return entriesOf(part(left, "rights"));
  }

  /**
   * @param {HTMLElement} left
   * @param {string} id
   */
  isRight(left, id) {
    return this.rightsFor(left).some((right) => idOf(right) === id && isCorrect(right));
  }

  /**
   * @param {string[]} given
   * @param {string} id
   */
  concerns(given, id) {
    return given.includes(id) || this.lefts.some((left) => this.isRight(left, id));
  }
}

class Ordering {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    this.parts = parts;
    this.tags = new Tags(parts);
    this.list = part(question, "items");
    this.status = made("p", { class: "self-check__unseen", role: "status" });
    this.list.after(this.status);
    this.asShown = entriesOf(this.list).map(idOf);
    this.right = entriesOf(part(question, "reasons")).map(idOf);
    this.moves = new Map(entriesOf(this.list).map((entry) => [entry, this.buttons(entry)]));
    this.refresh();
  }

  /** @param {HTMLElement} entry */
  buttons(entry) {
    const text = textIn(entry).textContent;
    const up = this.parts.button("up", () => this.move(entry, -1), { text });
    const down = this.parts.button("down", () => this.move(entry, 1), { text });
    entry.append(made("span", { class: "self-check__moves" }, up, down));
    return { up, down };
  }

  /**
   * The neighbour is the one that moves, so that the pressed button keeps the focus.
   * @param {HTMLElement} entry
   * @param {number} step
   */
  move(entry, step) {
    const neighbour = step < 0 ? entry.previousElementSibling : entry.nextElementSibling;
    if (!neighbour) return;
    if (step < 0) entry.after(neighbour);
    else entry.before(neighbour);
    this.refresh();
    const nth = entriesOf(this.list).indexOf(entry) + 1;
    this.status.textContent = this.parts.words("moved", {
      text: textIn(entry).textContent,
      nth,
      total: this.right.length,
    });
  }

  refresh() {
    const order = entriesOf(this.list);
    order.forEach((entry, nth) => {
      const buttons = this.moves.get(entry);
      buttons?.up.setAttribute("aria-disabled", String(nth === 0));
      buttons?.down.setAttribute("aria-disabled", String(nth === order.length - 1));
    });
  }

  given() {
    return entriesOf(this.list).map(idOf);
  }

  /** @param {string[]} given */
  show(given) {
    const byId = new Map(entriesOf(this.list).map((entry) => [idOf(entry), entry]));
    this.list.append(...given.flatMap((id) => byId.get(id) ?? []));
    this.refresh();
  }

  /** @param {string[]} given */
  verdict(given) {
    return verdictOf(given.map((id, nth) => this.right[nth] === id));
  }

  concerns() {
    return true;
  }

  /** @param {string[]} given */
  reveal(given) {
    this.hideMoves(true);
    entriesOf(this.list).forEach((entry, nth) => {
      const place = this.right.indexOf(given[nth]);
      this.tags.add(entry, place === nth ? "placed-right" : "placed-wrong", { nth: place + 1 });
    });
  }

  /** @param {boolean} isHidden */
  hideMoves(isHidden) {
    for (const { up } of this.moves.values()) if (up.parentElement) up.parentElement.hidden = isHidden;
  }

  reset() {
    this.tags.clear();
    this.hideMoves(false);
    this.status.textContent = "";
    this.show(this.asShown);
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
