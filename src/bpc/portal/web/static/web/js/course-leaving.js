// Somebody is leaving: what they did in their courses and has not arrived is said first. It stays under their own key.

import { Store } from "./course-store.js";

const line = document.querySelector("[data-course-leaving]");

async function tell() {
  const store = await Store.open(line.dataset.courseLeaving);
  const number = (await store.waiting()).length;
  if (!number) return;
  line.querySelector("[data-number]").textContent = number;
  line.hidden = false;
}

if (line) tell().catch(() => {}); // a browser that keeps nothing has nothing to lose
