/*
 * The words of the site as search reads them: Vietnamese with and without its marks. Joined in one script with
 * search-matches.js and search-results.js, of which search-worker.js asks `new Index` and `resultsOf`.
 */
"use strict";

/**
 * @typedef {{ word: string, start: number, end: number }} Word
 * @typedef {{ marked: string, tone: string, plain: string }} Spelling
 * @typedef {[string, string, string, 1?]} SectionEntry
 * @typedef {[string, string, string, string[], ...SectionEntry[]]} PageEntry  with its kind and readers in words
 *
 * @typedef {object} Section
 * @property {Section | null} page  null where it is the page itself
 * @property {string} location
 * @property {string} title
 * @property {string} text
 * @property {string[]} about  what the page is and for whom, in words
 * @property {number} start  of its title, in the words of the index
 * @property {number} body  where its text begins there
 * @property {number} end
 */

/* ------------------------------------------------------------------------------------- words -- */

/* Whatever is neither space nor sign: three times as fast as asking for \p{L}. */
const WORD = /[^\s\0-/:-@[-`{-\xbf\u2000-\u2bff\u3000-\u303f\ufeff]+/g;
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
const MARK = /\p{M}/gu;

/**
 * Calls back with each word and where it begins.
 * @param {string} text
 * @param {(word: string, start: number) => void} callback
 */
function eachWord(text, callback) {
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) callback(match[0], match.index);
}

/** @param {string} text */
// biome-ignore lint/correctness/noUnusedVariables: search-matches.js reads a query with it.
function wordsOf(text) {
  /** @type {Word[]} */
  const words = [];
  eachWord(text, (word, start) => words.push({ word, start, end: start + word.length }));
  return words;
}

/**
 * The tone is taken out of its letter and set apart: where it stood on a vowel is then no matter.
 * @param {string} word
 * @returns {Spelling}
 */
function spelling(word) {
  const letters = word.toLowerCase().normalize("NFD");
  const marked = letters.replace(TONE, "");
  return {
    marked,
    tone: (letters.match(TONE) || []).join(""),
    plain: marked.replace(MARK, "").replace(/\u0111/g, "d"),
  };
}

/* Numbers every spelling. Words are remembered as they are written, since folding one is slow and
   a Vietnamese site writes only some thousands of them. */
class Vocabulary {
  constructor() {
    /** @type {Spelling[]} */
    this.spellings = [];
    /** @type {Map<string, number>} */
    this.byWord = new Map();
    /** @type {Map<string, number>} */
    this.bySpelling = new Map();
  }

  /** @param {string} word */
  number(word) {
    const known = this.byWord.get(word);
    return known === undefined ? this.learn(word) : known;
  }

  /** @param {string} word */
  learn(word) {
    const spelled = spelling(word);
    const key = `${spelled.marked} ${spelled.tone}`;
    let number = this.bySpelling.get(key);
    if (number === undefined) {
      number = this.spellings.push(spelled) - 1;
      this.bySpelling.set(key, number);
    }
    this.byWord.set(word, number);
    return number;
  }
}

/* ------------------------------------------------------------------------------------- index -- */

/* All words of the site, one after the other, as numbers of spellings, with the place of each in
   its text. A query reads them from end to end: half a million take a millisecond or two, and no
   table of occurrences has to be built first. */
// biome-ignore lint/correctness/noUnusedVariables: search-worker.js makes one.
class Index {
  /**
   * @param {PageEntry[]} pages
   * @param {string} help  where those who need help are answered
   */
  constructor(pages, help) {
    this.help = help;
    this.vocabulary = new Vocabulary();
    /** @type {Section[]} */
    this.sections = [];
    const room = pages.reduce((sum, page) => sum + lengthOf(page), 0);
    this.words = new Uint32Array(room);
    this.places = new Uint32Array(room);
    this.size = 0;
    pages.forEach((page) => this.addPage(page));
    this.words = this.words.slice(0, this.size);
    this.places = this.places.slice(0, this.size);
  }

  /** @param {PageEntry} page */
  addPage([location, title, text, about, ...sections]) {
    const page = this.addSection(null, location, title, text, about);
    for (const [anchor, heading, body] of sections)
      this.addSection(page, `${location}#${anchor}`, heading, body);
  }

  /**
   * @param {Section | null} page
   * @param {string} location
   * @param {string} title
   * @param {string} text
   * @param {string[]} about
   */
  addSection(page, location, title, text, about = []) {
    const section = { page, location, title, text, about, start: this.size, body: 0, end: 0 };
    this.read(title);
    section.body = this.size;
    this.read(text);
    section.end = this.size;
    this.sections.push(section);
    return section;
  }

  /** @param {string} text */
  read(text) {
    eachWord(text, (word, start) => {
      this.words[this.size] = this.vocabulary.number(word);
      this.places[this.size++] = start;
    });
  }
}

/**
 * At least as many as the page has words.
 * @param {PageEntry} page
 */
function lengthOf(page) {
  return page.flat().reduce((/** @type {number} */ sum, text) => sum + ((String(text).length + 1) >> 1), 0);
}
