// First in every page of a partner's package, in its sandbox. What a page without an origin may not touch (its own
// storage, cookies) would stop many lessons at their first line: here they find an empty one that forgets.

(() => {
  "use strict";

  class Memory {
    #kept = new Map();
    get length() { return this.#kept.size; }
    key(rank) { return [...this.#kept.keys()][rank] ?? null; }
    getItem(name) { return this.#kept.get(String(name)) ?? null; }
    setItem(name, value) { this.#kept.set(String(name), String(value)); }
    removeItem(name) { this.#kept.delete(String(name)); }
    clear() { this.#kept.clear(); }
  }

  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: new Memory(), configurable: true });
  }
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });
})();
