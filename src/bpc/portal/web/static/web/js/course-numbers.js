// Numbers as people type them and as the site writes them: « 1 200,50 », « ١٢٠٠ », « 12 % ».

const NARROW = "\u202f";

// The number typed; null for an empty box, NaN for what is no number or could be two.
export function readNumber(text) {
  let cleaned = text.trim().toLowerCase().replace(/[٠-٩]/g, (one) => one.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (one) => one.charCodeAt(0) - 0x6f0)
    .replace(/٫/g, ",").replace(/\u2212/g, "-").replace(/[\s\u200e\u200f\u061c'’٬]/g, "");
  for (const unit of ["mad", "dh", "dhs", "درهم", "%", "٪"]) if (cleaned.endsWith(unit)) cleaned = cleaned.slice(0, -unit.length);
  if (!cleaned) return text.trim() ? NaN : null;
  if (/^\d{1,3}([.,]\d{3})+$/.test(cleaned) && /[1-9]/.test(cleaned)) return NaN;
  if (cleaned.length > 24 || !/^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(cleaned)) return NaN;
  return Number(cleaned.replace(",", "."));
}

// Halves go away from zero, by the digits shown.
export function written(number, decimals = 0) {
  const [whole, part = ""] = shifted(Math.round(shifted(Math.abs(number), decimals)), -decimals).toFixed(decimals).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, NARROW) + (part ? `,${part}` : "");
  return number < 0 && /[1-9]/.test(text) ? `\u200e-${text}` : text;
}

const shifted = (number, places) => {
  const [digits, power = "0"] = String(number).split("e");
  return Number(`${digits}e${Number(power) + places}`);
};

// As a box shows it: no more decimals than it needs.
export function shown(number) {
  for (const decimals of [0, 1]) if (Math.abs(number - shifted(Math.round(shifted(number, decimals)), -decimals)) < 1e-9) return written(number, decimals);
  return written(number, 2);
}

// A figure of an exercise.
export function figure(kind, number, words) {
  if (number === null || !Number.isFinite(number)) return words.unknown;
  if (kind === "amount") return words.amount.replace("%(amount)s", written(number, Math.abs(number) < 100 && number % 1 ? 2 : 0));
  const text = written(number, number % 1 ? 1 : 0);
  return kind === "percent" ? `${text}${NARROW}%` : text;
}
