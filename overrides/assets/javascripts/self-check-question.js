/*
 * A question of a self-check: the card with its field, its verdict and its buttons. Needs page-parts.js and
 * self-check-fields.js; self-check.js uses it.
 */
"use strict";

class AskedQuestion {
  /**
   * @param {HTMLElement} node
   * @param {Parts} parts
   * @param {(question: AskedQuestion, given: string[], isRight: boolean) => void} answered
   */
  constructor(node, parts, answered) {
    this.node = node;
    this.parts = parts;
    this.answered = answered;
    this.id = node.dataset.question ?? "";
    this.kind = node.dataset.kind ?? "";
    this.heading = part(node, "number");
    this.stem = part(node, "stem").textContent.trim();
    this.hint = part(node, "hint");
    /* Before its field, which an order's road goes into. */
    this.reasons = this.reasonsIn(part(node, "answer"));
    this.field = new FIELDS[this.kind](node, parts);
    this.explanation = made("div", { hidden: "" }, ...node.querySelectorAll(".self-check__explanation"));
    part(node, "answer").remove();
    this.notice = made("p", { class: "self-check__notice", role: "status" });
    this.submit = parts.button("submit", () => this.answer());
    this.buttons = made("div", { class: "self-check__buttons" }, this.submit);
    this.panel = made("div", { class: "self-check__result", role: "group", tabindex: "-1", hidden: "" });
    (this.hint ?? part(node, "stem")).after(this.panel);
    node.append(this.explanation, this.notice, this.buttons);
    node.addEventListener("change", () => this.changed());
    this.reset();
  }

  /**
   * What stands in the folded answer of the page without scripts goes beside the parts.
   * @param {HTMLElement} details
   */
  reasonsIn(details) {
    return new Map(
      entriesOf(part(details, "reasons")).map((reason) => [
        idOf(reason),
        reason.querySelector(".self-check__feedback"),
      ]),
    );
  }

  /** @param {string} id */
  reason(id) {
    const reason = this.reasons.get(id);
    return reason ? [reason.cloneNode(true)] : [];
  }

  /* All that a reader sees of it, to find where the lesson tells of it. */
  get words() {
    const reasons = Array.from(this.reasons.values(), (reason) => reason?.textContent ?? "");
    return [this.node.textContent, this.explanation.textContent, ...reasons].join(" ");
  }

  changed() {
    this.notice.textContent = "";
    const count = this.field.left ?? 0;
    this.submit.textContent = count
      ? this.parts.words(`left-${this.kind}`, { count })
      : this.parts.words("submit");
    this.submit.setAttribute("aria-disabled", String(count > 0));
  }

  answer() {
    const given = this.field.given();
    if (!given) {
      this.notice.textContent = this.parts.words(`missing-${this.kind}`);
      this.field.first?.focus();
      return;
    }
    this.answered(this, given, this.field.outcome(given).verdict === "right");
    this.showFrom(this.panel);
  }

  /**
   * The top of the card goes under the header, wherever the focus is.
   * @param {HTMLElement} focused
   */
  showFrom(focused) {
    this.node.scrollIntoView({ block: "start" });
    focused.focus({ preventScroll: true });
  }

  /**
   * @param {string[]} given
   * @param {...HTMLElement} buttons
   */
  reveal(given, ...buttons) {
    const outcome = this.field.outcome(given);
    this.field.show(given);
    this.field.reveal(given, (id) => this.reason(id));
    refill(this.panel, ...this.verdict(outcome));
    this.panel.dataset.verdict = outcome.verdict;
    if (this.hint) this.hint.hidden = true;
    this.panel.hidden = false;
    this.explanation.hidden = false;
    this.notice.textContent = "";
    refill(this.buttons, ...buttons);
  }

  /** @param {Outcome} outcome */
  verdict({ verdict, right, total, missed, wrong, neighbours }) {
    const name = verdict === "partly" ? `verdict-partly-${this.kind}` : `verdict-${verdict}`;
    const lines = [this.parts.copy(name, { right, total })];
    if (missed) lines.push(this.parts.copy("count-missed", { missed }));
    if (wrong) lines.push(this.parts.copy("count-wrong", { wrong }));
    if (verdict !== "right" && neighbours) lines.push(this.parts.copy("neighbours", { neighbours }));
    return lines;
  }

  reset() {
    this.field.reset();
    this.panel.hidden = true;
    this.explanation.hidden = true;
    if (this.hint) this.hint.hidden = false;
    refill(this.buttons, this.submit);
    this.changed();
  }
}
