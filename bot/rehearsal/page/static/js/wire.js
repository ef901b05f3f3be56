// The one connection to the rehearsal: what it shows is kept by key, what a member does is asked and answered.

const state = new Map();
const watchers = [];
const logWatchers = [];
const waiting = new Map();
let socket = null;
let number = 0;

export class Refused extends Error {}

export const get = (key) => state.get(key);

// Calls `draw(changedKeys)` after each change to a key that `wants` names, a list of keys or a function.
export function watch(wants, draw) {
  const holds = typeof wants === "function" ? wants : (key) => wants.includes(key);
  watchers.push({ holds, draw });
}

export const watchLog = (take) => logWatchers.push(take);

export function ask(deed, details = {}) {
  return new Promise((resolve, reject) => {
    if (socket?.readyState !== WebSocket.OPEN) {
      reject(new Refused("The rehearsal doesn't answer. Is the demo still running?"));
      return;
    }
    number += 1;
    waiting.set(number, { resolve, reject });
    socket.send(JSON.stringify({ n: number, do: deed, ...details }));
  });
}

export function connect(opened, lost) {
  socket = new WebSocket(new URL("wire", document.baseURI.replace(/^http/, "ws")));
  socket.addEventListener("open", opened);
  socket.addEventListener("close", lost);
  socket.addEventListener("message", (event) => take(JSON.parse(event.data)));
}

function take(frame) {
  if ("reply" in frame) settle(frame);
  if (frame.set) change(frame.set, frame.drop);
  if (frame.log?.length) logWatchers.forEach((watcher) => watcher(frame.log));
}

function settle(frame) {
  const promise = waiting.get(frame.reply);
  waiting.delete(frame.reply);
  if (frame.error) promise?.reject(new Refused(frame.error));
  else promise?.resolve(frame);
}

function change(set, drop) {
  for (const [key, value] of Object.entries(set)) state.set(key, value);
  for (const key of drop) state.delete(key);
  const changed = new Set([...Object.keys(set), ...drop]);
  for (const { holds, draw } of watchers) {
    if ([...changed].some(holds)) draw(changed);
  }
}
