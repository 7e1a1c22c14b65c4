// Leaves immediately: covers the page, drops the draft, replaces this page in the history. Without script the form does the same with a POST.
(() => {
  const form = document.currentScript?.closest("form") ?? document.querySelector("form.quick-exit");
  if (!form) return;
  const THREE_WITHIN_MS = 5000;

  const cover = () => {
    document.documentElement.classList.add("leaving");
    document.title = form.dataset.left;
  };

  const leave = () => {
    cover();
    // The beacon is sent even after the page is closed. Its answer, a redirect to the other site, is not needed.
    navigator.sendBeacon(form.action, new URLSearchParams({ script: "1" }));
    window.location.replace(form.dataset.url);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let alone = false;
  let timer;
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
  });
  addEventListener("keyup", (event) => {
    // Shift held for a capital letter is typing, not leaving.
    if (event.key !== "Shift" || !alone) {
      if (event.key !== "Shift") presses = 0;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => { presses = 0; }, THREE_WITHIN_MS);
    presses += 1;
    if (presses === 3) leave();
  });

  // Someone pressed Back and the browser kept the covered page: leave again.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.classList.contains("leaving")) location.replace(form.dataset.url);
  });

  form.querySelector(".quick-exit-keys")?.removeAttribute("hidden");
})();
