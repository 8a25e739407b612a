/*
 * Pieces that the scripts of the site and the service are made of. A page loads this file before the scripts that
 * use it; its names are then theirs. All words come from the page: a <template> holds pieces by name (data-part),
 * with {names} where values go.
 */
"use strict";

/**
 * The piece of that name, which has to be there.
 * @param {ParentNode} node
 * @param {string} name
 */
function part(node, name) {
  return /** @type {HTMLElement} */ (node.querySelector(`[data-part="${name}"]`));
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
function made(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/**
 * @param {Element} node
 * @param {...(Node | string)} children
 */
function refill(node, ...children) {
  node.textContent = "";
  node.append(...children);
}

/** @typedef {Record<string, string | number>} Values */

/**
 * Puts values in place of {names}.
 * @param {string} text
 * @param {Values} values
 */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

class Parts {
  /** @param {Element | null} template */
  constructor(template) {
    const { children } = /** @type {HTMLTemplateElement} */ (template).content;
    /** @type {Map<string | null, Element>} */
    this.byName = new Map(Array.from(children, (node) => [node.getAttribute("data-part"), node]));
  }

  /**
   * A copy of the piece, with the values in its text and nowhere else.
   * @param {string} name
   * @param {Values} [values]
   */
  copy(name, values = {}) {
    const piece = /** @type {HTMLElement} */ (this.byName.get(name));
    const node = document.importNode(piece, true);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = /** @type {Text} */ (texts.currentNode);
      text.data = filled(text.data, values);
    }
    return node;
  }

  /**
   * @param {string} name
   * @param {Values} [values]
   */
  words(name, values) {
    return this.copy(name, values).textContent;
  }

  /**
   * @param {string} name
   * @param {() => void} act
   * @param {Values} [values]
   */
  button(name, act, values) {
    const button = this.copy(name, values);
    button.addEventListener("click", act);
    return button;
  }
}

/* -------------------------------------------------------------------------------- answers -- */

/**
 * The values of what is ticked.
 * @param {ParentNode} node
 */
function chosenIn(node) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = node.querySelectorAll("input:checked");
  return Array.from(inputs, (input) => input.value);
}

/**
 * The fields to choose from, in their order; one that is not chosen from has the value "".
 * @param {ParentNode} node
 */
function selectsIn(node) {
  return Array.from(node.querySelectorAll("select"));
}

/* -------------------------------------------------------------------------------- storage -- */

/** A page of a course that keeps nothing says so by `data-keeps`. */
const keepsNothing = () => document.querySelector('[data-keeps="nothing"]') !== null;

/**
 * A browser may refuse storage, and some pages keep nothing; a page then works without a memory.
 * @template T
 * @param {(storage: Storage) => T} act
 */
function stored(act) {
  if (keepsNothing()) return null;
  try {
    return act(window.localStorage);
  } catch {
    return null;
  }
}

/**
 * What is kept under a key, or null. Whoever asks has to see whether it is what they once put there.
 * @param {string} key
 * @returns {unknown}
 */
function recall(key) {
  return stored((storage) => JSON.parse(storage.getItem(key) ?? "null"));
}

/**
 * Whether it is kept.
 * @param {string} key
 * @param {unknown} value
 */
function keep(key, value) {
  return stored((storage) => {
    storage.setItem(key, JSON.stringify(value));
    return true;
  });
}
