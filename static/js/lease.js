// Keeps a case assigned to the person who works on it: typing renews the lease, at most every two minutes, and so does the
// button. Says until when it lasts, once that it ends soon, or who has the case now. After its end the buttons that send give way
// to one that takes the case back; the words stay. Without script each form has a button for it.
(() => {
  const OFTEN = 2 * 60000;
  const form = document.querySelector("form[data-lease]");
  const box = form.closest(".lease");
  const said = document.getElementById("lease");
  const send = document.querySelectorAll("#reply [data-send]");
  const take = document.querySelector("#reply [data-take]");
  let lost = false; // the server has said that the case is no longer this person's
  let last = Date.now(); // the page itself has renewed it
  let until = new Date(box.dataset.until);

  const draw = () => {
    const left = until - Date.now();
    const soon = left < Number(box.dataset.soon) * 60000;
    box.classList.toggle("soon", soon);
    box.querySelector("[data-ends]").hidden = !soon || left <= 0;
    box.querySelector("[data-ended]").hidden = left > 0;
    const over = lost || left <= 0;
    form.querySelector("[data-here]").hidden = over;
    form.querySelector("[data-back]").hidden = !over;
    for (const button of send) button.hidden = over;
    if (take) take.hidden = !over || form.hidden;
  };

  const renew = async () => {
    last = Date.now();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (answer.redirected) return; // signed out; sending a form says so and keeps the words
      const told = await answer.json();
      said.textContent = told.said;
      if (told.until) until = new Date(told.until);
      lost = !told.until;
      form.hidden = Boolean(told.taken); // a colleague has it: nothing to take back
      draw();
    } catch {
      last = 0; // no connection: the next letter tries again
    }
  };

  form.hidden = false;
  for (const button of document.querySelectorAll("[data-still]")) button.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (lost && take) take.click();
    else renew();
  });
  document.addEventListener("input", () => {
    if (Date.now() - last > OFTEN) renew();
  });
  setInterval(draw, 15000);
  document.addEventListener("visibilitychange", draw);
})();
