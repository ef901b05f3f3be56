// Above the messages: where one is, and what to know about the bot right now.

import { $, button, div, h, p, redraw } from "./dom.js";
import { toggleDrawer } from "./drawers.js";
import { breaches, toggleLog } from "./log.js";
import { ask, get, watch } from "./wire.js";

const SIGNS = { text: "#", thread: "↳", forum: "☰", private: "🔒", dm: "@", voice: "♪" };

const LIMITED = "Discord answers the bot “429, wait” for a few seconds; answers to members still pass.";

export const sign = (kind) => SIGNS[kind] ?? "#";

export function startHead(host, banner) {
  const draw = () => drawHead(host);
  watch(["here"], draw);
  document.addEventListener("logged", draw);
  watch(["bot"], () => drawBanner(banner));
}

function drawHead(host) {
  const here = get("here");
  if (!here) return;
  const faults = breaches();
  redraw(host,
    h("button", { type: "button", class: "quiet only-phone", data: { key: "channels" }, "aria-label": "Channels",
      onclick: (event) => toggleDrawer("channels", event.currentTarget) }, "☰"),
    div("place",
      h("h1", {}, h("span", { class: "sign", "aria-hidden": "true" }, sign(here.kind)), here.name),
      here.parent ? p("topic", `in #${here.parent}`) : here.topic ? p("topic", here.topic) : null),
    h("button", { type: "button", class: faults ? "quiet bad" : "quiet", data: { key: "log" }, onclick: toggleLog,
      "aria-expanded": String(!$("#drawer").hidden), "aria-controls": "drawer" },
    faults ? `Log · ${faults} against the rules` : "Log"),
    h("button", { type: "button", class: "quiet not-wide", data: { key: "panel" },
      onclick: (event) => toggleDrawer("panel", event.currentTarget) }, get("viewer")?.name ?? "Panel"));
}

function drawBanner(host) {
  const bot = get("bot");
  const waits = bot.limited * 1000 - Date.now();
  if (bot.state === "down") {
    redraw(host, p("bad", `${bot.name} is down. What its members press now fails. `,
      button("small", "Start it", () => ask("start").catch(() => {}), { data: { key: "up" } })));
  } else if (bot.state === "starting") {
    redraw(host, h("p", {}, `${bot.name} is connecting…`));
  } else if (waits > 0) {
    redraw(host, p("odd", LIMITED));
    setTimeout(() => drawBanner(host), waits + 50);
  } else {
    redraw(host);
  }
}
