// Serves the copies that a reader chose to save, when there is no internet. It is registered only by that choice and only
// for guides, the list of copies and the emergency page, which comes along unasked because it is what someone without
// internet needs most and tells nothing of what was read. The browser never wakes it on the report form, with a code, in
// search or at the desk.
const COPIES = "saved";
const PARTS = "saved-parts"; // styles, font, the page that lists the copies, and the emergency numbers
const OFFER = "data-keep="; // only a page that may be saved carries it
const TOLD = ["Content-Type", "Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"];

addEventListener("install", () => skipWaiting());

addEventListener("message", (event) => {
  const { keep, list, numbers, renew = [] } = event.data;
  const work = keep ? Promise.all([save(COPIES, keep), save(PARTS, list), save(PARTS, numbers, "")]) : renewAll(renew);
  event.waitUntil(work.then(() => event.ports[0].postMessage(true), () => event.ports[0].postMessage(false)));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event, pathname, search));
  else if (isFile(pathname)) event.respondWith(fetch(event.request).catch(() => kept(PARTS, url)));
});

const isFile = (pathname) => pathname.startsWith("/static/") || isPicture(pathname);
const isPicture = (pathname) => pathname.startsWith("/pictures/");
const kept = async (name, address) => (await caches.match(address, { cacheName: name, ignoreVary: true })) ?? Response.error();
const find = async (address) =>
  (await caches.match(address, { cacheName: COPIES })) ?? caches.match(address, { cacheName: PARTS });

// The internet first; the copy when it fails; else the list of what there is to read.
async function page(event, pathname, search) {
  try {
    const stores = await opened();
    const answer = await fetch(event.request);
    if (!search) event.waitUntil(renewed(stores, pathname, answer.clone()));
    return answer.status < 500 ? answer : ((await find(pathname)) ?? answer);
  } catch {
    return (await find(pathname)) ?? kept(PARTS, await listAddress());
  }
}

async function listAddress() {
  const held = await caches.match("/list", { cacheName: PARTS });
  return held ? held.text() : "/list";
}

// The copies, and the pages that came along with them: old numbers are not kept for longer than need be either.
async function renewAll(copies) {
  const stores = await opened();
  const parts = stores ? (await stores.parts.keys()).map((request) => new URL(request.url).pathname) : [];
  const pages = parts.filter((pathname) => pathname !== "/list" && !isFile(pathname));
  return Promise.all([...copies, ...pages].map(refetch)).finally(pruned);
}

// A picture goes with the last copy that shows it.
async function pruned() {
  const stores = await opened();
  if (!stores) return;
  const texts = await Promise.all((await stores.copies.keys()).map(async (copy) => (await stores.copies.match(copy))?.text()));
  for (const request of await stores.parts.keys()) {
    const { pathname } = new URL(request.url);
    if (isPicture(pathname) && !texts.some((text) => text?.includes(pathname))) await stores.parts.delete(request);
  }
}

async function refetch(pathname) {
  const stores = await opened();
  const answer = await fetch(pathname, { credentials: "omit" });
  return renewed(stores, pathname, answer);
}

// The stores as they are before a page is asked for. When the reader wipes them meanwhile, what arrives late is put
// into stores that no longer have a name, and is gone with them.
async function opened() {
  if (!(await caches.has(COPIES))) return null;
  return { copies: await caches.open(COPIES), parts: await caches.open(PARTS) };
}

// A copy follows its page: renewed with it, gone when the page is gone, has moved or may no longer be saved. The list and
// the emergency page only follow what is new: they go when the last copy goes.
async function renewed(stores, pathname, answer) {
  if (!stores || answer.status >= 500 || answer.status === 429) return;
  const isPart = Boolean(await stores.parts.match(pathname));
  const store = isPart ? stores.parts : stores.copies;
  if (!(await store.match(pathname))) return;
  const text = answer.ok && !answer.redirected ? await answer.text() : "";
  if (!isPart && !text.includes(OFFER)) return store.delete(pathname);
  if (!text) return;
  await drawnWith(stores.parts, text);
  if (await store.match(pathname)) await store.put(pathname, copyOf(answer, text));
}

async function save(name, address, offer = OFFER) {
  const stores = { copies: await caches.open(name), parts: await caches.open(PARTS) };
  const answer = await fetch(address, { credentials: "omit" });
  const text = await answer.text();
  if (!answer.ok || answer.redirected || !text.includes(offer)) throw new Error("not to be saved");
  await drawnWith(stores.parts, text);
  await stores.copies.put(address, copyOf(answer, text));
  if (name === PARTS && offer) await stores.parts.put("/list", new Response(address));
}

// Styles, scripts and drawings that a page names, and one file of each picture. A picture that was taken down meanwhile
// is left out: the copy then shows its words.
function drawnWith(parts, text) {
  const named = (pattern) => [...new Set([...text.matchAll(pattern)].map((found) => found[1]))];
  const pictures = named(/ src="(\/pictures\/[^"]+)"/g).map((address) => part(parts, address).catch(() => {}));
  return Promise.all([...named(/"(\/static\/[^"#]+)/g).map((address) => part(parts, address)), ...pictures]);
}

async function part(parts, address) {
  if (await parts.match(address, { ignoreVary: true })) return;
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error("a part is missing");
  await parts.put(address, answer);
}

function copyOf(answer, text) {
  const headers = TOLD.filter((header) => answer.headers.has(header)).map((header) => [header, answer.headers.get(header)]);
  return new Response(asCopy(text), { headers });
}

// The copy says that it is one, and of which day. It names the file of each picture that was saved, and no other size.
function asCopy(text) {
  const language = text.match(/<html lang="(\w+)"/)?.[1];
  const day = new Date().toLocaleDateString(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric" });
  const light = text.replace(/<source type="image[^>]*>/g, "").replace(/ srcset="\/pictures\/[^"]*" sizes="[^"]*"/g, "");
  return light.replace("hidden data-kept>", "data-kept>").replace("data-kept-day></", `data-kept-day>${day}</`);
}
