// The reports of one account on this device, and how each reaches the site exactly once.
//
// A draft: { key, values, photos: [{ key, name, blob, why }], state, words, url, label, at }. Its states: "draft" (being
// written), "ready" (to be sent: nobody changes it any more), "refused" (the site said why; it can be changed), "photos"
// (the report arrived, photos wait), "photo_refused" (photos the site refused), "arrived" (nothing of it is left here).
// What is sent under a key is always the same words, so that a lost answer never makes two reports.

import { asked, done } from "./indexed.js";
import { ask, Outbox } from "./outbox.js";

const FORGET_AFTER = 7 * 24 * 3600 * 1000; // of what arrived: only its address is left

const NO_KEY = "00000000-0000-0000-0000-000000000000"; // what the page's addresses bear where keys go
const keyed = (address, ...keys) => keys.reduce((made, key) => made.replace(NO_KEY, key), address);

export class Drafts {
  // `told(state)`: something changed, or why sending stopped: changed, sending, waiting, signin, sent.
  constructor(database, { account, page, send, photo, told }) {
    Object.assign(this, { database, account, page, send, photo, told });
    this.outbox = new Outbox(`bpc-visits-send-${account}`, () => this.each());
  }

  static async open(options) {
    const opening = indexedDB.open(`visites:${options.account}`, 1);
    opening.onupgradeneeded = () => { opening.result.createObjectStore("drafts", { keyPath: "key" }); };
    const drafts = new Drafts(await asked(opening), options);
    for (const old of await drafts.all()) if (old.state === "arrived" && Date.now() - old.at > FORGET_AFTER) await drafts.erase(old.key);
    return drafts;
  }

  async all() {
    const rows = await asked(this.database.transaction("drafts").objectStore("drafts").getAll());
    return rows.sort((one, other) => other.at - one.at);
  }

  get(key) { return asked(this.database.transaction("drafts").objectStore("drafts").get(key)); }

  // Resolves once it is on the disk.
  async keep(draft) {
    const transaction = this.database.transaction("drafts", "readwrite", { durability: "strict" });
    transaction.objectStore("drafts").put(draft);
    await done(transaction);
  }

  // Change what is kept under a key, as it is now: written by nobody else meanwhile.
  async change(key, changes) {
    const transaction = this.database.transaction("drafts", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("drafts");
    const now = await asked(store.get(key));
    if (now) store.put({ ...now, ...changes(now) });
    await done(transaction);
  }

  async erase(key) {
    const transaction = this.database.transaction("drafts", "readwrite");
    transaction.objectStore("drafts").delete(key);
    await done(transaction);
  }

  async eraseAll() {
    const transaction = this.database.transaction("drafts", "readwrite");
    transaction.objectStore("drafts").clear();
    await done(transaction);
  }

  async each() {
    const waiting = (await this.all()).filter(isWaiting).reverse(); // the oldest first
    if (!waiting.length) return false;
    if (!navigator.onLine) { this.told("waiting"); return true; }
    this.told("sending");
    for (const draft of waiting) {
      const state = draft.state === "ready" ? await this.sendReport(draft) : "sent";
      const last = state === "sent" ? await this.sendPhotos(draft.key) : state;
      if (last === "waiting" || last === "signin") { this.told(last); return last === "waiting"; }
      this.told("changed");
    }
    this.told("sent");
    return false;
  }

  async sendReport(draft) {
    const body = new URLSearchParams(draft.values);
    body.set("account", this.account);
    const { told, state } = await ask({ url: keyed(this.send, draft.key), page: this.page, body });
    if (!told) return state;
    if (told.problem === "account") return "signin";
    if (told.state === "kept") {
      await this.change(draft.key, () => ({ state: "photos", url: told.url, words: [] }));
      return "sent";
    }
    await this.change(draft.key, () => ({ state: "refused", url: told.url ?? "", words: told.words ?? [] }));
    return "refused";
  }

  // One by one: on a poor line a small sending passes where a large one is cut.
  async sendPhotos(key) {
    const draft = await this.get(key);
    if (draft?.state !== "photos") return "sent";
    for (const photo of draft.photos.filter((one) => !one.why)) {
      const body = new FormData();
      body.set("account", this.account);
      body.set("photo", photo.blob, photo.name);
      const { told, state } = await ask({ url: keyed(this.photo, key, photo.key), page: this.page, body });
      if (!told) return state;
      if (told.problem === "account") return "signin";
      const why = told.state === "kept" ? "" : (told.words ?? [])[0] || told.problem || "?";
      await this.change(key, (now) => ({
        photos: why ? now.photos.map((one) => (one.key === photo.key ? { ...one, why } : one)) : now.photos.filter((one) => one.key !== photo.key),
      }));
    }
    // arrived: its words are the site's now, this device keeps none of them
    await this.change(key, (now) => {
      const state = now.photos.length ? "photo_refused" : "arrived";
      return { state, values: [], words: now.photos.map((one) => `${one.name} — ${one.why}`), at: Date.now() };
    });
    return "sent";
  }
}

export const isWaiting = (draft) => draft.state === "ready" || draft.state === "photos";
export const isOpen = (draft) => draft.state === "draft" || draft.state === "refused";
