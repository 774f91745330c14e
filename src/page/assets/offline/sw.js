/* The worker of the page that works without a signal: it keeps that page in every language, with all it needs, and gives
   it out as it was kept. The server writes self.version above this: when anything changes, browsers fetch all anew into a
   store of its own, and the old one serves until every window of it is closed. Records are none of its business. */
"use strict";
const NAME = "sunwai-page-" + self.version;
const LANGS = ["en", "ur", "ps"];
const PAGE = "/offline";

async function fresh(path) {
  const answer = await fetch(path, { credentials: "omit", cache: "no-cache", redirect: "error" });
  if (!answer.ok) { throw new Error(path); }
  return answer;
}

// The page says itself what it loads; its modules name one another.
async function collect(cache, text) {
  const found = new Set([...text.matchAll(/(?:href|src)="(\/(?:assets|manifest)[^"#]*)/g)].map((m) => m[1].replace(/&amp;/g, "&")));
  found.add("/manifest.webmanifest");
  for (const path of found) {
    if (await cache.match(path)) { continue; }
    const answer = await fresh(path);
    const script = /javascript/.test(answer.headers.get("Content-Type"));
    const words = script ? await answer.clone().text() : "";
    for (const m of words.matchAll(/from "\.\/([a-z-]+\.js)"/g)) { found.add("/assets/" + m[1]); }
    await cache.put(path, answer);
  }
}

async function install() {
  const cache = await caches.open(NAME);
  for (const lang of LANGS) {
    const answer = await fresh(PAGE + "?lang=" + lang);
    const text = await answer.clone().text();
    await cache.put(PAGE + "?lang=" + lang, answer);
    await collect(cache, text);
  }
}

async function clean() {
  for (const name of await caches.keys()) {
    if (name.startsWith("sunwai-page-") && name !== NAME) { await caches.delete(name); }
  }
  await self.clients.claim();
}

// In the language that was asked for; else in the one that was seen last.
async function page(url) {
  const cache = await caches.open(NAME);
  const asked = url.searchParams.get("lang");
  const said = await cache.match("/last");
  const lang = LANGS.includes(asked) ? asked : said ? await said.text() : "ur";
  return (await cache.match(PAGE + "?lang=" + lang)) || fetch(url);
}

async function kept(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request)) || fetch(request);
}

// The page says in which language it stands: the next time it comes in that one; or that this worker shall begin.
self.addEventListener("message", (event) => {
  if (event.data === "go") {
    self.skipWaiting();
  } else if (LANGS.includes(event.data)) {
    event.waitUntil(caches.open(NAME).then((cache) => cache.put("/last", new Response(event.data))));
  }
});
self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(clean()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (url.pathname === PAGE) {
    event.respondWith(page(url));
  } else if (event.request.mode === "navigate") { // no signal: to the page that needs none
    event.respondWith(fetch(event.request).catch(() => Response.redirect(PAGE)));
  } else if (url.pathname.startsWith("/assets/") || url.pathname === "/manifest.webmanifest") {
    event.respondWith(kept(event.request));
  }
});
