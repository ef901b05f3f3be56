// Middle: the messages of the channel, each drawn again only when it looks different.

import { goTo } from "./channels.js";
import { drawComponents } from "./components.js";
import { $, avatar, b, button, div, h, p, span } from "./dom.js";
import { drawAttachments, drawEmbeds } from "./media.js";
import { openMenu } from "./menu.js";
import { drawPoll } from "./poll.js";
import { startSpoilers } from "./spoilers.js";
import { dress, format, moment } from "./time.js";
import { get, watch } from "./wire.js";

const TOGETHER = 300; // seconds in which one author's messages share a head
const dismissed = new Set(); // answers that their reader has put away
const rows = new Map(); // message id → { element, look }
let channel = null;
let member = null;
let wanted = null; // a message that a link leads to

export function startMessages(host) {
  startSpoilers(host);
  stayAtEnd(host);
  startJumps(host);
  const ours = (key) => ["messages", "viewer", "here", "tree"].includes(key) || key.startsWith("m:");
  watch(ours, (changed) => draw(host, changed));
}

// A mention of a channel and a link to a message lead there, on this page.
function startJumps(host) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-channel]");
    if (!link) return;
    event.preventDefault();
    wanted = link.dataset.message || null;
    if (link.dataset.channel === get("here").id) find(host);
    else await goTo(link.dataset.channel);
  });
}

function find(host) {
  const element = wanted && host.querySelector(`[data-message="${CSS.escape(wanted)}"]`);
  if (!element) return;
  wanted = null;
  element.scrollIntoView({ block: "center" });
  element.classList.add("found");
  element.addEventListener("animationend", () => element.classList.remove("found"), { once: true });
}

// What grows below (the log, a command's options) doesn't hide the newest message. A scroll that comes with another
// height is the browser's doing, not the reader's.
function stayAtEnd(host) {
  let wasAtEnd = true;
  let height = host.clientHeight;
  host.addEventListener("scroll", () => {
    if (host.clientHeight === height) wasAtEnd = host.scrollHeight - host.scrollTop - height < 40;
  });
  new ResizeObserver(() => {
    height = host.clientHeight;
    if (wasAtEnd) host.scrollTop = host.scrollHeight;
  }).observe(host);
}

function draw(host, changed) {
  const ids = (get("messages") ?? []).filter((id) => !dismissed.has(id));
  const moved = get("here").id !== channel || get("viewer").id !== member;
  const atEnd = host.scrollHeight - host.scrollTop - host.clientHeight < 120;
  if (moved) leave(host);
  host.setAttribute("aria-busy", String(moved));
  const drawn = ids.map((id, index) => row(get(`m:${id}`), get(`m:${ids[index - 1]}`), changed));
  for (const id of rows.keys()) if (!ids.includes(id)) rows.delete(id);
  place(host, drawn.length ? drawn : [nothing()]);
  dress(host);
  if (moved || atEnd) host.scrollTop = host.scrollHeight;
  find(host);
  host.setAttribute("aria-busy", "false");
}

function leave(host) {
  host.replaceChildren();
  rows.clear();
  channel = get("here").id;
  member = get("viewer").id;
}

function place(host, drawn) {
  const keep = new Set(drawn);
  for (const child of [...host.children]) if (!keep.has(child)) child.remove();
  drawn.forEach((element, index) => {
    if (host.children[index] !== element) host.insertBefore(element, host.children[index] ?? null);
  });
}

function nothing() {
  const { kind, id } = get("here");
  if (kind !== "forum") return p("nothing", "Nothing has been said here yet. Type / to see what the bot can do.");
  const posts = get("tree").find((place) => place.id === id)?.threads ?? [];
  return div("posts", posts.length ? posts.map(post) : p("nothing", "This forum has no post yet."));
}

const post = (thread) => h("button", { type: "button", class: "stub post", onclick: () => goTo(thread.id) },
  span("row-of", thread.tags.map((tag) => span("tag", tag))), b(thread.name),
  thread.preview ? span("hint", b(`${thread.preview.who}: `), h("span", { html: thread.preview.html })) : null);

function row(message, before, changed) {
  const look = `${newDay(message, before)} ${follows(message, before)}`;
  const known = rows.get(message.id);
  if (known && known.look === look && !changed.has(`m:${message.id}`)) return known.element;
  const element = drawRow(message, before);
  if (known) keepFocus(known.element, element);
  rows.set(message.id, { element, look });
  return element;
}

function keepFocus(old, element) {
  const key = old.contains(document.activeElement) && document.activeElement.dataset.key;
  if (key) requestAnimationFrame(() => element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus());
}

const newDay = (message, before) => !before || format(message.at, "D") !== format(before.at, "D");

function follows(message, before) {
  return Boolean(before) && before.author.id === message.author.id && message.at - before.at < TOGETHER
    && !message.asked && message.ephemeral === before.ephemeral && !newDay(message, before);
}

function drawRow(message, before) {
  if (message.line) return div("row", newDay(message, before) ? dayLine(message) : null, systemLine(message));
  const joined = follows(message, before);
  const marks = { joined, ephemeral: message.ephemeral, pinned: message.pinned };
  const look = ["message", ...Object.keys(marks).filter((mark) => marks[mark])].join(" ");
  const article = h("article", { class: look, data: { message: message.id }, "aria-label": message.author.name },
    message.asked ? asked(message.asked) : null,
    joined ? null : avatar(message.author),
    div("body", joined ? null : head(message), content(message),
      message.ephemeral && !message.loading ? onlyYou(message) : null,
      h("p", { class: "failed", role: "alert" })),
    div("actions", more(message)));
  listen(article, message);
  return div("row", newDay(message, before) ? dayLine(message) : null, article);
}

const systemLine = (message) => h("article", { class: "message system", data: { message: message.id } },
  h("span", { class: "sign", "aria-hidden": "true" }, "→"),
  div("body", h("p", {}, b(message.author.name), ` ${message.line} `,
    moment(message.at, "t")), threadStub(message.thread)));

// A thread that hangs on a message, with its last message as clients preview it.
const threadStub = (thread) => thread && h("button", {
  type: "button", class: "stub", data: { key: `t${thread.id}` }, onclick: () => goTo(thread.id),
},
h("span", {}, b(thread.name), span("aside", ` ${thread.said} ${thread.said === 1 ? "message" : "messages"} ›`)),
  thread.preview ? span("hint", b(`${thread.preview.who}: `), h("span", { html: thread.preview.html })) : null);

const asked = (deed) => p("asked", b(deed.who), " used ", span("mention", deed.name));

const dayLine = (message) => p("day", moment(message.at, "day"));

function head(message) {
  return p("by", b(message.author.name), message.author.bot ? span("badge", "APP") : null,
    moment(message.at, "t"),
    message.pinned ? span("aside", "pinned") : null);
}

function content(message) {
  if (message.loading) return p("thinking", `${get("bot").name} is thinking…`);
  return [
    message.html ? h("div", { class: "text", html: message.html }) : null,
    drawEmbeds(message.embeds),
    drawComponents(message.components, message),
    drawAttachments(message.attachments),
    message.poll ? drawPoll(message) : null,
    message.edited ? p("edited", "(edited)") : null,
    threadStub(message.thread),
  ];
}

function onlyYou(message) {
  const dismiss = () => {
    dismissed.add(message.id);
    draw($("#messages"), new Set());
    $("#messages").focus();
  };
  const name = { "aria-label": "Dismiss this answer" };
  return p("only-you", "👁 Only you can see this · ", button("quiet", "Dismiss", dismiss, name));
}

function more(message) {
  const open = (event) => openMenu(message, event.currentTarget.getBoundingClientRect(), event.currentTarget);
  return button("quiet", "⋯", open, {
    data: { key: `more-${message.id}` }, "aria-label": `More about this message by ${message.author.name}`,
    "aria-haspopup": "menu",
  });
}

// A right click or a long press opens the menu that the ⋯ button opens.
function listen(article, message) {
  let held = null;
  const at = (event) => new DOMRect(event.clientX, event.clientY, 0, 0);
  article.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    openMenu(message, at(event), article.querySelector(".actions button"));
  });
  article.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") held = setTimeout(() => openMenu(message, at(event), null), 550);
  });
  for (const end of ["pointerup", "pointercancel", "pointermove"]) {
    article.addEventListener(end, () => clearTimeout(held));
  }
}

// Says below a message why a press came to nothing.
export function fail(messageId, text) {
  const line = document.querySelector(`[data-message="${CSS.escape(messageId)}"] .failed`);
  if (line) line.textContent = text;
}
