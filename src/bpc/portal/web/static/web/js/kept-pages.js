// A page put away on the device with what it is made of, so that its worker shows it without network.

export const canKeep = () => "serviceWorker" in navigator && Boolean(window.caches);

// The cache of this account, everybody else's gone.
export async function openKept(prefix, account) {
  const own = prefix + account;
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== own) await caches.delete(name); // somebody else's
  }
  return caches.open(own);
}

// Resolves to the cache of this account; null where the browser keeps nothing.
export async function keepPages({ prefix, account, worker }) {
  if (!canKeep()) return null;
  await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  const cache = await openKept(prefix, account);
  await cache.addAll(parts());
  if (navigator.onLine) await putAway(cache, [location.pathname]);
  document.documentElement.dataset.keptOffline = "";
  return cache;
}

function parts() {
  const own = new Set();
  for (const part of document.querySelectorAll("link[rel=stylesheet], script[src], link[rel=modulepreload]")) own.add(part.href || part.src);
  for (const entry of performance.getEntriesByType("resource")) own.add(entry.name);
  return [...own].map((address) => address.split("#")[0]).filter((address) => address.startsWith(`${location.origin}/static/`))
    .filter((address, at, all) => all.indexOf(address) === at);
}

export async function putAway(cache, addresses) {
  for (const address of addresses) {
    const page = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!page.ok || page.redirected) throw new Error(address);
    await cache.put(address, page);
  }
}
