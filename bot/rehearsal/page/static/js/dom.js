// Building elements. Text always goes in as text; HTML only as `html`, which the server has rendered and escaped.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "html") element.innerHTML = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  const there = (child) => child !== null && child !== undefined && child !== false;
  element.append(...children.flat(Infinity).filter(there));
  return element;
}

export const p = (look, ...children) => h("p", { class: look }, ...children);
export const span = (look, ...children) => h("span", { class: look }, ...children);
export const div = (look, ...children) => h("div", { class: look }, ...children);
export const b = (...children) => h("b", {}, ...children);
export const button = (look, label, onclick, more = {}) =>
  h("button", { type: "button", class: look, onclick, ...more }, label);

export const $ = (selector) => document.querySelector(selector);

// Draws anew and keeps the focus: elements that stay the same thing carry the same data-key.
export function redraw(host, ...children) {
  const focused = host.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.closest("[data-key]")?.dataset.key;
  const caret = focused?.selectionStart;
  host.replaceChildren(...children.flat(Infinity).filter(Boolean));
  if (!key) return;
  const again = host.querySelector(`[data-key="${CSS.escape(key)}"]`);
  again?.focus({ preventScroll: true });
  if (caret !== undefined && caret !== null && again?.setSelectionRange) again.setSelectionRange(caret, caret);
}

let count = 0;
export const freshId = (prefix) => `${prefix}-${(count += 1)}`;

// A round sign for a person: two letters on a colour that stays theirs.
export function avatar(person) {
  const hue = Number((BigInt(person.id) * 137n) % 360n);
  const letters = person.name.slice(0, 2);
  const props = { "aria-hidden": "true", style: { "--hue": String(hue) } };
  return h("span", { class: person.bot ? "avatar app" : "avatar", ...props }, person.bot ? "" : letters);
}
