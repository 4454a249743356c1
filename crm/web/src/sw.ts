/// <reference lib="webworker" />
// Keeps the pages' own files, so that Ties opens and notes are taken while the service cannot be reached. Answers of the
// API are never kept: they are other people's data.
export {};
declare const self: ServiceWorkerGlobalScope;
declare const KEPT: string[];
declare const VERSION: string;

const name = `ties ${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(KEPT))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((one) => one !== name).map((one) => caches.delete(one))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (/^\/(api|sign-in|healthz|metrics|feeds)(\/|$)/.test(url.pathname)) return;
    event.respondWith(fetch(event.request).catch(async () => (await caches.match("/index.html", { cacheName: name })) ?? Response.error()));
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: name }).then((kept) => kept ?? fetch(event.request)));
  }
});
