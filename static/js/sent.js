// The line that says what was sent last. Its undo button goes when the reporter can read the message; the line stays.
(() => {
  const line = document.querySelector("#sent[data-left]");
  if (!line) return;
  if (!document.getElementById("keys")) line.querySelector("kbd").hidden = true; // a page without single keys
  setTimeout(() => {
    line.querySelector("form").hidden = true;
    line.querySelector("[data-over]").hidden = false;
  }, Number(line.dataset.left) * 1000);
})();
