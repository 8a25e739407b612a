/*
 * How a query is answered, for search-worker.js: what of the index it needs is fetched, and no more.
 */
"use strict";

/* A word that is still being typed may begin in so many files; else only the whole word is meant. */
const MOST_SHARDS = 3;

/**
 * @param {Index} index
 * @param {number} shard
 */
function addShard(index, shard) {
  const known = index.added.get(shard);
  if (known) return known;
  const adding = fileOf(`words-${shard}.json`).then((words) => index.add(words));
  index.added.set(shard, adding);
  adding.catch(() => index.added.delete(shard));
  return adding;
}

/**
 * Whether a query is just the beginning of too many words. Behind other words such a beginning is left out; alone it
 * stands for the whole word, if it has two letters.
 * @param {Index} index
 * @param {Term[]} terms
 */
function isBegun(index, terms) {
  const last = terms[terms.length - 1];
  if (!last || index.shardsOf(last.plain, last.isOpen).length <= MOST_SHARDS) return false;
  last.isOpen = false;
  const isAlone = terms.length === 1;
  if (!isAlone || last.plain.length < 2) terms.pop();
  return isAlone;
}

/**
 * Fetches what a query needs, and answers it if it is still the newest.
 * @param {Index} index
 * @param {string} text
 */
// biome-ignore lint/correctness/noUnusedVariables: search-worker.js calls it.
async function answerFrom(index, text) {
  const terms = termsOf(text);
  const isShort = isBegun(index, terms);
  const shards = new Set(terms.flatMap((term) => index.shardsOf(term.plain, term.isOpen)));
  await Promise.all(Array.from(shards, (shard) => addShard(index, shard)));
  if (text !== newest) return;
  if (!terms.length) return isShort ? tell(config.short) : reply([]);
  const ranking = rankingOf(index, terms);
  if (!ranking.pages.length && isShort) return tell(config.short);
  const { pages, readers } = index.table;
  /** @type {Map<number, PageText>} */
  const texts = new Map();
  await Promise.all(
    ranking.pages.slice(0, MOST_PAGES).map(async ([page]) => {
      texts.set(page, await fileOf(`page-${page}.json`));
    }),
  );
  /** @param {number} page */
  const about = (page) => {
    const [whom, kind] = readers[pages[page][2]];
    return [kind, config.readers.replace("{readers}", whom || config.everyone)].filter(Boolean);
  };
  if (text === newest) reply(itemsOf({ index, ranking, texts, about }));
}
