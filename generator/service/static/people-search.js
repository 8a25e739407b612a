/* Finds people while somebody types; attendance.js and candidates.js use it. */
"use strict";

/** @typedef {{ id: string, name: string, position: string, unit: string }} FoundPerson */

/**
 * Returns what to call at each letter: a moment after the last one the server is asked for persons within reach, and
 * only the newest answer counts. The name goes in the body, never in an address.
 * @param {() => Record<string, string>} fields  the token of the form, the name, and by what else to look
 * @param {(people: FoundPerson[]) => void} show
 * @param {() => void} fail
 */
function peopleSearch(fields, show, fail) {
  let asked = 0;
  let waiting = 0;

  async function ask() {
    const mine = ++asked;
    const { name, ...others } = fields();
    if (name.trim().length < 2) return;
    const body = new URLSearchParams({ ...others, name: name.trim() });
    try {
      const answer = await fetch("/can-bo/nguoi/", {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const people = await answer.json();
      if (mine === asked) show(people);
    } catch {
      if (mine === asked) fail();
    }
  }

  return () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 250);
  };
}
