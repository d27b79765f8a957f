// What is kept, line by line.

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
export { fill };

const CONTROLS = "button, input";

// Redrawn whenever something was sent: what is being typed in a line, and where the finger is, stay.
export function draw(list, things, { words, outcomes, acts }) {
  const held = document.activeElement?.closest("li");
  const at = held && list.contains(held) ? [...held.querySelectorAll(CONTROLS)].indexOf(document.activeElement) : -1;
  const typed = new Map([...list.children].map((item) => [item.dataset.name, item.querySelector("[name=hands]")])
    .filter(([, input]) => input && input.value !== input.defaultValue));
  list.replaceChildren(...things.map((thing) => line(thing, words, outcomes, acts)));
  for (const item of list.children) {
    const input = typed.get(item.dataset.name);
    if (input) item.querySelector("[name=hands]").value = input.value;
    if (at >= 0 && item.dataset.name === held.dataset.name) item.querySelectorAll(CONTROLS)[at]?.focus();
  }
}

function line(thing, words, outcomes, acts) {
  const item = document.querySelector("#room-line").content.firstElementChild.cloneNode(true);
  const { values } = thing;
  item.dataset.name = `${thing.kind}/${thing.key}`;
  const title = values.title || values.name || words.nameless;
  item.querySelector("[data-title]").textContent = title;
  const hands = item.querySelector("[data-hands]");
  const about = [words[thing.kind], values.speaker_name, outcome(thing, words, outcomes)];
  if (values.hands !== undefined && values.hands !== null) about.push(fill(words.hands, { number: values.hands }));
  item.querySelector("[data-about]").textContent = about.filter(Boolean).join(" · ");
  hands.hidden = thing.kind !== "idea";
  hands.elements.hands.defaultValue = values.hands ?? "";
  hands.addEventListener("submit", (event) => { event.preventDefault(); acts.hands(thing, hands.elements.hands); });
  for (const [name, act] of [["edit", acts.edit], ["remove", acts.remove]]) {
    const button = item.querySelector(`[data-${name}]`);
    if (!act) { button.hidden = true; continue; }
    button.setAttribute("aria-label", `${button.textContent} : ${title}`);
    button.addEventListener("click", () => act(thing));
  }
  return item;
}

// The worst of its events: refused, still here, or sent.
function outcome(thing, words, outcomes) {
  if (!outcomes) return "";
  const known = thing.sequences.map((sequence) => outcomes.get(sequence));
  if (known.some((one) => one && one !== "kept")) return words.is_refused;
  return known.every((one) => one === "kept") ? words.is_sent : words.is_waiting;
}
