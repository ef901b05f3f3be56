// Left: the server's channels, threads and posts under them, events above; only what the member sees.

import { b, button, div, h, p, redraw, span } from "./dom.js";
import { closeDrawers } from "./drawers.js";
import { sign } from "./head.js";
import { dress, moment } from "./time.js";
import { ask, get, watch } from "./wire.js";

const read = new Map(); // "member channel" → the last message seen there

export function startChannels(host) {
  watch(["tree", "here", "club", "events", "viewer"], () => draw(host));
}

export const goTo = (id) => ask("look", { channel: id }).then(closeDrawers, () => {});

function draw(host) {
  const tree = get("tree") ?? [];
  const places = tree.filter((place) => place.kind !== "dm");
  noteRead(tree);
  redraw(host,
    div("club", h("h2", {}, get("club").name), h("p", {}, `rehearsed on this machine`)),
    events(),
    h("ul", { class: "places", role: "list" }, places.map(row)),
    h("h3", {}, "Direct message"),
    h("ul", { class: "places", role: "list" }, tree.filter((place) => place.kind === "dm").map(row)));
  dress(host);
}

function noteRead(tree) {
  const member = get("viewer").id;
  for (const place of tree.flatMap((each) => [each, ...each.threads])) {
    const key = `${member} ${place.id}`;
    if (place.id === get("here").id || !read.has(key)) read.set(key, place.last);
  }
}

const unread = (place) => read.get(`${get("viewer").id} ${place.id}`) !== place.last;

function row(place) {
  return h("li", {}, link(place),
    place.threads.length ? h("ul", { class: "threads", role: "list" }, place.threads.map(thread)) : null);
}

function link(place, ...more) {
  const here = place.id === get("here").id;
  return h("button", {
    type: "button", class: unread(place) ? "place unread" : "place", data: { key: `c${place.id}` },
    "aria-current": here ? "page" : null, onclick: () => goTo(place.id),
  },
  h("span", { class: "sign", "aria-hidden": "true" }, sign(place.kind)),
  span("name", place.name),
  place.kind === "private" ? span("aside", "private") : null,
  unread(place) ? span("dot", span("hidden", "new")) : null,
  ...more);
}


function thread(place) {
  const marks = [...place.tags, place.archived ? "archived" : null, place.locked ? "locked" : null].filter(Boolean);
  return h("li", {}, link({ ...place, kind: place.kind === "text" ? "thread" : place.kind }),
    marks.length ? p("tags", marks.map((mark) => span("tag", mark))) : null,
    place.preview ? p("preview", b(`${place.preview.who}: `), h("span", { html: place.preview.html })) : null);
}

function events() {
  const coming = get("events") ?? [];
  if (!coming.length) return null;
  return h("section", { "aria-label": "Scheduled events" }, h("h3", {}, "Events"), coming.map(scheduled));
}

function scheduled(event) {
  const where = event.entity_metadata?.location;
  const press = () => ask("interested", { event: event.id }).catch(() => {});
  return div("event", b(event.name), h("br"), moment(Date.parse(event.scheduled_start_time) / 1000, "f"),
    where ? ` · ${where}` : null, event.status === 2 ? b(" · now") : null, h("br"),
    button("small", `Interested · ${event.user_count ?? 0}`, press, { data: { key: `e${event.id}` } }));
}
