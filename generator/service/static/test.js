/*
 * Takes care of a test while it is being answered. The page is a plain form that works without this;
 * all words come from its <template data-words> (templates/service/test.html.j2).
 *
 * What is chosen stays in localStorage under the attempt's UUID until the server has said that it
 * has it, so that a crash, an empty battery or a lost network costs nothing:
 *
 *   taphuan:attempt:<uuid>   {"at": milliseconds, "fields": {name: [values]}}
 *
 * Handing in sends numbers of questions and of parts, and may be repeated: the server knows the UUID.
 */
(() => {
  "use strict";

  const KEPT = "taphuan:attempt:";
  /* How long answers that were never handed in stay on a device: 30 days. */
  const OLDEST = 30 * 24 * 60 * 60 * 1000;
  /* Seconds until an attempt that did not go out is sent again. */
  const AGAIN = 15;
  /* How long it is sent again without being asked: 10 minutes. */
  const PATIENCE = 10 * 60 * 1000;
  /* Too many at once, no database, or a proxy without the service: the same will do later. */
  const LATER = new Set([429, 502, 503, 504]);
  const IS_OWN = new Set(["token", "form", "anyway"]);

  /** @typedef {{ at: number, fields: Record<string, string[]> }} Draft */

  const parts = new Parts(document.querySelector("template[data-words]"));

  /**
   * Links with commas between.
   * @param {string[]} numbers
   */
  function linksTo(numbers) {
    const links = numbers.map((number) => {
      const link = document.createElement("a");
      link.href = `#cau-${number}`;
      link.textContent = parts.words("link", { number });
      return link;
    });
    return links.flatMap((link, nth) => (nth ? [", ", link] : [link]));
  }

  /* Hours and minutes of this device's clock. */
  function timeNow() {
    const now = new Date();
    return `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
  }

  /** @param {number} now */
  function forgetOld(now) {
    stored((storage) => {
      for (const key of Object.keys(storage)) {
        if (!key.startsWith(KEPT)) continue;
        const { at = 0 } = /** @type {Partial<Draft> | null} */ (recall(key)) ?? {};
        if (now - at > OLDEST) storage.removeItem(key);
      }
    });
  }

  /* -------------------------------------------------------------------------------- answers -- */

  /** @param {ParentNode} node */
  const choices = (node) => /** @type {HTMLElement} */ (node.querySelector(".choices"));
  /** @param {ParentNode} node */
  const filledIn = (node) => selectsIn(node).filter((select) => select.value !== "");
  /**
   * The number of the part that a field is for.
   * @param {HTMLSelectElement} select
   */
  const numberOf = (select) => select.name.split("-")[1];

  /** @param {HTMLElement} node */
  const chosen = (node) => chosenIn(choices(node));

  /** @param {HTMLElement} node */
  const paired = (node) => filledIn(node).map((select) => `${numberOf(select)}=${select.value}`);

  /**
   * Places given twice are no order yet.
   * @param {HTMLElement} node
   */
  function ordered(node) {
    const selects = filledIn(node);
    const places = new Set(selects.map((select) => select.value));
    if (places.size < selects.length) return [];
    return selects.sort((one, other) => Number(one.value) - Number(other.value)).map(numberOf);
  }

  /**
   * By kind: the response in numbers.
   * @type {Record<string, (node: HTMLElement) => string[]>}
   */
  const KINDS = {
    "single-choice": chosen,
    "multiple-choice": chosen,
    "true-false": chosen,
    matching: paired,
    "fill-in": paired,
    ordering: ordered,
  };

  /**
   * By what a list is answered with: what is tapped over its fields.
   * @type {Record<string, (list: HTMLElement, rows: Row[], rights: HTMLElement[]) => Taps>}
   */
  const TAPS = {
    order: (list, rows) => new OrderTaps(rows, parts, list),
    match: (list, rows, rights) => new MatchTaps(rows, rights.map(rightIn), parts, list),
  };

  /** @param {HTMLElement} node */
  function rightIn(node) {
    const { value = "", letter = "" } = node.dataset;
    return { value, letter, text: part(node, "text") };
  }

  /**
   * @param {Element} node
   * @returns {Row}
   */
  function rowIn(node) {
    const text = /** @type {HTMLElement} */ (node.querySelector("label"));
    const [select] = selectsIn(node);
    return { node: /** @type {HTMLElement} */ (node), text, select };
  }

  /**
   * Puts what is tapped over the fields of a question that has such a list.
   * @param {HTMLElement} node
   */
  function tapsOver(node) {
    /** @type {HTMLElement | null} */
    const list = node.querySelector("[data-taps]");
    if (!list) return null;
    /** @type {HTMLElement | null} */
    const rights = node.querySelector(".rights");
    const answers = /** @type {HTMLElement[]} */ (Array.from(rights?.children ?? []));
    const taps = TAPS[list.dataset.taps ?? ""](list, Array.from(list.children, rowIn), answers);
    list.classList.add("choices--tapped");
    part(node, "hint").hidden = true;
    part(node, "tap-hint").hidden = false;
    if (rights) rights.hidden = true;
    return taps;
  }

  class Question {
    /** @param {HTMLElement} node */
    constructor(node) {
      const { question = "", kind = "" } = node.dataset;
      this.number = question;
      this.node = node;
      this.read = KINDS[kind];
      if (!this.read) throw new Error(`unknown kind of question: ${kind}`);
      this.flag = /** @type {HTMLInputElement} */ (node.querySelector("input[name=flag]"));
      const link = /** @type {HTMLElement} */ (document.querySelector(`[data-overview="${question}"]`));
      this.signs = part(link, "signs");
      /** @type {Taps | null} */
      this.taps = null;
    }

    get response() {
      return this.read(this.node);
    }

    get isDone() {
      const selects = selectsIn(this.node).length;
      return selects ? this.response.length === selects : this.response.length > 0;
    }

    show() {
      this.taps?.refresh();
      refill(
        this.signs,
        parts.copy(this.isDone ? "done" : "open"),
        ...(this.flag.checked ? [parts.copy("flag")] : []),
      );
    }
  }

  /* ----------------------------------------------------------------------------------- test -- */

  class Test {
    /** @param {HTMLFormElement} form */
    constructor(form) {
      this.form = form;
      this.key = KEPT + form.dataset.attempt;
      /** @type {NodeListOf<HTMLElement>} */
      const nodes = form.querySelectorAll("[data-question]");
      this.questions = Array.from(nodes, (node) => new Question(node));
      this.until = 0;
      this.timer = 0;
      this.isWarned = false;
      this.isSending = false;
      this.isWaiting = false;
      forgetOld(Date.now());
      this.restore();
      this.show();
      for (const name of ["legend", "saving"]) part(form, name).hidden = false;
      form.addEventListener("change", () => this.changed());
      form.addEventListener("submit", (event) => this.handIn(event));
      form.addEventListener("click", (event) => {
        if (event.target === form.querySelector("[data-part=again]")) this.sendNow();
      });
      window.addEventListener("online", () => {
        if (this.isWaiting) this.send();
      });
      window.addEventListener("pageshow", (event) => {
        if (event.persisted) this.show();
      });
      /* Last, as all that is kept and sent does without. */
      for (const question of this.questions) question.taps = tapsOver(question.node);
    }

    fields() {
      /** @type {Draft["fields"]} */
      const fields = {};
      for (const [name, value] of new FormData(this.form))
        if (!IS_OWN.has(name) && value !== "") fields[name] = [...(fields[name] ?? []), String(value)];
      return fields;
    }

    restore() {
      const { fields } = /** @type {Partial<Draft> | null} */ (recall(this.key)) ?? {};
      if (!fields) return;
      for (const control of this.form.elements) {
        const isSelect = control instanceof HTMLSelectElement;
        if (!isSelect && !(control instanceof HTMLInputElement)) continue;
        if (!control.name || IS_OWN.has(control.name)) continue;
        const values = fields[control.name] ?? [];
        if (isSelect) control.value = values[0] ?? "";
        else control.checked = values.includes(control.value);
      }
      part(this.form, "restored").hidden = !Object.keys(fields).length;
    }

    changed() {
      const isKept = keep(this.key, { at: Date.now(), fields: this.fields() });
      part(this.form, "forgetful").hidden = Boolean(isKept);
      part(this.form, "saved").textContent = isKept ? parts.words("saved", { time: timeNow() }) : "";
      this.show();
    }

    show() {
      for (const question of this.questions) question.show();
      const open = this.questions.filter((question) => !question.isDone).map((question) => question.number);
      const total = this.questions.length;
      for (const name of ["progress", "count"])
        part(this.form, name).textContent = parts.words(name, { done: total - open.length, total });
      const onward = part(this.form, "next-open");
      onward.hidden = !open.length;
      onward.setAttribute("href", `#cau-${open[0]}`);
      this.showFlags();
      if (this.isWarned) this.warn(open);
      return open;
    }

    showFlags() {
      const flagged = this.questions
        .filter((question) => question.flag.checked)
        .map((question) => question.number);
      part(this.form, "flag-note").hidden = !flagged.length;
      refill(part(this.form, "flag-list"), ...linksTo(flagged));
    }

    /** @param {string[]} open */
    warn(open) {
      part(this.form, "missing-count").textContent = String(open.length);
      refill(part(this.form, "missing-list"), ...linksTo(open));
      part(this.form, "warning").hidden = !open.length;
      part(this.form, "hand-in").hidden = open.length > 0;
      for (const name of ["anyway", "look-again"]) part(this.form, name).hidden = !open.length;
      part(this.form, "look-again").setAttribute("href", `#cau-${open[0]}`);
    }

    /**
     * The first try with something unanswered says so; the second goes through.
     * @param {SubmitEvent} event
     */
    handIn(event) {
      event.preventDefault();
      const open = this.show();
      const isMeant = event.submitter === part(this.form, "anyway");
      if (open.length && !isMeant) {
        this.isWarned = true;
        this.warn(open);
        part(this.form, "warning").focus();
        return;
      }
      this.sendNow();
    }

    /* ------------------------------------------------------------------------------ sending -- */

    /* Whoever asks for it is waited with for as long as at first. */
    sendNow() {
      this.until = 0;
      this.send();
    }

    async send() {
      if (this.isSending) return;
      this.isWaiting = false;
      window.clearTimeout(this.timer);
      part(this.form, "failure").hidden = true;
      part(this.form, "saved").textContent = parts.words("sending");
      this.setSending(true);
      try {
        await this.settled(await this.sent());
      } catch {
        this.isWaiting = true;
        this.sendLater(AGAIN, "offline");
      }
      this.setSending(false);
    }

    /** @param {boolean} isSending */
    setSending(isSending) {
      this.isSending = isSending;
      for (const name of ["hand-in", "anyway"])
        part(this.form, name).setAttribute("aria-disabled", String(isSending));
    }

    sent() {
      /** @type {Record<string, string[]>} */
      const responses = {};
      for (const { number, response } of this.questions) if (response.length) responses[number] = response;
      return fetch(`/api/attempts/${this.form.dataset.attempt}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          form: this.form.dataset.form,
          responses,
          client_time: new Date().toISOString(),
        }),
      });
    }

    /**
     * Only what the service says of this very attempt lets go of the answers: a network that asks to be
     * paid for or signed in to answers 200 in its place.
     * @param {Response} answer
     */
    async settled(answer) {
      if (answer.ok) {
        if ((await answer.json()).attempt !== this.form.dataset.attempt) throw new Error("not ours");
        stored((storage) => storage.removeItem(this.key));
        window.location.assign(this.form.dataset.result ?? "");
      } else if (answer.status === 401) {
        this.fail(parts.copy(recall(this.key) ? "signed-out" : "signed-out-here"));
      } else if (LATER.has(answer.status)) {
        this.sendLater(answer.headers.get("Retry-After"), "waiting");
      } else {
        this.fail(parts.copy("refused", await answer.json()));
      }
    }

    /**
     * Up to twice as long as asked for, so that a whole class does not come back together; not for ever.
     * @param {number | string | null} seconds
     * @param {string} why
     */
    sendLater(seconds, why) {
      const wait = Math.ceil((Number(seconds) || AGAIN) * (1 + Math.random()));
      this.until = this.until || Date.now() + PATIENCE;
      if (Date.now() + wait * 1000 > this.until) {
        this.until = 0;
        this.fail(parts.copy("given-up"));
        return;
      }
      this.timer = window.setTimeout(() => this.send(), wait * 1000);
      this.fail(parts.copy(why, { wait }));
    }

    /** @param {HTMLElement} words */
    fail(words) {
      const failure = part(this.form, "failure");
      refill(failure, words);
      failure.hidden = false;
      part(this.form, "saved").textContent = "";
    }
  }

  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll("form[data-test]");
  for (const form of forms) new Test(form);
})();
