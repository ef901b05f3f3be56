// A form that the bot opened (Discord's modal): labels, texts, lists, radio and checkbox groups.

import { optionsOf } from "./choose.js";
import { div, freshId, h, p, span } from "./dom.js";
import { ask } from "./wire.js";

const ROW = 1, STRING = 3, TEXT = 4, DISPLAY = 10, LABEL = 18, RADIO = 21, CHECKBOXES = 22, CHECKBOX = 23;
const PARAGRAPH = 2;

export function openForm(form) {
  const error = h("p", { class: "error", role: "alert" });
  const fields = form.components.map(drawn);
  const dialog = h("dialog", { class: "form", "aria-labelledby": "form-title", onclose: () => dialog.remove() },
    h("form", { method: "dialog", onsubmit: submit },
      h("h2", { id: "form-title" }, form.title), fields.map((each) => each.element), error,
      div("row-of end",
        h("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, "Cancel"),
        h("button", { class: "button primary", data: { key: "submit" } }, "Submit"))));

  async function submit(event) {
    event.preventDefault();
    const values = fields.filter((each) => each.name).map((each) => [each.name, each.value()]);
    try {
      const reply = await ask("submit", { form: form.id, fields: Object.fromEntries(values) });
      dialog.close();
      if (reply.form) openForm(reply.form);
    } catch (refusal) {
      error.textContent = refusal.message;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, textarea, select")?.focus();
}

function drawn(component) {
  if (component.type === DISPLAY) return { element: h("div", { class: "text", html: component.html }) };
  if (component.type === LABEL) return labelled(component.component, component.label, component.description);
  if (component.type === ROW) return labelled(component.components[0], component.components[0].label);
  return { element: p("nothing", `A part of type ${component.type}, which this page can't draw yet.`) };
}

function labelled(spec, label, description) {
  const id = freshId("field");
  const control = controlFor(spec, id);
  const needed = spec.required ?? true;
  const title = [label, needed ? null : span("aside", " optional")];
  const hint = description ? p("hint", description) : null;
  const element = control.group
    ? h("fieldset", { class: "field" }, h("legend", {}, title), hint, control.element)
    : div("field", h("label", { for: id }, title), hint, control.element);
  return { element, name: spec.custom_id, value: control.value };
}

function controlFor(spec, id) {
  if (spec.type === TEXT) return text(spec, id);
  if (spec.type === CHECKBOX) return checkbox(spec, id);
  const options = [RADIO, CHECKBOXES].includes(spec.type) ? spec.options : optionsOf(spec);
  const one = spec.type === RADIO || (spec.type !== CHECKBOXES && (spec.max_values ?? 1) === 1);
  return one && spec.type !== RADIO ? list(spec, id, options) : group(spec, options, one ? "radio" : "checkbox");
}

function text(spec, id) {
  const long = spec.style === PARAGRAPH;
  const input = h(long ? "textarea" : "input", {
    id, placeholder: spec.placeholder, required: spec.required ?? true, rows: long ? 4 : null,
    minlength: spec.min_length && String(spec.min_length), maxlength: String(spec.max_length ?? 4000),
  });
  input.value = spec.value ?? "";
  return { element: input, value: () => input.value };
}

function checkbox(spec, id) {
  const input = h("input", { id, type: "checkbox", checked: Boolean(spec.default) });
  return { element: input, value: () => input.checked };
}

function list(spec, id, options) {
  const item = (option) => h("option", { value: option.value, selected: Boolean(option.default) }, option.label);
  const input = h("select", { id, required: spec.required ?? true },
    h("option", { value: "" }, spec.placeholder ?? "—"), options.map(item));
  return { element: input, value: () => (input.value ? [input.value] : []) };
}

function group(spec, options, kind) {
  const name = freshId("group");
  const needed = kind === "radio" && (spec.required ?? true);
  const inputs = options.map((option) => h("input", {
    type: kind, name, value: option.value, checked: Boolean(option.default), required: needed,
  }));
  const element = div("group", options.map((option, index) => h("label", {}, inputs[index],
    h("span", {}, option.label, option.description ? span("hint", option.description) : null))));
  return { group: true, element, value: () => inputs.filter((input) => input.checked).map((input) => input.value) };
}
