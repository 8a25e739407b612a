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

  /* ---------------------------------------------------------------------------------- parts -- */

  const part = (node, name) => node.querySelector(`[data-part="${name}"]`);
  const words = new Map(
    Array.from(document.querySelector("template[data-words]").content.children, (node) => [
      node.dataset.part,
      node,
    ]),
  );

  /* A copy of the words, with values in place of {names} in its text. */
  function copy(name, values = {}) {
    const node = document.importNode(words.get(name), true);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
      texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    return node;
  }

  const text = (name, values) => copy(name, values).textContent;

  function refill(node, ...children) {
    node.textContent = "";
    node.append(...children);
  }

  function linksTo(numbers) {
    const links = numbers.map((number) => {
      const link = document.createElement("a");
      link.href = `#cau-${number}`;
      link.textContent = text("link", { number });
      return link;
    });
    return links.flatMap((link, nth) => (nth ? [", ", link] : [link]));
  }

  /* -------------------------------------------------------------------------------- storage -- */

  function stored(act) {
    try {
      return act(window.localStorage);
    } catch {
      return null;
    }
  }

  const recall = (key) => stored((storage) => JSON.parse(storage.getItem(key)));

  function keep(key, value) {
    return stored((storage) => {
      storage.setItem(key, JSON.stringify(value));
      return true;
    });
  }

  function forgetOld(now) {
    stored((storage) =>
      Object.keys(storage)
        .filter((key) => key.startsWith(KEPT) && now - (recall(key)?.at || 0) > OLDEST)
        .forEach((key) => storage.removeItem(key)),
    );
  }

  /* -------------------------------------------------------------------------------- answers -- */

  const filled = (select) => select.value !== "";

  const chosen = (node) =>
    Array.from(node.querySelectorAll(".choices input:checked"), (input) => input.value);

  function paired(node) {
    const selects = Array.from(node.querySelectorAll("select"));
    return selects.filter(filled).map((select) => `${select.name.split("-")[1]}=${select.value}`);
  }

  /* By kind: the response in numbers. */
  const KINDS = {
    "single-choice": chosen,
    "multiple-choice": chosen,
    "true-false": chosen,
    matching: paired,
    "fill-in": paired,

    /* Places given twice are no order yet. */
    ordering(node) {
      const selects = Array.from(node.querySelectorAll("select")).filter(filled);
      const places = new Set(selects.map((select) => select.value));
      if (places.size < selects.length) return [];
      return selects.sort((one, other) => one.value - other.value).map((select) => select.name.split("-")[1]);
    },
  };

  class Question {
    constructor(node) {
      this.number = node.dataset.question;
      this.node = node;
      this.read = KINDS[node.dataset.kind];
      if (!this.read) throw new Error(`unknown kind of question: ${node.dataset.kind}`);
      this.flag = node.querySelector("input[name=flag]");
      this.signs = part(document.querySelector(`[data-overview="${this.number}"]`), "signs");
    }

    get response() {
      return this.read(this.node);
    }

    get isDone() {
      const selects = this.node.querySelectorAll("select").length;
      return selects ? this.response.length === selects : this.response.length > 0;
    }

    show() {
      refill(this.signs, copy(this.isDone ? "done" : "open"), ...(this.flag.checked ? [copy("flag")] : []));
    }
  }

  /* ----------------------------------------------------------------------------------- test -- */

  class Test {
    constructor(form) {
      this.form = form;
      this.key = KEPT + form.dataset.attempt;
      this.questions = Array.from(form.querySelectorAll("[data-question]"), (node) => new Question(node));
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
        if (event.target.dataset.part === "again") this.sendNow();
      });
      window.addEventListener("online", () => {
        if (this.isWaiting) this.send();
      });
      window.addEventListener("pageshow", (event) => {
        if (event.persisted) this.show();
      });
    }

    fields() {
      const fields = {};
      for (const [name, value] of new FormData(this.form))
        if (!IS_OWN.has(name) && value !== "") fields[name] = [...(fields[name] ?? []), value];
      return fields;
    }

    restore() {
      const { fields } = recall(this.key) || {};
      if (!fields) return;
      for (const control of this.form.elements) {
        if (!control.name || IS_OWN.has(control.name)) continue;
        const values = fields[control.name] || [];
        if (control.tagName === "SELECT") control.value = values[0] || "";
        else control.checked = values.includes(control.value);
      }
      part(this.form, "restored").hidden = !Object.keys(fields).length;
    }

    changed() {
      const isKept = keep(this.key, { at: Date.now(), fields: this.fields() });
      part(this.form, "forgetful").hidden = Boolean(isKept);
      part(this.form, "saved").textContent = isKept ? text("saved") : "";
      this.show();
    }

    show() {
      for (const question of this.questions) question.show();
      const open = this.questions.filter((question) => !question.isDone).map((question) => question.number);
      const total = this.questions.length;
      part(this.form, "progress").textContent = text("progress", { done: total - open.length, total });
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

    warn(open) {
      part(this.form, "missing-count").textContent = open.length;
      refill(part(this.form, "missing-list"), ...linksTo(open));
      part(this.form, "warning").hidden = !open.length;
      part(this.form, "hand-in").hidden = open.length > 0;
      part(this.form, "anyway").hidden = !open.length;
    }

    /* The first try with something unanswered says so; the second goes through. */
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
      part(this.form, "saved").textContent = text("sending");
      this.setSending(true);
      try {
        await this.settled(await this.sent());
      } catch {
        this.isWaiting = true;
        this.sendLater(AGAIN, "offline");
      }
      this.setSending(false);
    }

    setSending(isSending) {
      this.isSending = isSending;
      for (const name of ["hand-in", "anyway"])
        part(this.form, name).setAttribute("aria-disabled", isSending);
    }

    sent() {
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

    /* Only what the service says of this very attempt lets go of the answers: a network that asks to be
       paid for or signed in to answers 200 in its place. */
    async settled(answer) {
      if (answer.ok) {
        if ((await answer.json()).attempt !== this.form.dataset.attempt) throw new Error("not ours");
        stored((storage) => storage.removeItem(this.key));
        window.location.assign(this.form.dataset.result);
      } else if (answer.status === 401) {
        this.fail(copy(recall(this.key) ? "signed-out" : "signed-out-here"));
      } else if (LATER.has(answer.status)) {
        this.sendLater(answer.headers.get("Retry-After"), "waiting");
      } else {
        this.fail(copy("refused", await answer.json()));
      }
    }

    /* Up to twice as long as told, so that a whole class does not come back together; not for ever. */
    sendLater(told, why) {
      const wait = Math.ceil((Number(told) || AGAIN) * (1 + Math.random()));
      this.until = this.until || Date.now() + PATIENCE;
      if (Date.now() + wait * 1000 > this.until) {
        this.until = 0;
        this.fail(copy("given-up"));
        return;
      }
      this.timer = window.setTimeout(() => this.send(), wait * 1000);
      this.fail(copy(why, { wait }));
    }

    fail(told) {
      const failure = part(this.form, "failure");
      refill(failure, told);
      failure.hidden = false;
      part(this.form, "saved").textContent = "";
    }
  }

  document.querySelectorAll("form[data-test]").forEach((form) => new Test(form));
})();
