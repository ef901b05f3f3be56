// Below: every call of the bot and every event to it, with latency; what broke a rule of Discord's in red.

import { $, b, button, div, h, span } from "./dom.js";
import { watchLog } from "./wire.js";

const KINDS = { call: "REST", event: "event", answer: "answer", gateway: "gateway", bot: "bot" };
const FILTERS = {
  "": "Everything", call: "REST calls", event: "Events", answer: "Answers", gateway: "Gateway",
  bot: "What the bot writes", breach: "Against the rules",
};
const KEPT = 1000;
let broken = 0;
let table = null;

export const breaches = () => broken;

export function startLog(host) {
  const names = { role: "log", "aria-label": "Calls and events", "aria-live": "off" };
  table = h("div", { class: "lines", tabindex: "0", ...names });
  const only = h("select", { id: "log-only", onchange: () => (table.dataset.only = only.value) },
    Object.entries(FILTERS).map(([value, name]) => h("option", { value }, name)));
  host.append(div("drawer-head", h("h2", {}, "Log"), h("label", { for: "log-only", class: "hidden" }, "Show"), only,
    button("quiet", "✕", toggleLog, { "aria-label": "Close the log" })), table);
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggleLog();
  });
  watchLog(add);
}

export function toggleLog() {
  const drawer = $("#drawer");
  drawer.hidden = !drawer.hidden;
  document.body.classList.toggle("logging", !drawer.hidden);
  if (!drawer.hidden) table.scrollTop = table.scrollHeight;
  document.dispatchEvent(new Event("logged"));
}

function add(lines) {
  const atEnd = table.scrollHeight - table.scrollTop - table.clientHeight < 60;
  table.append(...lines.map(row));
  while (table.children.length > KEPT) table.firstChild.remove();
  if (atEnd) table.scrollTop = table.scrollHeight;
  broken += lines.filter((line) => line.breach).length;
  document.dispatchEvent(new Event("logged"));
}

function row(line) {
  const took = line.took === null ? "" : `${(line.took * 1000).toFixed(line.took < 0.01 ? 1 : 0)} ms`;
  const slow = line.status >= 400 && !line.breach ? "odd" : "";
  return h("div", { class: `entry ${line.breach ? "breach" : slow}`, data: { kind: line.kind } },
    span("when", line.at.slice(11, 23)), span("kind", KINDS[line.kind]),
    span("what", line.text.replace(/^\d{4}-\d\d-\d\d [\d:,]+ /, ""), line.breach ? b(` ${line.breach}`) : null),
    span("status", line.status ?? ""), span("took", took));
}
