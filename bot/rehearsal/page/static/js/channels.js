// Left: the server's channels, threads and posts under them, events above; only what the member sees.

import { h, redraw } from "./dom.js";
import { closeDrawers } from "./drawers.js";
import { sign } from "./head.js";
import { dress } from "./time.js";
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
    h("div", { class: "club" }, h("h2", {}, get("club").name), h("p", {}, `rehearsed on this machine`)),
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
  h("span", { class: "name" }, place.name),
  place.kind === "private" ? h("span", { class: "aside" }, "private") : null,
  unread(place) ? h("span", { class: "dot" }, h("span", { class: "hidden" }, "new")) : null,
  ...more);
}


function thread(place) {
  const marks = [...place.tags, place.archived ? "archived" : null, place.locked ? "locked" : null].filter(Boolean);
  return h("li", {}, link({ ...place, kind: place.kind === "text" ? "thread" : place.kind }),
    marks.length ? h("p", { class: "tags" }, marks.map((mark) => h("span", { class: "tag" }, mark))) : null,
    place.preview ? h("p", { class: "preview" }, h("b", {}, `${place.preview.who}: `), h("span", { html: place.preview.html })) : null);
}

function events() {
  const coming = get("events") ?? [];
  if (!coming.length) return null;
  return h("section", { class: "events", "aria-label": "Scheduled events" }, h("h3", {}, "Events"), coming.map((event) =>
    h("div", { class: "event" }, h("b", {}, event.name), h("br"),
      h("time", { data: { unix: String(Date.parse(event.scheduled_start_time) / 1000), style: "f" } }),
      event.entity_metadata?.location ? h("span", {}, ` · ${event.entity_metadata.location}`) : null,
      event.status === 2 ? h("b", {}, " · now") : null, h("br"),
      h("button", { type: "button", class: "small", data: { key: `e${event.id}` }, onclick: () => ask("interested", { event: event.id }).catch(() => {}) },
        `Interested · ${event.user_count ?? 0}`))));
}
