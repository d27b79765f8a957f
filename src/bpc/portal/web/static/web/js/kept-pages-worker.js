// Shows the private pages that were put away, without network. Its scope is that of its address, and it never answers
// from what it keeps while the network does: a page kept is the last one that its reader saw. `PREFIX`, of the caches
// that are its own, and `OWN`, what the addresses of its pages hold, are written above by the site.

const PATIENCE = 8000; // a line this slow is no line

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.destination === "audio") event.respondWith(sound(request));
  else if (new URL(request.url).pathname.startsWith("/static/")) event.respondWith(asset(request));
});

async function page(request) {
  try {
    const answer = await within(fetch(request), PATIENCE);
    // signed out, or sent elsewhere: what was kept of this person is no longer to be shown here
    if (answer.type === "opaqueredirect" && !(await stillMine(request))) await forget();
    return answer;
  } catch (lost) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw lost;
  }
}

// A redirect may be our own (after a form); only the sign-in page means that nobody is signed in.
async function stillMine(request) {
  try {
    const answer = await fetch(request.url, { credentials: "same-origin" });
    return new URL(answer.url).pathname.includes(OWN);
  } catch {
    return true;
  }
}

// A file named by what is in it never changes; a script named plainly may be newer on the site.
async function asset(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && /\.[0-9a-f]{12}\./.test(request.url)) return kept;
  try {
    return await (kept ? within(fetch(request), PATIENCE) : fetch(request));
  } catch (lost) {
    if (kept) return kept;
    throw lost;
  }
}

// A recording kept is named by what is in it. Players ask for a part, and some play nothing of a whole.
async function sound(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (!kept) return fetch(request);
  const whole = await kept.blob();
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!asked) return new Response(whole, { headers: kept.headers });
  const first = Number(asked[1]);
  const last = Math.min(asked[2] ? Number(asked[2]) : Infinity, whole.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const headers = new Headers(kept.headers);
  headers.set("content-range", `bytes ${first}-${last}/${whole.size}`);
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

function within(promise, patience) {
  return Promise.race([
    promise,
    new Promise((_, reject) => { setTimeout(() => reject(new TypeError("too slow")), patience); }),
  ]);
}
