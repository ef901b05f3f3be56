// A select on a message: a button that opens a list. One choice is sent at once, several after "Done".

import { act, emoji } from "./components.js";
import { button, div, h } from "./dom.js";
import { Listbox } from "./listbox.js";
import { get } from "./wire.js";

const STRING = 3, USERS = 5, ROLES = 6, MENTIONABLES = 7, CHANNELS = 8;

// The options of any select, those of members, roles and channels among them.
export function optionsOf(select) {
  const things = get("offers")?.things ?? { users: [], roles: [], channels: [] };
  const users = things.users.map((user) => ({ value: user.id, label: `@${user.name}` }));
  const roles = things.roles.map((role) => ({ value: role.id, label: `@${role.name.replace(/^@/, "")}` }));
  const fits = (channel) => !select.channel_types?.length || select.channel_types.includes(channel.type);
  const channels = things.channels.filter(fits).map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
  const kinds = {
    [STRING]: select.options ?? [], [USERS]: users, [ROLES]: roles,
    [MENTIONABLES]: [...users, ...roles], [CHANNELS]: channels,
  };
  return kinds[select.type];
}

export function drawSelect(select, message) {
  const placeholder = select.placeholder ?? "Make a selection";
  const preset = (select.options ?? []).filter((option) => option.default).map((option) => option.label).join(", ");
  const opener = h("button", {
    type: "button", class: "select", disabled: Boolean(select.disabled), data: { key: select.custom_id },
    role: "combobox", "aria-label": placeholder, "aria-haspopup": "listbox",
  }, h("span", {}, preset || placeholder), h("span", { "aria-hidden": "true" }, "▾"));
  const most = select.max_values ?? 1;
  const chosen = new Set();
  const done = button("button primary", "Done", () => send([...chosen]), { hidden: true });
  const list = new Listbox(opener, placeholder, (item) => (most > 1 ? toggle(item) : send([item.value])));
  const mark = (value) => (most === 1 ? null : chosen.has(value) ? "☑" : "☐");
  const items = () => optionsOf(select).map((option) => ({
    value: option.value, label: `${emoji(option)}${option.label}`, hint: option.description, mark: mark(option.value),
  }));

  function toggle(item) {
    if (!chosen.delete(item.value) && chosen.size < most) chosen.add(item.value);
    list.show(items(), list.active);
    done.hidden = false;
    done.disabled = chosen.size < (select.min_values ?? 1);
  }

  function send(values) {
    close();
    act(message, opener, "choose", { name: select.custom_id, values });
  }

  function close() {
    list.hide();
    done.hidden = true;
    chosen.clear();
  }

  function open() {
    list.show(items());
    list.element.scrollIntoView({ block: "nearest" });
  }

  opener.addEventListener("click", () => (list.open ? close() : open()));
  opener.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !list.open) {
      event.preventDefault();
      open();
    } else list.key(event);
  });
  const host = div("select-host", opener, list.element, done);
  host.addEventListener("focusout", (event) => {
    if (!host.contains(event.relatedTarget)) close();
  });
  return host;
}
