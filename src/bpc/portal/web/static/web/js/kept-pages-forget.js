// Somebody is leaving: their private pages kept on this device go, before the session does. What was written and not
// yet sent stays for its author, under their own key.

if (window.caches) {
  for (const name of await caches.keys()) if (/^bpc-(jury|visits|courses)-/.test(name)) await caches.delete(name);
}
