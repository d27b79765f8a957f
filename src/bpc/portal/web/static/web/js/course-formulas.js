// The arithmetic of exercises, on the trees that `bpc.core.learning.formulas` makes. Not known is null, never 0; true is
// 1, false 0. A test holds both to the same results.

const truth = (yes) => (yes ? 1 : 0);
const first = (better) => (...values) => values.reduce((one, other) => (better(other, one) ? other : one));

const OPERATIONS = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => (other === 0 ? null : one / other),
  negative: (one) => -one,
  min: first((one, other) => one < other),
  max: first((one, other) => one > other),
  "<": (one, other) => truth(one < other - 1e-9),
  "<=": (one, other) => truth(one <= other + 1e-9),
  ">": (one, other) => truth(one > other + 1e-9),
  ">=": (one, other) => truth(one >= other - 1e-9),
  "==": (one, other) => truth(Math.abs(one - other) <= 1e-9),
  not: (one) => truth(one === 0),
};

export function value(tree, known) {
  if (typeof tree === "number") return tree;
  if (typeof tree === "string") return known[tree.slice(1)] ?? null;
  const [operation, ...parts] = tree;
  const values = parts.map((part) => value(part, known));
  if (operation === "and" || operation === "or") return joined(operation === "or", values);
  return values.includes(null) ? null : OPERATIONS[operation](...values);
}

function joined(deciding, values) {
  if (values.some((one) => one !== null && (one !== 0) === deciding)) return truth(deciding);
  return values.includes(null) ? null : truth(!deciding);
}

// The figures of an exercise, in order, and the words of the verdicts that hold.
export function outcome(exercise, fields) {
  const known = {};
  for (const [code, one] of Object.entries(fields)) {
    if (typeof one === "number") known[code] = one;
    else if (typeof one === "boolean") known[code] = truth(one);
  }
  const results = exercise.results.map(({ code, kind, say, tree }) => {
    const figure = value(tree, known);
    if (figure !== null) known[code] = figure;
    return { kind, say, figure };
  });
  const verdicts = exercise.verdicts.filter(({ tree }) => (value(tree, known) ?? 0) !== 0).map(({ say }) => say);
  return { results, verdicts };
}
