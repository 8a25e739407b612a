/* Preview only: reloads when the site changes, shows what stands against it when it cannot, and notes in a corner. */
"use strict";
(() => {
  const source = new EventSource("/__taphuan/events");
  const currentPath = decodeURI(location.pathname).replace(/^\//, "");
  let shown = null;
  let corner = null;
  let notes = [];

  source.addEventListener("reload", () => location.reload());
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
    corner.button.textContent = `${received.length} lưu ý`;
    unfold(kept("open") === "yes");
  }

  function built() {
    const frame = element("aside", "live-notes");
    const bar = element("div", "live-notes__bar");
    const status = element("div", "live-notes__status");
    const button = element("button", "live-notes__button");
    const hide = element("button", "live-notes__hide", "×");
    const list = element("div", "live-notes__list");
    frame.setAttribute("aria-label", "Lưu ý cho người soạn");
    status.setAttribute("role", "status");
    button.type = hide.type = "button";
    button.setAttribute("aria-controls", "live-notes-list");
    hide.title = "Ẩn đến khi lưu ý thay đổi";
    hide.setAttribute("aria-label", hide.title);
    list.id = "live-notes-list";
    list.tabIndex = 0;
    list.setAttribute("role", "region");
    list.setAttribute("aria-label", "Các lưu ý");
    button.addEventListener("click", () => unfold(list.hidden));
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

  function unfold(open) {
    keep("open", open ? "yes" : "no");
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
    return [heading("Ở trang này"), listed(near), heading("Ở tệp khác"), listed(far)];
  }

  function heading(text) {
    return element("h2", "live-notes__heading", text);
  }

  function listed(notesToList) {
    const list = element("ul", "live-notes__items");
    list.append(
      ...notesToList.map((note) => {
        const item = element("li", "live-notes__item");
        item.append(
          element("p", "live-notes__what", note.what),
          element("p", "live-notes__fix", `Sửa: ${note.fix}`),
          element("p", "live-notes__place", `${note.file}, dòng ${note.line}`),
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

  /* Numbers are left out: lines move and words are counted anew while somebody writes above a note. */
  function sameness(notesToCompare) {
    return notesToCompare
      .map((note) => `${note.code} ${note.file} ${note.what.replace(/\d+/g, "#")}`)
      .sort()
      .join("\n");
  }

  function element(name, kind, text = "") {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  }

  /* What was chosen outlives a reload; a browser that keeps nothing only forgets it. */
  function keep(name, value) {
    try {
      sessionStorage.setItem(`taphuan-notes-${name}`, value);
    } catch {
      /* nothing is kept */
    }
  }

  function kept(name) {
    try {
      return sessionStorage.getItem(`taphuan-notes-${name}`);
    } catch {
      return null;
    }
  }
})();
