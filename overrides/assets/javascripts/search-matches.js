/*
 * Search that reads Vietnamese: words typed without marks find those with them, and words typed with marks find
 * their like first. search-worker.js loads this script and asks it for `new Index` and `resultsOf`.
 */
"use strict";

const MOST_PAGES = 30;
const MOST_SECTIONS = 6;
const MOST_TERMS = 16;
const EXCERPT = 200;
const EXCERPT_LEAD = 60;

/**
 * @typedef {{ word: string, start: number, end: number }} Word
 * @typedef {{ marked: string, tone: string, plain: string }} Spelling
 * @typedef {Spelling & { text: string, isGlued: boolean, isOpen: boolean }} Term
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
 * @typedef {{ location: string, title: string, text: string, terms: Record<string, boolean>, score: number, tags?: string[] }} Item
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
  /** @param {PageEntry[]} pages */
  constructor(pages) {
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

/* ------------------------------------------------------------------------------------- query -- */

/* The terms of a query are bits: bit 0 is the first. For each spelling of the vocabulary, `loose`
   has the terms it answers marks aside, `whole` those among them that it answers to the last
   letter, `exact` those it answers with marks. The last term may be the beginning of a word. */
class Query {
  /**
   * @param {string} text
   * @param {Vocabulary} vocabulary
   */
  constructor(text, vocabulary) {
    this.terms = termsOf(text);
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
 * @param {Index} index
 * @param {number} from
 * @param {number} to
 * @param {Query} query
 */
function matchIn({ words }, from, to, query) {
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
 * @param {Index} index
 * @param {Query} query
 */
function matchesOf(index, query) {
  /** @type {Match[]} */
  const matches = [];
  let ofPage = 0;
  for (const section of index.sections) {
    const title = matchIn(index, section.start, section.body, query);
    const text = matchIn(index, section.body, section.end, query);
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
        isNamed: isNamed(index, section, query),
        score: 0,
      });
    }
  }
  return matches;
}

/**
 * Whether all of a title is asked for, but for a number with the word before it.
 * @param {Index} index
 * @param {Section} section
 * @param {Query} query
 */
function isNamed({ words, vocabulary }, { start, body }, query) {
  const isNumbered = body - start > 2 && /^\d/.test(vocabulary.spellings[words[start + 1]].plain);
  const own = words.subarray(isNumbered ? start + 2 : start, body);
  return own.length > 1 && own.every((word) => query.whole[word]);
}

/**
 * Those with all the terms or, where there is none, those with the most of them.
 * @param {Match[]} matches
 * @param {Query} query
 */
function bestOf(matches, query) {
  const full = matches.filter((match) => match.seen === query.all && match.hasGlued);
  if (full.length) return full;
  const most = matches.reduce((most, match) => Math.max(most, count(match.seen)), 0);
  return most * 2 < query.terms.length ? [] : matches.filter((match) => count(match.seen) === most);
}

/* ------------------------------------------------------------------------------------- score -- */

const TITLE = 5,
  HEADING = 2,
  TEXT = 1;
const SIDE_BY_SIDE = 20,
  AS_MARKED = 40,
  NAMED = 15;

/**
 * Marked as typed goes before side by side, side by side before scattered, then where it stands.
 * A page's title always outweighs a heading. What is asked for by its name, as "muc phat mua dam"
 * names the article on "mua dam", goes before what has the same words in a sentence.
 * @param {Match} match
 * @param {Query} query
 * @param {number[]} weights
 */
function scoreOf({ section, title, text, seen, hasGlued, isNamed }, query, weights) {
  const isMarked = isNamed && query.isMarked && title.exactSeen === title.seen;
  const score =
    weightOf(seen, weights) +
    fieldScore(title, query, weights) * titleWeight(section, query) +
    fieldScore(text, query, weights) * TEXT +
    (title.phrases || text.phrases || isNamed ? SIDE_BY_SIDE : 0) +
    (title.exacts || text.exacts || isMarked ? AS_MARKED : 0) +
    (isNamed ? NAMED : 0) +
    (10 * count(title.exactSeen | text.exactSeen)) / query.terms.length;
  return seen === query.all && hasGlued ? score : (score * weightOf(seen, weights)) / 10;
}

/**
 * @param {Hits} found
 * @param {Query} query
 * @param {number[]} weights
 */
function fieldScore(found, query, weights) {
  if (!found.seen) return 0;
  const pairs = query.terms.length > 1 ? count(found.pairs) / (query.terms.length - 1) : 0;
  const phrase = found.phrases ? 4 + Math.min(2, Math.log2(found.phrases) / 2) : 0;
  return weightOf(found.seen, weights) ** 3 + 2 * pairs + phrase + (found.wholes ? 2 : 0);
}

/**
 * A title that says little else is nearer to what was asked.
 * @param {Section} section
 * @param {Query} query
 */
function titleWeight(section, query) {
  const share = Math.min(1, query.terms.length / Math.max(1, section.body - section.start));
  return (section.page ? HEADING : TITLE) * (1 + share);
}

/**
 * The share of each term in the query: a rare one says more.
 * @param {Match[]} matches
 * @param {Query} query
 * @param {number} sections
 */
function weightsOf(matches, query, sections) {
  const raw = query.terms.map((_, nth) => {
    const having = matches.filter((match) => match.seen & (1 << nth)).length;
    return Math.log(1 + sections / (1 + having));
  });
  const sum = raw.reduce((a, b) => a + b);
  return raw.map((weight) => weight / sum);
}

/**
 * @param {number} seen
 * @param {number[]} weights
 */
function weightOf(seen, weights) {
  return weights.reduce((sum, weight, nth) => (seen & (1 << nth) ? sum + weight : sum), 0);
}

/* ------------------------------------------------------------------------------------ results -- */

/**
 * Pages, best first, each a list of its sections, best first, in the shape Material draws.
 * @param {Index} index
 * @param {string} text
 * @returns {Item[][]}
 */
// biome-ignore lint/correctness/noUnusedVariables: search-worker.js answers with it.
function resultsOf(index, text) {
  const query = new Query(text, index.vocabulary);
  if (!query.terms.length) return [];
  const matches = matchesOf(index, query);
  const weights = weightsOf(matches, query, index.sections.length);
  const best = bestOf(matches, query);
  for (const match of best) match.score = scoreOf(match, query, weights);
  best.sort((a, b) => b.score - a.score);
  return byPage(best)
    .slice(0, MOST_PAGES)
    .map(([page, group]) => {
      const items = group.slice(0, MOST_SECTIONS).map((match) => itemOf(match, index, query));
      /* Material takes the title above the sections from the one item without an anchor. */
      if (!items.some((item) => item.location === page.location)) items.push(bare(page));
      return items;
    });
}

/** @param {Match[]} matches */
function byPage(matches) {
  /** @type {Map<Section, Match[]>} */
  const groups = new Map();
  for (const match of matches) {
    const page = match.section.page || match.section;
    const group = groups.get(page);
    if (group) group.push(match);
    else groups.set(page, [match]);
  }
  return Array.from(groups);
}

/**
 * @param {Match} match
 * @param {Index} index
 * @param {Query} query
 * @returns {Item}
 */
function itemOf({ section, title, text, seen, score }, index, query) {
  /** @type {Record<string, boolean>} */
  const terms = {};
  query.terms.forEach((term, nth) => {
    terms[term.text] = Boolean(seen & (1 << nth));
  });
  const body = excerptOf(section, text, index, query);
  return {
    location: section.location,
    title: marked(section.title, title, query),
    text: body && `<p>${body}</p>`,
    terms,
    score,
    ...(section.page ? {} : { tags: section.about }),
  };
}

/**
 * @param {Section} page
 * @returns {Item}
 */
function bare(page) {
  const { location, title, about } = page;
  return { location, title: escaped(title), text: "", terms: {}, score: 0, tags: about };
}

/* ---------------------------------------------------------------------------------- excerpts -- */

/**
 * The text around the best place, cut between words.
 * @param {Section} section
 * @param {Hits} found
 * @param {Index} index
 * @param {Query} query
 */
function excerptOf(section, found, index, query) {
  const { text } = section;
  const first = found.at - (found.level > 2 ? query.terms.length - 1 : found.level - 1);
  const place = found.level ? index.places[first] : 0;
  const from = place > EXCERPT_LEAD ? text.indexOf(" ", place - EXCERPT_LEAD) + 1 : 0;
  const end = text.length - from > EXCERPT ? text.lastIndexOf(" ", from + EXCERPT) : text.length;
  const to = end > place ? end : from + EXCERPT;
  return (from ? "… " : "") + marked(text.slice(from, to), found, query) + (to < text.length ? " …" : "");
}

/**
 * HTML with what was found in <mark>: whole phrases where there are some, else single words, and
 * neighbours under one mark.
 * @param {string} text
 * @param {Hits} found
 * @param {Query} query
 */
function marked(text, found, query) {
  const mask = found.exacts ? query.exact : query.loose;
  const words = wordsOf(text);
  const hits = words.map(({ word }) => mask[query.vocabulary.number(word)] || 0);
  const isLit = found.phrases ? phrasesIn(hits, query) : hits.map(Boolean);
  let html = "",
    done = 0;
  words.forEach(({ start, end }, nth) => {
    if (!isLit[nth]) return;
    if (!isLit[nth - 1]) {
      html += `${escaped(text.slice(done, start))}<mark>`;
      done = start;
    }
    if (!isLit[nth + 1]) {
      html += `${escaped(text.slice(done, end))}</mark>`;
      done = end;
    }
  });
  return html + escaped(text.slice(done));
}

/**
 * @param {number[]} hits
 * @param {Query} query
 */
function phrasesIn(hits, query) {
  const isLit = hits.map(() => false);
  let run = 0;
  hits.forEach((hit, nth) => {
    run = ((run << 1) | 1) & hit;
    if (run & query.last) isLit.fill(true, nth - query.terms.length + 1, nth + 1);
  });
  return isLit;
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}
