// Warns some minutes before the end (data-warn-minutes), and shows when the time is over. It sends nothing: that takes a
// button. The server says how many seconds are left (data-left): a page that was opened again has less than a new one.
// Near the end of the whole time the page itself says when it closes (data-fixed); then only the end is shown.
(() => {
  const SECOND = 1000;
  const said = document.getElementById("time-left");
  const SOON = Number(said.dataset.warnMinutes) * 60 * SECOND;
  const opened = Date.now();
  const left = Number(said.dataset.left) * SECOND;
  const warns = left > SOON && !("fixed" in said.dataset);

  // Compare with the clock at short intervals: a phone that was asleep has lost its timers, but not the time.
  const update = () => {
    const remaining = left - (Date.now() - opened);
    const now = remaining <= 0 ? said.dataset.over : warns && remaining <= SOON ? said.dataset.soon : "";
    if (!now || said.textContent === now) return;
    said.textContent = now;
    document.getElementById("kept").hidden = true; // no longer true
  };

  setInterval(update, 10 * SECOND);
  addEventListener("pageshow", update);
})();
