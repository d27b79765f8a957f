// Meeting mode: forms, lists and queue of one device. Every act is first kept on the device, then sent when it can be.
import { equip } from "./room-choosing.js";
import { askToStay, saveFile } from "./room-copy.js";
import { clearForm, difference, fillForm, missing, readForm } from "./room-forms.js";
import { draw, fill } from "./room-lists.js";
import { openLog } from "./room-log.js";
import { Sender } from "./room-sending.js";
import { fold, standing, tally, undoing } from "./room-state.js";

const { meeting, page, send, open, service } = document.body.dataset;
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read("room-words");
const arabic = document.documentElement.lang === "ar";
const communes = read("room-communes").map(([value, fr, ar]) => ({ value, label: arabic ? ar : fr, note: arabic ? fr : ar, also: [fr, ar] }));
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

let log, sender, things = new Map(), correcting = null;

function say(text, wrong = false) {
  const said = one("[data-said]");
  said.textContent = text;
  said.classList.toggle("is-wrong", wrong);
}

async function write(told, text) {
  await log.append(told);
  say(text);
  await refresh();
  sender.now();
}

async function refresh() {
  const events = await log.events();
  const { waiting, sent, refused } = tally(events);
  things = fold(events);
  const counts = [fill(words.waiting, { number: waiting }), fill(words.sent, { number: sent })];
  if (refused) counts.push(fill(words.refused, { number: refused }));
  one("[data-queue]").textContent = counts.join(" · ");
  const state = sender.state === "sending" && waiting ? "sending" : sender.state === "offline" || !navigator.onLine ? "offline" : events.length && !waiting ? "all_sent" : "online";
  one("[data-link]").textContent = sender.state === "closed" ? words.closed : words[state];
  one("[data-link]").dataset.state = state;
  const outcomes = new Map(events.map((event) => [event.sequence, event.outcome]));
  const mine = standing(things, "idea", "attendee", "need", "opportunity");
  draw(one("[data-list]"), mine, { words, outcomes, acts: { edit: correct, remove, hands: count } });
  one("[data-nothing]").hidden = mine.length > 0;
  one("[data-forget]").disabled = waiting > 0 || !events.length;
  await refreshElsewhere();
}

async function refreshElsewhere() {
  const told = (await log.about("elsewhere")) ?? [];
  const others = told.filter((idea) => !idea.removed && !things.get(`idea/${idea.key}`)?.values.title)
    .map((idea) => ({ kind: "idea", key: idea.key, values: { title: idea.title, hands: things.get(`idea/${idea.key}`)?.values.hands ?? idea.hands }, sequences: [] }));
  one("[data-elsewhere]").hidden = !others.length;
  draw(one("[data-elsewhere-list]"), others, { words, acts: { hands: count } });
}

function count(thing, input) {
  const hands = Number(input.value);
  if (input.value === "" || !Number.isInteger(hands) || hands < 0 || hands > 100_000) return input.focus();
  return write({ kind: "idea", key: thing.key, payload: { hands } }, words.kept);
}

const remove = (thing) => write({ kind: thing.kind, key: thing.key, payload: { removed: true } }, words.removed);

async function undo() {
  const told = undoing(await log.events());
  if (told) await write(told, words.undone);
  else say(words.nothing_to_undo);
}

const formOf = (kind) => one(`[data-form="${kind === "need" || kind === "opportunity" ? "told" : kind}"]`);

function correct(thing) {
  const form = formOf(thing.kind);
  const speaker = things.get(`attendee/${thing.values.speaker}`);
  fillForm(form, { ...thing.values, kind: thing.kind }, {
    commune: communes.find((place) => place.value === thing.values.commune)?.label, speaker: speaker?.values.name,
  });
  all("[name=kind]", form).forEach((choice) => { choice.disabled = true; });
  showCategories();
  correcting = thing;
  one("[data-editing]", form).hidden = false;
  showTab(form.dataset.form);
  one("input:not([type=hidden], [type=radio], [type=checkbox])", form).focus();
}

function stopCorrecting(form) {
  correcting = null;
  one("[data-editing]", form).hidden = true;
  all("[name=kind]", form).forEach((choice) => { choice.disabled = false; });
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const { kind = form.dataset.form, ...payload } = readForm(form);
  const gaps = missing(form, payload);
  if (gaps.length) {
    say(fill(words.missing, { names: gaps.map((gap) => gap.label).join(", ") }), true);
    return gaps[0].control.focus();
  }
  const target = correcting && formOf(correcting.kind) === form ? correcting : null;
  const changes = target ? difference(payload, target.values) : payload;
  if (Object.keys(changes).length) {
    const told = target ? { kind: target.kind, key: target.key, payload: changes } : { kind, key: crypto.randomUUID(), payload };
    await write(told, target ? words.corrected : words.kept);
  }
  stopCorrecting(form);
  clearForm(form);
  one("input:not([type=hidden], [type=radio], [type=checkbox])", form).focus();
}

function showTab(name) {
  all("[data-panel]").forEach((panel) => { panel.hidden = panel.dataset.panel !== name; });
  all("[data-tab]").forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.tab === name)));
}

function showCategories() {
  const form = formOf("need");
  const kind = one("[name=kind]:checked", form).value;
  all("[data-categories]", form).forEach((set) => { set.hidden = set.dataset.categories !== kind; });
}

function equipBoxes(form) {
  const commune = one("[data-commune-choice]", form);
  if (!commune) return;
  equip(one("[data-box]", commune), () => communes, (place) => { one("[name=commune]", commune).value = place?.value ?? ""; });
  const speaker = one("[data-speaker-choice]", form);
  const people = () => standing(things, "attendee").filter((thing) => thing.values.name).map((thing) => ({ value: thing.key, label: thing.values.name, kind: thing.values.actor_kind }));
  equip(one("[data-box]", speaker), people, (person) => {
    one("[name=speaker]", speaker).value = person?.value ?? "";
    if (person?.kind) one("[name=speaker_kind]", form).value = person.kind;
  });
}

// The site lets the device in once; the page may be an old one, so the form's token is read fresh.
async function openDevice(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const error = one("[data-device-error]");
  error.hidden = true;
  try {
    const fresh = await fetch(`${page}?neuf`, { cache: "no-store" });
    if (!fresh.ok || fresh.redirected) throw new Error(String(fresh.status));
    const token = new DOMParser().parseFromString(await fresh.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(open, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ name: form.elements.name.value }) });
    if (!answer.ok) throw new Error(String(answer.status));
    const { device, secret } = await answer.json();
    await log.tell("device", { key: device, secret });
    form.closest("[data-device]").hidden = true;
    await askToStay();
    sender.now();
  } catch {
    error.textContent = words.open_failed;
    error.hidden = false;
  }
}

async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(service, { scope: page });
  await navigator.serviceWorker.ready;
  document.body.dataset.ready = "";
  if (!navigator.serviceWorker.controller || !things.size) say(words.ready);
}

async function begin() {
  try { log = await openLog(meeting); } catch { return say(words.no_storage, true); }
  sender = new Sender({ log, address: send, changed: refresh });
  all("[data-form]").forEach((form) => {
    form.addEventListener("submit", submit);
    equipBoxes(form);
    one("[data-cancel]", form).addEventListener("click", () => { stopCorrecting(form); clearForm(form); });
  });
  all("[data-tab]").forEach((tab) => tab.addEventListener("click", () => showTab(tab.dataset.tab)));
  formOf("need").addEventListener("change", (event) => { if (event.target.name === "kind") showCategories(); });
  one("[data-undo]").addEventListener("click", undo);
  one("[data-send-now]").addEventListener("click", () => sender.now());
  one("[data-save]").addEventListener("click", () => saveFile(log, meeting));
  one("[data-forget]").addEventListener("click", async () => { if (confirm(words.forget)) { await log.forget(); location.reload(); } });
  one("[data-device-form]").addEventListener("submit", openDevice);
  one("[data-device]").hidden = Boolean(await log.about("device"));
  addEventListener("offline", refresh);
  await refresh();
  sender.now();
  await keepPage().catch(() => {}); // without it the page still works while it stays open
}

begin();
