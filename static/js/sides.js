// The side-by-side page of editors: the keys act on one field at a time, the one with the focus or the last one that had
// it. Without this script the page is an ordinary form whose buttons do the same.
(() => {
  const form = document.querySelector("[data-sides]");
  const fields = [...form.querySelectorAll("[data-field]")];
  const next = form.querySelector("[data-next]");
  let current = null;

  // keys.js presses the visible control that names the key: only those of the current field name one.
  const setCurrent = (field) => {
    if (!field || field === current) return;
    for (const control of form.querySelectorAll("[data-confirm], [data-write]")) delete control.dataset.key;
    current = field;
    const confirm = field.querySelector("[data-confirm]");
    const write = field.querySelector("[data-write]");
    if (confirm) confirm.dataset.key = "c";
    if (write) write.dataset.key = "e";
  };
  const go = (field) => {
    if (!field) return;
    setCurrent(field);
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  };
  const place = () => (current ? fields.indexOf(current) : -1);
  const writingArea = (field) =>
    field.querySelector("[contenteditable]") || field.querySelector(".target :is(textarea, input:not([type=hidden]))");

  form.addEventListener("focusin", (event) => setCurrent(event.target.closest("[data-field]")));
  for (const step of form.querySelectorAll("[data-step]")) {
    step.addEventListener("click", () => go(fields[Math.max(0, place() + Number(step.dataset.step))]));
  }
  const toDo = fields.filter((field) => "toDo" in field.dataset);
  next.hidden = !toDo.length;
  next.addEventListener("click", () => go(toDo.find((field) => fields.indexOf(field) > place()) || toDo[0]));
  for (const write of form.querySelectorAll("[data-write]")) {
    write.addEventListener("click", (event) => {
      event.preventDefault();
      writingArea(write.closest("[data-field]")).focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const key = event.key.toLowerCase();
    const held = event.ctrlKey || event.metaKey;
    if (held && key === "s") {
      event.preventDefault();
      (current?.querySelector("[data-save]") || form.querySelector("[data-save-all]"))?.click();
    } else if (held && key === "enter") {
      event.preventDefault();
      form.querySelector("[data-save-all]")?.click();
    } else if (event.altKey && key === "l") {
      event.preventDefault();
      // The field may have nothing to do in the other language: only the page of all fields certainly has it.
      const { otherWay, otherAll } = form.dataset;
      location.assign(current ? `${otherAll}#${current.dataset.other}` : otherWay);
    } else if (key === "escape" && event.target.closest("[data-field] .target")) {
      go(event.target.closest("[data-field]"));
    }
  });

  if (location.hash) go(document.getElementById(location.hash.slice(1))?.closest("[data-field]"));
})();
