/*
 * Takes the answers of whoever signs out off this machine, which others may use next: those of each test that
 * was open in this tab since they signed in. Answers of others, whose session ended by itself, stay for them.
 * test.js keeps answers; the network is not needed here.
 */
(() => {
  "use strict";

  const KEPT = "taphuan:attempt:";
  const OPENED = "taphuan:opened";
  const form = document.querySelector("[data-sign-out]");
  const test = document.querySelector("form[data-test]");
  if (!form) return;
  const session = form.elements.token.value;

  /* The attempts of this session; another session begins with none. */
  function opened() {
    const found = JSON.parse(window.sessionStorage.getItem(OPENED)) || {};
    return found.session === session ? found.attempts : [];
  }

  function note(attempt) {
    const attempts = [...new Set([...opened(), attempt])];
    window.sessionStorage.setItem(OPENED, JSON.stringify({ session, attempts }));
  }

  function clear() {
    for (const attempt of opened()) window.localStorage.removeItem(KEPT + attempt);
    window.sessionStorage.removeItem(OPENED);
  }

  /* A browser that stores nothing has nothing to be taken away. */
  function stored(act) {
    try {
      act();
    } catch {
      return;
    }
  }

  if (test) stored(() => note(test.dataset.attempt));
  form.addEventListener("submit", () => stored(clear));
})();
