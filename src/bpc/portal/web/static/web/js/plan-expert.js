// Says when a change could not reach the site; it stays in its box, and is sent again with the next one.

const state = () => document.getElementById("plan-state");
let waiting = 0;

document.addEventListener("htmx:beforeRequest", () => { waiting += 1; });
document.addEventListener("htmx:afterRequest", () => { waiting = Math.max(0, waiting - 1); });

const tell = () => {
  const panel = state();
  const words = document.body.querySelector("[data-not-saved]")?.dataset.notSaved;
  if (!panel || !words) return;
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = words;
  panel.querySelector("[role=status]").replaceChildren(line);
};
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, tell);

addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

// on a phone the figures stand above the tables: a choice to make is brought in sight
document.addEventListener("htmx:afterRequest", () => state()?.querySelector("form fieldset")?.scrollIntoView({ block: "center" }));
