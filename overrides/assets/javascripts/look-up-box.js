/*
 * A box with suggestions below it, as the pattern "combobox" of the ARIA practices has it: arrows choose, Enter opens,
 * Escape closes. Knows nothing of what is looked up. Loaded before look-up.js.
 */
"use strict";

/** The words of a text without marks; a number may hold points, as a clause does.
 * @param {string} text */
function plainWords(text) {
  const bare = text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\u0111/g, "d");
  return bare.match(/[a-z0-9]+(?:\.[a-z0-9]+)*/g) || [];
}

/**
 * A text in pieces, those of its words marked that begin with what was typed.
 * @param {string} text
 * @param {string} typed
 */
// biome-ignore lint/correctness/noUnusedVariables: look-up.js marks its names with it.
function markedWords(text, typed) {
  const asked = plainWords(typed);
  return text.split(/([\p{L}\p{N}]+)/u).map((piece) => {
    const [word] = plainWords(piece);
    if (!word || !asked.some((begun) => word.startsWith(begun))) return piece;
    return Object.assign(document.createElement("mark"), { textContent: piece });
  });
}

// biome-ignore lint/correctness/noUnusedVariables: look-up.js makes one.
class SuggestionBox {
  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   * @param {(typed: string) => HTMLElement[]} suggested the options for what was typed
   * @param {(option: HTMLElement) => void} chosen
   */
  constructor(input, list, suggested, chosen) {
    this.input = input;
    this.list = list;
    this.suggested = suggested;
    this.chosen = chosen;
    this.active = -1;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.suggest());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) chosen(/** @type {HTMLElement} */ (option));
    });
    this.close();
  }

  get options() {
    return /** @type {HTMLElement[]} */ (Array.from(this.list.children));
  }

  suggest() {
    const options = this.suggested(this.input.value);
    for (const [index, option] of options.entries()) option.id = `${this.list.id}-${index}`;
    this.list.replaceChildren(...options);
    this.point(-1, options.length > 0);
  }

  close() {
    this.point(-1, false);
  }

  /**
   * @param {number} active which option is pointed at, -1 for none
   * @param {boolean} isOpen
   */
  point(active, isOpen) {
    this.active = active;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    for (const [index, option] of this.options.entries()) {
      option.setAttribute("aria-selected", String(index === active));
    }
    if (active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.options[active].id);
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const count = this.options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && count) {
      event.preventDefault();
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.point((from + step + count) % count, true);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.chosen(this.options[this.active]);
    }
  }
}
