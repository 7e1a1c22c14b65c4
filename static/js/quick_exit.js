// Leaves immediately: covers the page, drops the draft, replaces this page in the history. Without script the form does the
// same with a POST. Three presses of Shift do it too; a live region says each press, and that the page is being left.
(() => {
  const form = document.currentScript?.closest("form") ?? document.querySelector("form.quick-exit");
  if (!form) return;
  const THREE_WITHIN_MS = 5000;
  const words = form.dataset;

  // Outside the form, which is hidden while leaving: then the last words would not be read.
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);

  const cover = () => {
    said.textContent = words.left;
    document.documentElement.classList.add("leaving");
    document.title = words.left;
  };

  // Kept in this tab after the exit: then "Back" leaves again.
  const LEFT = "left";
  const tab = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // the browser allows no storage
    }
  };

  const leave = () => {
    cover();
    tab((storage) => storage.setItem(LEFT, "1"));
    // The beacon is sent even after the page is closed. Its answer, a redirect to the other site, is not needed.
    navigator.sendBeacon(form.action, new URLSearchParams({ script: "1" }));
    window.location.replace(words.url);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let alone = false;
  let timer;
  const count = (number, text) => {
    presses = number;
    form.dataset.presses = number; // drawn as dots under the button
    said.textContent = text;
  };
  const forget = (text) => {
    clearTimeout(timer);
    if (presses) count(0, text);
  };

  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
  });
  addEventListener("keyup", (event) => {
    // Shift held for a capital letter is typing, not leaving.
    if (event.key !== "Shift") return forget("");
    if (!alone) return;
    clearTimeout(timer);
    if (presses === 2) return leave();
    timer = setTimeout(() => forget(words.stays), THREE_WITHIN_MS);
    count(presses + 1, presses ? words.one : words.two);
  });

  // Another way here than "Back" is wanted, and ends it.
  const arrive = (isBack) => {
    if (!isBack) return tab((storage) => storage.removeItem(LEFT));
    const isCovered = document.documentElement.classList.contains("leaving"); // kept as it was left
    if (!isCovered && !tab((storage) => storage.getItem(LEFT))) return;
    cover();
    window.location.replace(words.url);
  };
  arrive(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
  addEventListener("pageshow", (event) => event.persisted && arrive(true));

  form.querySelector(".quick-exit-keys")?.removeAttribute("hidden");
})();
