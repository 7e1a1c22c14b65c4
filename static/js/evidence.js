// Uncovers a picture only while its button is held, by pointer or with Space or Enter. Each time is recorded first:
// without the answer of the server, the picture stays covered. Who cannot hold a button presses the other one, and presses
// again to cover it (docs/decisions/uncovering.md). However it was uncovered, it is covered again when the focus, the window,
// the tab or the page is left, when its page is folded, and with Escape. Without script the form uncovers a page until the next load.
(() => {
  const record = async (form) => {
    const sent = { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } };
    try {
      return (await fetch(form.action, sent)).status === 204;
    } catch {
      return false;
    }
  };

  for (const figure of document.querySelectorAll("figure.evidence")) {
    const form = figure.querySelector("form[data-hold]"); // none when the server has uncovered it
    const hold = form?.querySelector("button[type=button]");
    const press = form?.querySelector("button:not([type=button])");
    const uncoverWords = press?.textContent;
    let wanted = 0; // counts presses, so that a late answer to an earlier press uncovers nothing
    let presses = 0;

    const cover = () => {
      wanted = 0;
      figure.classList.remove("clear");
      if (press) press.textContent = uncoverWords;
    };
    const uncover = async () => {
      const pressed = ++presses;
      wanted = pressed;
      if (!(await record(form))) {
        if (wanted === pressed) wanted = 0; // so that the next press tries again
        form.querySelector("[role=status]").textContent = form.dataset.refused;
        return false;
      }
      if (wanted === pressed) figure.classList.add("clear");
      return wanted === pressed;
    };

    for (const name of ["blur", "pagehide"]) addEventListener(name, cover);
    document.addEventListener("visibilitychange", cover);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") cover();
    });
    figure.addEventListener("focusout", (event) => {
      if (!figure.contains(event.relatedTarget)) cover();
    });
    figure.closest("details").addEventListener("toggle", (event) => {
      if (!event.target.open) cover();
    });
    if (!form) continue;

    hold.hidden = false;
    hold.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      hold.setPointerCapture(event.pointerId);
      uncover();
    });
    hold.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (!event.repeat) uncover();
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture", "keyup", "blur"]) {
      hold.addEventListener(name, cover);
    }
    hold.addEventListener("contextmenu", (event) => event.preventDefault()); // a long press on a phone

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      press.focus(); // some browsers do not focus a button that is clicked: leaving it could not cover the picture
      if (wanted) cover();
      else if (await uncover()) press.textContent = press.dataset.cover;
    });
  }
})();
