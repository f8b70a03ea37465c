// Keeps the night page on the phone, so that it opens without a network. Entries never pass here.
const KEPT = "legcare-night-VERSION";
const FILES = ["/night", "/night/night.css?v=VERSION", "/night/night.js?v=VERSION", "/night/queue.js?v=VERSION", "/night/night.webmanifest", "/night/icon-64.png"];

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: file.includes("?v=") ? "default" : "reload" })))));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || !(pathname === "/night" || pathname.startsWith("/night/"))) return;
  const page = event.request.mode === "navigate";
  event.respondWith(caches.match(event.request, { ignoreSearch: page }).then((kept) => kept ?? fetch(event.request)));
});
