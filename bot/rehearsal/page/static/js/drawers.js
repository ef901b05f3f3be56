// On a narrow screen the channels and the panel slide in over the talk; one at a time, Escape closes.

import { $ } from "./dom.js";

let opener = null;

export function toggleDrawer(name, button) {
  const open = document.body.dataset.drawer === name;
  closeDrawers();
  if (open) return;
  document.body.dataset.drawer = name;
  $("#shade").hidden = false;
  opener = button;
  requestAnimationFrame(() => requestAnimationFrame(() => $(`#${name}`).querySelector("button, select, a")?.focus()));
}

export function closeDrawers() {
  if (!document.body.dataset.drawer) return;
  delete document.body.dataset.drawer;
  $("#shade").hidden = true;
  opener?.focus();
  opener = null;
}

export function startDrawers() {
  $("#shade").addEventListener("click", closeDrawers);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawers();
  });
}
