// The little that cannot be done from the server: keys before the browser takes them, the scroll position, and the theme.
(() => {
  "use strict";

  const root = document.documentElement;
  const slack = 80;
  const atEnd = new WeakMap();
  const stored = localStorage.getItem("glancy-theme");
  if (stored === "dark" || stored === "light") root.dataset.theme = stored;

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-theme-switch]")) return;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("glancy-theme", root.dataset.theme);
  });

  // Enter sends and must not begin a line; with the list of commands open, the arrows and Tab are its own.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (field instanceof HTMLTextAreaElement && field.dataset.composer) {
      const list = field.dataset.open === "true" && ["ArrowUp", "ArrowDown", "Tab"].includes(event.key) && !event.shiftKey;
      const send = event.key === "Enter" && !event.shiftKey && !event.isComposing;
      if (list || send) event.preventDefault();
      const messages = send && field.form && field.form.parentElement.querySelector("[data-stick]");
      if (messages) atEnd.set(messages, true);
      return;
    }

    const dialogs = document.querySelectorAll("[aria-modal=true]");
    const dialog = (field instanceof Element && field.closest("[aria-modal=true]")) || dialogs[dialogs.length - 1];

    // Escape leaves the dialog on top, wherever the focus is; without one the pane that has the focus.
    if (event.key === "Escape") {
      const top = dialog ?? (field instanceof Element && field.closest(".pane"));
      const leave = top && top.querySelector("[data-escape]");
      if (leave) leave.click();
      return;
    }

    // Tab stays within the dialog on top.
    if (event.key !== "Tab" || !dialog || !dialog.contains(field)) return;
    const inside = [...dialog.querySelectorAll("button, a[href], input, select, textarea")].filter((e) => !e.disabled);
    const first = inside[0];
    const last = inside[inside.length - 1];
    if (event.shiftKey && field === first) { event.preventDefault(); last.focus(); }
    if (!event.shiftKey && field === last) { event.preventDefault(); first.focus(); }
  }, true);

  // A press on an offered command must not take the focus from the composer.
  document.addEventListener("mousedown", (event) => {
    if (event.target instanceof Element && event.target.closest(".offers")) event.preventDefault();
  });

  // A composer is as high as its text; a list whose end was in view keeps it in view.
  // Only who scrolls up leaves the end; a picture that arrives late moves it as well.
  const seen = new WeakMap();
  document.addEventListener("scroll", (event) => {
    const list = event.target;
    if (!(list instanceof HTMLElement) || !list.dataset.stick) return;
    const before = seen.get(list);
    seen.set(list, { top: list.scrollTop, height: list.scrollHeight });
    if (list.scrollHeight - list.scrollTop - list.clientHeight < slack) atEnd.set(list, true);
    else if (before && before.height === list.scrollHeight && list.scrollTop < before.top) atEnd.set(list, false);
  }, true);

  // Who says something wants to see it.
  document.addEventListener("submit", (event) => {
    const list = event.target instanceof Element && event.target.parentElement && event.target.parentElement.querySelector("[data-stick]");
    if (list) atEnd.set(list, true);
  }, true);

  const settle = () => {
    for (const list of document.querySelectorAll("[data-stick]")) {
      if (atEnd.get(list) !== false) list.scrollTop = list.scrollHeight;
    }
    for (const field of document.querySelectorAll("textarea[data-composer]")) {
      field.style.height = "auto";
      field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
    }
    const chosen = document.querySelector(".offer-chosen");
    if (chosen) chosen.scrollIntoView({ block: "nearest" });
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; settle(); });
  };
  document.addEventListener("input", soon);
  document.addEventListener("load", soon, true);
  addEventListener("resize", soon);
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class", "data-open"] });

    // A dialog that opens takes the focus to its first field, once: beside it somebody else may be typing.
    const opened = new WeakSet();
    new MutationObserver(() => {
      for (const dialog of document.querySelectorAll("[aria-modal=true]")) {
        if (opened.has(dialog)) continue;
        opened.add(dialog);
        const field = dialog.querySelector("input, textarea, select") ?? dialog.querySelector("button");
        if (field && !dialog.contains(document.activeElement)) field.focus();
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
