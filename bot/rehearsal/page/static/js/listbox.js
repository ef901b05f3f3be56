// A list to choose from, by keyboard or pointer; used by the command picker, autocomplete and selects.

import { freshId, h, span } from "./dom.js";

export class Listbox {
  // `owner` keeps the focus and is told which option is active; `pick(item)` is called with the chosen one.
  constructor(owner, label, pick) {
    this.owner = owner;
    this.pick = pick;
    this.items = [];
    this.active = -1;
    const id = freshId("list");
    this.element = h("div", { class: "listbox", role: "listbox", id, "aria-label": label, hidden: true });
    owner.setAttribute("aria-controls", this.element.id);
    owner.setAttribute("aria-expanded", "false");
  }

  get open() {
    return !this.element.hidden;
  }

  show(items, active = 0) {
    this.items = items;
    this.element.replaceChildren(...items.map((item, index) => this.row(item, index)));
    this.element.hidden = items.length === 0;
    this.owner.setAttribute("aria-expanded", String(this.open));
    this.activate(items.length ? active : -1);
  }

  hide() {
    this.show([]);
  }

  row(item, index) {
    return h("div", {
      class: "option", role: "option", id: `${this.element.id}-${index}`, "aria-selected": "false",
      onpointerdown: (event) => event.preventDefault(),
      onpointermove: () => this.activate(index, false),
      onclick: () => this.pick(item),
    },
    span("name", item.mark ? h("span", { class: "mark", "aria-hidden": "true" }, item.mark) : null, item.label),
    item.hint ? span("hint", item.hint) : null);
  }

  activate(index, scroll = true) {
    this.active = index;
    [...this.element.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
    const row = this.element.children[index];
    if (row) this.owner.setAttribute("aria-activedescendant", row.id);
    else this.owner.removeAttribute("aria-activedescendant");
    if (scroll) row?.scrollIntoView({ block: "nearest" });
  }

  // Handles a key of the owner; whether it was one of the list's.
  key(event) {
    if (!this.open) return false;
    const last = this.items.length - 1;
    const moves = {
      ArrowDown: this.active >= last ? 0 : this.active + 1,
      ArrowUp: this.active <= 0 ? last : this.active - 1,
    };
    if (event.key in moves) this.activate(moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.pick(this.items[this.active]);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
