// Keeps a case assigned to the person who works on it: typing renews the lease, at most every two minutes, and so does the
// button. Says until when it lasts, or that the case is no longer assigned. Without script each form has a button for it.
(() => {
  const OFTEN = 2 * 60000;
  const form = document.querySelector("form[data-lease]");
  const said = document.getElementById("lease");
  let last = Date.now(); // the page itself has renewed it

  const renew = async () => {
    last = Date.now();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (answer.redirected) return; // signed out; sending a form says so and keeps the words
      said.textContent = (await answer.json()).said;
    } catch {
      last = 0; // no connection: the next letter tries again
    }
  };

  form.hidden = false;
  for (const button of document.querySelectorAll("[data-still]")) button.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    renew();
  });
  document.addEventListener("input", () => {
    if (Date.now() - last > OFTEN) renew();
  });
})();
