// Serves the copies that a reader chose to save, when there is no internet. It is registered only by that choice and only
// for guides and the list of copies: the browser never wakes it on the report form, with a code, in search or at the desk.
const COPIES = "saved";
const PARTS = "saved-parts"; // styles, font, and the page that lists the copies
const OFFER = "data-keep="; // only a page that may be saved carries it
const TOLD = ["Content-Type", "Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"];

addEventListener("install", () => skipWaiting());

addEventListener("message", (event) => {
  const { keep, list, renew = [] } = event.data;
  const work = keep ? Promise.all([save(COPIES, keep), save(PARTS, list)]) : Promise.all(renew.map(fetchAnew));
  event.waitUntil(work.then(() => event.ports[0].postMessage(true), () => event.ports[0].postMessage(false)));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event, pathname, search));
  else if (pathname.startsWith("/static/")) event.respondWith(fetch(event.request).catch(() => kept(PARTS, url)));
});

const kept = async (name, address) => (await caches.match(address, { cacheName: name, ignoreVary: true })) ?? Response.error();
const find = (address) => caches.match(address, { cacheName: COPIES });

// The internet first; the copy when it fails; else the list of what there is to read.
async function page(event, pathname, search) {
  try {
    const answer = await fetch(event.request);
    if (!search) event.waitUntil(renewed(pathname, answer.clone()));
    return answer.status < 500 ? answer : ((await find(pathname)) ?? answer);
  } catch {
    return (await find(pathname)) ?? kept(PARTS, await listAddress());
  }
}

async function listAddress() {
  const held = await caches.match("/list", { cacheName: PARTS });
  return held ? held.text() : "/list";
}

async function fetchAnew(pathname) {
  const answer = await fetch(pathname, { credentials: "omit" });
  return renewed(pathname, answer);
}

// A copy follows its page: renewed with it, gone when the page is gone, has moved or may no longer be saved.
async function renewed(pathname, answer) {
  if (!(await find(pathname)) || answer.status >= 500 || answer.status === 429) return;
  const text = answer.ok && !answer.redirected ? await answer.text() : "";
  if (text.includes(OFFER)) await store(COPIES, pathname, answer, text);
  else await (await caches.open(COPIES)).delete(pathname);
}

async function save(name, address) {
  const answer = await fetch(address, { credentials: "omit" });
  const text = await answer.text();
  if (!answer.ok || answer.redirected || !text.includes(OFFER)) throw new Error("not to be saved");
  await store(name, address, answer, text);
  if (name === PARTS) await (await caches.open(PARTS)).put("/list", new Response(address));
}

async function store(name, address, answer, text) {
  const parts = [...new Set([...text.matchAll(/"(\/static\/[^"#]+)/g)].map((found) => found[1]))];
  await Promise.all(parts.map(part));
  const headers = TOLD.filter((header) => answer.headers.has(header)).map((header) => [header, answer.headers.get(header)]);
  await (await caches.open(name)).put(address, new Response(asCopy(text), { headers }));
}

async function part(address) {
  if (await caches.match(address, { cacheName: PARTS, ignoreVary: true })) return;
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error("a part is missing");
  await (await caches.open(PARTS)).put(address, answer);
}

// The copy says that it is one, and of which day.
function asCopy(text) {
  const language = text.match(/<html lang="(\w+)"/)?.[1];
  const day = new Date().toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
  return text.replace("hidden data-kept>", "data-kept>").replace("data-kept-day></", `data-kept-day>${day}</`);
}
