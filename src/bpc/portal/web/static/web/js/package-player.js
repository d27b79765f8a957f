// The page around a package. The package runs in a sandbox whose origin is its own: it reaches this page by messages
// only. They are heard when they come from its window, and the site judges what they say.

import { ask } from "./outbox.js";

const MARK = "bpc-run:";
const EVERY = 15000; // milliseconds between two reports of a lesson that commits nothing
const LONGEST_GOODBYE = 60000; // bytes a browser still carries when the page is left
const place = document.querySelector("[data-package]");
const said = document.querySelector("[data-package-said]");
const words = JSON.parse(document.getElementById("package-words").textContent);
const { open, report, launch, title } = place.dataset;
const page = location.href;
let frame, given, told, kept = "", sending = false, timer;

function say(text) {
  if (said.textContent !== text) said.textContent = text;
}

async function begin() {
  say(words.opening);
  if (open) {
    const answer = await ask({ url: open, page, body: new FormData() });
    given = answer.told;
    if (answer.state === "signin") return say(words.signin);
    if (!given) return say(words.trouble);
  } else {
    given = JSON.parse(document.getElementById("package-given").textContent);
  }
  frame = document.createElement("iframe");
  frame.className = "package-frame";
  frame.title = title;
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  frame.setAttribute("allow", "fullscreen; autoplay");
  frame.name = MARK + JSON.stringify(given);
  frame.src = launch;
  addEventListener("message", hear);
  place.replaceChildren(frame);
  say("");
}

function hear(event) {
  if (event.source !== frame.contentWindow || typeof event.data?.bpcRun !== "object") return;
  if (!report) return; // a look, nothing is written
  told = JSON.stringify({ ...event.data.bpcRun, opening: given.opening });
  if (event.data.commit) send();
  else if (!timer) timer = setTimeout(send, EVERY);
}

const form = () => new URLSearchParams({ told });

async function send() {
  clearTimeout(timer);
  timer = undefined;
  if (sending || !told || told === kept) return;
  sending = true;
  const sent = told;
  const answer = await ask({ url: report, page, body: form() });
  sending = false;
  if (answer.told?.sentence) {
    kept = sent;
    say(answer.told.sentence);
  } else if (answer.told) {
    kept = sent; // it would be refused again
    say(words.refused);
  } else {
    say(words[answer.state]);
    if (answer.state === "waiting") timer ??= setTimeout(send, EVERY);
  }
  if (told !== kept && !timer) send();
}

// What was said since the last report leaves with the page.
function goodbye() {
  const body = told && told !== kept && report ? form().toString() : "";
  if (!body || body.length > LONGEST_GOODBYE) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" };
  fetch(report, { method: "POST", body, headers, keepalive: true, credentials: "same-origin" }).catch(() => {});
}

addEventListener("pagehide", goodbye);
addEventListener("online", () => { if (told !== kept) send(); });
document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });

// Leaving by our own link closes the lesson first: many say where they were only then.
document.querySelector("[data-package-leave]")?.addEventListener("click", (event) => {
  if (!frame || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = event.currentTarget.href;
  const away = () => { location.href = address; };
  frame.addEventListener("load", () => setTimeout(() => send().then(away, away), 0), { once: true });
  frame.src = "about:blank";
  setTimeout(away, 3000); // whatever the lesson does
});

const wide = document.querySelector("[data-package-wide]");
if (wide && document.fullscreenEnabled) {
  wide.hidden = false;
  wide.addEventListener("click", () => place.requestFullscreen());
}

begin();
