// Light, dark, or as the system has it.

import { h } from "./dom.js";

const KEY = "theme";
const NEXT = { auto: "light", light: "dark", dark: "auto" };
const NAMES = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" };

const current = () => localStorage.getItem(KEY) ?? "auto";

function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function startTheme() {
  apply(current());
}

export function themeButton() {
  const button = h("button", {
    type: "button", class: "quiet", data: { key: "theme" }, title: "Light, dark, or as the system has it",
    onclick: () => {
      localStorage.setItem(KEY, NEXT[current()]);
      apply(current());
      button.textContent = NAMES[current()];
    },
  }, NAMES[current()]);
  return button;
}
