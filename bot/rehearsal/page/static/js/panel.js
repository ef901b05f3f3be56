// Right: who looks, the club's language, the clock, the bot and its troubles, and the member's phone.

import { goTo } from "./channels.js";
import { avatar, b, button, div, h, p, redraw, span } from "./dom.js";
import { themeButton } from "./theme.js";
import { dress, moment, now, zone } from "./time.js";
import { ask, get, watch } from "./wire.js";

const HOUR = 3600, DAY = 24 * HOUR;
const JUMPS = [["+1 hour", HOUR], ["+1 day", DAY], ["+1 week", 7 * DAY]];
const STATES = { up: "is connected", starting: "is starting", down: "is down" };
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
let trouble = "";

export function startPanel(host) {
  const draw = () => drawPanel(host);
  watch(["viewer", "members", "club", "clock", "bot", "phone"], draw);
  setInterval(() => dressClock(host), 1000);
}

function drawPanel(host) {
  redraw(host, viewer(host), clock(host), bot(host), phone(), p("end", themeButton()));
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
  const options = pairs.map(([value, name]) => h("option", { value, selected: value === chosen }, name));
  const select = h("select", { id, data: { key }, onchange: (event) => onchange(event.target.value) }, options);
  return div("field", h("label", { for: id }, label), select);
}

function viewer(host) {
  const who = get("viewer");
  const people = get("members").map((each) => [each.id, [each.name, ...each.roles].join(" · ")]);
  const { locale, locales } = get("club");
  const tongues = locales.map((code) => [code, LANGUAGES.of(code)]);
  return h("section", {}, h("h2", {}, "Who is looking"),
    div("person", avatar(who), h("div", {}, b(who.name),
      p("hint", `${LANGUAGES.of(who.locale)} client · ${zone()}`))),
    chooser("Look as", "member", who.id, people, (member) => attempt(host, "look", { member })),
    chooser("The club's language", "tongue", locale, tongues, (code) => attempt(host, "tongue", { locale: code })));
}

function clock(host) {
  const { offset, due } = get("clock");
  const jump = (label, details, more = {}) =>
    button("button secondary", label, () => attempt(host, "jump", details), { data: { key: label }, ...more });
  const real = offset < 60 ? "It shows the real time." : `${ahead(offset)} ahead of the real time; the bot goes by it.`;
  return h("section", {}, h("h2", {}, "The clock"),
    p("face", moment(0, "f")),
    p("hint", real),
    div("row-of", JUMPS.map(([label, seconds]) => jump(label, { seconds }))),
    div("row-of", jump("To the next thing due", {}, { disabled: !due })),
    p("hint", due ? ["Next: ", moment(due, "R")] : "The bot waits for nothing."));
}

function ahead(seconds) {
  const parts = { d: seconds / DAY, h: (seconds % DAY) / HOUR, min: (seconds % HOUR) / 60 };
  const whole = Object.entries(parts).map(([unit, count]) => [unit, Math.floor(count)]);
  return whole.filter(([, count]) => count).map(([unit, count]) => `${count} ${unit}`).join(" ");
}

function bot(host) {
  const { name, state } = get("bot");
  const trigger = (label, deed, style, enabled) =>
    button(`button ${style}`, label, () => attempt(host, deed), { disabled: !enabled, data: { key: deed } });
  return h("section", {}, h("h2", {}, "The bot"),
    p(`state ${state}`, h("span", { class: "lamp", "aria-hidden": "true" }), `${name} ${STATES[state]}`),
    div("row-of", trigger("Crash the bot", "crash", "danger", state !== "down"),
      trigger("Start it", "start", "success", state === "down")),
    div("row-of", trigger("Drop the connection", "drop", "secondary", state === "up"),
      trigger("Rate-limit for 10 s", "limit", "secondary", state === "up")),
    trouble ? h("p", { class: "error", role: "alert" }, trouble) : null);
}

function phone() {
  const pushes = get("phone");
  return h("section", {}, h("h2", {}, `${get("viewer").name}'s phone`),
    h("div", { class: "phone", tabindex: "0", role: "region", "aria-label": `${get("viewer").name}'s lock screen` },
      pushes.length ? pushes.map(push) : p("hint", "No push has come.")),
    p("hint", "A lock screen drops the marks, and with them a spoiler's cover."));
}

function push(each) {
  const look = each.bares ? "push bares" : "push";
  return button(look, [
    span("by", b(each.who), ` in ${each.where} · `, moment(each.at, "t")),
    h("span", {}, each.text), each.bares ? span("warn", "⚠ a spoiler stands uncovered here") : null,
  ], () => goTo(each.channel), { data: { key: `p${each.id}` } });
}
