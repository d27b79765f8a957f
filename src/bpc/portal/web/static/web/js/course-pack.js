// A course taken onto this device: its page in the cache of its account, the files that hold nothing of anybody in one
// for all. What is private goes when its reader leaves; the rest stays until the last course is taken off.

import { written } from "./course-numbers.js";
import { canKeep, openKept } from "./kept-pages.js";

const PREFIX = "bpc-courses-";
const FILES = "bpc-course-files";
const LIST_SIZE = 20000; // of the list's page, about

export class Pack {
  constructor({ store, account, told }) { Object.assign(this, { store, account, told }); }

  // Bytes to keep, about: `places` are the languages taken, all as large as the page that is open.
  size(places, { sound }) {
    return this.#files(places, sound).reduce((sum, file) => sum + file.size, 0) + places.length * (pageSize() + LIST_SIZE);
  }

  #files(places, sound) {
    return [...this.told.files, ...(sound ? places.flatMap(({ sounds }) => sounds) : [])];
  }

  // Nothing is said to be taken before everything is; what was fetched before the network was cut is not asked again.
  async take(places, { sound, grown }) {
    if (!canKeep()) throw new Error("keeping");
    const own = await openKept(PREFIX, this.account);
    const files = await caches.open(FILES);
    const total = this.size(places, { sound });
    const count = { done: 0 };
    const more = (bytes) => { count.done += bytes; grown(Math.min(count.done, total), total); };
    more(0);
    for (const { url, size } of this.#files(places, sound)) {
      if (isNamedByContent(url) && await files.match(url)) more(size);
      else await files.put(url, await fetched(url, more));
    }
    const shared = count.done;
    for (const place of places) {
      await register(place);
      await own.put(place.list, await fetched(place.list, more));
      await own.put(place.page, await fetched(place.source, more));
    }
    const bytes = shared + (count.done - shared) / places.length;
    for (const { language, page, list, ...place } of places) {
      const sounds = sound ? place.sounds.map(({ url }) => url) : [];
      const former = await this.store.pack(this.told.course, language);
      for (const url of former?.sounds ?? []) if (!sounds.includes(url)) await files.delete(url);
      await this.store.keepPack({ course: this.told.course, language, version: this.told.version, digest: this.told.digest, takenAt: Date.now(), bytes: Math.round(bytes), sound, sounds, page, list });
    }
    grown(total, total);
  }

  // What the account keeps of this course in a language, and whether its page is still on the device.
  async taken(language) {
    const pack = await this.store.pack(this.told.course, language);
    if (!pack || !canKeep()) return null;
    const own = await openKept(PREFIX, this.account);
    return { ...pack, isHere: Boolean(await own.match(pack.page)) };
  }
}

export async function drop(store, account, packs) {
  const own = await openKept(PREFIX, account);
  const files = await caches.open(FILES);
  for (const { course, language, page, sounds } of packs) {
    await own.delete(page);
    for (const url of sounds) await files.delete(url);
    await store.dropPack(course, language);
  }
  const left = await store.packs();
  if (left.length) return;
  await caches.delete(FILES);
  await caches.delete(PREFIX + account);
}

// The worker's page may be of another language than this one: each has a folder of its own.
async function register({ worker, list }) {
  const registration = await navigator.serviceWorker.register(worker, { scope: list });
  const starting = registration.installing ?? registration.waiting;
  if (registration.active || !starting) return;
  await new Promise((resolve) => { starting.addEventListener("statechange", () => { if (starting.state === "activated") resolve(); }); });
}

const isNamedByContent = (url) => /\.[0-9a-f]{12}\./.test(url);

// The whole answer as it will be kept. Headers stay: a page kept is held to the same policy.
async function fetched(url, grown) {
  const answer = await fetch(url, { credentials: "same-origin", cache: "reload" });
  if (!answer.ok || answer.redirected) throw new Error(url);
  const bytes = await answer.arrayBuffer();
  grown(bytes.byteLength);
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "set-cookie", "vary"]) headers.delete(name);
  return new Response(bytes, { headers });
}

function pageSize() {
  const [visit] = performance.getEntriesByType("navigation");
  return visit?.decodedBodySize || new Blob([document.documentElement.outerHTML]).size;
}

export function size(bytes, words) {
  if (bytes < 1e6) return words.kilobytes.replace("%(number)s", Math.max(1, Math.round(bytes / 1000)));
  return words.megabytes.replace("%(number)s", written(bytes / 1e6, 1));
}

// What this site uses here and what is left; whether the device may clear it by itself.
export async function room(words) {
  const stays = await Promise.resolve(navigator.storage?.persisted?.()).catch(() => false);
  const known = await Promise.resolve(navigator.storage?.estimate?.()).catch(() => null);
  const parts = known?.quota ? [words.room.replace("%(used)s", size(known.usage, words)).replace("%(free)s", size(known.quota - known.usage, words))] : [];
  return [...parts, stays ? words.stays : words.may_go].join(" ");
}

export async function askToStay() {
  try { await navigator.storage?.persist?.(); } catch { /* it may still be kept */ }
}
