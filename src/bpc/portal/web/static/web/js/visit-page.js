// A visitor's page: every word is kept on the device as it is written, and sent when there is network. Without this
// file the form works as any other.

import { keepPages } from "./kept-pages.js";
import { makeKey } from "./outbox.js";
import { Drafts, isOpen, isWaiting } from "./visit-drafts.js";
import { reduced } from "./visit-photos.js";

const room = document.querySelector("[data-visits]");
const form = document.querySelector("[data-visit-form]");
const words = JSON.parse(document.getElementById("visit-words").textContent);
const one = (selector, root = document) => root.querySelector(selector);
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "submission_key", "photos"]);
const MOST_PHOTOS = 4;

let drafts, current, timer, state = "";

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const say = (text) => { const line = one("[data-visit-said]"); if (line) line.textContent = text; };

function valuesOf() {
  return [...new FormData(form)].filter(([name, value]) => !NEVER_KEPT.has(name) && typeof value === "string");
}

const isWritten = (values) => values.some(([name, value]) => value && /^(path|members|production|money|difficulties|place|blocked_on|staff_text|women|men|young|what_\d|who_\d)$/.test(name));

function fresh() { return { key: makeKey(), values: [], photos: [], state: "draft", words: [], url: "", label: "", at: Date.now() }; }

// --- the form -----------------------------------------------------------------------------------------------------

function labelOf(values) {
  const told = new Map(values);
  const project = [...(form.elements.project?.options ?? [])].find((option) => option.value && option.value === told.get("project"));
  return project?.textContent ?? "";
}

async function save() {
  clearTimeout(timer);
  timer = undefined;
  if (!form || !current || !isOpen(current)) return true;
  const values = valuesOf();
  if (!isWritten(values) && !current.photos.length && !(await drafts.get(current.key))) return true;
  current = { ...current, values, label: labelOf(values), at: Date.now() };
  try {
    await drafts.keep(current);
    say(navigator.onLine ? words.kept : words.offline);
    await draw();
    return true;
  } catch {
    say(words.unkept);
    return false;
  }
}

function setDate(name, date) {
  form.elements[`${name}_day`].value = date.getDate();
  form.elements[`${name}_month`].value = date.getMonth() + 1;
  form.elements[`${name}_year`].value = date.getFullYear();
}

// A page may have been kept for weeks: a new report starts now.
function startNew(project = "") {
  current = fresh();
  form.reset();
  setDate("visited_on", new Date());
  form.elements.visited_time.value = `${String(new Date().getHours()).padStart(2, "0")}:${String(new Date().getMinutes()).padStart(2, "0")}`;
  if (project && form.elements.project) form.elements.project.value = project;
  drawPhotos();
}

function show(draft) {
  current = draft;
  form.reset();
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  for (const [name, value] of draft.values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = true;
      else field.value = value;
      if (value && field.type !== "radio") { const fold = field.closest("details"); if (fold) fold.open = true; }
    }
  }
  drawPhotos();
}

// What the site would refuse, as far as this device can know.
function faults() {
  const label = (field) => one(`label[for="${field.id}"]`, form)?.firstChild.textContent.trim() ?? field.name;
  const long = [...form.querySelectorAll("[data-longest]")].filter((field) => field.value.trim().length > Number(field.dataset.longest));
  if (long.length) return { field: long[0], text: fill(words.long, { names: long.map(label).join(", ") }) };
  const { project, commune, place, visited_on_day: day, visited_time: time, photos_agreed: agreed } = form.elements;
  const gaps = [];
  if (project && !project.value) gaps.push(project);
  if (!day.value) gaps.push(day);
  if (!time.value) gaps.push(time);
  if (!commune.value && !place.value.trim()) gaps.push(place);
  const blocked = form.elements.blocked_on;
  if (one("[name=need]:checked", form)?.value === "blocked" && !blocked.value.trim()) gaps.push(blocked);
  if (gaps.length) return { field: gaps[0], text: fill(words.missing, { names: gaps.map(label).join(", ") }) };
  if (current.photos.length && !agreed.checked) return { field: agreed, text: fill(words.missing, { names: agreed.closest("label").textContent.trim() }) };
  const said = valuesOf().some(([name, value]) => value.trim() && /^(path|members|production|money|difficulties|blocked_on|what_\d)$/.test(name));
  return said ? null : { field: form.elements.path, text: words.said };
}

async function submit(event) {
  event.preventDefault();
  const fault = faults();
  if (fault) {
    await save();
    say(fault.text);
    const fold = fault.field.closest("details");
    if (fold) fold.open = true;
    return fault.field.focus();
  }
  current = { ...current, values: valuesOf(), words: [] };
  if (!(await save())) return form.submit(); // nothing is kept here: the form goes as any other
  await drafts.change(current.key, () => ({ state: "ready", words: [] }));
  startNew();
  say(words.will_leave);
  await draw();
  one("[data-drafts]").scrollIntoView({ block: "nearest" });
  drafts.outbox.sendAll();
}

async function addPhotos(event) {
  const files = [...event.target.files];
  for (const file of files) {
    if (current.photos.length >= MOST_PHOTOS) { say(words.photos_full); break; }
    const blob = await reduced(file);
    if (!blob) { say(words.photo_unkept); continue; }
    current.photos = [...current.photos, { key: makeKey(), name: file.name, blob, why: "" }];
    if (!(await save())) {
      current.photos = current.photos.slice(0, -1);
      say(words.photo_unkept);
    }
  }
  event.target.value = "";
  drawPhotos();
}

function drawPhotos() {
  const list = one("[data-photo-list]", form);
  list.replaceChildren(...current.photos.map((photo) => {
    const row = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = `${photo.name} (${Math.max(1, Math.round(photo.blob.size / 1024))} ko)`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = words.remove;
    button.setAttribute("aria-label", `${words.remove} ${photo.name}`);
    button.addEventListener("click", async () => {
      current.photos = current.photos.filter((other) => other.key !== photo.key);
      await save();
      drawPhotos();
    });
    row.append(name, " ", button);
    return row;
  }));
}

// --- what is kept here --------------------------------------------------------------------------------------------

async function draw() {
  const kept = await drafts.all();
  const waiting = kept.filter(isWaiting).length;
  one("[data-drafts]").hidden = !kept.length;
  one("[data-draft-list]").replaceChildren(...kept.map(row));
  const line = one("[data-visit-state]");
  line.dataset.state = waiting ? state || "waiting" : "";
  if (waiting && state === "signin") line.textContent = words.signin;
  else if (waiting && state === "sending") line.textContent = words.sending;
  else if (waiting) line.textContent = fill(words.waiting, { number: waiting });
  else line.textContent = state === "sent" ? words.all_sent : "";
}

const CHIPS = { refused: "chip-danger", photo_refused: "chip-danger", ready: "chip-warning", photos: "chip-warning", arrived: "chip-success" };

function row(draft) {
  const item = one("[data-draft-row]").content.firstElementChild.cloneNode(true);
  item.dataset.draft = draft.key;
  item.dataset.is = draft.state;
  const chip = one("[data-state]", item);
  chip.textContent = words[draft.state];
  chip.classList.add(CHIPS[draft.state] ?? "chip-info");
  one("[data-when]", item).textContent = new Date(draft.at).toLocaleString(document.documentElement.lang === "ar" ? "ar-MA-u-nu-latn" : "fr-MA", { dateStyle: "medium", timeStyle: "short" });
  one("[data-title]", item).textContent = draft.label || words.no_project;
  const why = one("[data-why]", item);
  why.hidden = !draft.words.length;
  why.replaceChildren(...draft.words.map((text) => { const line = document.createElement("li"); line.textContent = text; return line; }));
  const open = one("[data-open]", item);
  open.hidden = !isOpen(draft) || !form;
  open.addEventListener("click", async () => { await save(); show(await drafts.get(draft.key)); form.scrollIntoView(); });
  const read = one("[data-read]", item);
  read.hidden = !draft.url;
  if (draft.url) read.href = draft.url;
  one("[data-erase]", item).addEventListener("click", async () => {
    if (draft.state !== "arrived" && !confirm(isWaiting(draft) ? words.erase_waiting : words.erase)) return;
    clearTimeout(timer);
    await drafts.erase(draft.key);
    if (current?.key === draft.key) startNew();
    say(words.erased);
    await draw();
  });
  return item;
}

async function eraseAll() {
  if (!confirm(words.erase_all)) return;
  clearTimeout(timer);
  await drafts.eraseAll();
  if (form) startNew();
  say(words.erased);
  await draw();
}

async function begin() {
  const { visits: account, send, photo } = room.dataset;
  try {
    drafts = await Drafts.open({ account, page: location.pathname, send, photo, told: (why) => { if (why !== "changed") state = why; draw(); } });
  } catch {
    return say(words.unkept); // no place to keep anything: the form goes as any other
  }
  try { await navigator.storage?.persist?.(); } catch { /* it may still be kept */ }
  if (form) await beginForm();
  one("[data-new]").hidden = !form;
  one("[data-new]").addEventListener("click", async () => { await save(); startNew(); say(words.new); form.scrollIntoView(); });
  one("[data-send-now]").addEventListener("click", () => drafts.outbox.sendAll());
  one("[data-erase-all]").addEventListener("click", eraseAll);
  await draw();
  drafts.outbox.sendAll();
  await keepPages({ prefix: "bpc-visits-", account, worker: room.dataset.worker }).catch(() => {}); // the next visit keeps it
}

async function beginForm() {
  const project = new URLSearchParams(location.search).get("projet") ?? "";
  const last = (await drafts.all()).find((draft) => draft.state === "draft");
  if ("answered" in form.dataset) current = fresh(); // the site's own answer to the form is what is shown
  else if (last && (!project || new Map(last.values).get("project") === project)) show(last);
  else startNew(project);
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 300); });
  addEventListener("pagehide", () => { if (timer) save(); });
  form.addEventListener("submit", submit);
  form.elements.photos.addEventListener("change", addPhotos);
}

if (room) begin();
