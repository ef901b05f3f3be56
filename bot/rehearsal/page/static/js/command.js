// A chosen command with its options: each checked before anything is sent, as Discord's clients do.

import { b, div, h, redraw, span } from "./dom.js";
import { openForm } from "./form.js";
import { field } from "./options.js";
import { ask } from "./wire.js";

export function openCommand(place, command, done) {
  const error = h("p", { class: "error", role: "alert" });
  const fields = command.options.map((option) => field(option, () => ({ path: command.path, also: filled() })));
  const send = h("button", { class: "button primary", data: { key: "send" } }, "Send");
  const filled = () => {
    const pairs = fields.map((each) => [each.name, each.value()]);
    return Object.fromEntries(pairs.filter(([, value]) => value !== ""));
  };

  async function submit(event) {
    event.preventDefault();
    const wrong = fields.filter((each) => !each.check());
    if (wrong.length) {
      wrong[0].focus();
      return;
    }
    send.setAttribute("aria-busy", "true");
    error.textContent = "";
    try {
      const reply = await ask("slash", { path: command.path, options: filled() });
      done();
      if (reply.form) openForm(reply.form);
    } catch (refusal) {
      error.textContent = refusal.message;
    } finally {
      send.removeAttribute("aria-busy");
    }
  }

  const form = h("form", {
    class: "command", novalidate: true, "aria-label": `/${command.label}`, onsubmit: submit,
    onkeydown: (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) done();
    },
  },
  div("command-head", b(`/${command.label}`), h("span", {}, command.description),
    h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: done }, "✕")),
  fields.length ? div("options", fields.map((each) => each.element)) : null,
  error, div("command-foot", span("aside", "Enter sends, Escape closes"), send));
  redraw(place, form);
  (form.querySelector("input, select") ?? send).focus();
}
