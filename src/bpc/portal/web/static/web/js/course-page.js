// A course taken on this device: its lessons one at a time, done without network, kept before it is said so, sent later.

import { ExerciseBox, QuestionBox } from "./course-lesson.js";
import { askToStay, drop, Pack, room, size } from "./course-pack.js";
import { dayOf, fold, outcome, reviews } from "./course-progress.js";
import { Sending } from "./course-sending.js";
import { Store } from "./course-store.js";

const root = document.querySelector("[data-course]");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read("course-words");
const told = read("course-pack");
const lessons = read("course-lessons");
const { account, send } = root.dataset;
const one = (selector, from = root) => from.querySelector(selector);
const all = (selector, from = root) => [...from.querySelectorAll(selector)];
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

let store, pack, sending, states = new Map(), taken = null, sendState = "", busy = false;
const boxes = new Map(), exercises = new Map(), edited = new Set();

// --- what is done -------------------------------------------------------------------------------------------------

async function note(lesson, did, more = {}) {
  try {
    await store.note({ course: told.course, version: told.version, lesson, did, ...more });
  } catch {
    return false; // no place is left on this device
  }
  await draw();
  sending.outbox.soon();
  return true;
}

function equip(lesson) {
  const article = one(`[data-lesson="${lesson.code}"]`);
  const form = one("[data-exercise]", article);
  if (lesson.exercise) exercises.set(lesson.code, new ExerciseBox(form, lesson.exercise, { words, wrote: (answer) => note(lesson.code, "wrote", { answer }) }));
  form?.addEventListener("input", () => edited.add(form));
  for (const question of lesson.questions) {
    const node = one(`[data-question="${question.code}"]`, article);
    node.addEventListener("input", () => edited.add(node));
    boxes.set(`${lesson.code}/${question.code}`, new QuestionBox(node, question, { words, answered: (answer) => answered(lesson, question, answer) }));
  }
}

async function answered(lesson, question, answer) {
  if (!states.get(lesson.code)?.readAt && !(await note(lesson.code, "read"))) return false;
  const isKept = await note(lesson.code, "answered", { question: question.code, answer });
  if (isKept) edited.delete(boxes.get(`${lesson.code}/${question.code}`).node);
  return isKept;
}

// What the events come to, shown; what is being typed stays.
async function draw() {
  const events = (await store.events(told.course)).filter((event) => event.state !== "refused");
  states = fold(events);
  const outcomes = lessons.map((lesson) => outcome(lesson, states.get(lesson.code)));
  lessons.forEach((lesson, rank) => drawLesson(lesson, outcomes[rank]));
  const finished = outcomes.filter(({ done }) => done).length;
  one("[data-progress]").textContent = finished === lessons.length ? words.finished : fill(words.progress, { done: finished, all: lessons.length });
  await drawReview(events);
  await drawSending();
}

function drawLesson(lesson, found) {
  const state = states.get(lesson.code);
  const row = one(`[data-line="${lesson.code}"]`);
  row.className = found.done ? "done" : found.touched ? "begun" : "new";
  one("[data-line-state]", row).textContent = found.done ? ` · ${words.done}` : found.touched ? ` · ${words.begun}` : "";
  const form = one(`[data-lesson="${lesson.code}"] [data-exercise]`);
  if (form && state && !edited.has(form)) exercises.get(lesson.code).fill(state);
  for (const question of lesson.questions) {
    const box = boxes.get(`${lesson.code}/${question.code}`);
    if (state && question.code in state.answers && !edited.has(box.node)) { box.fill(state.answers[question.code]); box.show(state.answers[question.code]); }
  }
  const next = found.answered < found.asked ? words.questions_left : found.done ? words.lesson_done : found.passed ? words.exercise_left : words.try_again;
  one(`[data-lesson="${lesson.code}"] [data-score]`).textContent = found.answered ? `${fill(words.score, { right: found.right, all: found.asked })} ${next}` : "";
}

// --- review -------------------------------------------------------------------------------------------------------

async function drawReview(events) {
  const today = dayOf(new Date(await store.now()));
  const due = reviews(lessons, events).filter((row) => row.due <= today).sort((a, b) => (a.due < b.due ? -1 : 1));
  one("[data-review-count]").textContent = due.length ? fill(words.to_review, { number: due.length }) : words.nothing_to_review;
  const list = one("[data-review-list]");
  const shown = new Set(all("[data-review]", list).map((row) => row.dataset.review));
  for (const { lesson, question } of due) if (!shown.has(`${lesson}/${question}`)) list.append(reviewBox(lesson, question));
}

// The question again, empty, under names of its own. It stays on the page once answered, with what explains it.
function reviewBox(lesson, code) {
  const node = boxes.get(`${lesson}/${code}`).node.cloneNode(true);
  const named = lessons.find((row) => row.code === lesson);
  node.dataset.review = `${lesson}/${code}`;
  node.classList.remove("right", "wrong");
  one("[data-check]", node).parentElement.remove(); // with what was said of the answer
  for (const part of all("[id], [for], [name], [aria-describedby]", node))
    for (const name of ["id", "for", "name", "aria-describedby"]) if (part.hasAttribute(name)) part.setAttribute(name, `r-${part.getAttribute(name)}`);
  const from = document.createElement("p");
  from.className = "meta";
  from.dir = "auto";
  from.textContent = named.title;
  node.prepend(from);
  const question = named.questions.find((row) => row.code === code);
  const box = new QuestionBox(node, question, { words, answered: (answer) => answered(named, question, answer) });
  box.fill(undefined);
  return node;
}

// --- one view at a time -------------------------------------------------------------------------------------------

function viewNamed(hash) {
  const name = decodeURIComponent(hash.slice(1));
  return all("[data-view]").find((view) => view.id === name) ?? one("#cours");
}

async function show() {
  const view = viewNamed(location.hash);
  for (const other of all("[data-view]")) other.hidden = other !== view;
  if (window.speechSynthesis) window.speechSynthesis.cancel();
  for (const sound of all("audio")) sound.pause();
  const { lesson } = view.dataset;
  if (location.hash) { one("h2", view).focus(); view.scrollIntoView(); }
  if (lesson && !states.get(lesson)) await note(lesson, "opened");
}

// --- the course on this device ------------------------------------------------------------------------------------

const here = () => ({ language: told.language, page: told.page, source: told.source, list: told.list, worker: told.worker, sounds: told.sounds });
const options = () => ({ sound: Boolean(one("[data-sound]")?.checked) });
const places = () => [here(), ...told.others.filter(({ language }) => one(`[data-other="${language}"]`)?.checked)];

async function drawPack() {
  taken = await pack.taken(told.language);
  const isHere = Boolean(taken?.isHere);
  const isOld = isHere && taken.version !== told.version;
  one("[data-pack-state]").textContent = isHere
    ? fill(words.taken, { day: new Date(taken.takenAt).toLocaleDateString(told.language === "ar" ? "ar-MA-u-nu-latn" : "fr-FR", { dateStyle: "long" }), version: taken.version, size: size(taken.bytes, words) })
    : words.not_taken;
  one("[data-pack-news]").textContent = isOld ? words.is_new : "";
  one("[data-take]").textContent = fill(isHere ? words.update : words.take, { size: size(pack.size(places(), options()), words) });
  one("[data-drop]").hidden = !isHere;
  one("[data-room]").textContent = await room(words);
  root.dataset.taken = isHere ? String(taken.version) : "";
}

async function take(how) {
  if (busy) return;
  busy = true;
  const bar = one("[data-taking]");
  bar.hidden = false;
  const grown = (done, total) => {
    one("progress", bar).max = total;
    one("progress", bar).value = done;
    one("[data-taking-text]", bar).textContent = fill(words.taking, { done: size(done, words), total: size(total, words) });
  };
  try {
    await pack.take(how.places, { sound: how.sound, grown });
    one("[data-pack-said]").textContent = words.took;
    await askToStay();
  } catch (fault) {
    one("[data-pack-said]").textContent = fault.message === "keeping" ? words.no_keeping : fault.name === "QuotaExceededError" ? words.no_room : words.cut;
  }
  bar.hidden = true;
  busy = false;
  await drawPack();
  sending.now();
}

async function takeOff() {
  if (!confirm(words.drop)) return;
  const packs = (await store.packs()).filter(({ course }) => course === told.course);
  await drop(store, account, packs);
  one("[data-pack-said]").textContent = words.dropped;
  await drawPack();
}

// The page that the site shows is newer than the one kept: its files follow by themselves, a new version is offered.
async function refreshPack() {
  if (!taken?.isHere || !navigator.onLine || taken.version !== told.version || taken.digest === told.digest) return;
  await take({ places: [here()], sound: taken.sound });
}

// --- sending ------------------------------------------------------------------------------------------------------

async function drawSending() {
  const number = (await store.waiting()).length;
  const line = one("[data-sending]");
  line.dataset.waiting = number;
  if (number && (sendState === "signin" || sendState === "full")) line.textContent = fill(words[sendState], { number });
  else if (number) line.textContent = fill(sendState === "sending" ? words.sending : words.waiting, { number });
  else line.textContent = sendState === "sent" ? words.sent : "";
  one("[data-send-now]").hidden = !number;
  const refused = await store.refused();
  one("[data-refused]").hidden = !refused.length;
  one("[data-refused-list]").replaceChildren(...refused.map((event) => {
    const item = document.createElement("li");
    item.textContent = [lessons.find(({ code }) => code === event.lesson)?.title ?? event.course, event.why].join(" · ");
    return item;
  }));
}

// Answers of others are merged in the terms of the page that will be shown without network, when there is one.
const terms = () => (taken?.isHere && taken.version !== told.version ? 0 : told.version);

async function begin() {
  one("[data-plain]").hidden = true;
  try {
    store = await Store.open(account);
  } catch {
    one("[data-pack-said]").textContent = words.no_keeping;
    return;
  }
  pack = new Pack({ store, account, told });
  sending = new Sending({ store, account, page: told.list, address: send, course: told.course, terms, told: async (state) => { if (state !== "changed") sendState = state; await draw(); } });
  lessons.forEach(equip);
  all("[data-with-script]").forEach((part) => { part.hidden = false; });
  one("[data-take]").addEventListener("click", () => take({ places: places(), ...options() }));
  one("[data-drop]").addEventListener("click", takeOff);
  one("[data-send-now]").addEventListener("click", () => sending.now());
  all("[data-option]").forEach((box) => box.addEventListener("change", drawPack));
  all("[data-next]").forEach((link) => link.addEventListener("click", () => note(link.closest("[data-lesson]").dataset.lesson, "read")));
  for (const sound of all("audio")) sound.addEventListener("error", () => { sound.nextElementSibling.hidden = false; });
  addEventListener("hashchange", show);
  addEventListener("offline", draw);
  await draw();
  if ((await pack.taken(told.language))?.sound && one("[data-sound]")) one("[data-sound]").checked = true;
  await drawPack();
  await show();
  root.dataset.ready = "";
  await refreshPack();
  sending.now();
}

if (root) begin();
