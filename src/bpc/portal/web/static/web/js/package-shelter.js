// First in every page of a partner's package, in its sandbox. What a page without an origin may not touch (its own
// storage, cookies) would stop many lessons at their first line: here they find an empty one that forgets.
//
// Not reached from here: a frame that a lesson writes itself (`srcdoc`) has calls of its own. By them it may tell another
// host the address of who looks at it; of our site it knows nothing to tell.

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
  // calls between browsers would go past the policy, to any host, where the browser does not know `webrtc 'block'`
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) {
    Object.defineProperty(window, name, { value: undefined });
  }
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });
})();
