// The courses on this device: which are here, how much room they take, what waits to be sent.

import { drop, room, size } from "./course-pack.js";
import { Sending } from "./course-sending.js";
import { Store } from "./course-store.js";

const root = document.querySelector("[data-courses]");
const words = JSON.parse(document.getElementById("course-words").textContent);
const { account, send } = root.dataset;
const one = (selector, from = root) => from.querySelector(selector);
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

let store, sending, state = "";

async function draw() {
  const packs = await store.packs();
  for (const row of root.querySelectorAll("[data-row]")) {
    const own = packs.filter(({ course }) => course === row.dataset.row);
    const chip = one("[data-chip]", row);
    chip.hidden = !own.length;
    if (own.length) {
      const isOld = own.some(({ version }) => String(version) !== row.dataset.version);
      chip.textContent = `${size(Math.max(...own.map(({ bytes }) => bytes)), words)} · ${isOld ? words.behind : words.up_to_date}`;
    }
    one("[data-off]", row).hidden = !own.length;
  }
  one("[data-none]").textContent = packs.length ? "" : words.none_taken;
  one("[data-room]").textContent = await room(words);
  const number = (await store.waiting()).length;
  one("[data-sending]").textContent = number ? fill(words[["signin", "full", "sending"].includes(state) ? state : "waiting"], { number }) : state === "sent" ? words.sent : "";
  one("[data-send-now]").hidden = !number;
}

async function takeOff(course) {
  if (!confirm(words.drop)) return;
  await drop(store, account, (await store.packs()).filter((pack) => pack.course === course));
  await draw();
}

async function begin() {
  try {
    store = await Store.open(account);
  } catch {
    one("[data-none]").textContent = words.no_keeping;
    return;
  }
  sending = new Sending({ store, account, page: location.pathname, address: send, course: "", terms: () => 0, told: async (why) => { if (why !== "changed") state = why; await draw(); } });
  one("[data-send-now]").addEventListener("click", () => sending.now());
  for (const row of root.querySelectorAll("[data-row]")) one("[data-off]", row).addEventListener("click", () => takeOff(row.dataset.row));
  await draw();
  root.dataset.ready = "";
  sending.now();
}

if (root) begin();
