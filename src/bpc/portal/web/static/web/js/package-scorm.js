// The run-time a SCORM lesson finds in its own window, in its sandbox: scorm-again keeps the data model and its rules,
// this file gives it what the person left last time, and tells our page, by messages only, what the lesson says.
//
// What is known travels in the name of the frame: our page writes it before the first page loads, and from page to page
// of the lesson it follows the window, at once, where a message would come too late for the first call.

(() => {
  "use strict";
  const MARK = "bpc-run:";
  if (window.parent === window || window.parent !== window.top) return; // a frame within a lesson has no say
  if (!window.name.startsWith(MARK)) return;

  const given = JSON.parse(window.name.slice(MARK.length)); // by our page, or kept by the page before this one
  const newer = Boolean(given.newer);
  const api = newer
    ? new window.Scorm2004API({ autocommit: false, lmsCommitUrl: false, logLevel: "NONE" })
    : new window.Scorm12API({ autocommit: false, lmsCommitUrl: false, logLevel: "NONE", mastery_override: false });
  const began = Date.now();
  const before = given.before || 0; // seconds of the former pages of this opening
  let live = false;

  api.loadFromFlattenedJSON(given.model || (newer ? model2004() : model12()));
  if (newer) window.API_1484_11 = api;
  else window.API = api;
  if (given.live) {
    // the page before went on to this one without closing: for the lesson it is one visit
    (newer ? api.Initialize : api.LMSInitialize).call(api, "");
    live = true;
  }

  function model12() {
    const done = given.success === "passed" ? "passed" : "completed";
    const status = given.success === "failed" ? "failed" : given.opening > 1 ? "incomplete" : "not attempted";
    return {
      "cmi.core.lesson_status": given.completed ? done : status,
      "cmi.core.lesson_location": given.place,
      "cmi.core.entry": given.place || given.suspended ? "resume" : "ab-initio",
      "cmi.core.credit": "credit",
      "cmi.core.total_time": `${pad(given.seconds / 3600, 4)}:${pad((given.seconds % 3600) / 60)}:${pad(given.seconds % 60)}`,
      "cmi.suspend_data": given.suspended,
      "cmi.launch_data": given.launch_data,
      "cmi.student_data.mastery_score": given.mastery === null ? "" : String(given.mastery),
    };
  }

  function model2004() {
    const status = given.opening > 1 ? "incomplete" : "unknown";
    return {
      "cmi.completion_status": given.completed ? "completed" : status,
      "cmi.success_status": given.success || "unknown",
      "cmi.location": given.place,
      "cmi.entry": given.place || given.suspended ? "resume" : "ab-initio",
      "cmi.total_time": `PT${given.seconds}S`,
      "cmi.suspend_data": given.suspended,
      "cmi.launch_data": given.launch_data,
      "cmi.scaled_passing_score": given.mastery === null ? "" : String(given.mastery / 100),
    };
  }

  function pad(number, length = 2) {
    return String(Math.floor(number)).padStart(length, "0");
  }

  function told(model) {
    const status = newer ? model["cmi.completion_status"] : model["cmi.core.lesson_status"];
    const verdict = newer ? model["cmi.success_status"] : status;
    return {
      completed: ["completed", "passed"].includes(status) || (!newer && status === "failed"),
      success: ["passed", "failed"].includes(verdict) ? verdict : "",
      score: score(model, newer ? "cmi.score" : "cmi.core.score"),
      place: String(model[newer ? "cmi.location" : "cmi.core.lesson_location"] ?? ""),
      suspended: String(model["cmi.suspend_data"] ?? ""),
      seconds: Math.round(before + seconds(String(model[newer ? "cmi.session_time" : "cmi.core.session_time"] ?? ""))),
    };
  }

  function score(model, name) {
    const number = (part) => (model[`${name}.${part}`] === "" ? NaN : Number(model[`${name}.${part}`]));
    let share = number("scaled");
    if (Number.isNaN(share)) {
      const low = number("min") || 0;
      share = (number("raw") - low) / ((number("max") || 100) - low);
    }
    return Number.isFinite(share) ? { scaled: Math.min(Math.max(share, 0), 1) } : null;
  }

  function seconds(time) {
    const clock = newer
      ? time.match(/^P(?:\d+Y)?(?:\d+M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/)
      : time.match(/^()(\d+):(\d\d):(\d\d(?:\.\d+)?)$/);
    const [days, hours, minutes, rest] = clock ? clock.slice(1).map((part) => Number(part || 0)) : [0, 0, 0, 0];
    // a lesson that does not count its time is counted by the clock
    return days * 86400 + hours * 3600 + minutes * 60 + rest || (Date.now() - began) / 1000;
  }

  function tell(isCommit) {
    const model = api.getFlattenedCMI();
    const said = told(model);
    const kept = Object.entries(model).filter(([name, value]) => typeof value !== "object" && !/session_time$|\.exit$/.test(name));
    window.name = MARK + JSON.stringify({ ...given, model: Object.fromEntries(kept), live, before: said.seconds });
    window.parent.postMessage({ bpcRun: said, commit: isCommit }, location.origin);
  }

  let waits = false;
  function tellSoon() {
    if (waits) return;
    waits = true;
    queueMicrotask(() => { waits = false; tell(false); });
  }

  api.on(newer ? "Initialize" : "LMSInitialize", () => { live = true; tell(false); });
  api.on(newer ? "SetValue.*" : "LMSSetValue.*", tellSoon);
  api.on(newer ? "Commit" : "LMSCommit", () => tell(true));
  api.on(newer ? "Terminate" : "LMSFinish", () => { live = false; tell(true); });
})();
