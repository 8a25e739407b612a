/*
 * Answers that test.js keeps on this device go when they were handed in, from whichever device, and when
 * whoever gave them signs out, once they have said yes: machines are shared. Those are the tests that were
 * open in this browser since they signed in, in whichever tab. Answers of others, whose session ended by
 * itself, stay for them.
 */
(() => {
  "use strict";

  const KEPT = "taphuan:attempt:";
  const OPENED = "taphuan:opened";
  const leaving = document.querySelector("form[data-unsent]");
  const test = document.querySelector("form[data-test]");

  /* A browser that stores nothing has nothing to be taken away. */
  function stored(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  const forget = attempts => attempts.forEach(one => window.localStorage.removeItem(KEPT + one));

  /* The attempts of this session; another session begins with none. */
  function opened() {
    const found = JSON.parse(window.localStorage.getItem(OPENED)) || {};
    return found.session === leaving.elements.token.value ? found.attempts : [];
  }

  function note(attempt) {
    const attempts = [...new Set([...opened(), attempt])];
    const session = leaving.elements.token.value;
    window.localStorage.setItem(OPENED, JSON.stringify({ session, attempts }));
  }

  const unsent = () => opened().filter(one => window.localStorage.getItem(KEPT + one) !== null);

  function leave(event) {
    const attempts = stored(unsent) || [];
    if (attempts.length && !window.confirm(leaving.dataset.unsent)) event.preventDefault();
    else stored(() => { forget(attempts); window.localStorage.removeItem(OPENED); });
  }

  document.querySelectorAll("[data-handed-in]").forEach(node => stored(() => forget([node.dataset.handedIn])));
  if (!leaving) return;
  if (test) stored(() => note(test.dataset.attempt));
  leaving.addEventListener("submit", leave);
})();
