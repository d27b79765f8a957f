// What an answer is worth, as `bpc.core.learning.questions.mark` says it; a test holds both to the same marks.

const APOSTROPHES = /['’‘‛ʼʹʻˈ′`´＇]/gu;
const LETTERS = {
  œ: "oe", æ: "ae", ø: "o", đ: "d", ħ: "h", ł: "l", ı: "i", ɣ: "gh", ɛ: "e", ة: "ه", ى: "ي", ٱ: "ا", ی: "ي", ک: "ك",
  ہ: "ه", ە: "ه", ھ: "ه", گ: "ك", ڭ: "ك", ݣ: "ك", پ: "ب", ڤ: "ف", ڥ: "ف", چ: "ج", ß: "ss", ς: "σ",
};
const MARKS = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2d7f\ufe00-\ufe0f\ufe20-\ufe2f\u0640ʾʿˀˁ]|\p{Cf}/gu;

// The spellings of a word made one, as `bpc.core.text.folding.fold` does for French, Arabic and Amazigh.
export function fold(text) {
  return text.replace(APOSTROPHES, " ").normalize("NFKD").toLowerCase().normalize("NFKD").replace(APOSTROPHES, " ")
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]/gu, " ").replace(MARKS, "").replace(/\p{Nd}/gu, digit)
    .replace(/[^\u0020-\u007f]/gu, (letter) => LETTERS[letter] ?? letter).split(" ").filter(Boolean).join(" ");
}

// Digits of a script stand together, from its 0 to its 9.
function digit(sign) {
  const code = sign.codePointAt(0);
  if (code < 128) return sign;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

const rounded = (score) => Math.round(score * 1e6) / 1e6;
const held = (score) => Math.min(Math.max(score, 0), 1);
const said = (...options) => options.map((one) => one.feedback).filter(Boolean);
const isRank = (question, rank) => Number.isInteger(rank) && rank >= 0 && rank < question.options.length;
const isPairs = (answer) => typeof answer === "object" && answer !== null && !Array.isArray(answer);

function one(question, answer) {
  if (!isRank(question, answer)) return null;
  const option = question.options[answer];
  return { score: Math.max(option.fraction, 0), explained: said(option) };
}

function several(question, answer) {
  if (!Array.isArray(answer) || !answer.every((rank) => isRank(question, rank))) return null;
  const chosen = [...new Set(answer)].map((rank) => question.options[rank]);
  return { score: held(rounded(chosen.reduce((sum, option) => sum + option.fraction, 0))), explained: said(...chosen) };
}

function number(question, answer) {
  if (typeof answer !== "number" || Number.isNaN(answer)) return null;
  const near = question.options.filter((option) => option.number !== null && Math.abs(answer - option.number) <= option.tolerance + 1e-9);
  const others = question.options.filter((option) => option.number === null);
  if (!near.length) return { score: 0, explained: said(...others.slice(0, 1)) };
  const best = near.reduce((found, option) => (option.fraction > found.fraction ? option : found));
  return { score: Math.max(best.fraction, 0), explained: said(best) };
}

function short(question, answer) {
  if (typeof answer !== "string") return null;
  const found = question.options.find((option) => fold(option.text) === fold(answer));
  return found ? { score: Math.max(found.fraction, 0), explained: said(found) } : { score: 0, explained: [] };
}

function pairs(question, answer) {
  if (!isPairs(answer)) return null;
  const ranks = Object.entries(answer).map(([left, chosen]) => [Number(left), chosen]);
  if (!ranks.every(([left, chosen]) => isRank(question, left) && isRank(question, chosen))) return null;
  const right = ranks.filter(([left, chosen]) => question.options[left].match === question.options[chosen].match).length;
  return { score: rounded(right / question.options.length), explained: said(...question.options) };
}

const KINDS = { one, true_false: one, several, number, short, pairs };

// { score, right, explained }; null for an answer that does not fit the question.
export function mark(question, answer) {
  const found = KINDS[question.kind](question, answer);
  if (!found) return null;
  const explained = question.feedback ? [...found.explained, question.feedback] : found.explained;
  return { score: found.score, right: found.score > 1 - 1e-9, explained: [...new Set(explained)] };
}
