/*
 * What of a self-check is answered by tapping: pairs and orders. Needs page-parts.js and taps.js; self-check-fields.js
 * uses it, and has what all fields have in common.
 */
"use strict";

/**
 * A part with a field that nobody sees, over which it is tapped.
 * @param {HTMLElement} node
 * @param {string[]} values
 * @returns {Row}
 */
function tappedRow(node, values) {
  const options = ["", ...values].map((value) => made("option", { value }, value));
  const select = made("select", {}, ...options);
  const text = textIn(node);
  node.append(select);
  return { node, text, select };
}

class Matching {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    this.parts = parts;
    this.marks = new Marks(parts);
    const list = part(question, "rights");
    this.rights = entriesOf(list).map((node) => ({
      value: idOf(node),
      letter: letterIn(node),
      text: textIn(node),
    }));
    const values = this.rights.map(({ value }) => value);
    this.rows = entriesOf(part(question, "lefts")).map((left) => tappedRow(left, values));
    this.taps = new MatchTaps(this.rows, this.rights, parts, part(question, "lefts"));
    part(question, "with").hidden = list.hidden = true;
  }

  get first() {
    return this.taps.first;
  }

  get left() {
    return this.taps.left;
  }

  given() {
    return this.left ? null : this.rows.map(({ select }) => select.value);
  }

  /** @param {string[]} given */
  show(given) {
    this.rows.forEach(({ select }, nth) => {
      select.value = given[nth];
    });
    this.taps.refresh();
  }

  /**
   * Two pairs may have the same right side: either is then right for both.
   * @param {Row} row
   * @param {string} id
   */
  isRight(row, id) {
    return this.rightWith(id)?.text.textContent === this.rightWith(idOf(row.node))?.text.textContent;
  }

  /** @param {string} id */
  rightWith(id) {
    return this.rights.find(({ value }) => value === id);
  }

  /** @param {string[]} given */
  outcome(given) {
    return outcomeOf(this.rows.filter((row, nth) => this.isRight(row, given[nth])).length, this.rows.length);
  }

  /**
   * @param {string[]} given
   * @param {Reasons} reasons
   */
  reveal(given, reasons) {
    this.taps.lock(true);
    this.rows.forEach((row, nth) => {
      const { letter = "", text } = this.rightWith(idOf(row.node)) ?? {};
      const instead = this.parts.copy("instead-lettered", { letter, text: text?.textContent ?? "" });
      const isRight = this.isRight(row, given[nth]);
      const rest = isRight ? [] : [instead];
      this.marks.add(
        row.node,
        isRight ? "paired-right" : "paired-wrong",
        ...rest,
        ...reasons(idOf(row.node)),
      );
    });
  }

  reset() {
    this.marks.clear();
    for (const { select } of this.rows) select.value = "";
    this.taps.active = null;
    this.taps.lock(false);
  }
}

class Ordering {
  /**
   * @param {HTMLElement} question
   * @param {Parts} parts
   */
  constructor(question, parts) {
    this.parts = parts;
    this.list = part(question, "items");
    const entries = entriesOf(this.list);
    this.rows = entries.map((entry) =>
      tappedRow(
        entry,
        entries.map((_, nth) => String(nth + 1)),
      ),
    );
    this.right = entriesOf(part(question, "reasons")).map(idOf);
    this.taps = new OrderTaps(this.rows, parts, this.list);
    this.road = made("ol", { class: "self-check__road", role: "list", hidden: "" });
    this.list.before(this.road);
  }

  get first() {
    return this.taps.first;
  }

  get left() {
    return this.taps.left;
  }

  given() {
    return this.left ? null : this.taps.order.map(({ node }) => idOf(node));
  }

  /** @param {string[]} given */
  show(given) {
    for (const { node, select } of this.rows) select.value = String(given.indexOf(idOf(node)) + 1 || "");
    this.taps.refresh();
  }

  /** @param {string[]} given */
  outcome(given) {
    const right = given.filter((id, nth) => this.right[nth] === id).length;
    const isNeighbour = (/** @type {string} */ id, /** @type {number} */ nth) =>
      nth > 0 && this.right.indexOf(given[nth - 1]) + 1 === this.right.indexOf(id);
    return outcomeOf(right, given.length, { neighbours: given.filter(isNeighbour).length });
  }

  /**
   * The right order, each line saying how far it was.
   * @param {string[]} given
   * @param {Reasons} reasons
   */
  reveal(given, reasons) {
    this.taps.lock(true);
    this.list.hidden = true;
    this.road.hidden = false;
    refill(this.road, ...this.right.map((id, nth) => this.stop(id, nth + 1, given.indexOf(id) + 1, reasons)));
  }

  /**
   * @param {string} id
   * @param {number} nth
   * @param {number} was
   * @param {Reasons} reasons
   */
  stop(id, nth, was, reasons) {
    const name = was === nth ? "placed-right" : was > nth ? "placed-up" : "placed-down";
    const told = this.parts.copy(name, { was, by: Math.abs(was - nth) });
    const { text } = this.rows.find(({ node }) => idOf(node) === id) ?? this.rows[0];
    const step = Array.from(text.childNodes, (node) => node.cloneNode(true));
    const words = made("div", { class: "self-check__step" }, ...step);
    const number = made("span", { class: "self-check__stop" }, String(nth));
    return made(
      "li",
      { class: was === nth ? "is-right" : "is-moved" },
      number,
      made("div", {}, words, told, ...reasons(id)),
    );
  }

  reset() {
    this.road.hidden = true;
    this.list.hidden = false;
    for (const { select } of this.rows) select.value = "";
    this.taps.lock(false);
  }
}
