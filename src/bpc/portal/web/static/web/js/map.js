// Quickens the map page; without it everything still works.
const view = document.getElementById("map-view");
const tip = document.createElement("div");
tip.className = "map-tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);
document.documentElement.classList.add("scripted");

const one = (selector) => view.querySelector(selector);
const shapeOf = (target) => target.closest?.(".shapes a");
const shapes = () => [...view.querySelectorAll(".shapes a")];

// One stop in the tab order; arrows walk from shape to shape.
const enter = (shape) => {
  one('.shapes a[tabindex="0"]')?.setAttribute("tabindex", "-1");
  shape.setAttribute("tabindex", "0");
};

const prepare = () => {
  for (const shape of shapes()) shape.setAttribute("tabindex", "-1");
  (one(".shapes .chosen a") || one(".shapes a"))?.setAttribute("tabindex", "0");
  one("#map-copy").hidden = !navigator.clipboard;
  one("#map-locate").hidden = !navigator.geolocation;
};

const show = async (address, { push = true, focus = "" } = {}) => {
  view.setAttribute("aria-busy", "true");
  tip.hidden = true;
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!response.ok) throw new Error(response.status);
    view.innerHTML = await response.text();
  } catch {
    location.assign(address);
    return;
  }
  view.removeAttribute("aria-busy");
  if (push) history.pushState({}, "", address);
  document.title = `${one(".choropleth").dataset.title} · ${document.title.split(" · ").pop()}`;
  for (const link of document.querySelectorAll("a[hreflang]")) link.search = location.search;
  prepare();
  const target = one(focus || "#map-title");
  // On a phone the choices are folded again: their fold takes the focus.
  const seen = target?.checkVisibility?.() === false ? target.closest("details")?.querySelector("summary") : target;
  seen?.focus({ preventScroll: focus !== "" });
};

view.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a");
  const href = link?.getAttribute("href");
  if (href?.startsWith("?")) {
    event.preventDefault();
    show(href === "?" ? location.pathname : href, { focus: link.id ? `#${link.id}` : "" });
  } else if (event.target.closest("#map-copy")) {
    copy(event.target.closest("#map-copy"));
  } else if (event.target.closest("#map-locate")) {
    locate();
  }
});

view.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-map-form]")) return;
  event.preventDefault();
  const asked = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value.trim()));
  const active = document.activeElement?.id;
  const focus = asked.has("lieu") ? "#map-found" : active ? `#${active}` : "";
  show(`${location.pathname}?${asked}`, { focus });
});

view.addEventListener("change", (event) => {
  event.target.closest("[data-map-choices]")?.requestSubmit();
});

addEventListener("popstate", () => show(location.href, { push: false }));

const copy = async (button) => {
  await navigator.clipboard.writeText(location.href);
  button.querySelector("span").textContent = button.dataset.done;
};

const locate = () => {
  const status = one("#map-locate-status");
  const say = (word) => { status.textContent = status.dataset[word]; };
  say("waiting");
  navigator.geolocation.getCurrentPosition(async ({ coords }) => {
    const asked = new URLSearchParams({ lat: coords.latitude.toFixed(5), lon: coords.longitude.toFixed(5) });
    const response = await fetch(`${view.dataset.locate}?${asked}`).catch(() => null);
    if (!response?.ok) return say(response?.status === 404 ? "outside" : "refused");
    const { commune } = await response.json();
    const address = new URL(location.href);
    for (const name of ["niveau", "page", "choisi", "lieu"]) address.searchParams.delete(name);
    address.searchParams.set("dans", commune.code);
    show(address.href, { focus: "#map-title" });
  }, () => say("refused"), { timeout: 15000, maximumAge: 600000 });
};

// Tooltip: the words of the shape's own title, which is set aside so that the browser does not show it twice.
const words = (shape) => {
  const title = shape.querySelector("title");
  if (title) {
    shape.setAttribute("aria-label", title.textContent);
    title.remove();
  }
  return shape.getAttribute("aria-label");
};

const point = (shape, x, y) => {
  tip.textContent = words(shape);
  tip.dir = document.documentElement.dir;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = Math.min(Math.max(4, x + 14), innerWidth - box.width - 4);
  const top = y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18;
  tip.style.insetInlineStart = "auto";
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
};

view.addEventListener("pointermove", (event) => {
  const shape = shapeOf(event.target);
  if (shape) point(shape, event.clientX, event.clientY);
  else tip.hidden = true;
});
view.addEventListener("pointerleave", () => { tip.hidden = true; });
view.addEventListener("focusin", (event) => {
  const shape = shapeOf(event.target);
  tip.hidden = !shape;
  if (!shape) return;
  enter(shape);
  const box = shape.getBoundingClientRect();
  if (shape.matches(":focus-visible")) point(shape, box.x + box.width / 2, box.y + box.height / 2);
});

const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
view.addEventListener("keydown", (event) => {
  const shape = shapeOf(event.target);
  if (shape && event.key === "Escape") tip.hidden = true;
  const way = directions[event.key];
  if (!shape || !way) return;
  event.preventDefault();
  const middle = (item) => {
    const box = item.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = middle(shape);
  let best = null;
  let least = Infinity;
  for (const other of shapes()) {
    const [ox, oy] = middle(other);
    const along = (ox - x) * way[0] + (oy - y) * way[1];
    const across = Math.abs((ox - x) * way[1]) + Math.abs((oy - y) * way[0]);
    if (other !== shape && along > 0 && along + 2 * across < least) [best, least] = [other, along + 2 * across];
  }
  best?.focus();
});

prepare();
