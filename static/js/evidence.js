// Uncovers a picture only while its button is held, by pointer or with Space or Enter. Each time is recorded first:
// without the answer of the server, the picture stays covered. Without script the form does the same with a page.
(() => {
  const record = async (form) => {
    const sent = { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } };
    try {
      return (await fetch(form.action, sent)).status === 204;
    } catch {
      return false;
    }
  };

  for (const form of document.querySelectorAll("form[data-hold]")) {
    const button = form.querySelector("button[type=button]");
    const figure = form.closest("figure");
    let held = 0; // counts presses, so that a late answer to an earlier press uncovers nothing
    let presses = 0;

    const cover = () => {
      held = 0;
      figure.classList.remove("clear");
    };
    const uncover = async () => {
      const press = ++presses;
      held = press;
      if (!(await record(form))) form.querySelector("[role=status]").textContent = form.dataset.refused;
      else if (held === press) figure.classList.add("clear");
    };

    button.hidden = false;
    button.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      button.setPointerCapture(event.pointerId);
      uncover();
    });
    button.addEventListener("keydown", (event) => {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (!event.repeat) uncover();
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture", "keyup", "blur"]) {
      button.addEventListener(name, cover);
    }
    button.addEventListener("contextmenu", (event) => event.preventDefault()); // a long press on a phone
    addEventListener("blur", cover);
    document.addEventListener("visibilitychange", cover);
  }
})();
