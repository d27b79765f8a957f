// The exercise and the questions of one lesson, done on this device: reckoned and marked here, kept before it is said so.

import { outcome as reckoned } from "./course-formulas.js";
import { mark } from "./course-marks.js";
import { figure, readNumber, shown } from "./course-numbers.js";

const copy = (name) => document.querySelector(`template[data-copy="${name}"]`).content.firstElementChild.cloneNode(true);

function line(text, tag = "p") {
  const made = document.createElement(tag);
  made.dir = "auto";
  made.textContent = text;
  return made;
}

// --- a question ---------------------------------------------------------------------------------------------------

// `answered(answer)` keeps the answer and resolves to whether it could.
export class QuestionBox {
  constructor(node, question, { words, answered }) {
    Object.assign(this, { node, question, words, answered });
    this.fields = [...node.querySelectorAll("input, select")];
    node.append(copy("check"));
    node.querySelector("[data-check]").addEventListener("click", () => this.check());
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input[type=text], input:not([type])")) { event.preventDefault(); this.check(); }
    });
  }

  // undefined: nothing answered; NaN: not a number.
  given() {
    const { kind } = this.question;
    const checked = this.fields.filter((field) => field.checked).map((field) => Number(field.value));
    if (kind === "one" || kind === "true_false") return checked[0];
    if (kind === "several") return checked.length ? checked : undefined;
    if (kind === "short") return this.fields[0].value.trim() || undefined;
    if (kind === "number") return readNumber(this.fields[0].value) ?? undefined;
    const chosen = this.fields.map((field, rank) => [rank, field.value]).filter(([, rank]) => rank !== "");
    return chosen.length ? Object.fromEntries(chosen.map(([left, rank]) => [left, Number(rank)])) : undefined;
  }

  fill(answer) {
    const { kind } = this.question;
    const chosen = Array.isArray(answer) ? answer : [answer];
    this.fields.forEach((field, rank) => {
      if (field.type === "radio" || field.type === "checkbox") field.checked = chosen.includes(Number(field.value));
      else if (field.tagName === "SELECT") field.value = answer?.[rank] ?? "";
      else field.value = kind === "number" && typeof answer === "number" ? shown(answer) : answer ?? "";
    });
  }

  async check() {
    const answer = this.given();
    if (answer === undefined || Number.isNaN(answer)) return this.say(answer === undefined ? this.words.choose : this.words.not_a_number);
    if (!(await this.answered(answer))) return this.say(this.words.unkept);
    return this.show(answer);
  }

  say(text) {
    this.box().replaceChildren(line(text));
    this.node.classList.remove("right", "wrong");
    this.fields[0].focus();
  }

  box() { return this.node.querySelector("[data-mark]"); }

  show(answer) {
    const found = mark(this.question, answer);
    if (!found) return;
    const box = this.box();
    const said = copy(found.right ? "right" : "wrong");
    box.replaceChildren(said, ...found.explained.map((text) => line(text)));
    if (!found.right) {
      const solution = copy("solution");
      solution.append(line(this.question.solution));
      box.append(solution);
    }
    this.node.classList.toggle("right", found.right);
    this.node.classList.toggle("wrong", !found.right);
  }
}

// --- an exercise --------------------------------------------------------------------------------------------------

// `wrote(fields)` keeps what changed and resolves to whether it could.
export class ExerciseBox {
  constructor(form, exercise, { words, wrote }) {
    Object.assign(this, { form, exercise, words, wrote, kept: {}, wasKept: false });
    form.addEventListener("submit", (event) => { event.preventDefault(); this.keep(); });
  }

  controls(code) { return [...this.form.querySelectorAll(`[name$="-${CSS.escape(code)}"]`)]; }

  // What a field holds: null when empty, NaN for what is no number.
  held({ code, kind }) {
    const controls = this.controls(code);
    if (kind === "yes_no" || kind === "choice") {
      const chosen = controls.find((one) => one.checked)?.value;
      if (kind === "choice" || chosen === undefined) return chosen ?? null;
      return chosen === "yes";
    }
    const text = controls[0].value.trim();
    return ["amount", "number", "percent"].includes(kind) ? readNumber(text) : text || null;
  }

  fill({ fields, wroteAt }) {
    this.wasKept = Boolean(wroteAt);
    this.kept = fields;
    for (const { code, kind } of this.exercise.fields) {
      const value = fields[code];
      if (value === undefined || value === null) continue;
      for (const one of this.controls(code)) {
        if (one.type === "radio") one.checked = one.value === (kind === "yes_no" ? (value ? "yes" : "no") : value);
        else one.value = typeof value === "number" ? shown(value) : value;
      }
    }
    if (this.wasKept) this.show();
  }

  async keep() {
    const held = Object.fromEntries(this.exercise.fields.map((field) => [field.code, this.held(field)]));
    const wrong = this.exercise.fields.find(({ code }) => Number.isNaN(held[code]));
    this.say(wrong ? this.words.not_a_number : "");
    if (wrong) return this.controls(wrong.code)[0].focus();
    // only what changed, so that what another device wrote of the rest stands
    const changed = Object.entries(held).filter(([code, value]) => !this.wasKept || value !== (this.kept[code] ?? null));
    if (changed.length && !(await this.wrote(Object.fromEntries(changed)))) return this.say(this.words.unkept);
    this.kept = held;
    this.wasKept = true;
    this.say(this.words.kept);
    return this.show();
  }

  say(text) { this.form.querySelector("[data-exercise-said]").textContent = text; }

  show() {
    const held = Object.fromEntries(this.exercise.fields.map((field) => [field.code, this.held(field)]));
    const { results, verdicts } = reckoned(this.exercise, held);
    const panel = this.form.querySelector("[data-outcome]");
    const list = document.createElement("dl");
    list.className = "outcome";
    list.append(...results.map(({ kind, say, figure: number }) => {
      const row = document.createElement("div");
      row.append(line(say, "dt"), line(figure(kind, number, this.words), "dd"));
      return row;
    }));
    panel.querySelector("[data-figures]").replaceChildren(...(results.length ? [list] : []), ...verdicts.map((text) => line(text)));
    panel.hidden = !results.length && !verdicts.length;
  }
}
