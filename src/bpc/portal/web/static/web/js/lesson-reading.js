// Listening to a lesson with the device's own voice, and larger text. Without either the page is whole.

const KEY = "lesson-large";

function button(tools, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet";
  made.textContent = label;
  made.addEventListener("click", () => act(made));
  tools.append(made);
  return made;
}

// One sentence at a time: long texts stop in the middle on several phones.
function sentences(body) {
  const parts = [];
  for (const block of body.querySelectorAll("h2, h3, p, li, td, th")) {
    if (block.querySelector("p, li")) continue;
    const text = block.textContent.replace(/\s+/g, " ").trim();
    parts.push(...(text.match(/[^.!?؟:;؛]+[.!?؟:;؛]*/g) || []));
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

function listening(tools, body) {
  let speaking = false;
  const voices = window.speechSynthesis;
  const stop = (made) => {
    speaking = false;
    voices.cancel();
    made.textContent = tools.dataset.listen;
    made.setAttribute("aria-pressed", "false");
  };
  const made = button(tools, tools.dataset.listen, () => {
    if (speaking) return stop(made);
    const voice = voices.getVoices().find((one) => one.lang.toLowerCase().startsWith(body.lang));
    if (!voice && voices.getVoices().length) {
      made.disabled = true;
      made.textContent = tools.dataset.noVoice;
      return undefined;
    }
    speaking = true;
    made.textContent = tools.dataset.stop;
    made.setAttribute("aria-pressed", "true");
    const parts = sentences(body);
    parts.forEach((text, rank) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = body.lang;
      if (voice) said.voice = voice;
      said.rate = 0.9;
      if (rank === parts.length - 1) said.onend = () => speaking && stop(made);
      voices.speak(said);
    });
    return undefined;
  });
  made.setAttribute("aria-pressed", "false");
  window.addEventListener("pagehide", () => voices.cancel());
}

function larger(tools, body) {
  const show = (made, large) => {
    body.classList.toggle("large", large);
    made.textContent = large ? tools.dataset.normal : tools.dataset.larger;
    made.setAttribute("aria-pressed", String(large));
  };
  const remembered = () => {
    try {
      return localStorage.getItem(KEY) === "yes";
    } catch {
      return false;
    }
  };
  const made = button(tools, tools.dataset.larger, () => {
    const large = !body.classList.contains("large");
    show(made, large);
    try {
      localStorage.setItem(KEY, large ? "yes" : "no");
    } catch {
      // a browser that keeps nothing still shows it larger
    }
  });
  show(made, remembered());
}

for (const lesson of document.querySelectorAll("[data-lesson]")) {
  const tools = lesson.querySelector("[data-reading-tools]");
  const body = lesson.querySelector("[data-body]");
  if (!tools || !body) continue;
  if ("speechSynthesis" in window) listening(tools, body);
  larger(tools, body);
  tools.hidden = false;
}
