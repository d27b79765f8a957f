// What is typed in a message and was not sent stays on the device, with the key of its form: sent again after a line
// was lost, it still makes one message. Once the page shows a message of that key, it has arrived: the draft goes.

const FORGET_AFTER = 30 * 24 * 3600 * 1000;
const KEPT = ["subject", "text"];

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name) || "null");
    if (kept && Date.now() - kept.at < FORGET_AFTER) return kept;
    localStorage.removeItem(name);
  } catch { /* private browsing, or somebody else's text under our name */ }
  return null;
}

const thread = document.querySelector("[data-thread]");
if (thread) {
  const arrived = new Set([...document.querySelectorAll("[data-key]")].map((one) => one.dataset.key));
  for (const name of thread.dataset.drafts.split(" ")) {
    if (arrived.has(read(name)?.key)) localStorage.removeItem(name);
  }
}

const form = document.querySelector("[data-thread-form]");
if (form) keep(form, form.dataset.draft);

function keep(form, name) {
  const found = form.querySelector("[data-draft-found]");
  const key = form.elements.submission_key;
  const fields = KEPT.map((one) => form.elements[one]).filter(Boolean);
  const kept = "keep" in form.dataset ? null : read(name);
  if (kept && fields.some((field) => kept.values[field.name])) {
    for (const field of fields) field.value = kept.values[field.name] || "";
    key.value = kept.key;
    found.hidden = false;
  }
  found.querySelector("[data-draft-forget]").addEventListener("click", () => {
    localStorage.removeItem(name);
    for (const field of fields) field.value = "";
    found.hidden = true;
    fields.at(-1).focus();
  });
  let timer;
  const save = () => {
    timer = undefined;
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    try {
      if (fields.some((field) => field.value)) {
        localStorage.setItem(name, JSON.stringify({ at: Date.now(), key: key.value, values }));
      } else localStorage.removeItem(name);
    } catch { /* full or forbidden: the form still works */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
  addEventListener("pagehide", () => { if (timer) save(); });
  const offline = form.querySelector("[data-offline]");
  form.addEventListener("submit", (event) => {
    save();
    offline.hidden = navigator.onLine;
    if (!navigator.onLine) event.preventDefault();
  });
  addEventListener("online", () => { offline.hidden = true; });
}
