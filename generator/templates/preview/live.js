/* Preview only: reloads when the site changes, and shows what stands against it when it cannot. */
"use strict";
(function () {
  const source = new EventSource("/__taphuan/events");
  let shown = null;

  source.addEventListener("reload", () => location.reload());
  source.addEventListener("findings", (event) => show(JSON.parse(event.data)));
  source.addEventListener("clear", () => { if (shown) { shown.remove(); shown = null; } });

  function show(text) {
    if (!shown) {
      shown = document.createElement("pre");
      shown.setAttribute("role", "alert");
      Object.assign(shown.style, {
        position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", margin: "0", padding: "16px",
        background: "#fff6e0", color: "#1d2a2f", borderTop: "4px solid #b3261e", zIndex: "1000",
        font: "14px/1.5 ui-monospace, monospace", whiteSpace: "pre-wrap"
      });
      document.body.append(shown);
    }
    shown.textContent = text;
  }
})();
