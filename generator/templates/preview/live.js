/* Preview only: reloads when the site changes, shows what stands against it when it cannot, and notes in a corner. */
"use strict";
(() => {
  const currentPath = decodeURI(location.pathname).replace(/^\/|index\.html$/g, "");
  /* The words stand on the tag of this script (live.html). */
  const words = document.currentScript?.dataset ?? {};
  /* What has happened since this page was sent is told at once: nobody listened yet. */
  const asked = new URLSearchParams({ page: currentPath, since: words.since ?? "" });
  const source = new EventSource(`/__taphuan/events?${asked}`);
  /** @typedef {{ code: string, file: string, line: number, what: string, fix: string, pages: string[] }} Note */
  /** @type {HTMLElement | null} */
  let shown = null;
  /** @type {{ frame: HTMLElement, button: HTMLElement, list: HTMLElement } | null} */
  let corner = null;
  /** @type {Note[]} */
  let notes = [];

  source.addEventListener("reload", (event) => {
    const address = JSON.parse(event.data);
    if (address === null || address === currentPath) {
      location.reload();
    }
  });
  source.addEventListener("findings", (event) => {
    putAway();
    show(JSON.parse(event.data));
  });
  source.addEventListener("notes", (event) => {
    if (shown) {
      shown.remove();
      shown = null;
    }
    showNotes(JSON.parse(event.data));
  });

  /**
   * @param {string} name
   * @param {Record<string, string | number>} [values]
   */
  function worded(name, values = {}) {
    return (words[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
  }

  /** @param {string} text */
  function show(text) {
    if (!shown) {
      shown = document.createElement("pre");
      shown.setAttribute("role", "alert");
      Object.assign(shown.style, {
        position: "fixed",
        inset: "auto 0 0 0",
        maxHeight: "60vh",
        overflow: "auto",
        margin: "0",
        padding: "16px",
        background: "#fff6e0",
        color: "#1d2a2f",
        borderTop: "4px solid #b3261e",
        zIndex: "1000",
        font: "14px/1.5 ui-monospace, monospace",
        whiteSpace: "pre-wrap",
      });
      document.body.append(shown);
    }
    shown.textContent = text;
  }

  /* --- notes ------------------------------------------------------------------------------- */

  /** @param {Note[]} received */
  function showNotes(received) {
    if (corner && JSON.stringify(received) === JSON.stringify(notes)) {
      return;
    }
    notes = received;
    const isHidden = kept("hidden") === sameness(received);
    if (!isHidden) {
      keep("hidden", "");
    }
    if (!received.length || isHidden) {
      putAway();
      return;
    }
    if (!corner) {
      corner = built();
    }
    corner.button.textContent = worded("count", { count: received.length });
    unfold(kept("open") === "yes");
  }

  function built() {
    const frame = element("aside", "live-notes");
    const bar = element("div", "live-notes__bar");
    const status = element("div", "live-notes__status");
    const button = element("button", "live-notes__button");
    const hide = element("button", "live-notes__hide", "×");
    const list = element("div", "live-notes__list");
    frame.setAttribute("aria-label", worded("label"));
    status.setAttribute("role", "status");
    button.type = hide.type = "button";
    button.setAttribute("aria-controls", "live-notes-list");
    hide.title = worded("hide");
    hide.setAttribute("aria-label", hide.title);
    list.id = "live-notes-list";
    list.tabIndex = 0;
    list.setAttribute("role", "region");
    list.setAttribute("aria-label", worded("list"));
    button.addEventListener("click", () => unfold(Boolean(list.hidden)));
    hide.addEventListener("click", () => {
      keep("hidden", sameness(notes));
      putAway();
    });
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || list.hidden) {
        return;
      }
      event.stopPropagation();
      unfold(false);
      button.focus();
    });
    bar.append(status, hide);
    frame.append(bar, list);
    document.body.append(frame);
    status.append(button);
    return { frame, button, list };
  }

  /** @param {boolean} open */
  function unfold(open) {
    keep("open", open ? "yes" : "no");
    if (!corner) return;
    corner.button.setAttribute("aria-expanded", String(open));
    corner.list.hidden = !open;
    corner.list.replaceChildren(...(open ? groups() : []));
  }

  /* Those of the page in view first, under a heading of their own where there are others too. */
  function groups() {
    const near = notes.filter((note) => note.pages.includes(currentPath));
    const far = notes.filter((note) => !note.pages.includes(currentPath));
    if (!near.length || !far.length) {
      return [listed(notes)];
    }
    return [heading(worded("here")), listed(near), heading(worded("elsewhere")), listed(far)];
  }

  /** @param {string} text */
  function heading(text) {
    return element("h2", "live-notes__heading", text);
  }

  /** @param {Note[]} notesToList */
  function listed(notesToList) {
    const list = element("ul", "live-notes__items");
    list.append(
      ...notesToList.map((note) => {
        const item = element("li", "live-notes__item");
        item.append(
          element("p", "live-notes__what", note.what),
          element("p", "live-notes__fix", worded("fix", { fix: note.fix })),
          element("p", "live-notes__place", worded("place", { file: note.file, line: note.line })),
        );
        return item;
      }),
    );
    return list;
  }

  function putAway() {
    if (corner) {
      corner.frame.remove();
      corner = null;
    }
  }

  /**
   * Numbers are left out: lines move and words are counted anew while somebody writes above a note.
   * @param {Note[]} notesToCompare
   */
  function sameness(notesToCompare) {
    return notesToCompare
      .map((note) => `${note.code} ${note.file} ${note.what.replace(/\d+/g, "#")}`)
      .sort()
      .join("\n");
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} name
   * @param {string} kind
   * @param {string} [text]
   */
  function element(name, kind, text = "") {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  }

  /**
   * What was chosen outlives a reload; a browser that keeps nothing only forgets it.
   * @param {string} name
   * @param {string} value
   */
  function keep(name, value) {
    try {
      sessionStorage.setItem(`taphuan-notes-${name}`, value);
    } catch {
      /* nothing is kept */
    }
  }

  /** @param {string} name */
  function kept(name) {
    try {
      return sessionStorage.getItem(`taphuan-notes-${name}`);
    } catch {
      return null;
    }
  }
})();
