// A juror's pages in a bad network: each change is kept on the device, sent when it can be, and the pages can be
// opened again without network. Without this file the form works as any other.

import { isWaiting, listen, nameOf, names, read, sendAll, soon, write } from "./contest-marking-drafts.js";
import { keepPages, putAway } from "./kept-pages.js";

const room = document.querySelector("[data-marking-room]");
const form = document.querySelector("[data-marking-form]");

if (room) {
  keepHere();
  if (form) markHere(form);
  else listHere();
  sendAll();
}

function valuesOf(form) {
  const own = new Set(["csrfmiddlewaretoken", "revision", "key", "act"]);
  return Object.fromEntries([...new FormData(form)].filter(([key]) => !own.has(key)));
}

function markHere(form) {
  const name = nameOf(form.dataset.reading);
  const line = form.querySelector("[data-marking-state]");
  const clash = form.querySelector("[data-marking-clash]");
  const shownRevision = () => Number(form.elements.revision.value);
  const say = (state, more = "") => {
    line.dataset.state = state;
    line.textContent = more ? `${line.dataset[state]} ${more}` : line.dataset[state];
  };
  takeUp(form, name, shownRevision());
  const show = (record, state) => {
    clash.hidden = state !== "clash";
    if (state === "sent") {
      form.elements.revision.value = record.base;
      if (record.state === "done") location.assign(location.pathname);
      else if (!isWaiting(record)) say("sent", record.sentAt);
    } else if (state === "waiting") say((record.pending || record).intent === "finish" ? "finishing" : "waiting");
    else if (state !== "clash") say(state);
    else line.textContent = "";
  };
  listen((told, record, state) => { if (told === name && record) show(record, state); });
  const keep = (intent) => {
    const before = read(name) || { base: shownRevision(), pending: null };
    const record = {
      ...before, url: form.dataset.draftUrl, page: location.pathname, values: valuesOf(form),
      dirty: true, intent, at: Date.now(), refused: false,
    };
    if (!write(name, record)) { say("unkept"); return false; }
    if (record.closed) show(record, "closed");
    else if (record.clash) show(record, "clash");
    else say(navigator.onLine ? "kept" : intent === "finish" ? "finishing" : "waiting");
    return true;
  };
  let typing;
  form.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => { if (keep("draft")) soon(); }, 300);
  });
  addEventListener("pagehide", () => { if (typing) { clearTimeout(typing); if (isChanged(form, name)) keep("draft"); } });
  form.addEventListener("submit", (event) => {
    clearTimeout(typing);
    typing = undefined;
    const intent = event.submitter?.value === "finish" ? "finish" : "draft";
    const gap = intent === "finish" && firstGap(form);
    if (gap) { event.preventDefault(); say("missing"); gap.focus(); return; }
    if (!keep(intent)) return; // nothing is kept on this device: the form goes as any other
    event.preventDefault();
    sendAll();
  });
  clash.addEventListener("click", (event) => settleClash(event.target.closest("[data-clash]")?.dataset.clash, form, name));
  const record = read(name);
  if (record?.clash) show(record, "clash");
  else if (record?.closed) show(record, "closed");
}

// What this device keeps is shown unless the site knows more: an unsent draft, or a page older than what was sent.
function takeUp(form, name, shown) {
  const record = read(name);
  if (!record) return;
  if (!isWaiting(record) && record.base <= shown) { write(name, null); return; }
  if (!isWaiting(record) && record.state === "done") return;
  if (record.closed) write(name, { ...record, closed: null }); // the site shows a form again: it may be sent
  for (const field of form.elements) {
    if (!(field.name in record.values) && field.type !== "radio") continue;
    if (field.type === "radio") field.checked = record.values[field.name] === field.value;
    else if (field.name in record.values) field.value = record.values[field.name];
  }
  form.elements.revision.value = record.base;
}

const isChanged = (form, name) => JSON.stringify(valuesOf(form)) !== JSON.stringify(read(name)?.values);

function firstGap(form) {
  for (const section of form.querySelectorAll(".marking-criterion")) {
    const marks = section.querySelectorAll("input[type=radio]");
    if (![...marks].some((mark) => mark.checked)) return marks[0];
    const words = section.querySelector("textarea");
    if (!words.value.trim()) return words;
  }
  return null;
}

function settleClash(choice, form, name) {
  if (!choice) return;
  const record = read(name);
  if (choice === "theirs") {
    write(name, null);
    location.reload();
    return;
  }
  form.querySelector("[data-marking-clash]").hidden = true;
  write(name, { ...record, base: record.clash, clash: null, values: valuesOf(form), dirty: true });
  sendAll();
}

function listHere() {
  const line = document.querySelector("[data-marking-waiting]");
  const show = () => {
    const waiting = names().filter((name) => isWaiting(read(name)));
    for (const item of document.querySelectorAll("[data-reading]")) {
      const chip = item.querySelector("[data-marking-kept]");
      if (chip) chip.hidden = !waiting.includes(nameOf(item.dataset.reading));
    }
    return waiting.length;
  };
  if (!line) return;
  let waited = show();
  const count = (number) => { line.hidden = false; line.textContent = number > 1 ? line.dataset.many : line.dataset.one; };
  if (waited) count(waited);
  listen((_name, _record, state) => {
    const left = show();
    if (state === "signin") { line.hidden = false; line.textContent = line.dataset.signin; }
    else if (left) count(left);
    else if (waited) { line.textContent = line.dataset.sent; }
    waited = Math.max(waited, left);
  });
}

// The worker answers when the network does not; the page itself puts away what it is made of.
async function keepHere() {
  try {
    const cache = await keepPages({ prefix: "bpc-jury-", account: room.dataset.markingRoom, worker: room.dataset.worker });
    if (cache) offerPages(cache);
  } catch { /* no line yet: the next visit keeps them */ }
}

function offerPages(cache) {
  const offer = document.querySelector("[data-marking-keep]");
  if (!offer) return;
  offer.hidden = false;
  const told = offer.querySelector("[role=status]");
  offer.querySelector("button").addEventListener("click", async () => {
    const pages = [...document.querySelectorAll("[data-marking-page]")].map((link) => new URL(link.href).pathname);
    try {
      await putAway(cache, [location.pathname, ...pages]);
      told.textContent = told.dataset.done;
    } catch {
      told.textContent = told.dataset.failed;
    }
  });
}
