// A form that is sent once: a second press while the page waits for the answer sends nothing. Each press would file a report
// here, and only the code of the last one would be shown.
(() => {
  const form = document.querySelector("form[data-once]");
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener("pageshow", () => {
    isSent = false;
  });
})();
