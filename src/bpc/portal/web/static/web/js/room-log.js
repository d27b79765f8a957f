// The log of this device in IndexedDB: events are only ever added; what became of each is written beside them.
// Several tabs may write: the number of an event is given inside the transaction that keeps it.

import { asked, done } from "./indexed.js";

export async function openLog(meeting) {
  const opening = indexedDB.open(`salle:${meeting}`, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("events", { keyPath: "sequence" });
    opening.result.createObjectStore("outcomes", { keyPath: "sequence" });
    opening.result.createObjectStore("about");
  };
  return new Log(await asked(opening));
}

class Log {
  constructor(database) { this.database = database; }

  // Keep what is told of a thing; resolves once it is on the disk.
  async append({ kind, key, payload, undoes }) {
    const transaction = this.database.transaction("events", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("events");
    const last = (await asked(store.openCursor(null, "prev")))?.value;
    const event = {
      sequence: (last?.sequence ?? 0) + 1,
      kind, key, payload,
      stamp: Math.max(Date.now(), (last?.stamp ?? 0) + 1), // a clock set back never undoes a correction
    };
    if (undoes) event.undoes = undoes;
    store.add(event);
    await done(transaction);
    return event;
  }

  // Every event in order, with what became of it: undefined, "kept", or why it was refused.
  async events() {
    const transaction = this.database.transaction(["events", "outcomes"]);
    const [events, outcomes] = await Promise.all([
      asked(transaction.objectStore("events").getAll()), asked(transaction.objectStore("outcomes").getAll()),
    ]);
    const known = new Map(outcomes.map((one) => [one.sequence, one.outcome]));
    return events.map((event) => ({ ...event, outcome: known.get(event.sequence) }));
  }

  async settle(kept, refused) {
    const transaction = this.database.transaction("outcomes", "readwrite");
    const store = transaction.objectStore("outcomes");
    for (const sequence of kept) store.put({ sequence, outcome: "kept" });
    for (const [sequence, why] of Object.entries(refused)) store.put({ sequence: Number(sequence), outcome: why });
    await done(transaction);
  }

  about(name) { return asked(this.database.transaction("about").objectStore("about").get(name)); }

  async tell(name, value) {
    const transaction = this.database.transaction("about", "readwrite");
    transaction.objectStore("about").put(value, name);
    await done(transaction);
  }

  // Everything goes, the secret with it.
  async forget() {
    const transaction = this.database.transaction(["events", "outcomes", "about"], "readwrite");
    for (const name of ["events", "outcomes", "about"]) transaction.objectStore(name).clear();
    await done(transaction);
  }
}
