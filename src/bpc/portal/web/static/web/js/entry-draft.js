// What is typed in an entry and was not saved stays on the device: a lost line loses no word.
// The draft belongs to one saved version of the entry; once another is saved, it is forgotten.

const FORGET_AFTER = 30 * 24 * 3600 * 1000;
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "version", "act"]);

const form = document.querySelector("[data-entry-form]");
if (form) keep(form, form.dataset.draft, form.dataset.version);

function read(name, version) {
  try {
    const kept = JSON.parse(localStorage.getItem(name) || "null");
    if (kept && kept.version === version && Date.now() - kept.at < FORGET_AFTER) return kept.values;
    localStorage.removeItem(name);
  } catch { /* private browsing, or somebody else's text under our name */ }
  return null;
}

function keep(form, name, version) {
  const found = document.querySelector("[data-entry-found]");
  const kept = "keep" in form.dataset ? null : read(name, version);
  if (kept) {
    fill(form, kept);
    found.hidden = false;
  }
  found.querySelector("[data-entry-forget]").addEventListener("click", () => {
    localStorage.removeItem(name);
    form.reset();
    found.hidden = true;
    form.querySelector("input:not([type=hidden])").focus();
  });
  let timer;
  const save = () => {
    timer = undefined;
    const values = [...new FormData(form)].filter(([key, value]) => !NEVER_KEPT.has(key) && typeof value === "string");
    try {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), version, values }));
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
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }
}
