// Right: who looks, the club's language, the clock, the bot and its troubles, and the member's phone.

import { goTo } from "./channels.js";
import { avatar, h, redraw } from "./dom.js";
import { themeButton } from "./theme.js";
import { dress, now, zone } from "./time.js";
import { ask, get, watch } from "./wire.js";

const HOUR = 3600, DAY = 24 * HOUR;
const STATES = { up: "is connected", starting: "is starting", down: "is down" };
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
let trouble = "";

export function startPanel(host) {
  const draw = () => drawPanel(host);
  watch(["viewer", "members", "club", "clock", "bot", "phone"], draw);
  setInterval(() => dressClock(host), 1000);
}

function drawPanel(host) {
  redraw(host, viewer(host), clock(host), bot(host), phone(), h("p", { class: "end" }, themeButton()));
  dress(host);
  dressClock(host);
}

function dressClock(host) {
  const face = host.querySelector(".face time");
  if (!face) return;
  face.dataset.unix = String(Math.floor(now()));
  dress(face.parentElement);
}

async function attempt(host, deed, details) {
  trouble = "";
  try {
    await ask(deed, details);
  } catch (refusal) {
    trouble = refusal.message;
    drawPanel(host);
  }
}

function chooser(label, key, chosen, pairs, onchange) {
  const id = `choose-${key}`;
  return h("div", { class: "field" }, h("label", { for: id }, label), h("select", { id, data: { key }, onchange: (event) => onchange(event.target.value) },
    pairs.map(([value, name]) => h("option", { value, selected: value === chosen }, name))));
}

function viewer(host) {
  const who = get("viewer");
  const people = get("members").map((each) => [each.id, [each.name, ...each.roles].join(" · ")]);
  const { locale, locales } = get("club");
  return h("section", {}, h("h2", {}, "Who is looking"),
    h("div", { class: "person" }, avatar(who), h("div", {}, h("b", {}, who.name),
      h("p", { class: "hint" }, `${LANGUAGES.of(who.locale)} client · ${zone()}`))),
    chooser("Look as", "member", who.id, people, (member) => attempt(host, "look", { member })),
    chooser("The club's language", "tongue", locale, locales.map((code) => [code, LANGUAGES.of(code)]), (code) => attempt(host, "tongue", { locale: code })));
}

function clock(host) {
  const { offset, due } = get("clock");
  const jump = (label, details, enabled = true) => h("button", { type: "button", class: "button secondary", disabled: !enabled,
    data: { key: label }, onclick: () => attempt(host, "jump", details) }, label);
  return h("section", {}, h("h2", {}, "The clock"),
    h("p", { class: "face" }, h("time", { data: { unix: "0", style: "f" } })),
    h("p", { class: "hint" }, offset < 60 ? "It shows the real time." : `It is ${ahead(offset)} ahead of the real time; the bot goes by it.`),
    h("div", { class: "row-of" }, jump("+1 hour", { seconds: HOUR }), jump("+1 day", { seconds: DAY }), jump("+1 week", { seconds: 7 * DAY })),
    h("div", { class: "row-of" }, jump("To the next thing due", {}, Boolean(due))),
    h("p", { class: "hint" }, due ? ["Next: ", h("time", { data: { unix: String(due), style: "R" } })] : "The bot waits for nothing."));
}

function ahead(seconds) {
  const parts = [[Math.floor(seconds / DAY), "d"], [Math.floor((seconds % DAY) / HOUR), "h"], [Math.floor((seconds % HOUR) / 60), "min"]];
  return parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}`).join(" ");
}

function bot(host) {
  const { name, state } = get("bot");
  const button = (label, deed, style, enabled) => h("button", { type: "button", class: `button ${style}`, disabled: !enabled,
    data: { key: deed }, onclick: () => attempt(host, deed) }, label);
  return h("section", {}, h("h2", {}, "The bot"),
    h("p", { class: `state ${state}` }, h("span", { class: "lamp", "aria-hidden": "true" }), `${name} ${STATES[state]}`),
    h("div", { class: "row-of" }, button("Crash the bot", "crash", "danger", state !== "down"), button("Start it", "start", "success", state === "down")),
    h("div", { class: "row-of" }, button("Drop the connection", "drop", "secondary", state === "up"),
      button("Rate-limit for 10 s", "limit", "secondary", state === "up")),
    trouble ? h("p", { class: "error", role: "alert" }, trouble) : null);
}

function phone() {
  const pushes = get("phone");
  return h("section", {}, h("h2", {}, `${get("viewer").name}'s phone`),
    h("div", { class: "phone", tabindex: "0", role: "region", "aria-label": `Push texts on ${get("viewer").name}'s lock screen` },
      pushes.length ? pushes.map(push) : h("p", { class: "hint" }, "No push has come.")),
    h("p", { class: "hint" }, "A lock screen drops the marks, and with them a spoiler's cover."));
}

function push(each) {
  return h("button", { type: "button", class: each.bares ? "push bares" : "push", data: { key: `p${each.id}` }, onclick: () => goTo(each.channel) },
    h("span", { class: "by" }, h("b", {}, each.who), ` in ${each.where} · `, h("time", { data: { unix: String(each.at), style: "t" } })),
    h("span", {}, each.text), each.bares ? h("span", { class: "warn" }, "⚠ a spoiler stands uncovered here") : null);
}
