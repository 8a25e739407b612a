/*
 * Finds the section of a page that tells of something, by the pairs of words that both have: pairs that few sections
 * have say more than those of all. self-check.js points to it.
 */
"use strict";

/** @typedef {{ id: string, title: string, pairs: Set<string> }} Section */

/* Less than this is chance: the weight of so many pairs that no other section has. */
const LEAST_WEIGHT = 4;

/**
 * @param {string} text
 * @returns {Set<string>}
 */
function wordPairs(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(1).map((word, nth) => `${words[nth]} ${word}`));
}

/**
 * The sections of the page's text before an element, by their headings.
 * @param {Element} end
 * @returns {Section[]}
 */
function sectionsBefore(end) {
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll("article h2[id]");
  const headings = Array.from(all).filter(
    (heading) =>
      heading.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING &&
      !heading.closest("[data-search-exclude], .key-points, .scenario"),
  );
  return headings.map((heading, nth) => {
    const range = document.createRange();
    range.setStartBefore(heading);
    range.setEndBefore(headings[nth + 1] ?? end);
    return { id: heading.id, title: heading.textContent.trim(), pairs: wordPairs(range.toString()) };
  });
}

/**
 * The section before an element that has most of a text's words; null where none has enough of them.
 * @param {Element} end
 * @param {string} text
 */
function sectionAbout(end, text) {
  const sections = sectionsBefore(end);
  const pairs = wordPairs(text);
  /** @param {string} pair */
  const weight = (pair) => {
    const having = sections.filter((section) => section.pairs.has(pair)).length;
    return having ? Math.log((sections.length + 1) / having) : 0;
  };
  const weights = new Map(Array.from(pairs, (pair) => [pair, weight(pair)]));
  const scored = sections.map((section) => {
    let score = 0;
    for (const [pair, value] of weights) if (section.pairs.has(pair)) score += value;
    return { section, score: score / Math.sqrt(Math.log(section.pairs.size + 10)) };
  });
  const best = scored.sort((one, other) => other.score - one.score).at(0);
  return best && best.score >= LEAST_WEIGHT ? best.section : null;
}
