/*
 * What is shown of what was found, best first: words typed with marks find their like first. Needs
 * search-index.js and search-matches.js.
 */
"use strict";

/* Pages with what was found in them, which is fetched; what is found beyond is counted and named by its title. */
const MOST_PAGES = 8;
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
 * @param {number} help  which page it is
 * @param {Query} query
 */
function helpScore({ section, title }, help, query) {
  const isNeeded = query.terms.length > 1 && title.seen === query.all;
  return isNeeded && section.page && section.of === help ? HELP : 0;
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
 * @typedef {{ query: Query, reading: Reading, pages: [number, Match[]][] }} Ranking  pages, each with its sections
 * @typedef {{ index: Index, ranking: Ranking, texts: Map<number, PageText>, about: (page: number) => string[] }} Shown
 */

/**
 * The pages that a query is found in, best first, each with its sections, best first.
 * @param {Index} index
 * @param {Term[]} terms
 * @returns {Ranking}
 */
// biome-ignore lint/correctness/noUnusedVariables: search-query.js asks for it.
function rankingOf(index, terms) {
  const query = new Query(terms, index.vocabulary);
  const reading = index.read(query.loose);
  const matches = matchesOf(reading, query);
  const weights = weightsOf(matches, query, index.sections.length);
  const best = bestOf(matches, query);
  for (const match of best)
    match.score = scoreOf(match, query, weights) + helpScore(match, index.table.help, query);
  best.sort((a, b) => b.score - a.score);
  return { query, reading, pages: byPage(best) };
}

/** @param {Match[]} matches */
function byPage(matches) {
  /** @type {Map<number, Match[]>} */
  const groups = new Map();
  for (const match of matches) {
    const group = groups.get(match.section.of);
    if (group) group.push(match);
    else groups.set(match.section.of, [match]);
  }
  return Array.from(groups);
}

/**
 * Those of the ranking whose words are shown, in the shape Material draws; the others by their titles.
 * @param {Shown} shown
 * @returns {Item[][]}
 */
// biome-ignore lint/correctness/noUnusedVariables: search-query.js answers with it.
function itemsOf(shown) {
  return shown.ranking.pages.map(([page, group], nth) => {
    if (nth >= MOST_PAGES) return [bare(page, shown)];
    const items = group.slice(0, MOST_SECTIONS).map((match) => itemOf(match, shown));
    /* Material takes the title above the sections from the one item without an anchor. */
    if (!group.slice(0, MOST_SECTIONS).some(({ section }) => !section.nth)) items.push(bare(page, shown));
    return items;
  });
}

/**
 * @param {Match} match
 * @param {Shown} shown
 * @returns {Item}
 */
function itemOf({ section, title, text, seen, score }, shown) {
  const { query } = shown.ranking;
  const [location, pageTitle] = shown.index.table.pages[section.of];
  const [opening, ...sections] = /** @type {PageText} */ (shown.texts.get(section.of));
  const [anchor, heading, body] = section.nth ? sections[section.nth - 1] : ["", pageTitle, opening];
  /** @type {Record<string, boolean>} */
  const terms = {};
  query.terms.forEach((term, nth) => {
    terms[term.text] = Boolean(seen & (1 << nth));
  });
  const excerpt = excerptOf(body, text, section, query);
  return {
    location: section.nth ? `${location}#${anchor}` : location,
    title: marked(heading, title, query),
    text: excerpt && `<p>${excerpt}</p>`,
    terms,
    score,
    ...(section.nth ? {} : { tags: shown.about(section.of) }),
  };
}

/**
 * @param {number} page
 * @param {Shown} shown
 * @returns {Item}
 */
function bare(page, shown) {
  const [location, title] = shown.index.table.pages[page];
  return { location, title: escaped(title), text: "", terms: {}, score: 0, tags: shown.about(page) };
}

/* ---------------------------------------------------------------------------------- excerpts -- */

/**
 * The text around the best place, cut between words.
 * @param {string} text
 * @param {Hits} found
 * @param {Section} section
 * @param {Query} query
 */
function excerptOf(text, found, section, query) {
  const first = found.at - (found.level > 2 ? query.terms.length - 1 : found.level - 1);
  const place = found.level ? wordsOf(text)[first - section.body].start : 0;
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
