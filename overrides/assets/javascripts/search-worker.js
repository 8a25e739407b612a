/*
 * What a page asks when somebody searches it. It is small, since every page starts it: how a query
 * is answered stands in search-query.js and what goes with it, which come as one with the index once somebody types.
 *
 * Speaks the worker protocol of Material for MkDocs 9.8 (SETUP, READY, QUERY, RESULT), so that
 * Material's own search box, keyboard and list of results stay in use.
 *
 * Material fetches search/search_index.json on every page, so that file is a stub; of it, `config` reaches this
 * worker. `config.unreachable` has what is said where the index cannot be fetched, `config.short` what is said of one or
 * two letters; `config.index` names the folder of the real one, relative to the root of the site, and `config.minors`
 * that of the one which has only what pupils may find. A page for pupils starts this worker with `ages=minors` in its
 * address. A query fetches what it needs and no more:
 *
 *   table.json    {"v": 3, "help": page, "readers": [[whom, kind], …], "pages": [[address, title, readers], …],
 *                 "titles": [[words of its title, of the title of its first section, …], …], "shards": [word, …]}
 *   words-0.json  {"word": [where it stands, …], …}, from the word in `shards` on up to the next one; each spelling of
 *                 a word is in the same file
 *   page-0.json   [text, [anchor, title, text], …], plain text in NFC, of the first page in `pages`
 *
 * A title is below zero where its second word is a number. How places are written stands in search_index.py.
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
 * @typedef {{ index: string, minors: string, short: Message, unreachable: Message, readers: string, everyone: string }} Config
 */

/** @type {Config} */
let config;
let newest = "";
let canMatch = false;
/** @type {Map<string, Promise<any>>} */
const fetching = new Map();
/** @type {Promise<Index> | null} */
let starting = null;

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function fetched(path, options) {
  const response = await fetch(new URL(path, ROOT), options);
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.json();
}

/**
 * A file of the index, fetched once; where that failed, it is asked for again.
 * @param {string} name
 */
function fileOf(name) {
  const path = (IS_FOR_MINORS ? config.minors : config.index) + name;
  const known = fetching.get(path);
  if (known) return known;
  const file = fetched(path);
  fetching.set(path, file);
  file.catch(() => fetching.delete(path));
  return file;
}

/* The script is asked for before the table is waited for: both are on their way at once. */
async function start() {
  const table = fileOf("table.json");
  table.catch(() => {});
  if (!canMatch) importScripts(MATCHES);
  canMatch = true;
  const { v } = await table;
  if (v !== 3) throw new Error(`search index of version ${v}`);
  return new Index(await table);
}

/** @param {Item[][]} items */
function reply(items) {
  self.postMessage({ type: RESULT, data: { items } });
}

/** @param {Message} message */
function tell({ title, text }) {
  reply([[{ location: "", title, text: `<p>${text}</p>`, terms: {}, score: 0 }]]);
}

/** @param {string} text */
async function answer(text) {
  starting = starting || start();
  await answerFrom(await starting, text);
}

/* A page kept open, or a stub from a cache, may name a folder that a newer publication replaced. */
async function renew() {
  config = (await fetched(STUB, { cache: "reload" })).config;
  starting = null;
}

/** @param {unknown} error */
function explainFailure(error) {
  console.warn(error);
  starting = null;
  if (newest.trim()) tell(config.unreachable);
}

/**
 * Only the newest query is answered; Material sends an empty one on every page.
 * @param {string} text
 */
function ask(text) {
  newest = text;
  if (!text.trim()) return reply([]);
  answer(text)
    .catch(() => renew().then(() => answer(text)))
    .catch(explainFailure);
}

self.addEventListener("message", (/** @type {MessageEvent} */ { data: { type, data } }) => {
  if (type === SETUP) {
    config = data.config;
    self.postMessage({ type: READY });
  } else if (type === QUERY) {
    ask(data);
  }
});

self.addEventListener("online", () => {
  if (newest.trim()) ask(newest);
});
