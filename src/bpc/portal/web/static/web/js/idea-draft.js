// The deposit form in three screens, and its draft kept on the device until it is sent.
// Without this file the form is one page and works as well.

const FORGET_AFTER = 30 * 24 * 3600 * 1000;
// A telephone is often shared: who speaks and how to reach them are not kept.
const NEVER_KEPT = new Set([
  "csrfmiddlewaretoken", "submission_key", "opened", "version", "website", "contact", "contact_name", "agreed",
  "photos", "document", "remove_pending", "remove_attachment", "act",
]);

// Photos are not kept on the device, nor what was said of them.
const isKept = (name) => !NEVER_KEPT.has(name) && !name.startsWith("alt_");

const form = document.querySelector("[data-idea-form]");
if (form) {
  keepDraft(form);
  showScreens(form);
}

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name) || "null");
    return kept && Date.now() - kept.at < FORGET_AFTER ? kept.values : null;
  } catch {
    return null; // private browsing, or somebody else's text under our name
  }
}

function keepDraft(form) {
  const name = form.dataset.draft;
  const notice = document.querySelector("[data-draft-notice]");
  const kept = read(name);
  if (kept && !("keep" in form.dataset)) {
    fill(form, kept);
    notice.hidden = false;
  }
  notice?.querySelector("[data-draft-forget]").addEventListener("click", () => {
    localStorage.removeItem(name);
    form.reset();
    form.querySelector("#commune-choices").replaceChildren();
    notice.hidden = true;
    form.querySelector("input:not([type=hidden])").focus();
  });
  let timer;
  const save = () => {
    const values = [...new FormData(form)].filter(([key, value]) => isKept(key) && typeof value === "string" && value);
    try {
      if (values.length) localStorage.setItem(name, JSON.stringify({ at: Date.now(), values }));
      document.querySelector("[data-draft-hint]").hidden = false;
    } catch { /* full or forbidden: the form still works */ }
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(save, 400); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  addEventListener("pagehide", () => { if (timer) save(); });
}

function fill(form, values) {
  for (const [key, value] of values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(key)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else if (!field.value || field.tagName === "SELECT") field.value = value;
    }
  }
  // not before the module of the commune listens: this one runs first
  document.addEventListener("DOMContentLoaded", () => {
    form.dispatchEvent(new CustomEvent("draft-restored", { detail: Object.fromEntries(values) }));
  });
}

function showScreens(form) {
  const screens = [...form.querySelectorAll("[data-screen]")];
  const links = [...document.querySelectorAll("[data-steps] a")];
  document.querySelector("[data-steps]").hidden = false;
  screens.forEach((screen, index) => screen.append(moves(form, screens, index)));
  const wrong = screens.find((screen) => screen.querySelector(".error"));
  // sent from the last screen, sent back for a fault on the first: open the fault
  if (wrong) history.replaceState(null, "", location.pathname + location.search);
  const show = (moved) => {
    const asked = document.getElementById(location.hash.slice(1));
    // the summary of errors links to a field: its screen opens
    const current = screens.find((screen) => asked && (screen === asked || screen.contains(asked))) || (moved ? screens[0] : wrong || screens[0]);
    screens.forEach((screen) => { screen.hidden = screen !== current; });
    links.forEach((link, index) => {
      if (screens[index] === current) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    if (moved && asked === current) {
      const title = current.querySelector("h2");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      document.querySelector("[data-steps]").scrollIntoView({ block: "start" });
    } else if (moved && asked) asked.focus();
  };
  addEventListener("hashchange", () => show(true));
  show(false);
}

function moves(form, screens, index) {
  const line = document.createElement("p");
  line.className = "cluster";
  if (index > 0) line.append(move(form.dataset.previous, screens[index - 1], "button quiet"));
  if (index < screens.length - 1) line.append(move(form.dataset.next, screens[index + 1], "button"));
  return line;
}

function move(label, screen, style) {
  const link = document.createElement("a");
  link.href = `#${screen.id}`;
  link.className = style;
  link.textContent = label;
  return link;
}
