// The case page by keyboard: single keys outside of fields, Ctrl+Enter for the filled button of the box in which one writes,
// gaps of a template as fields, and a copy button. Each key presses a button or a link that is on the page anyway.
(() => {
  const OFF = "desk-keys-off";
  const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select";
  const press = (selector) => document.querySelector(selector)?.click();
  const unfold = (id, closes) => {
    const fold = document.getElementById(id);
    if (!fold) return;
    fold.open = !(closes && fold.open);
    (fold.querySelector("textarea, ul a") ?? fold.querySelector("summary")).focus();
  };
  const keys = {
    r: () => document.querySelector("#reply textarea")?.focus(),
    n: () => unfold("note"),
    o: () => unfold("story", true),
    m: () => unfold("more", true),
    z: () => press("[data-undo]:not([hidden]) button"),
    "?": () => unfold("keys"),
  };
  for (const key of ["s", "b", "t", "u"]) keys[key] = () => press(`[data-key="${key}"]`);

  const toggle = document.querySelector("[data-keys-switch]");
  if (toggle) {
    toggle.checked = localStorage.getItem(OFF) === null;
    toggle.addEventListener("change", () => {
      if (toggle.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const fold = event.target.closest("details[open]");
      if (!fold) return;
      fold.open = false;
      fold.querySelector("summary").focus();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form[data-write]");
      (form?.querySelector(".send .main") ?? form?.querySelector("[data-send]"))?.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest(FIELDS)) return;
    if (localStorage.getItem(OFF) !== null || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    });
  }

  // The undo button goes when the reporter can read the message.
  const line = document.querySelector("#sent[data-left]");
  if (line) {
    setTimeout(() => {
      line.querySelector("form").hidden = true;
    }, Number(line.dataset.left) * 1000);
  }

  const form = document.querySelector(".reply-box form");
  const text = form?.querySelector("textarea");
  if (!text) return;
  const GAPS = /\[[^[\]\n]*\p{L}[^[\]\n]*\]/gu;
  const gaps = form.querySelector("[data-gaps]");
  const buttons = [...form.querySelectorAll("[data-send]")];
  const end = form.dataset.end;

  // A question in the text makes "send and ask" the filled button.
  const follow = () => {
    const asks = text.value.includes("?") && buttons.some((button) => button.dataset.send === "ask");
    for (const button of buttons) {
      const filled = button.dataset.send === (asks ? "ask" : end);
      button.classList.toggle("main", filled);
      button.classList.toggle("quiet", !filled);
    }
  };
  const list = () => {
    const found = [...new Set(text.value.match(GAPS) ?? [])];
    gaps.replaceChildren(...found.map(field));
    gaps.hidden = !found.length;
  };
  const field = (gap) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    label.className = "field";
    input.autocomplete = "off";
    input.addEventListener("change", () => {
      if (input.value.trim()) text.value = text.value.replace(gap, () => input.value.trim());
      list();
      follow();
    });
    label.append(`${gaps.dataset.label}: ${gap.slice(1, -1)} `, input);
    return label;
  };
  text.addEventListener("input", follow);
  text.addEventListener("change", list);
  list();
  follow();
})();
