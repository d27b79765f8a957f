// The page of one room and the public files it needs, kept on the device. `ROOM` is written above by the site.
// Everything else goes to the network as if this were not here.

const PREFIX = `salle ${ROOM.page} `;
const CACHE = PREFIX + ROOM.version;
const FILES = new Set(ROOM.files);

async function keep() {
  const cache = await caches.open(CACHE);
  for (const address of [ROOM.page, ...ROOM.files]) {
    const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status} ${address}`); // signed out: the former version stays
    await cache.put(address, answer);
  }
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === ROOM.page && !address.search) event.respondWith(kept(ROOM.page, request));
  else if (FILES.has(address.pathname)) event.respondWith(kept(address.pathname, request));
});
