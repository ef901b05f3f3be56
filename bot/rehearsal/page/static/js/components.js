// Discord's message components, a small function for each type; `message` is the one they stand on.

import { drawSelect } from "./choose.js";
import { h } from "./dom.js";
import { openForm } from "./form.js";
import { picture } from "./media.js";
import { fail } from "./messages.js";
import { ask } from "./wire.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

const DRAWN = {
  1: (row, message) => h("div", { class: "row-of" }, draw(row.components, message)),
  2: button,
  3: drawSelect, 5: drawSelect, 6: drawSelect, 7: drawSelect, 8: drawSelect,
  9: (section, message) => h("div", { class: "section" }, h("div", {}, draw(section.components, message)), draw([section.accessory], message)),
  10: (display) => h("div", { class: "text", html: display.html }),
  11: (thumbnail) => picture({ ...thumbnail.media, description: thumbnail.description, spoiler: thumbnail.spoiler }, "thumbnail"),
  12: (gallery) => h("div", { class: "gallery" }, gallery.items.map((item) =>
    picture({ ...item.media, description: item.description, spoiler: item.spoiler }))),
  13: (file) => h("p", { class: "file" }, "📎 ", h("a", { href: file.file.url, download: "" }, file.file.url.split("/").pop())),
  14: (line) => h("hr", { class: line.divider === false ? "blank" : line.spacing === 2 ? "wide" : "" }),
  17: container,
};

const draw = (components, message) => components.map((component) => DRAWN[component.type]?.(component, message)
  ?? h("p", { class: "nothing" }, `A component of type ${component.type}, which this page can't draw yet.`));

export function drawComponents(components, message) {
  return components.length ? h("div", { class: "components" }, draw(components, message)) : null;
}

function container(box, message) {
  const colour = box.accent_color ?? null;
  const inside = h("div", { class: box.spoiler ? "inside" : "" }, draw(box.components, message));
  const props = box.spoiler ? { role: "button", tabindex: "0", "aria-label": "Spoiler: press to show it" } : {};
  return h("div", { class: box.spoiler ? "container spoiler covered" : "container", ...props,
    style: colour === null ? {} : { "--accent-of": `#${colour.toString(16).padStart(6, "0")}` } }, inside);
}

export const emoji = (thing) => (thing?.emoji?.name ? `${thing.emoji.name} ` : "");

function button(spec, message) {
  const label = `${emoji(spec)}${spec.label ?? ""}`.trim();
  if (spec.style === 5) {
    return h("a", { class: "button secondary", href: /^https?:/.test(spec.url) ? spec.url : "#", target: "_blank", rel: "noopener noreferrer" }, label, " ↗");
  }
  return h("button", {
    type: "button", class: `button ${STYLES[spec.style] ?? "secondary"}`, disabled: Boolean(spec.disabled), data: { key: spec.custom_id },
    onclick: (event) => act(message, event.currentTarget, "press", { name: spec.custom_id }),
  }, label);
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
