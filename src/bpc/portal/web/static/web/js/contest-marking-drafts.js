// What a device keeps of a juror's readings, and how it reaches the site exactly once.
//
// A record: { url, base, values, dirty, intent, pending: {key, values, intent} | null, clash, closed, at }.
// `base` is the revision of the site the values were started from. What is being sent is set apart as `pending` with
// its key: as long as no answer came, the very same is sent again, so that a lost answer never makes two drafts.

const room = document.querySelector("[data-marking-room]");
const PREFIX = `bpc:jury:${room?.dataset.markingRoom}:`;
const RETRY = [3000, 10000, 30000, 60000];
const listeners = new Set();
let sending = false;
let tries = 0;
let timer;

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

export function soon(delay = 1500) {
  clearTimeout(timer);
  timer = setTimeout(sendAll, delay);
}

export async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    // one page at a time, where the browser can promise it
    if (navigator.locks) await navigator.locks.request("bpc-jury-send", sendEach);
    else await sendEach();
  } finally {
    sending = false;
  }
}

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
  if (waits) soon(RETRY[Math.min(tries++, RETRY.length - 1)]);
  else tries = 0;
}

async function sendOne(name, record) {
  if (!navigator.onLine) return "waiting"; // surely nothing leaves: what is typed next goes with it, in one
  if (!record.pending) {
    record.pending = { key: makeKey(), values: record.values, intent: record.intent };
    record.dirty = false;
    if (!write(name, record)) return "refused";
  }
  tell(name, record, "sending");
  let answer;
  try {
    answer = await post(record);
  } catch {
    return "waiting";
  }
  if (answer.type === "opaqueredirect") return "signin";
  if (answer.status >= 500 || answer.status === 429) return "waiting";
  if (answer.status === 403 || answer.status === 404) return "signin";
  let told;
  try {
    told = await answer.json();
  } catch {
    return "waiting"; // a portal of the network, not the site
  }
  return settle(name, record.pending.key, told);
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

async function post(record) {
  const body = new URLSearchParams(record.pending.values);
  body.set("revision", record.base);
  body.set("key", record.pending.key);
  body.set("act", record.pending.intent);
  const send = (token) => fetch(record.url, {
    method: "POST", body, redirect: "manual", credentials: "same-origin", headers: { "X-CSRFToken": token },
  });
  const answer = await send(token());
  if (answer.status !== 403) return answer;
  // the page was kept from before a new sign-in: its token is of another session
  const page = await fetch(record.page, { credentials: "same-origin", cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  return fresh ? send(fresh.value) : answer;
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

function makeKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

addEventListener("online", () => { tries = 0; sendAll(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll(); });
