// Times as their reader sees them: in the zone of the member who looks, by the rehearsal's clock.

import { h } from "./dom.js";
import { get, watch } from "./wire.js";

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
  day: { dateStyle: "full" },
};
const SPANS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export const now = () => Date.now() / 1000 + (get("clock")?.offset ?? 0);
export const zone = () => get("viewer")?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = () => get("viewer")?.locale ?? "en";

export function format(unix, style) {
  const instant = new Date(unix * 1000);
  if (Number.isNaN(instant.getTime())) return "an impossible time";
  if (style === "R") return relative(unix);
  return new Intl.DateTimeFormat(language(), { ...(STYLES[style] ?? STYLES.f), timeZone: zone() }).format(instant);
}

function relative(unix) {
  const seconds = unix - now();
  const [unit, size] = SPANS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

// A time that `dress` writes; it may stand anywhere.
export const moment = (unix, style) => h("time", { data: { unix: String(unix), style } });

// Writes every time below `root`; each knows its instant and style.
export function dress(root = document) {
  for (const element of root.querySelectorAll("time[data-unix]")) {
    const unix = Number(element.dataset.unix);
    element.textContent = format(unix, element.dataset.style);
    const instant = new Date(unix * 1000);
    if (Number.isNaN(instant.getTime())) continue;
    element.dateTime = instant.toISOString();
    element.title = `${format(unix, "F")} (${zone()})`;
  }
}

export function startTime() {
  watch(["clock", "viewer"], () => dress());
  setInterval(() => dress(), 5000);
}
