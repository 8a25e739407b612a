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
  const WORDS = {
    more: presses => `Nhấn Shift thêm ${presses} lần để thoát`,
    expired: "Chưa thoát. Muốn thoát, bạn nhấn Shift ba lần liền nhau.",
    leaving: "Đang rời trang",
    /* Stands in the tab, and in the history, while the new page is on its way. */
    title: "Đang mở trang"
  };

  const link = document.querySelector("a.quick-exit");
  if (!link) return;

  const root = document.documentElement;
  const shownTitle = document.title;
  const status = document.createElement("p");
  status.className = "quick-exit-status";
  status.setAttribute("role", "status");
  link.after(status);

  function leave() {
    window.clearTimeout(expiry);
    root.classList.add(LEAVING);
    document.title = WORDS.title;
    status.textContent = WORDS.leaving;
    window.location.replace(link.href);
  }

  link.addEventListener("click", event => {
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
    status.textContent = WORDS.expired;
    expiry = window.setTimeout(forget, WINDOW);
  }

  function count() {
    if (presses === 0) {
      window.clearTimeout(expiry);
      expiry = window.setTimeout(expire, WINDOW);
    }
    presses++;
    if (presses === PRESSES) leave();
    else status.textContent = WORDS.more(PRESSES - presses);
  }

  /* Shift with any other key, as for a capital letter, is not a press. */
  window.addEventListener("keydown", event => {
    if (event.key !== "Shift") {
      isAlone = false;
      if (presses) forget();
    } else if (!event.repeat) {
      isAlone = !(event.ctrlKey || event.altKey || event.metaKey);
    }
  });

  window.addEventListener("pointerdown", () => { isAlone = false; });

  window.addEventListener("keyup", event => {
    if (event.key !== "Shift") return;
    if (isAlone) count();
    isAlone = false;
  });
})();
