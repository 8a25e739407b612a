/*
 * The words of the site as search reads them: Vietnamese with and without its marks. Joined in one script with
 * search-matches.js, search-results.js and search-query.js, which search-worker.js fetches.
 */
"use strict";

/**
 * @typedef {{ word: string, start: number, end: number }} Word
 * @typedef {{ marked: string, tone: string, plain: string }} Spelling
 * @typedef {[string, string, number]} PageRow  address, title, and by its number what it is and for whom
 * @typedef {{ v: number, help: number, readers: [string, string][], pages: PageRow[], titles: number[][], shards: string[] }} Table
 * @typedef {Record<string, number[]>} Shard
 * @typedef {[string, ...[string, string, string][]]} PageText  its text, then anchor, title and text of its sections
 *
 * @typedef {object} Section
 * @property {Section | null} page  null where it is the page itself
 * @property {number} of  which page it is in
 * @property {number} nth  of the page's sections; 0 is the page itself
 * @property {boolean} isNumbered  whether the second word of its title is a number
 * @property {number} start  of its title, in the words that were read
 * @property {number} body  where its text begins there
 * @property {number} end
 *
 * @typedef {{ sections: Section[], words: Uint32Array }} Reading  where a query is found
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
    /* Number 0 is a word that nobody asks for. */
    /** @type {Spelling[]} */
    this.spellings = [{ marked: "", tone: "", plain: "" }];
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

/* Which files hold a word, and where it stands once they are there. A query makes of that the words of the sections
   it is found in, one after the other, and reads them from end to end: what it does not ask for is 0 there. */
// biome-ignore lint/correctness/noUnusedVariables: search-worker.js makes one.
class Index {
  /** @param {Table} table */
  constructor(table) {
    this.table = table;
    this.vocabulary = new Vocabulary();
    /** @type {Map<number, number[][]>} */
    this.postings = new Map();
    /** @type {Map<number, Promise<void>>} */
    this.added = new Map();
    /** @type {[number, number, number][]} */
    this.sections = table.titles.flatMap((titles, of) =>
      titles.map((title, nth) => /** @type {[number, number, number]} */ ([of, nth, title])),
    );
  }

  /**
   * The numbers of the files that may hold a word, or one that begins so.
   * @param {string} plain
   * @param {boolean} isOpen
   */
  shardsOf(plain, isOpen) {
    const from = Math.max(0, this.shardOf(plain));
    const to = this.shardOf(isOpen ? `${plain}\uffff` : plain);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => from + nth);
  }

  /**
   * The last file whose words begin no later than with this one; -1 where it stands before all of them.
   * @param {string} plain
   */
  shardOf(plain) {
    const { shards } = this.table;
    let [low, high] = [0, shards.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shards[middle] <= plain) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** @param {Shard} shard */
  add(shard) {
    for (const word in shard) {
      const number = this.vocabulary.number(word);
      const lists = this.postings.get(number);
      if (lists) lists.push(shard[word]);
      else this.postings.set(number, [shard[word]]);
    }
  }

  /**
   * The sections that have a word a query asks for, each behind the page it is in.
   * @param {Uint32Array} asked  by the number of a word, whether it is asked for
   * @returns {Reading}
   */
  read(asked) {
    const places = this.placesOf(asked);
    /** @type {Section[]} */
    const sections = [];
    /** @type {[number, number][]} */
    const found = [];
    let size = 0;
    /**
     * @param {number} number
     * @param {Section | null} page
     */
    const add = (number, page) => {
      const [of, nth, title] = this.sections[number];
      const start = size;
      const body = start + Math.abs(title);
      size = body;
      for (const [place, word] of places.get(number) || []) {
        found.push([start + place, word]);
        size = Math.max(size, start + place + 1);
      }
      sections.push({ page, of, nth, isNumbered: title < 0, start, body, end: size });
      return sections[sections.length - 1];
    };
    /** @type {Section | null} */
    let page = null;
    for (const number of [...places.keys()].sort((a, b) => a - b)) {
      const [of, nth] = this.sections[number];
      if (page === null || page.of !== of) page = add(number - nth, null);
      if (nth) add(number, page);
    }
    const words = new Uint32Array(size);
    for (const [place, word] of found) words[place] = word;
    return { sections, words };
  }

  /**
   * By section, where in it the words asked for stand.
   * @param {Uint32Array} asked
   */
  placesOf(asked) {
    /** @type {Map<number, [number, number][]>} */
    const places = new Map();
    for (const [number, lists] of this.postings)
      if (asked[number])
        for (const list of lists)
          eachPlace(list, (section, place) => {
            const known = places.get(section);
            if (known) known.push([place, number]);
            else places.set(section, [[place, number]]);
          });
    return places;
  }
}

/**
 * Reads what `_postings` of search_index.py writes.
 * @param {number[]} list
 * @param {(section: number, place: number) => void} callback
 */
function eachPlace(list, callback) {
  let section = 0;
  for (let at = 0; at < list.length; ) {
    const step = list[at++];
    section += step >> 1;
    let left = step & 1 ? list[at++] : 1;
    for (let place = 0; left > 0; left--) {
      place += list[at++];
      callback(section, place);
    }
  }
}
