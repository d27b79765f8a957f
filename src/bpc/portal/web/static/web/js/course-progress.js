// What the events of a person in a course come to, as `bpc.core.learning` says it: the same events, the same state, in
// whatever order they came. A test holds both to the same state.

import { mark } from "./course-marks.js";

const PASS = 0.8;
const RESTS = [1, 3, 7, 16, 35]; // days of rest of a question once missed

// Moments are written alike, so that their letters are in their order.
export const inOrder = (events) => [...events].sort((one, other) => compared(one.at, other.at) || compared(one.key, other.key));
const compared = (one, other) => (one < other ? -1 : Number(one > other));

export function fold(events) {
  const lessons = new Map();
  for (const event of inOrder(events)) {
    if (!lessons.has(event.lesson)) lessons.set(event.lesson, { openedAt: event.at, readAt: null, answers: {}, fields: {}, wroteAt: null, touchedAt: null });
    const state = lessons.get(event.lesson);
    state.touchedAt = event.at;
    if (event.did === "read") state.readAt ??= event.at;
    else if (event.did === "answered") state.answers[event.question] = event.answer;
    else if (event.did === "wrote") { Object.assign(state.fields, event.answer); state.wroteAt = event.at; }
  }
  return lessons;
}

// A lesson held against what it asks.
export function outcome(lesson, state) {
  const answers = state?.answers ?? {};
  const asked = lesson.questions.filter((question) => question.code in answers);
  const right = asked.filter((question) => mark(question, answers[question.code])?.right).length;
  const wrote = !lesson.exercise || Boolean(state?.wroteAt);
  const passed = right >= PASS * lesson.questions.length - 1e-9;
  return { asked: lesson.questions.length, answered: asked.length, right, wrote, passed, done: passed && wrote, touched: Boolean(state?.touchedAt) };
}

// Questions once missed: [{ lesson, question, box, due }], those known for good left out.
export function reviews(lessons, events) {
  const attempts = new Map();
  for (const event of inOrder(events)) {
    const question = event.did === "answered" && lessons.find((one) => one.code === event.lesson)?.questions.find((one) => one.code === event.question);
    if (!question) continue;
    const name = `${event.lesson}/${event.question}`;
    if (!attempts.has(name)) attempts.set(name, { lesson: event.lesson, question: event.question, tries: [] });
    attempts.get(name).tries.push({ on: event.day, right: Boolean(mark(question, event.answer)?.right) });
  }
  return [...attempts.values()].map(({ tries, ...named }) => ({ ...named, ...standing(tries) })).filter((one) => one.due);
}

function standing(tries) {
  let found = { box: 0, due: null };
  for (const { on, right } of [...tries].sort((one, other) => compared(one.on, other.on))) {
    if (!right) found = { box: 0, due: later(on, RESTS[0]) };
    else if (found.due && on >= found.due) {
      const box = found.box + 1;
      found = { box, due: box === RESTS.length ? null : later(on, RESTS[box]) };
    }
  }
  return found;
}

function later(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// The day as people here live it.
export function dayOf(date) {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
