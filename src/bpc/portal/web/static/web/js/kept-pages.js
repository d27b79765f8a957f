// A page put away on the device with what it is made of, so that its worker shows it without network.

// Resolves to the cache of this account, everybody else's gone; null where the browser keeps nothing.
export async function keepPages({ prefix, account, worker }) {
  if (!("serviceWorker" in navigator) || !window.caches) return null;
  const own = prefix + account;
  await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== own) await caches.delete(name); // somebody else's
  }
  const cache = await caches.open(own);
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
