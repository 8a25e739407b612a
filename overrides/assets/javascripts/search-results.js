/*
 * What is shown of what was found, best first: words typed with marks find their like first. Needs
 * search-index.js and search-matches.js.
 */
"use strict";

/* Pages with what was found in them; what is found beyond is counted and named by its title. */
const MOST_PAGES = 30;
const MOST_SECTIONS = 6;
const EXCERPT = 200;
const EXCERPT_LEAD = 60;

/**
 * @typedef {{ location: string, title: string, text: string, terms: Record<string, boolean>, score: number, tags?: string[] }} Item
 */

/* ------------------------------------------------------------------------------------- score -- */

const TITLE = 5,
  HEADING = 2,
  TEXT = 1;
const SIDE_BY_SIDE = 20,
  AS_MARKED = 40,
  NAMED = 15,
  HELP = 200;

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
 * What the help page names in a heading goes before lessons and scripts about the same.
 * @param {Match} match
 * @param {Index} index
 * @param {Query} query
 */
function helpScore({ section, title }, index, query) {
  const isNeeded = query.terms.length > 1 && title.seen === query.all;
  return isNeeded && section.page && section.page.location === index.help ? HELP : 0;
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
  for (const match of best) match.score = scoreOf(match, query, weights) + helpScore(match, index, query);
  best.sort((a, b) => b.score - a.score);
  return byPage(best).map(([page, group], nth) => {
    if (nth >= MOST_PAGES) return [bare(page)];
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
