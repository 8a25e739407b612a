/*
 * Shows a branching scenario one scene at a time. All words and pieces come from the page
 * (templates/site/scenario.html.j2): scenes folded one within the other, and <template data-parts>. Nothing is kept
 * on the device: a page that is opened again begins again. Needs page-parts.js.
 */
(() => {
  "use strict";

  class Scenario {
    /** @param {HTMLElement} root */
    constructor(root) {
      this.parts = new Parts(root.querySelector("template[data-parts]"));
      /** @type {HTMLElement[]} */
      const scenes = Array.from(root.querySelectorAll("[data-scene]"));
      part(root, "stage").replaceChildren(...scenes);
      /** @type {Map<string | undefined, HTMLElement>} */
      this.scenes = new Map(scenes.map((scene) => [scene.dataset.scene, scene]));
      /** The scenes that led here, the one that is shown last. */
      this.path = scenes.slice(0, 1);
      /** @type {Set<HTMLElement>} */
      this.tried = new Set();
      this.choices = scenes.flatMap((scene) => this.optionsOf(scene));
      /** What stands below or in place of the scene that is shown. */
      this.panel = made("div", { class: "scenario__panel" });
      root.classList.add("is-live");
      this.draw();
      const reveal = () => this.reveal(root);
      window.addEventListener("hashchange", reveal);
      reveal();
    }

    /**
     * Makes a button of each choice, and keeps what was folded behind it.
     * @param {HTMLElement} scene
     */
    optionsOf(scene) {
      /** @type {HTMLElement[]} */
      const choices = Array.from(scene.querySelectorAll("[data-choice]"));
      for (const choice of choices) {
        const option = this.parts.button("option", () => this.choose(scene, choice));
        const result = part(choice, "result");
        option.append(...(choice.querySelector("summary")?.childNodes ?? []));
        result.hidden = true;
        choice.replaceChildren(option, result);
      }
      return choices;
    }

    /**
     * An address of a scene, as search has it, leads to the scenario: the scene comes when it is chosen.
     * @param {HTMLElement} root
     */
    reveal(root) {
      const goal = document.getElementById(location.hash.slice(1));
      if (goal && root.contains(goal)) root.scrollIntoView();
    }

    get scene() {
      return this.path[this.path.length - 1];
    }

    /**
     * @param {HTMLElement} scene
     * @param {HTMLElement} choice
     */
    choose(scene, choice) {
      const words = part(choice, "words");
      const letter = choice.dataset.choice ?? "";
      const heading = this.parts.copy("chosen", { letter, text: words.textContent });
      const result = /** @type {HTMLElement} */ (part(choice, "result").cloneNode(true));
      result.hidden = false;
      if (!this.tried.has(choice)) words.after(this.parts.copy("tried"));
      this.tried.add(choice);
      refill(this.panel, heading, result, this.onward(choice.dataset.next));
      this.show(scene, false);
      heading.focus();
    }

    /** @param {string | undefined} id */
    onward(id) {
      const next = /** @type {HTMLElement} */ (this.scenes.get(id));
      const buttons = this.path.includes(next)
        ? [this.parts.button("return", () => this.go(next))]
        : [
            this.parts.button("onward", () => this.go(next)),
            this.parts.button("retry", () => this.go(this.scene)),
          ];
      return made("div", { class: "scenario__buttons" }, ...buttons);
    }

    /** @param {HTMLElement} scene */
    go(scene) {
      const place = this.path.indexOf(scene);
      this.path = place < 0 ? [...this.path, scene] : this.path.slice(0, place + 1);
      this.draw();
      part(scene, "title").focus();
    }

    draw() {
      const isEnd = !this.scene.querySelector("[data-choice]");
      refill(this.panel, ...(isEnd ? [this.left()] : []), ...(this.path.length > 1 ? [this.backward()] : []));
      this.show(this.scene, true);
    }

    left() {
      const count = this.choices.length - this.tried.size;
      return this.parts.copy(count ? "left" : "none-left", { count });
    }

    backward() {
      const [first] = this.path;
      const before = this.path[this.path.length - 2];
      return made(
        "div",
        { class: "scenario__buttons" },
        this.parts.button("again", () => this.go(first)),
        this.parts.button("back", () => this.go(before)),
      );
    }

    /**
     * Shows the panel in a scene, below what is told in it or in place of that.
     * @param {HTMLElement} shown
     * @param {boolean} isTold
     */
    show(shown, isTold) {
      shown.append(this.panel);
      for (const scene of this.scenes.values()) scene.hidden = scene !== shown;
      for (const piece of /** @type {Iterable<HTMLElement>} */ (shown.children))
        piece.hidden = piece !== this.panel && !isTold;
    }
  }

  /** @type {NodeListOf<HTMLElement>} */
  const roots = document.querySelectorAll("[data-scenario]");
  for (const root of roots) new Scenario(root);
})();
