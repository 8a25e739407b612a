/*
 * Answers that test.js keeps on this device go when they were handed in, from whichever device, and when
 * whoever gave them signs out, once they have said yes: machines are shared. Those are the tests that were
 * open in this browser since they signed in, in whichever tab. Answers of others, whose session ended by
 * itself, stay for them.
 *
 * Whose test was begun is a course that was begun, [data-begun]: progress.js of the site is told so.
 */
(() => {
  "use strict";

  const KEPT = "taphuan:attempt:";
  const OPENED = "taphuan:opened";
  const COURSE = "taphuan:opened:";
  /* The ways out, in the bar and in the menu. */
  const ways = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-unsent]"));
  const leaving = ways.item(0);
  /** @type {HTMLFormElement | null} */
  const test = document.querySelector("form[data-test]");
  const session = new FormData(leaving ?? undefined).get("token");

  /**
   * A browser that stores nothing has nothing to be taken away.
   * @template T
   * @param {() => T} act
   */
  function stored(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  /** @param {string[]} attempts */
  const forget = (attempts) => attempts.forEach((attempt) => window.localStorage.removeItem(KEPT + attempt));

  /**
   * The attempts of this session; another session begins with none.
   * @returns {string[]}
   */
  function opened() {
    const noted = JSON.parse(window.localStorage.getItem(OPENED) ?? "{}");
    return noted.session === session ? noted.attempts : [];
  }

  /** @param {string} attempt */
  function note(attempt) {
    const attempts = [...new Set([...opened(), attempt])];
    window.localStorage.setItem(OPENED, JSON.stringify({ session, attempts }));
  }

  const unsent = () => opened().filter((attempt) => window.localStorage.getItem(KEPT + attempt) !== null);

  /** @param {Event} event */
  function leave(event) {
    const attempts = stored(unsent) ?? [];
    if (attempts.length && !window.confirm(leaving?.dataset.unsent)) event.preventDefault();
    else
      stored(() => {
        forget(attempts);
        window.localStorage.removeItem(OPENED);
      });
  }

  /** @type {NodeListOf<HTMLElement>} */
  const results = document.querySelectorAll("[data-handed-in]");
  for (const { dataset } of results) stored(() => forget([dataset.handedIn ?? ""]));
  /** @type {NodeListOf<HTMLElement>} */
  const begun = document.querySelectorAll("[data-begun]");
  for (const { dataset } of begun) stored(() => window.localStorage.setItem(COURSE + dataset.begun, "1"));
  if (!leaving) return;
  if (test) stored(() => note(test.dataset.attempt ?? ""));
  for (const way of ways) way.addEventListener("submit", leave);
})();
