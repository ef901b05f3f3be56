// One option of a command: its control, its value as text, and whether that will do.

import { optionsOf } from "./choose.js";
import { div, freshId, h, span } from "./dom.js";
import { Listbox } from "./listbox.js";
import { ask } from "./wire.js";

const STRING = 3, INTEGER = 4, BOOLEAN = 5, USER = 6, CHANNEL = 7, ROLE = 8, MENTIONABLE = 9, NUMBER = 10;
const THINGS = { [USER]: 5, [ROLE]: 6, [MENTIONABLE]: 7, [CHANNEL]: 8 };

// `typing()` says which command it is and what its other options hold, for autocomplete.
export function field(option, typing) {
  const control = controlFor(option, typing);
  const error = h("p", { class: "error", id: freshId("error") });
  const hint = h("span", { class: "hint", id: freshId("hint") }, option.description);
  const optional = option.required ? "" : span("aside", " optional");
  const label = h("label", { for: control.input.id }, option.label, optional);
  control.input.setAttribute("aria-describedby", `${hint.id} ${error.id}`);
  return {
    name: option.name,
    element: div("field", label, control.element, hint, error),
    value: control.value,
    focus: () => control.input.focus(),
    check: () => {
      error.textContent = fault(option, control.value());
      control.input.setAttribute("aria-invalid", String(Boolean(error.textContent)));
      return !error.textContent;
    },
  };
}

function controlFor(option, typing) {
  const id = freshId("option");
  if (option.choices.length) return listed(id, option, option.choices.map((choice) => [choice.value, choice.name]));
  if (option.type === BOOLEAN) return listed(id, option, [["true", "True"], ["false", "False"]]);
  if (option.type in THINGS) {
    const things = optionsOf({ type: THINGS[option.type], channel_types: option.channel_types });
    return listed(id, option, things.map((thing) => [thing.value, thing.label]));
  }
  const numeric = option.type === INTEGER || option.type === NUMBER;
  const input = h("input", {
    id, type: "text", autocomplete: "off", inputmode: numeric ? "decimal" : "text",
    "aria-required": String(option.required),
  });
  if (option.autocomplete) return completed(input, option, typing);
  return { input, element: input, value: () => input.value.trim() };
}

function listed(id, option, pairs) {
  const input = h("select", { id, "aria-required": String(option.required) }, h("option", { value: "" }, "—"),
    pairs.map(([value, name]) => h("option", { value: String(value) }, name)));
  return { input, element: input, value: () => input.value };
}

// Asks the bot at each keystroke; what comes too late is dropped.
function completed(input, option, typing) {
  let picked = null;
  let asked = 0;
  const list = new Listbox(input, option.label, (item) => {
    picked = item;
    asked += 1; // an answer still on its way must not open the list again
    input.value = item.label;
    list.hide();
  });
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");

  async function look() {
    asked += 1;
    const mine = asked;
    try {
      const { path, also } = typing();
      const others = Object.fromEntries(Object.entries(also).filter(([name]) => name !== option.name));
      const reply = await ask("complete", { path, option: option.name, typed: input.value, also: others });
      if (mine === asked && document.activeElement === input) {
        list.show(reply.choices.map((choice) => ({ label: choice.name, value: String(choice.value) })));
      }
    } catch {
      list.hide();
    }
  }

  input.addEventListener("input", () => {
    picked = null;
    look();
  });
  input.addEventListener("focus", look);
  input.addEventListener("blur", () => list.hide());
  input.addEventListener("keydown", (event) => list.key(event));
  const value = () => (picked && picked.label === input.value ? picked.value : input.value.trim());
  return { input, element: div("completed", input, list.element), value };
}

function fault(option, value) {
  if (value === "") return option.required ? "This option is required." : "";
  if (option.type === INTEGER || option.type === NUMBER) {
    const number = Number(value);
    if (Number.isNaN(number) || (option.type === INTEGER && !Number.isInteger(number))) return "It takes a number.";
    return between(number, option.min_value, option.max_value, "It takes");
  }
  if (option.type !== STRING || option.choices.length) return "";
  return between(value.length, option.min_length, option.max_length, "It takes a text of", " characters");
}

function between(size, least = -Infinity, most = Infinity, says = "", unit = "") {
  if (size >= least && size <= most) return "";
  if (most === Infinity) return `${says} at least ${least}${unit}.`;
  if (least === -Infinity) return `${says} at most ${most}${unit}.`;
  return `${says} ${least} to ${most}${unit}.`;
}
