// What a device keeps of a juror's readings, and how it reaches the site exactly once.
//
// A record: { url, base, values, dirty, intent, pending: {key, values, intent} | null, clash, closed, at }.
// `base` is the revision of the site the values were started from. What is being sent is set apart as `pending` with
// its key: as long as no answer came, the very same is sent again, so that a lost answer never makes two drafts.

import { ask, makeKey, Outbox } from "./outbox.js";

const room = document.querySelector("[data-marking-room]");
const PREFIX = `bpc:jury:${room?.dataset.markingRoom}:`;
const listeners = new Set();
const outbox = new Outbox("bpc-jury-send", sendEach);

export const nameOf = (reading) => PREFIX + reading;

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) || "null");
  } catch {
    return null;
  }
}

export function write(name, record) {
  try {
    if (record) localStorage.setItem(name, JSON.stringify(record));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false; // full, or forbidden: the form still works without us
  }
}

export function names() {
  const found = [];
  for (let at = 0; at < localStorage.length; at += 1) {
    if (localStorage.key(at).startsWith(PREFIX)) found.push(localStorage.key(at));
  }
  return found.sort();
}

export const isWaiting = (record) => Boolean(record && (record.dirty || record.pending));

// Told (name, record, state): sending, sent, waiting, signin, clash, closed, refused.
export function listen(told) { listeners.add(told); }
function tell(name, record, state) { for (const told of listeners) told(name, record, state); }

export const soon = (delay) => outbox.soon(delay);
export const sendAll = () => outbox.sendAll();

async function sendEach() {
  let waits = false;
  for (const name of names()) {
    for (let round = 0; round < 3; round += 1) { // what was typed meanwhile follows at once
      const record = read(name);
      if (!isWaiting(record) || record.clash || record.closed || record.refused) break;
      const state = await sendOne(name, record);
      tell(name, read(name), state);
      if (state !== "sent") { waits ||= state === "waiting"; break; }
    }
  }
  return waits;
}

async function sendOne(name, record) {
  if (!navigator.onLine) return "waiting"; // surely nothing leaves: what is typed next goes with it, in one
  if (!record.pending) {
    record.pending = { key: makeKey(), values: record.values, intent: record.intent };
    record.dirty = false;
    if (!write(name, record)) return "refused";
  }
  tell(name, record, "sending");
  const body = new URLSearchParams(record.pending.values);
  body.set("revision", record.base);
  body.set("key", record.pending.key);
  body.set("act", record.pending.intent);
  const { told, state } = await ask({ url: record.url, page: record.page, body });
  return told ? settle(name, record.pending.key, told) : state;
}

// The record is read again: words may have been typed while the answer was on its way.
function settle(name, key, told) {
  const record = read(name);
  if (!record?.pending || record.pending.key !== key) return "waiting";
  if (told.state) {
    const after = { ...record, base: told.revision, sentAt: told.at, state: told.state, pending: null };
    if (told.state === "done" && !record.dirty) after.values = {}; // handed in: nothing of it stays here
    write(name, after);
    return "sent";
  }
  if (told.problem === "stale") {
    write(name, { ...record, pending: null, dirty: true, clash: told.revision });
    return "clash";
  }
  if (told.problem === "closed" || told.problem === "done") {
    write(name, { ...record, pending: null, dirty: true, closed: told.problem });
    return "closed";
  }
  write(name, { ...record, pending: null, dirty: true, intent: "draft", refused: true });
  return "refused";
}
