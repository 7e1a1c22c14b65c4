// Copy, print and save a guide. One file, because every request is expensive on a slow connection.

// Copies an address or a text, prints. Without script these buttons stay hidden; text and menu are there.
(() => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.nextElementSibling.textContent = button.dataset.done;
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();

// Copies of guides to read without internet: made only on request, listed and deleted on one page.
// Without script, or if the browser has no storage, neither the button nor the list is shown.
(() => {
  const COPIES = "saved";
  const PARTS = "saved-parts";
  const box = document.querySelector("[data-keep]");
  if (!box || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const part = (name) => box.querySelector(`[data-part="${name}"]`);

  const copies = async () => ((await caches.has(COPIES)) ? (await caches.open(COPIES)).keys() : []);

  // Delete everything: the copies, their styles and scripts, and the worker itself.
  const wipe = async () => {
    await Promise.all([COPIES, PARTS].map((name) => caches.delete(name)));
    const workers = await navigator.serviceWorker.getRegistrations();
    await Promise.all(workers.map((worker) => worker.unregister()));
  };

  const forget = async (address) => {
    await (await caches.open(COPIES)).delete(address);
    if (!(await copies()).length) await wipe();
    else ask(navigator.serviceWorker.controller, { renew: [] }); // drops the pictures that no other copy shows
  };

  const ask = (worker, wish) =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => done(event.data);
      setTimeout(done, 30000, false);
      worker?.postMessage(wish, [port2]);
    });

  const keep = async () => {
    for (const scope of box.dataset.scopes.split(" ")) await navigator.serviceWorker.register(box.dataset.worker, { scope });
    const { active } = await navigator.serviceWorker.ready;
    return ask(active, { keep: location.pathname, list: box.dataset.list, numbers: box.dataset.numbers });
  };

  const show = (...names) => {
    for (const element of box.querySelectorAll("[data-part]")) element.hidden = !names.includes(element.dataset.part);
  };

  const guide = async () => {
    const isKept = async () => Boolean(await caches.match(location.pathname, { cacheName: COPIES }));
    show(...((await isKept()) ? ["kept", "remove"] : ["offer", "save"]));
    box.hidden = false;
    part("save").addEventListener("click", async () => {
      show("wait");
      const done = await keep().catch(() => false);
      if (!done && !(await copies()).length) await wipe();
      show(...(done ? ["kept", "remove"] : ["offer", "save", "failed"]));
      part(done ? "remove" : "save").focus(); // the button that was pressed is gone, and the keyboard stays where it was
    });
    part("remove").addEventListener("click", async () => {
      await forget(location.pathname);
      show("offer", "save", "removed");
      part("save").focus();
    });
  };

  const row = async (request) => {
    const copy = await caches.match(request, { cacheName: COPIES });
    if (!copy) return; // deleted since it was listed
    const page = new DOMParser().parseFromString(await copy.text(), "text/html");
    const heading = page.querySelector("h1");
    const item = part("row").content.cloneNode(true).firstElementChild;
    const link = item.querySelector("a");
    link.href = new URL(request.url).pathname;
    link.textContent = heading.textContent;
    link.lang = heading.lang;
    item.querySelector("button span").textContent = heading.textContent;
    item.querySelector("button").addEventListener("click", async () => {
      await forget(request.url);
      await draw("removed");
    });
    return item;
  };

  let said; // the message about the last tap is kept when the list is rendered again
  const drawNow = async (done) => {
    said = done ?? said;
    const rows = (await Promise.all((await copies()).map(row))).filter(Boolean);
    const written = (items) => Array.from(items, (item) => item.outerHTML).join("");
    // A list that stays the same is not replaced: the keyboard would lose the button that it is on.
    if (written(rows) !== written(part("list").children)) part("list").replaceChildren(...rows);
    show(...(rows.length ? ["list", "wipe"] : ["none"]), said);
    if (done) document.querySelector("h1").focus(); // the button is gone; no other one deletes by the same key
  };

  // One after the other, so that a copy that is deleted during the update does not return.
  let drawn = Promise.resolve();
  const draw = (done) => (drawn = drawn.catch(() => {}).then(() => drawNow(done)));

  const listed = async () => {
    await draw();
    part("wipe").addEventListener("click", async () => {
      await wipe();
      await draw("wiped");
    });
    // A guide that was taken down or changed since is not read from an old copy for longer than necessary.
    const worker = navigator.serviceWorker.controller;
    const addresses = (await copies()).map((request) => new URL(request.url).pathname);
    if (!navigator.onLine || !worker || !addresses.length) return;
    await ask(worker, { renew: addresses });
    if (!(await copies()).length) await wipe();
    await draw();
  };

  if (box.dataset.keep === "guide") guide();
  else listed();
})();
