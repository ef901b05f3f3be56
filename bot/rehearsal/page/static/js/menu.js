// The message's menu: the bot's commands for a message, for who may use them.

import { act } from "./components.js";
import { button, h, p } from "./dom.js";
import { get } from "./wire.js";

let open = null;

export function openMenu(message, at, opener) {
  closeMenu();
  const offered = get("offers")?.menus ?? [];
  const row = { role: "menuitem", tabindex: "-1" };
  const rows = offered.map((menu) => button("", menu.label, () => use(menu.name), row));
  const role = rows.length ? "menu" : "note";
  const element = h("div", { class: "menu", role, "aria-label": "Apps", tabindex: "-1", onkeydown: key },
    rows.length ? rows : p("nothing", "The bot has no command for a message here."));

  function use(name) {
    const control = opener ?? element;
    closeMenu();
    act(message, control, "menu", { name });
  }

  element.addEventListener("focusout", (event) => {
    if (!element.contains(event.relatedTarget) && open?.element === element) closeMenu(false);
  });
  document.body.append(element);
  const { width, height } = element.getBoundingClientRect();
  element.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`);
  element.style.setProperty("top", `${Math.max(8, Math.min(at.bottom, innerHeight - height - 8))}px`);
  open = { element, opener };
  (element.querySelector("button") ?? element).focus();
  setTimeout(() => document.addEventListener("pointerdown", outside), 0);
}

function outside(event) {
  if (!open?.element.contains(event.target)) closeMenu();
}

function closeMenu(back = true) {
  const was = open;
  open = null;
  document.removeEventListener("pointerdown", outside);
  was?.element.remove();
  if (back) was?.opener?.focus();
}

function key(event) {
  const rows = [...event.currentTarget.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement);
  if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else if (event.key === "ArrowDown") rows[(at + 1) % rows.length]?.focus();
  else if (event.key === "ArrowUp") rows.at(at - 1)?.focus();
  else return;
  event.preventDefault();
}
