/*
 * What a page asks when somebody searches it. It is small, since every page starts it: how words are found stands
 * in search-index.js, search-matches.js and search-results.js, which come as one with the index once somebody types.
 *
 * Speaks the worker protocol of Material for MkDocs 9.8 (SETUP, READY, QUERY, RESULT), so that
 * Material's own search box, keyboard and list of results stay in use.
 *
 * Material fetches search/search_index.json on every page, so that file is a stub; of it, `config`
 * and `docs` reach this worker and nothing else. `config.unreachable` has what is said where the index cannot be
 * fetched, `config.index` names the real one, relative to the root of the site. It is fetched once somebody types:
 *
 *   {"v": 2, "help": location, "readers": [[words, open, kind], …], "pages": [[location, title, text, whose, [anchor, heading, text], …], …]}
 *
 *   location  of the page, relative to the root of the site, as MkDocs writes it ("a/b/")
 *   text      plain NFC text without markup, one space between words; the page's own text is what
 *             stands before its first heading
 *   whose     index of its readers; `open` is 0 where they are all adults, `words` empty where they are everyone,
 *             `kind` says what the page is
 *   anchor    without "#"; the sections of a page in reading order; one with 1 behind its text is for adults alone
 *
 * A page for pupils starts this worker with `ages=minors` in its address: it then knows only what is open.
 */
"use strict";

const SETUP = 0,
  READY = 1,
  QUERY = 2,
  RESULT = 3;

const ROOT = new URL("../../", self.location.href);
/* With the same `?v=`, so that a browser never keeps the one without the other. */
const MATCHES = `search-matches.js${self.location.search}`;
const STUB = "search/search_index.json";
const IS_FOR_MINORS = new URL(self.location.href).searchParams.get("ages") === "minors";

/**
 * @typedef {{ title: string, text: string }} Message
 * @typedef {{ index?: string, unreachable?: Message, readers?: string, everyone?: string }} Config
 * @typedef {[string, string, string, number, ...SectionEntry[]]} WrittenPage
 */

let address = "search/index.json";
let newest = "";
/** @type {Index | null} */
let index = null;
let canMatch = false;
/** @type {Promise<void> | null} */
let loading = null;
/** @type {Message} */
let unreachable = { title: "", text: "" };
const readerWords = { readers: "", everyone: "" };

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function fetched(path, options) {
  const response = await fetch(new URL(path, ROOT), options);
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.json();
}

/* A page kept open, or a stub from a cache, may name an index that a newer publication replaced. */
async function fetchedIndex() {
  try {
    return await fetched(address);
  } catch (_error) {
    const { config } = await fetched(STUB, { cache: "reload" });
    return fetched(config.index || address);
  }
}

/* The script is asked for before the index is waited for: both are on their way at once. */
async function load() {
  const fetching = fetchedIndex();
  fetching.catch(() => {});
  if (!canMatch) importScripts(MATCHES);
  canMatch = true;
  const { v, help, readers, pages } = await fetching;
  if (v !== 2) throw new Error(`search index of version ${v}`);
  index = new Index(shownPages(pages, readers), help);
}

/**
 * The pages that may be found from here, each with what it is and its readers in words.
 * @param {WrittenPage[]} pages
 * @param {[string, number, string][]} readers
 * @returns {PageEntry[]}
 */
function shownPages(pages, readers) {
  return pages
    .filter(([, , , whose]) => !IS_FOR_MINORS || readers[whose][1])
    .map(([location, title, text, whose, ...sections]) => [
      location,
      title,
      text,
      [
        readers[whose][2],
        readerWords.readers.replace("{readers}", readers[whose][0] || readerWords.everyone),
      ].filter(Boolean),
      ...sections.filter(([, , , isForAdults]) => !IS_FOR_MINORS || !isForAdults),
    ]);
}

/** @param {Item[][]} items */
function reply(items) {
  self.postMessage({ type: RESULT, data: { items } });
}

function answerNewest() {
  if (index && newest.trim()) reply(resultsOf(index, newest));
}

/** @param {unknown} error */
function explainFailure(error) {
  console.warn(error);
  loading = null;
  if (newest.trim())
    reply([
      [{ location: "", title: unreachable.title, text: `<p>${unreachable.text}</p>`, terms: {}, score: 0 }],
    ]);
}

/**
 * Only the newest query is answered; Material sends an empty one on every page.
 * @param {string} text
 */
function ask(text) {
  newest = text;
  if (!text.trim()) reply([]);
  else if (index) answerNewest();
  else if (!loading) loading = load().then(answerNewest).catch(explainFailure);
}

self.addEventListener("message", (/** @type {MessageEvent} */ { data: { type, data } }) => {
  if (type === SETUP) {
    const config = /** @type {Config} */ (data.config);
    address = config.index || address;
    unreachable = config.unreachable || unreachable;
    readerWords.readers = config.readers || "";
    readerWords.everyone = config.everyone || "";
    self.postMessage({ type: READY });
  } else if (type === QUERY) {
    ask(data);
  }
});

self.addEventListener("online", () => {
  if (!index && newest.trim()) ask(newest);
});
