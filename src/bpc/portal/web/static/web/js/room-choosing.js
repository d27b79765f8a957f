// A box that suggests from a list kept in the page, in either script, forgiving accents and spelling of hamza.

export function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "").toLowerCase()
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// `options()` gives [{ value, label, note, also }]; `chosen(option | null)` is told of each change.
export function equip(box, options, chosen) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${box.id}-list`;
  list.role = "listbox";
  list.setAttribute("aria-label", box.labels[0].textContent);
  list.hidden = true;
  box.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]])
    box.setAttribute(name, value);
  let shown = [], active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }
  function take(option) {
    box.value = option.label;
    chosen(option);
    close();
  }
  function mark(next) {
    active = (next + shown.length) % shown.length;
    [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === active)));
    box.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }
  function suggest() {
    const words = plain(box.value);
    const ranked = options().map((option) => [place(option, words), option]).filter(([rank]) => rank < 3);
    shown = words ? ranked.sort(([one], [other]) => one - other).slice(0, 6).map(([, option]) => option) : [];
    list.replaceChildren(...shown.map((option, index) => {
      const line = document.createElement("li");
      line.role = "option";
      line.id = `${list.id}-${index}`;
      line.setAttribute("aria-selected", "false");
      line.append(option.label);
      if (option.note) {
        const note = document.createElement("small");
        note.textContent = option.note;
        line.append(note);
      }
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
      return line;
    }));
    close();
    const exact = shown.filter((option) => place(option, words) === 0);
    chosen(exact.length === 1 ? exact[0] : null);
    if (exact.length === 1 && shown.length === 1) return; // typed whole: nothing more to choose, nothing to cover the next line
    list.hidden = !shown.length;
    box.setAttribute("aria-expanded", String(shown.length > 0));
  }
  box.addEventListener("input", suggest);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? shown.length - 1 : active - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter") { event.preventDefault(); take(shown[Math.max(active, 0)]); }
  });
}

// 0: the very name · 1: begins so · 2: holds it · 3: no.
function place(option, words) {
  const names = [option.label, ...(option.also ?? [])].map(plain);
  if (names.includes(words)) return 0;
  if (names.some((name) => name.startsWith(words))) return 1;
  return names.some((name) => ` ${name}`.includes(` ${words}`) || (words.length > 2 && name.includes(words))) ? 2 : 3;
}
