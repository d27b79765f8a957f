/* The run-time of a course written as a SCORM package: shows a part at a time, marks the test, tells the platform.
   Speaks to SCORM 2004 (API_1484_11) or SCORM 1.2 (API), looked for in this window first, then in those around. */
"use strict";
(function () {
  const words = document.body.dataset;
  const parts = Array.from(document.querySelectorAll("[data-part]"));
  const nav = document.querySelector("nav");
  const status = document.querySelector("[role=status]");
  let shown = 0;

  function found(name) {
    const windows = [];
    for (let one = window; one && !windows.includes(one); one = one.parent) windows.push(one);
    if (window.opener) windows.push(window.opener);
    for (const one of windows) {
      try {
        if (one[name]) return one[name];
      } catch {
        /* a window of another site, which tells nothing */
      }
    }
    return null;
  }

  const newer = found("API_1484_11");
  const older = newer ? null : found("API");
  const began = Date.now();
  let open = false;

  function get(older12, newer2004) {
    if (!open) return "";
    return String(newer ? newer.GetValue(newer2004) : older.LMSGetValue(older12));
  }

  function set(older12, newer2004, value) {
    if (!open) return;
    if (newer && newer2004) newer.SetValue(newer2004, String(value));
    if (older && older12) older.LMSSetValue(older12, String(value));
  }

  function commit() {
    if (!open) return;
    if (newer) newer.Commit("");
    else older.LMSCommit("");
  }

  function start() {
    if (newer) open = String(newer.Initialize("")) === "true";
    else if (older) open = String(older.LMSInitialize("")) === "true";
    const known = get("cmi.core.lesson_status", "cmi.completion_status");
    if (["not attempted", "unknown", "browsed", ""].includes(known)) {
      set("cmi.core.lesson_status", "cmi.completion_status", "incomplete");
    }
    const place = Number.parseInt(get("cmi.core.lesson_location", "cmi.location"), 10);
    show(place > 0 && place < parts.length ? place : 0);
  }

  function show(place) {
    shown = place;
    parts.forEach((part, rank) => {
      part.hidden = rank !== place;
    });
    nav.querySelector("[data-previous]").disabled = place === 0;
    nav.querySelector("[data-next]").disabled = place === parts.length - 1;
    nav.hidden = parts.length < 2;
    set("cmi.core.lesson_location", "cmi.location", place);
    if (place === parts.length - 1 && !document.querySelector("form[data-test]")) complete(null);
    commit();
  }

  function complete(score) {
    if (score === null) {
      set("cmi.core.lesson_status", "cmi.completion_status", "completed");
      status.textContent = words.end;
      return;
    }
    const passed = score >= Number(words.mastery);
    set("cmi.core.score.min", "cmi.score.min", 0);
    set("cmi.core.score.max", "cmi.score.max", 100);
    set("cmi.core.score.raw", "cmi.score.raw", score);
    set(null, "cmi.score.scaled", score / 100);
    set(null, "cmi.completion_status", "completed");
    set("cmi.core.lesson_status", "cmi.success_status", passed ? "passed" : "failed");
  }

  function mark(event) {
    event.preventDefault();
    const questions = Array.from(document.querySelectorAll("[data-question]"));
    const right = questions.filter((question) =>
      Array.from(question.querySelectorAll("input")).every((box) => box.checked === "right" in box.dataset),
    );
    questions.forEach((question) => {
      const why = question.querySelector("[data-why]");
      if (why) why.hidden = false;
    });
    status.textContent = words.result.replace("{right}", right.length).replace("{all}", questions.length);
    complete(Math.round((100 * right.length) / questions.length));
    commit();
  }

  function clock() {
    const seconds = Math.round((Date.now() - began) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    set("cmi.core.session_time", null, `${String(hours).padStart(4, "0")}:${two(minutes)}:${two(seconds % 60)}`);
    set(null, "cmi.session_time", `PT${hours}H${minutes}M${seconds % 60}S`);
  }

  function leave() {
    if (!open) return;
    clock();
    set("cmi.core.exit", "cmi.exit", "suspend");
    if (newer) newer.Terminate("");
    else older.LMSFinish("");
    open = false;
  }

  nav.querySelector("[data-previous]").addEventListener("click", () => show(shown - 1));
  nav.querySelector("[data-next]").addEventListener("click", () => show(shown + 1));
  document.querySelector("form[data-test]")?.addEventListener("submit", mark);
  window.addEventListener("pagehide", leave);
  start();
})();
