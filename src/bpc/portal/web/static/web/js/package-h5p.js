// Our page in the sandbox of an H5P content: plays it, tells our other page, by messages only, how it goes.

const MARK = "bpc-run:";
const given = window.name.startsWith(MARK) ? JSON.parse(window.name.slice(MARK.length)) : { suspended: "", seconds: 0 };
const stage = document.getElementById("stage");
const folder = new URL("..", location.href).href.replace(/\/$/, "");
const began = Date.now();
const told = { completed: Boolean(given.completed), success: given.success || "", score: null };

function instance() {
  return window.H5P?.instances?.[0];
}

// H5P contents say where they are as any value; it is kept as JSON text, as short as it is.
function state() {
  try {
    const now = instance()?.getCurrentState?.();
    return now === undefined ? given.suspended : JSON.stringify(now);
  } catch {
    return given.suspended; // a content that does not know where it is
  }
}

function tell(isCommit) {
  if (window.parent === window) return;
  const seconds = Math.round((Date.now() - began) / 1000);
  const said = { ...told, place: "", suspended: state(), seconds };
  window.parent.postMessage({ bpcRun: said, commit: isCommit }, location.origin);
}

function hear(event) {
  const statement = event.data?.statement;
  if (!statement || statement.context?.contextActivities?.parent?.length) return; // a part of the content
  const verb = String(statement.verb?.id ?? "").split("/").pop();
  const result = statement.result ?? {};
  if (["completed", "answered", "passed", "failed", "mastered"].includes(verb)) {
    told.completed = told.completed || verb !== "failed";
    const share = result.score?.scaled ?? result.score?.raw / result.score?.max;
    if (Number.isFinite(share)) told.score = { scaled: Math.min(Math.max(share, 0), 1) };
    if (verb === "passed" || verb === "failed") told.success = verb;
  }
  tell(true);
}

function trouble() {
  stage.textContent = stage.dataset.trouble;
}

new window.H5PStandalone.H5P(stage, {
  id: "content",
  h5pJsonPath: folder,
  frameJs: stage.dataset.frameJs,
  frameCss: stage.dataset.frameCss,
  embedType: "div",
  saveFreq: 3600, // asked for a former state to be read; we save it ourselves
  contentUserData: given.suspended ? [{ state: given.suspended }] : undefined,
}).then(() => {
  window.H5P.externalDispatcher.on("xAPI", hear);
  setInterval(() => tell(false), 10000);
  addEventListener("pagehide", () => tell(true));
  tell(false);
}).catch(trouble);
