// What one account keeps on this device: everything done in its courses, and which courses were taken.
//
// An event: { key, course, version, at, day, did, lesson, question, answer, state, why }. Its states: "waiting" (to be sent),
// "kept" (the site has it), "refused" (the site said why). Events are only ever added; a state is what they come to.

import { dayOf } from "./course-progress.js";
import { asked, done } from "./indexed.js";
import { makeKey } from "./outbox.js";

const STRICT = { durability: "strict" };

export class Store {
  constructor(database) { this.database = database; }

  static async open(account) {
    const opening = indexedDB.open(`cours:${account}`, 1);
    opening.onupgradeneeded = () => {
      const events = opening.result.createObjectStore("events", { keyPath: "key" });
      events.createIndex("course", "course");
      events.createIndex("state", "state");
      opening.result.createObjectStore("packs", { keyPath: ["course", "language"] });
      opening.result.createObjectStore("about");
    };
    return new Store(await asked(opening));
  }

  // Keep what was done; resolves once it is on the disk. The clock may be wrong: it never goes back, and what the site
  // said of it is taken off.
  async note({ course, version, did, lesson, question = "", answer = null }) {
    const transaction = this.database.transaction(["events", "about"], "readwrite", STRICT);
    const about = transaction.objectStore("about");
    const clock = await asked(about.get("clock")) ?? { behind: 0, last: 0 };
    const moment = Math.max(Date.now() + clock.behind, clock.last + 1);
    about.put({ ...clock, last: moment }, "clock");
    const event = { key: makeKey(), course, version, at: written(moment), day: dayOf(new Date(moment)), did, lesson, question, answer, state: "waiting", why: "" };
    transaction.objectStore("events").add(event);
    await done(transaction);
    return event;
  }

  events(course) { return asked(this.database.transaction("events").objectStore("events").index("course").getAll(course)); }

  waiting() { return this.inState("waiting"); }

  refused() { return this.inState("refused"); }

  inState(state) { return asked(this.database.transaction("events").objectStore("events").index("state").getAll(state)); }

  // What the site answered: what it keeps, what it refuses and why, what other devices did, as the site holds it.
  async settle(course, { kept, refused, events }) {
    const transaction = this.database.transaction("events", "readwrite", STRICT);
    const store = transaction.objectStore("events");
    for (const key of kept) {
      const event = await asked(store.get(key));
      if (event) store.put({ ...event, state: "kept", why: "" });
    }
    for (const [key, why] of Object.entries(refused)) {
      const event = await asked(store.get(key));
      if (event) store.put({ ...event, state: "refused", why });
    }
    for (const event of events) store.put({ ...event, course, state: "kept", why: "" });
    await done(transaction);
  }

  // The site said what time it is; believed once nothing told by this clock is left to send.
  async setClock(moment) {
    const transaction = this.database.transaction(["events", "about"], "readwrite");
    const left = await asked(transaction.objectStore("events").index("state").count("waiting"));
    const about = transaction.objectStore("about");
    const clock = await asked(about.get("clock"));
    if (!left) about.put({ behind: moment - Date.now(), last: Math.min(clock?.last ?? 0, moment) }, "clock");
    await done(transaction);
  }

  async now() { return Date.now() + ((await this.about("clock"))?.behind ?? 0); }

  // What this device is called: made once.
  async device() {
    const transaction = this.database.transaction("about", "readwrite", STRICT);
    const about = transaction.objectStore("about");
    const known = await asked(about.get("device"));
    const device = known ?? makeKey();
    if (!known) about.put(device, "device");
    await done(transaction);
    return device;
  }

  about(name) { return asked(this.database.transaction("about").objectStore("about").get(name)); }

  async tell(name, value) {
    const transaction = this.database.transaction("about", "readwrite");
    transaction.objectStore("about").put(value, name);
    await done(transaction);
  }

  packs() { return asked(this.database.transaction("packs").objectStore("packs").getAll()); }

  pack(course, language) { return asked(this.database.transaction("packs").objectStore("packs").get([course, language])); }

  async keepPack(pack) {
    const transaction = this.database.transaction("packs", "readwrite", STRICT);
    transaction.objectStore("packs").put(pack);
    await done(transaction);
  }

  async dropPack(course, language) {
    const transaction = this.database.transaction("packs", "readwrite");
    transaction.objectStore("packs").delete([course, language]);
    await done(transaction);
  }
}

// Six decimals, as the site writes them: moments are compared letter by letter.
export const written = (moment) => new Date(moment).toISOString().replace("Z", "000Z");
