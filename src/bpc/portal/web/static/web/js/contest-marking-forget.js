// Somebody is leaving: the private pages of a juror kept on this device go, before the session does. What was written
// and not yet sent stays for its author, under their own key.

if (window.caches) {
  for (const name of await caches.keys()) if (name.startsWith("bpc-jury-")) await caches.delete(name);
}
