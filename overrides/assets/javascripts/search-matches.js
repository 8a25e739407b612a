/*
 * Where a query is found: words typed without marks find those with them. Needs search-index.js.
 */
"use strict";

const MOST_TERMS = 16;

/**
 * @typedef {Spelling & { text: string, isGlued: boolean, isOpen: boolean }} Term
 *
 * @typedef {object} Hits  bits of terms, how often, and the best place with its level
 * @property {number} seen
 * @property {number} pairs
 * @property {number} phrases
 * @property {number} wholes
 * @property {number} exacts
 * @property {number} exactSeen
 * @property {number} level
 * @property {number} at
 *
 * @typedef {{ section: Section, title: Hits, text: Hits, seen: number, hasGlued: boolean, isNamed: boolean, score: number }} Match
 */

/* ------------------------------------------------------------------------------------- query -- */

/* The terms of a query are bits: bit 0 is the first. For each spelling of the vocabulary, `loose`
   has the terms it answers marks aside, `whole` those among them that it answers to the last
   letter, `exact` those it answers with marks. The last term may be the beginning of a word. */
// biome-ignore lint/correctness/noUnusedVariables: search-results.js makes one.
class Query {
  /**
   * @param {Term[]} terms
   * @param {Vocabulary} vocabulary
   */
  constructor(terms, vocabulary) {
    this.terms = terms;
    this.last = 1 << (this.terms.length - 1);
    this.all = (1 << this.terms.length) - 1;
    this.glued = bits(this.terms, (term) => term.isGlued);
    this.isMarked = this.terms.some((term) => term.tone || term.marked !== term.plain);
    this.vocabulary = vocabulary;
    const size = vocabulary.spellings.length;
    this.loose = new Uint32Array(size);
    this.whole = new Uint32Array(size);
    this.exact = new Uint32Array(size);
    this.terms.forEach((term, nth) => this.mark(term, 1 << nth));
  }

  /**
   * @param {Term} term
   * @param {number} bit
   */
  mark(term, bit) {
    this.vocabulary.spellings.forEach((word, number) => {
      const isWhole = word.plain === term.plain;
      if (!isWhole && !(term.isOpen && word.plain.startsWith(term.plain))) return;
      this.loose[number] |= bit;
      if (isWhole) this.whole[number] |= bit;
      if (this.isMarked && agrees(word, term)) this.exact[number] |= bit;
    });
  }
}

/**
 * Whether the marks agree. A word still being typed may get its tone with a later key.
 * @param {Spelling} word
 * @param {Term} term
 */
function agrees(word, term) {
  return term.isOpen
    ? word.marked.startsWith(term.marked) && word.tone.startsWith(term.tone)
    : word.marked === term.marked && word.tone === term.tone;
}

/**
 * Words written together, as in 282/2025, are glued: they have to be found together.
 * @param {string} query
 * @returns {Term[]}
 */
// biome-ignore lint/correctness/noUnusedVariables: search-query.js fetches what they ask for.
function termsOf(query) {
  const text = query.normalize("NFC");
  return wordsOf(text)
    .slice(0, MOST_TERMS)
    .map(({ word, start, end }, nth, words) => ({
      text: word,
      isGlued: nth > 0 && !/\s/.test(text.slice(words[nth - 1].end, start)),
      isOpen: end === text.length,
      ...spelling(word),
    }));
}

/**
 * @param {Term[]} terms
 * @param {(term: Term) => boolean} holds
 */
function bits(terms, holds) {
  return terms.reduce((sum, term, nth) => (holds(term) ? sum | (1 << nth) : sum), 0);
}

/** @param {number} bits */
function count(bits) {
  let sum = 0;
  for (; bits; bits &= bits - 1) sum++;
  return sum;
}

/* ----------------------------------------------------------------------------------- matches -- */

/**
 * What a query finds between two places. `runs` are shifted along with the words: a bit that
 * arrives at the last term has met all the terms before it, one behind the other.
 * @param {Uint32Array} words
 * @param {number} from
 * @param {number} to
 * @param {Query} query
 */
function matchIn(words, from, to, query) {
  const { loose, whole, exact, last } = query;
  /** @type {Hits} */
  const found = { seen: 0, pairs: 0, phrases: 0, wholes: 0, exacts: 0, exactSeen: 0, level: 0, at: from };
  let before = 0,
    run = 0,
    wholeRun = 0,
    exactRun = 0;
  for (let place = from; place < to; place++) {
    const word = words[place],
      hit = loose[word];
    if (hit === 0) {
      before = run = wholeRun = exactRun = 0;
      continue;
    }
    const pair = (before << 1) & hit;
    run = ((run << 1) | 1) & hit;
    wholeRun = ((wholeRun << 1) | 1) & whole[word];
    exactRun = ((exactRun << 1) | 1) & exact[word];
    found.seen |= hit;
    found.exactSeen |= exact[word];
    found.pairs |= pair;
    let level = pair ? 2 : 1;
    if (run & last) {
      found.phrases++;
      level = 3;
      if (wholeRun & last) {
        found.wholes++;
        level = 4;
      }
      if (exactRun & last) {
        found.exacts++;
        level += 2;
      }
    }
    if (level > found.level) {
      found.level = level;
      found.at = place;
    }
    before = hit;
  }
  return found;
}

/**
 * Every section in which something was found. A term may also be answered by the page's title,
 * as long as the section adds one that the title has not.
 * @param {Reading} reading
 * @param {Query} query
 */
// biome-ignore lint/correctness/noUnusedVariables: search-results.js calls it.
function matchesOf({ sections, words }, query) {
  /** @type {Match[]} */
  const matches = [];
  let ofPage = 0;
  for (const section of sections) {
    const title = matchIn(words, section.start, section.body, query);
    const text = matchIn(words, section.body, section.end, query);
    if (!section.page) ofPage = title.seen;
    const own = title.seen | text.seen;
    if (own) {
      const seen = own & ~ofPage ? own | ofPage : own;
      const pairs = title.pairs | text.pairs;
      const hasGlued = (pairs & query.glued) === query.glued;
      matches.push({
        section,
        title,
        text,
        seen,
        hasGlued,
        isNamed: isNamed(words, section, query),
        score: 0,
      });
    }
  }
  return matches;
}

/**
 * Whether all of a title is asked for, but for a number with the word before it.
 * @param {Uint32Array} words
 * @param {Section} section
 * @param {Query} query
 */
function isNamed(words, { start, body, isNumbered }, query) {
  const own = words.subarray(isNumbered ? start + 2 : start, body);
  return own.length > 1 && own.every((word) => query.whole[word]);
}

/**
 * Those with all the terms or, where there is none, those with the most of them.
 * @param {Match[]} matches
 * @param {Query} query
 */
// biome-ignore lint/correctness/noUnusedVariables: search-results.js calls it.
function bestOf(matches, query) {
  const full = matches.filter((match) => match.seen === query.all && match.hasGlued);
  if (full.length) return full;
  const most = matches.reduce((most, match) => Math.max(most, count(match.seen)), 0);
  return most * 2 < query.terms.length ? [] : matches.filter((match) => count(match.seen) === most);
}
