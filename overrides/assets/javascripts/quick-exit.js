/*
 * Leaves a help page at once: by the link `a.quick-exit`, which works without this script, or by
 * pressing Shift three times within five seconds. The page is hidden before the new one arrives and
 * gives up its place in the list behind the Back button. What the browser has written into its
 * history stays there. After GOV.UK's "Exit this page"; nothing is stored.
 */
(() => {
  "use strict";

  const PRESSES = 3;
  const WINDOW = 5000;
  const LEAVING = "is-leaving";

  /** @type {HTMLAnchorElement | null} */
  const link = document.querySelector("a.quick-exit");
  if (!link) return;
  const { href } = link;
  /* What is said stands on the link: nothing has to arrive first. `wait` is the tab's title, and the history's,
     while the new page is on its way. */
  const { more = "", expired = "", leaving = "", wait = "" } = link.dataset;

  const root = document.documentElement;
  const shownTitle = document.title;
  const status = document.createElement("p");
  status.className = "quick-exit-status";
  status.setAttribute("role", "status");
  link.after(status);
  /* Only this script hears keys. */
  document.querySelector("[data-exit-keys]")?.removeAttribute("hidden");

  function leave() {
    window.clearTimeout(expiry);
    root.classList.add(LEAVING);
    document.title = wait;
    status.textContent = leaving;
    window.location.replace(href);
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  /* A browser may keep the hidden page and bring it back. */
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    root.classList.remove(LEAVING);
    document.title = shownTitle;
    forget();
  });

  /* ------------------------------------------------------------------------- Shift, 3 times -- */

  let presses = 0;
  let isAlone = false;
  let expiry = 0;

  function forget() {
    window.clearTimeout(expiry);
    presses = 0;
    status.textContent = "";
  }

  function expire() {
    forget();
    status.textContent = expired;
    expiry = window.setTimeout(forget, WINDOW);
  }

  function count() {
    if (presses === 0) {
      window.clearTimeout(expiry);
      expiry = window.setTimeout(expire, WINDOW);
    }
    presses++;
    if (presses === PRESSES) leave();
    else status.textContent = more.replace("{presses}", String(PRESSES - presses));
  }

  /* Shift with any other key, as for a capital letter, is not a press. */
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      isAlone = false;
      if (presses) forget();
    } else if (!event.repeat) {
      isAlone = !(event.ctrlKey || event.altKey || event.metaKey);
    }
  });

  window.addEventListener("pointerdown", () => {
    isAlone = false;
  });

  window.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    if (isAlone) count();
    isAlone = false;
  });
})();
