/*
 * Looks up an act in the page that holds them all (templates/site/look-up.md.j2): words are typed with or without
 * marks, the best match is opened, what else matches stays at hand. Words that are said stand in the page. What was
 * asked stands in the address (?tra=…&ngay=…#act), so that it can be sent on; nothing is kept, nothing is fetched.
 * Without this script the page shows the table and every act. Needs look-up-box.js.
 */
"use strict";
(() => {
  const MOST_OPTIONS = 6;

  /** @typedef {{ card: HTMLElement, id: string, name: string, phrases: string[], words: string[] }} Act */

  /**
   * @param {ParentNode} within
   * @param {string} name
   */
  const piece = (within, name) => /** @type {HTMLElement} */ (within.querySelector(`[data-lookup-${name}]`));

  class LookUp {
    /** @param {HTMLElement} root */
    constructor(root) {
      this.root = root;
      this.input = /** @type {HTMLInputElement} */ (piece(root, "input"));
      this.chips = piece(root, "chips");
      this.none = piece(root, "none");
      this.status = piece(root, "status");
      this.parts = /** @type {HTMLTemplateElement} */ (piece(root, "parts")).content;
      /** @type {HTMLInputElement[]} */
      this.days = Array.from(root.querySelectorAll("[data-lookup-day]"));
      /** @type {HTMLElement[]} */
      const cards = Array.from(root.querySelectorAll("[data-act]"));
      /** @type {Act[]} */
      this.acts = cards.map((card) => {
        const { name = "", words = "", more = "" } = card.dataset;
        const phrases = words.split("|").map((phrase) => plainWords(phrase).join(" "));
        return { card, id: card.id, name, phrases, words: plainWords(`${words} ${more}`) };
      });
      this.shown = "";
      piece(root, "result").append(piece(root, "acts"));
      root.classList.add("is-live");
      this.box = new SuggestionBox(
        this.input,
        piece(root, "options"),
        (typed) => this.suggested(typed),
        (option) => this.choose(option.dataset.opens),
      );
      this.listen();
      this.readAddress();
    }

    listen() {
      const form = /** @type {HTMLFormElement} */ (this.input.form);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.answer();
      });
      for (const day of this.days) day.addEventListener("change", () => this.remember());
      /** @type {NodeListOf<HTMLElement>} */
      const buttons = this.root.querySelectorAll("[data-lookup-copy], [data-lookup-print]");
      for (const button of buttons) {
        button.hidden = "lookupCopy" in button.dataset && !navigator.clipboard;
      }
      this.root.addEventListener("click", (event) => this.pressed(/** @type {Element} */ (event.target)));
      window.addEventListener("hashchange", () => this.choose(location.hash.slice(1)));
    }

    readAddress() {
      const asked = new URLSearchParams(location.search);
      const day = this.days.find((choice) => choice.value === asked.get("ngay"));
      if (day) day.checked = true;
      /* `q` is how the search of the whole site names it. */
      this.input.value = asked.get("tra") || asked.get("q") || "";
      const isNamed = this.acts.some((act) => act.id === location.hash.slice(1));
      if (isNamed) this.choose(location.hash.slice(1));
      else if (this.input.value) this.answer();
      /* The act is now in the address, and whoever loads the page goes there: away from where the focus was. */
      const found = document.activeElement;
      if (!(found instanceof HTMLElement) || !this.root.contains(found)) return;
      window.addEventListener("load", () => window.requestAnimationFrame(() => this.hold(found)));
    }

    /**
     * Gives the focus back, unless a reader has gone elsewhere.
     * @param {HTMLElement} found
     */
    hold(found) {
      if (document.activeElement === document.body) found.focus({ preventScroll: true });
    }

    /**
     * The acts that match, best first: typed whole, then begun, then every word found.
     * @param {string} typed
     */
    matches(typed) {
      const asked = plainWords(typed);
      const phrase = asked.join(" ");
      /** @param {Act} act */
      const rank = ({ phrases }) => {
        if (phrases.includes(phrase)) return 0;
        if (phrases.some((known) => known.startsWith(phrase))) return 1;
        return phrases.some((known) => known.includes(phrase)) ? 2 : 3;
      };
      const hasAll = (/** @type {Act} */ act) =>
        asked.every((word) => act.words.some((known) => known.startsWith(word)));
      const found = asked.length ? this.acts.filter(hasAll) : [];
      const ranked = found.map((act) => ({ act, at: rank(act) })).sort((a, b) => a.at - b.at);
      /* What was typed whole needs no neighbours that only hold its words. */
      const last = ranked[0]?.at === 0 ? 1 : 3;
      return ranked.filter(({ at }) => at <= last).map(({ act }) => act);
    }

    /** @param {string} typed */
    suggested(typed) {
      const found = this.matches(typed).slice(0, MOST_OPTIONS);
      this.tell(found.length);
      return found.map((act) => {
        const option = this.part("option", act);
        const { line = "", level } = act.card.dataset;
        const [name, below] = /** @type {HTMLElement[]} */ (Array.from(option.children));
        name.append(...markedWords(act.name, typed));
        below.textContent = line;
        for (const mark of option.querySelectorAll(`[data-level]:not([data-level="${level}"])`)) {
          mark.remove();
        }
        return option;
      });
    }

    /**
     * @param {string} name
     * @param {Act} act
     */
    part(name, act) {
      const part = /** @type {HTMLElement} */ (this.parts.querySelector(`[data-part=${name}]`));
      const copy = /** @type {HTMLElement} */ (part.cloneNode(true));
      copy.dataset.opens = act.id;
      return copy;
    }

    /** @param {Element} target */
    pressed(target) {
      /** @type {HTMLElement | null} */
      const button = target.closest("button");
      if (button?.dataset.opens) this.choose(button.dataset.opens);
      if (button && "lookupPrint" in button.dataset) window.print();
      if (button?.dataset.lookupCopy) {
        navigator.clipboard.writeText(button.dataset.lookupCopy).then(() => {
          const said = button.dataset.copied || "";
          piece(button, "copied").textContent = this.status.textContent = said;
        });
      }
    }

    /** @param {string | undefined} id */
    choose(id) {
      const act = this.acts.find((known) => known.id === id);
      if (act) this.show(act, this.matches(this.input.value));
    }

    answer() {
      const found = this.matches(this.input.value);
      const typed = this.input.value.trim();
      if (typed) this.show(found[0], found);
      piece(this.none, "typed").textContent = typed;
    }

    /**
     * Shows an act and what else was found, or that nothing was.
     * @param {Act | undefined} act
     * @param {Act[]} found
     */
    show(act, found) {
      this.box.close();
      this.shown = act?.id || "";
      this.none.hidden = !!act;
      for (const { card } of this.acts) card.classList.toggle("is-shown", card === act?.card);
      for (const row of this.root.querySelectorAll("[data-row]")) {
        row.classList.toggle("is-open", row.getAttribute("data-row") === this.shown);
      }
      const chips = found.slice(0, MOST_OPTIONS).map((other) => {
        const chip = this.part("chip", other);
        chip.setAttribute("aria-pressed", String(other === act));
        chip.append(...markedWords(other.name, this.input.value));
        return chip;
      });
      this.chips.hidden = found.length < 2;
      this.chips.replaceChildren(this.chips.children[0], ...chips);
      this.remember();
      this.tell(found.length);
      const heading = act ? piece(act.card, "heading") : this.none;
      heading.focus({ preventScroll: true });
      (act ? piece(act.card, "first") : heading).scrollIntoView({ block: "nearest" });
    }

    /** @param {number} count */
    tell(count) {
      const { none = "", one = "", some = "" } = this.status.dataset;
      const words = count > 1 ? some.replace("{count}", String(count)) : count ? one : none;
      this.status.textContent = this.input.value.trim() ? words : "";
    }

    /** Puts what was asked into the address; the act that is open stands behind its sign. */
    remember() {
      const asked = new URLSearchParams();
      if (this.input.value.trim()) asked.set("tra", this.input.value.trim());
      asked.set("ngay", this.days.find((day) => day.checked)?.value || "");
      const place = this.shown ? `#${this.shown}` : "";
      history.replaceState(history.state, "", `${location.pathname}?${asked}${place}`);
    }
  }

  /** @type {HTMLElement | null} */
  const root = document.querySelector("[data-lookup]");
  if (root) new LookUp(root);
})();
