/*
 * Filters a list that is whole in the page: by words, typed with or without marks, and by choices. Words that are
 * said stand in the page. Without this script the bar stays hidden and the list stays whole.
 *
 *   <form class="filter" data-filter="ID of the list" hidden>         the bar, shown by this script
 *     <input type="search" data-filter-words>                        optional; every word must begin one of the item's
 *     <input type="checkbox" data-filter-by="topic" value="xu-phat"> any number, also radio or <select>; of one
 *       <span data-filter-count>7</span>                             kind any one may hold, of several kinds all must;
 *                                                                    an empty value ("") lets all through
 *     <details data-filter-fold>                                     optional, here or in the list; open on a wide screen,
 *                                                                    with the value "closed" folded on every screen
 *     <button type="reset">                                          optional; shown while something is filtered
 *     <p role="status" data-filter-status data-all="… {total} …" data-some="… {count} … {total} …">
 *   </form>
 *   <div id="ID of the list">
 *     <section data-filter-group id="…">                             optional; hidden once nothing in it is shown,
 *       <li data-filter-item data-topic="xu-phat hinh-su"            together with links [data-filter-jump] to it
 *           data-filter-more="words that are not in its text">
 *     <div data-filter-none hidden>                                  optional; shown where nothing is found
 *
 * A count beside a choice says how many items it would show beside the other filters. In a <details> that holds items,
 * what is found is opened with `data-filter-open`.
 */
"use strict";
(() => {
  const PAUSE = 400;
  const WIDE = window.matchMedia("(min-width: 76.25em)");

  /** @typedef {HTMLInputElement | HTMLSelectElement} Choice */

  /** @param {string} text */
  const folded = (text) =>
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/\u0111/g, "d")
      .replace(/[^a-z0-9]+/g, " ");

  /** @param {Choice} choice */
  const isOn = (choice) =>
    choice instanceof HTMLSelectElement || choice.checked ? choice.value !== "" : false;

  class Filter {
    /**
     * @param {HTMLFormElement} bar
     * @param {Element} list
     */
    constructor(bar, list) {
      this.bar = bar;
      this.list = list;
      /** @type {HTMLInputElement | null} */
      this.words = bar.querySelector("[data-filter-words]");
      /** @type {HTMLElement | null} */
      this.status = bar.querySelector("[data-filter-status]");
      /** @type {HTMLButtonElement | null} */
      this.reset = bar.querySelector("[type=reset]");
      /** @type {Choice[]} */
      this.choices = Array.from(bar.querySelectorAll("[data-filter-by]"));
      this.kinds = Array.from(new Set(this.choices.map((choice) => choice.dataset.filterBy || "")));
      /** @type {HTMLElement[]} */
      const items = Array.from(list.querySelectorAll("[data-filter-item]"));
      this.items = items.map((item) => ({
        item,
        text: ` ${folded(`${item.textContent} ${item.dataset.filterMore || ""}`)}`,
      }));
      /** @type {HTMLDetailsElement[]} */
      this.folds = [bar, list].flatMap((part) =>
        Array.from(part.querySelectorAll("details[data-filter-fold]")),
      );
      /** @type {HTMLDetailsElement[]} */
      this.opened = Array.from(list.querySelectorAll("details[data-filter-open]"));
      /** @type {HTMLDetailsElement[] | null} */
      this.openBefore = null;
      this.pause = 0;
    }

    start() {
      this.bar.hidden = false;
      for (const fold of this.folds) fold.open = WIDE.matches && fold.dataset.filterFold !== "closed";
      this.bar.addEventListener("submit", (event) => event.preventDefault());
      this.bar.addEventListener("input", () => this.apply());
      /* The form is emptied only after its event. */
      this.bar.addEventListener("reset", () => window.setTimeout(() => this.apply()));
      /* A browser brings back what was typed before the reader left. */
      window.addEventListener("pageshow", () => this.apply());
      window.addEventListener("hashchange", () => this.openTarget());
      this.apply();
      this.openTarget();
    }

    /** What is chosen of each kind; nothing chosen lets all through. */
    chosen() {
      return new Map(
        this.kinds.map((kind) => [
          kind,
          this.choices
            .filter((choice) => choice.dataset.filterBy === kind && isOn(choice))
            .map((c) => c.value),
        ]),
      );
    }

    apply() {
      const wanted = folded(this.words?.value || "")
        .split(" ")
        .filter(Boolean);
      const chosen = this.chosen();
      const found = this.items.filter(({ text }) => wanted.every((word) => text.includes(` ${word}`)));
      const shown = new Set(found.filter(({ item }) => this.fits(item, chosen)).map(({ item }) => item));
      for (const { item } of this.items) item.hidden = !shown.has(item);
      const isFiltered = wanted.length > 0 || Array.from(chosen.values()).some((values) => values.length > 0);
      this.showGroups(isFiltered);
      this.count(
        found.map(({ item }) => item),
        chosen,
      );
      if (this.reset) this.reset.hidden = !isFiltered;
      this.say(shown.size, isFiltered);
    }

    /**
     * @param {HTMLElement} item
     * @param {Map<string, string[]>} chosen
     * @param {string} [but]  a kind of choice that is left aside
     */
    fits(item, chosen, but) {
      return Array.from(chosen).every(([kind, values]) => {
        if (kind === but || !values.length) return true;
        const own = (item.dataset[kind] || "").split(" ");
        return values.some((value) => own.includes(value));
      });
    }

    /** @param {boolean} isFiltered */
    showGroups(isFiltered) {
      /** @type {NodeListOf<HTMLElement>} */
      const groups = this.list.querySelectorAll("[data-filter-group]");
      for (const group of groups) {
        group.hidden = !group.querySelector("[data-filter-item]:not([hidden])");
        /** @type {NodeListOf<HTMLElement>} */
        const jumps = document.querySelectorAll(`[data-filter-jump][href="#${CSS.escape(group.id)}"]`);
        for (const jump of jumps) jump.hidden = group.hidden;
      }
      this.showFolded(isFiltered);
    }

    /**
     * Opens what holds something found; without a filter each is as the reader left it.
     * @param {boolean} isFiltered
     */
    showFolded(isFiltered) {
      if (isFiltered) {
        this.openBefore ||= this.opened.filter((fold) => fold.open);
        for (const fold of this.opened)
          fold.open = Boolean(fold.querySelector("[data-filter-item]:not([hidden])"));
      } else if (this.openBefore) {
        for (const fold of this.opened) fold.open = this.openBefore.includes(fold);
        this.openBefore = null;
      }
    }

    /** Opens all that is folded around what an address leads to, and takes off a filter that hides it. */
    openTarget(isAgain = false) {
      const id = decodeURIComponent(window.location.hash.slice(1));
      const target = id && document.getElementById(id);
      if (!target) return;
      /* What holds many folded parts, such as a letter, is shown as it lies. */
      const within = this.folds.filter((fold) => target.contains(fold));
      /* What is filtered away would lie in none of the opened parts. */
      if (!isAgain && target.closest("[data-filter-item][hidden], [data-filter-group][hidden]")) {
        this.bar.reset();
        window.setTimeout(() => this.openTarget(true));
        return;
      }
      /** @type {Element | null} */
      let around = target;
      for (; around; around = around.parentElement) {
        if (around instanceof HTMLDetailsElement) around.open = true;
      }
      if (within.length === 1) within[0].open = true;
      target.scrollIntoView();
    }

    /**
     * @param {HTMLElement[]} found
     * @param {Map<string, string[]>} chosen
     */
    count(found, chosen) {
      for (const choice of this.choices) {
        const place = choice.closest("label")?.querySelector("[data-filter-count]");
        if (!place || choice.value === "") continue;
        const kind = choice.dataset.filterBy || "";
        const beside = found.filter((item) => this.fits(item, chosen, kind));
        const own = beside.filter((item) => (item.dataset[kind] || "").split(" ").includes(choice.value));
        place.textContent = String(own.length);
      }
    }

    /**
     * Waits until typing rests, so that a screen reader is not told of every letter.
     * @param {number} count
     * @param {boolean} isFiltered
     */
    say(count, isFiltered) {
      /** @type {HTMLElement | null} */
      const none = this.list.querySelector("[data-filter-none]");
      if (none) none.hidden = count > 0;
      const { status } = this;
      if (!status) return;
      const { all = "", some = "" } = status.dataset;
      const words = (isFiltered ? some : all)
        .replace("{count}", String(count))
        .replace("{total}", String(this.items.length));
      window.clearTimeout(this.pause);
      this.pause = window.setTimeout(() => {
        if (status.textContent !== words) status.textContent = words;
      }, PAUSE);
    }
  }

  /** @type {NodeListOf<HTMLFormElement>} */
  const bars = document.querySelectorAll("form[data-filter]");
  for (const bar of bars) {
    const list = document.getElementById(bar.dataset.filter || "");
    if (list) new Filter(bar, list).start();
  }
})();
