// Suggestions and position for the commune box; without this script it is a plain search form.
const arabic = document.documentElement.lang === "ar";
const base = `/${document.documentElement.lang}/territoires/`;
const nameOf = (item) => (arabic ? item.name_ar : item.name_fr) || item.name_fr;
const parentOf = (item) => (item.parent_name ? nameOf(item.parent_name) : "");

async function ask(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function equip(form) {
  const input = form.querySelector("input[type=search]");
  const status = form.querySelector("[role=status]");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `${input.id}-list`;
  list.role = "listbox";
  list.setAttribute("aria-label", form.getAttribute("aria-label"));
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]])
    input.setAttribute(name, value);
  let waiting, request, active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(option) {
    location.assign((form.dataset.base ?? base) + encodeURIComponent(option.dataset.code));
  }
  function mark(next) {
    const options = [...list.children];
    active = (next + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }
  function show(items) {
    list.replaceChildren(...items.map((item, index) => {
      const option = document.createElement("li");
      const parent = document.createElement("small");
      option.role = "option";
      option.id = `${list.id}-${index}`;
      option.dataset.code = item.code;
      option.setAttribute("aria-selected", "false");
      parent.textContent = parentOf(item);
      option.append(nameOf(item), parent);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(option); });
      return option;
    }));
    close();
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = items.length ? "" : form.dataset.none;
  }
  async function suggest() {
    request?.abort();
    const words = input.value.trim();
    if (words.length < 2) { status.textContent = ""; return close(); }
    request = new AbortController();
    try {
      const level = "everyLevel" in form.dataset ? "" : "level=commune&";
      const found = await ask(`/api/v1/territories?${level}size=8&q=${encodeURIComponent(words)}`, request.signal);
      show(found.results);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the form still searches by itself
    }
  }
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(suggest, 180); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? -1 : active - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(list.children[active]); }
  });

  const button = form.querySelector("[data-locate]");
  if (!button || !("geolocation" in navigator)) return;
  button.hidden = false;
  const lost = () => { button.disabled = false; status.textContent = form.dataset.nowhere; };
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(async ({ coords }) => {
      try {
        const place = await ask(`/api/v1/locate?lat=${coords.latitude}&lon=${coords.longitude}`);
        location.assign((form.dataset.base ?? base) + encodeURIComponent(place.commune.code));
      } catch { lost(); }
    }, lost, { timeout: 10000, maximumAge: 600000 });
  });
}

document.querySelectorAll("[data-commune-box]").forEach(equip);
