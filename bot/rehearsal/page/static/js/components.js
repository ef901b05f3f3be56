// Discord's message components, a small function for each type; `message` is the one they stand on.

import { drawSelect } from "./choose.js";
import { button, div, h, p } from "./dom.js";
import { openForm } from "./form.js";
import { edge, picture } from "./media.js";
import { fail } from "./messages.js";
import { ask } from "./wire.js";

const INSIDE = /^https:\/\/discord\.com\/channels\/(?:@me|\d+)\/(\d+)(?:\/(\d+))?$/; // a channel, a message
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

const DRAWN = {
  1: (row, message) => div("row-of", draw(row.components, message)),
  2: drawButton,
  3: drawSelect, 5: drawSelect, 6: drawSelect, 7: drawSelect, 8: drawSelect,
  9: (section, message) =>
    div("section", h("div", {}, draw(section.components, message)), draw([section.accessory], message)),
  10: (display) => h("div", { class: "text", html: display.html }),
  11: (thumbnail) => picture(shown(thumbnail), "thumbnail"),
  12: (gallery) => div("gallery", gallery.items.map((item) => picture(shown(item)))),
  13: (file) => p("file", "📎 ", h("a", { href: file.file.url, download: "" }, file.file.url.split("/").pop())),
  14: (line) => h("hr", { class: line.divider === false ? "blank" : line.spacing === 2 ? "wide" : "" }),
  17: container,
};

const shown = (item) => ({ ...item.media, description: item.description, spoiler: item.spoiler });

const draw = (components, message) => components.map((component) => DRAWN[component.type]?.(component, message)
  ?? p("nothing", `A component of type ${component.type}, which this page can't draw yet.`));

export function drawComponents(components, message) {
  return components.length ? div("components", draw(components, message)) : null;
}

function container(box, message) {
  const inside = div(box.spoiler ? "inside" : "", draw(box.components, message));
  const cover = box.spoiler ? { role: "button", tabindex: "0", "aria-label": "Spoiler: press to show it" } : {};
  const look = box.spoiler ? "container spoiler covered" : "container";
  return h("div", { class: look, ...cover, style: edge(box.accent_color) }, inside);
}

export const emoji = (thing) => (thing?.emoji?.name ? `${thing.emoji.name} ` : "");

function drawButton(spec, message) {
  const label = `${emoji(spec)}${spec.label ?? ""}`.trim();
  if (spec.style === 5) {
    const inside = INSIDE.exec(spec.url);
    const place = inside && { channel: inside[1], message: inside[2] ?? "" };
    if (place) return button("button secondary", `${label} →`, null, { data: place });
    const href = /^https?:/.test(spec.url) ? spec.url : "#";
    return h("a", { class: "button secondary", href, target: "_blank", rel: "noopener noreferrer" }, label, " ↗");
  }
  const press = (event) => act(message, event.currentTarget, "press", { name: spec.custom_id });
  const look = `button ${STYLES[spec.style] ?? "secondary"}`;
  return button(look, label, press, { disabled: Boolean(spec.disabled), data: { key: spec.custom_id } });
}

// Sends what a member did on a message; shows that it waits, the form it opens, or why it failed.
export async function act(message, control, deed, details) {
  if (control.getAttribute("aria-busy") === "true") return;
  control.setAttribute("aria-busy", "true");
  fail(message.id, "");
  try {
    const reply = await ask(deed, { message: message.id, ...details });
    if (reply.form) openForm(reply.form);
  } catch (refusal) {
    fail(message.id, refusal.message);
  } finally {
    control.removeAttribute("aria-busy");
  }
}
