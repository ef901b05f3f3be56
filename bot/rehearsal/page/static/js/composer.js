// Below the messages: a box to write in. A slash opens the command picker, a chosen command its options.

import { openCommand } from "./command.js";
import { button, div, h, p, redraw } from "./dom.js";
import { Listbox } from "./listbox.js";
import { ask, get, watch } from "./wire.js";

const SHOWN = 60;
let box = null;
let place = null;
let looking = "";

export function startWriting(host) {
  place = host;
  watch(["here", "viewer", "offers"], (changed) => {
    const now = `${get("here").id} ${get("viewer").id} ${get("here").sends}`;
    if (now !== looking || (!box && changed.has("offers"))) {
      looking = now;
      drawBox();
    }
  });
  document.addEventListener("click", (event) => {
    const mention = event.target.closest("[data-command]");
    const found = mention && get("offers").commands.find((command) => command.path === mention.dataset.command);
    if (found) choose(found);
  });
}

// Puts the caret into the box, with `text` typed.
export function focusBox(text = "") {
  if (!box) drawBox();
  if (!box) return;
  box.focus();
  if (text) {
    box.value = text;
    box.dispatchEvent(new Event("input"));
  }
}

function drawBox() {
  const here = get("here");
  if (!here.commands) {
    box = null;
    redraw(place, p("nothing", "Open a post to write in it."));
    return;
  }
  const name = `${here.kind === "dm" ? "@" : "#"}${here.name}`;
  const hint = here.sends ? `Message ${name}, or / for commands` : "You can't write here; / still shows the commands";
  const error = h("p", { class: "error", role: "alert" });
  box = h("textarea", {
    id: "box", rows: 1, maxLength: 2000, placeholder: hint, "aria-label": hint, autocomplete: "off",
    role: "combobox", "aria-haspopup": "listbox", "aria-autocomplete": "list", data: { key: "box" },
  });
  const list = new Listbox(box, "Commands", (item) => choose(item.command));
  box.addEventListener("input", () => {
    error.textContent = "";
    list.show(box.value.startsWith("/") ? matching(box.value.slice(1)) : []);
  });
  box.addEventListener("keydown", (event) => {
    if (list.key(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say(error);
  });
  box.addEventListener("blur", () => list.hide());
  redraw(place, div("box", list.element, box,
    button("quiet slash", "/", () => focusBox("/"), { "aria-label": "Commands", data: { key: "slash" } })), error);
}

function matching(typed) {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const said = (command) => `${command.label} ${command.description}`.toLocaleLowerCase();
  const fits = (command) => words.every((word) => said(command).includes(word));
  const starts = (command) => command.label.toLocaleLowerCase().startsWith(typed.trim().toLocaleLowerCase());
  const found = (get("offers")?.commands ?? []).filter(fits);
  const sorted = [...found.filter(starts), ...found.filter((command) => !starts(command))];
  const item = (command) => ({ label: `/${command.label}`, hint: command.description, command });
  return sorted.slice(0, SHOWN).map(item);
}

async function say(error) {
  const text = box.value.trim();
  if (!text) return;
  if (text.startsWith("/")) {
    error.textContent = `There is no ${text.split(/\s/)[0]} here for ${get("viewer").name}.`;
    return;
  }
  try {
    await ask("say", { text });
    box.value = "";
  } catch (refusal) {
    error.textContent = refusal.message;
  }
}

function choose(command) {
  box = null;
  openCommand(place, command, () => {
    drawBox();
    focusBox();
  });
}
