/*
 * Answers that are given by tapping: parts put in an order, and left sides given an answer. The fields to choose
 * from beneath stay what a form sends and what is kept; they are all there is where no script runs. Needs
 * page-parts.js; words come from the page's pieces (templates/questions/taps.html.j2).
 */
"use strict";

/**
 * A part with its field. What is drawn for it goes into `node`.
 * @typedef {{ node: HTMLElement, text: HTMLElement, select: HTMLSelectElement }} Row
 *
 * @typedef {{ value: string, letter: string, text: HTMLElement }} Right
 */

/**
 * A text for a button, which may hold no links.
 * @param {Element} text
 */
function tapText(text) {
  const copy = made("span", { class: "tap__text" });
  copy.append(...Array.from(text.childNodes, (node) => node.cloneNode(true)));
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  return copy;
}

/** @param {Element} node */
const shownWords = (node) => node.textContent.trim().replace(/\s+/g, " ");

class Taps {
  /**
   * @param {Row[]} rows
   * @param {Parts} parts
   * @param {HTMLElement} list  what is drawn stands after it
   */
  constructor(rows, parts, list) {
    this.rows = rows;
    this.parts = parts;
    this.status = made("p", { class: "visually-hidden", role: "status" });
    list.after(this.status);
    this.isLocked = false;
    for (const { text, select } of rows) {
      text.hidden = true;
      select.hidden = true;
      select.addEventListener("change", () => this.refresh());
    }
    window.addEventListener("pageshow", () => this.refresh());
  }

  refresh() {}

  /** How many parts have no answer yet. */
  get left() {
    return this.rows.filter(({ select }) => !select.value).length;
  }

  /**
   * @param {string} name
   * @param {Values} [values]
   */
  say(name, values) {
    this.status.textContent = this.parts.words(name, values);
  }

  /** What was tapped is told to whoever keeps the form. */
  tell() {
    this.rows[0].select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {boolean} isLocked */
  lock(isLocked) {
    this.isLocked = isLocked;
    this.refresh();
  }
}

/* Tapping gives the next number; tapping again takes it back, and those after it move up. */
class OrderTaps extends Taps {
  /**
   * @param {Row[]} rows
   * @param {Parts} parts
   * @param {HTMLElement} list
   */
  constructor(rows, parts, list) {
    super(rows, parts, list);
    this.cards = rows.map((row) => this.card(row));
    this.undo = parts.button("order-undo", () => this.takeLast());
    this.restart = parts.button("order-restart", () => this.clear());
    this.tools = made("div", { class: "tap-tools" }, this.undo, this.restart);
    list.after(this.tools);
    this.refresh();
  }

  /** @param {Row} row */
  card(row) {
    const place = made("span", { class: "tap__place", "aria-hidden": "true" });
    const told = made("span", { class: "visually-hidden" });
    const button = made("button", { type: "button", class: "tap" }, place, told, tapText(row.text));
    button.addEventListener("click", () => this.toggle(row));
    row.node.append(button);
    return { row, button, place, told };
  }

  /** The rows that have a place, in their order. */
  get order() {
    return this.rows
      .filter(({ select }) => select.value)
      .sort((one, other) => Number(one.select.value) - Number(other.select.value));
  }

  get first() {
    return this.cards.find(({ row }) => !row.select.value)?.button;
  }

  /** @param {Row} row */
  toggle(row) {
    const order = this.order;
    const isPlaced = order.includes(row);
    this.put(isPlaced ? order.filter((other) => other !== row) : [...order, row]);
    this.say(isPlaced ? "order-taken" : "order-placed", {
      text: shownWords(row.text),
      nth: row.select.value,
    });
  }

  takeLast() {
    const last = this.order.at(-1);
    if (last) this.toggle(last);
    this.stay();
  }

  clear() {
    this.put([]);
    this.say("order-cleared");
    this.stay();
  }

  /* The button that had the focus may be gone now. */
  stay() {
    if (this.tools.hidden) this.first?.focus();
  }

  /** @param {Row[]} order */
  put(order) {
    for (const row of this.rows) row.select.value = String(order.indexOf(row) + 1 || "");
    this.tell();
  }

  refresh() {
    const { length } = this.order;
    for (const { row, button, place, told } of this.cards ?? []) {
      const nth = row.select.value;
      place.textContent = nth;
      told.textContent = nth ? this.parts.words("order-place", { nth }) : "";
      button.setAttribute("aria-pressed", String(nth !== ""));
      button.disabled = this.isLocked;
    }
    if (!this.tools) return;
    refill(this.undo, ...this.parts.copy("order-undo-words", { nth: length }).childNodes);
    this.tools.hidden = this.isLocked || !length;
  }
}

/* Tapping a left side, then an answer in the tray, pairs them. An answer goes with one left side. */
class MatchTaps extends Taps {
  /**
   * @param {Row[]} rows
   * @param {Right[]} rights
   * @param {Parts} parts
   * @param {HTMLElement} list
   */
  constructor(rows, rights, parts, list) {
    super(rows, parts, list);
    this.rights = rights;
    /** @type {Row | null} */
    this.active = null;
    this.cards = rows.map((row) => this.card(row));
    this.answers = rights.map((right) => this.answer(right));
    this.tray = parts.copy("match-tray");
    part(this.tray, "list").append(...this.answers.map(({ button }) => made("li", {}, button)));
    list.after(this.tray);
    list.parentElement?.addEventListener("keydown", (event) => this.cancel(event));
    this.refresh();
  }

  /** @param {Row} row */
  card(row) {
    const answer = made("span", { class: "tap__answer" });
    const button = made("button", { type: "button", class: "tap tap--left" }, tapText(row.text), answer);
    button.addEventListener("click", (event) => this.open(row, event.detail === 0));
    row.node.append(button);
    return { row, button, answer };
  }

  /** @param {Right} right */
  answer(right) {
    const letter = made("span", { class: "tap__letter" }, right.letter);
    const used = made("span", { class: "tap__used" });
    const button = made("button", { type: "button", class: "tap" }, letter, tapText(right.text), used);
    button.addEventListener("click", () => this.pick(right));
    return { right, button, used };
  }

  get first() {
    return this.cards.find(({ row }) => !row.select.value)?.button;
  }

  /**
   * @param {Row} row
   * @param {boolean} isByKeyboard  the answers are then far away by Tab
   */
  open(row, isByKeyboard) {
    this.active = this.active === row ? null : row;
    this.refresh();
    if (!this.active) return;
    this.say("match-choosing", { left: shownWords(row.text) });
    if (isByKeyboard)
      (this.answers.find(({ right }) => !this.ownerOf(right)) ?? this.answers[0]).button.focus();
  }

  /** @param {KeyboardEvent} event */
  cancel(event) {
    if (event.key !== "Escape" || !this.active) return;
    const card = this.cardOf(this.active);
    this.active = null;
    this.refresh();
    this.say("match-cancelled");
    card.focus();
  }

  /** @param {Row} row */
  cardOf(row) {
    return this.cards[this.rows.indexOf(row)].button;
  }

  /** @param {Right} right */
  ownerOf(right) {
    return this.rows.find(({ select }) => select.value === right.value);
  }

  /** @param {Right} right */
  pick(right) {
    const row = this.active;
    if (!row) {
      this.say("match-first");
      return;
    }
    const { letter } = right;
    const left = shownWords(row.text);
    const owner = this.ownerOf(right);
    if (owner) owner.select.value = "";
    if (owner !== row) row.select.value = right.value;
    const after = this.rows.slice(this.rows.indexOf(row) + 1).concat(this.rows);
    this.active = owner === row ? row : (after.find(({ select }) => !select.value) ?? null);
    this.tell();
    const next = this.active && shownWords(this.active.text);
    if (owner === row) this.say("match-taken", { left, letter });
    else this.say(next ? "match-paired-next" : "match-paired", { left, letter, next: next ?? "" });
    if (this.active) this.active.node.scrollIntoView({ block: "nearest" });
    else this.cardOf(row).focus({ preventScroll: true });
  }

  refresh() {
    for (const { row, button, answer } of this.cards ?? []) {
      const right = this.rights.find(({ value }) => value === row.select.value);
      const isActive = row === this.active && !this.isLocked;
      button.setAttribute("aria-pressed", String(isActive));
      button.disabled = this.isLocked;
      row.node.classList.toggle("is-active", isActive);
      row.node.classList.toggle("is-paired", Boolean(right));
      if (right) refill(answer, made("span", { class: "tap__letter" }, right.letter), tapText(right.text));
      else refill(answer, this.parts.copy(isActive ? "match-active" : "match-none"));
    }
    for (const { right, button, used } of this.answers ?? []) {
      const isUsed = Boolean(this.ownerOf(right));
      button.classList.toggle("is-used", isUsed);
      refill(used, ...(isUsed ? [this.parts.copy("match-used")] : []));
    }
    if (!this.tray) return;
    /* Once all are paired, a tap on one of them brings it back. */
    this.tray.hidden = this.isLocked || (!this.left && !this.active);
  }
}
