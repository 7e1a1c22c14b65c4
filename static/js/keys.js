// Single keys at the desk. Each presses the visible control that names it in data-key, or puts the focus into it, so that
// nothing can be done by a key alone. One of several choices is chosen too, and its box opens; nothing is sent. They work
// outside fields only, and the list of keys has a switch for them. Escape and a press elsewhere close an open menu. Inside
// an open menu a letter moves the focus to the next entry that begins with it, and does nothing else.
(() => {
  const OFF = "desk-keys-off"; // the same switch as on the case page
  const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
  const list = document.getElementById("keys");
  const box = list.querySelector("[data-keys-switch]");

  const folded = (control) => control.matches("[type=radio]") && control.closest("details:not([open])");
  const isVisible = (control) => (folded(control) || control).getClientRects().length > 0;
  const apply = () => document.documentElement.classList.toggle("no-keys", !box.checked);

  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    apply();
  });
  apply();
  for (const button of document.querySelectorAll("[data-key][hidden]:is(.tool, [data-move])")) button.hidden = false;

  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  const startsWith = (entry, letter) => entry.textContent.trim().toLowerCase().startsWith(letter.toLowerCase());
  const moveInMenu = (menu, letter) => {
    const entries = [...menu.querySelectorAll("ul :is(a, button)")];
    const after = entries.indexOf(document.activeElement) + 1;
    [...entries.slice(after), ...entries.slice(0, after)].find((entry) => startsWith(entry, letter))?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of openMenus()) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (!box.checked || held || event.target.closest(FIELDS)) return;
    if (list.matches(":popover-open") && event.key !== "?") return;
    const menu = event.target.closest("details.menu[open]");
    if (menu && /^\p{L}$/u.test(event.key)) {
      event.preventDefault();
      moveInMenu(menu, event.key);
      return;
    }
    const controls = document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`);
    const control = [...controls].find(isVisible);
    if (!control || (event.repeat && !control.dataset.move)) return;
    event.preventDefault();
    if (folded(control)) folded(control).open = true;
    if (control.matches("[type=radio]")) control.checked = true; // Enter then sends its form
    if (control.matches("input, textarea")) control.focus();
    else control.click();
    // A box that a key has opened is there to be written in, a menu to be chosen from.
    const opened = control.closest("details[open]:has(> summary)");
    opened?.querySelector(opened.matches(".menu") ? "a, button" : "textarea")?.focus();
  });
})();
