// Improves the queue: keys move from row to row, the facts of a row are beside the list, a line says what
// is new. Rows never move by themselves. Without script the page has the same content when it is loaded again.
(() => {
  const MINUTE = 60000;
  const queue = document.getElementById("queue");
  const preview = queue.querySelector(".preview");
  const rows = [...queue.querySelectorAll("[data-row]")];
  const wide = matchMedia("(min-width: 80rem)");

  const draw = () => document.dispatchEvent(new Event("clocks")); // clocks.js

  // The row in focus: its facts are shown, and the page that comes back gives it the focus again, or the next one left.
  const control = (row) => row.querySelector("a.why") ?? row;
  for (const row of rows) if (control(row) === row) row.tabIndex = -1;
  let current = null; // the row in focus
  let shown = null; // the row whose facts are shown
  let waiting = 0;
  const load = async (row) => {
    shown?.classList.remove("open");
    shown = row;
    row.classList.add("open");
    const answer = await fetch(row.dataset.facts).catch(() => null);
    if (!answer?.ok || answer.redirected || row !== shown) return;
    preview.innerHTML = await answer.text();
    draw();
  };
  const show = (row, after) => {
    clearTimeout(waiting);
    if (wide.matches && row !== shown) waiting = setTimeout(load, after, row);
  };
  const choose = (row) => {
    current = row;
    const at = rows.indexOf(row);
    const order = [...rows.slice(at), ...rows.slice(0, at).reverse()].map((other) => other.dataset.row);
    sessionStorage.setItem("queue", JSON.stringify({ view: queue.dataset.view, order }));
    show(row, 120);
  };
  queue.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) choose(row);
  });
  for (const row of rows) {
    row.addEventListener("mouseenter", () => show(row, 300));
    row.addEventListener("mouseleave", () => clearTimeout(waiting));
  }
  for (const button of queue.querySelectorAll("[data-move]")) {
    button.addEventListener("click", () => {
      const at = rows.indexOf(current);
      const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + Number(button.dataset.move)));
      if (rows.length) control(rows[to]).focus();
    });
  }
  const back = () => {
    const kept = JSON.parse(sessionStorage.getItem("queue") ?? "null");
    const here = document.referrer && new URL(document.referrer);
    if (!kept || kept.view !== queue.dataset.view || !here) return;
    if (here.origin !== location.origin || !here.pathname.startsWith(location.pathname)) return;
    const found = kept.order.map((reference) => rows.find((row) => row.dataset.row === reference)).find(Boolean);
    (found ? control(found) : document.getElementById("view")).focus();
  };

  // What is new, once a minute while the page is in view.
  const form = queue.querySelector("form[data-news]");
  const line = form?.querySelector("a");
  const ask = async () => {
    if (document.hidden || !form) return;
    const body = new FormData(form);
    body.append("known", rows.map((row) => row.dataset.row).join(","));
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const told = await answer.json();
    line.hidden = !told.line;
    line.querySelector("span").textContent = told.line;
    for (const row of rows) {
      const holder = told.held[row.dataset.row];
      if (holder === undefined || row.classList.contains("held")) continue;
      row.classList.add("held");
      row.querySelector(".holder").textContent = holder;
    }
  };

  preview.hidden = false;
  back();
  setInterval(ask, MINUTE);
})();
