// A field of lines, such as the steps of a guide, as rows: each line can be moved, taken out and marked. The field itself
// stays beside its rows, and is what is sent. One of both is folded: the field on a wide screen, the rows on a phone.
document.addEventListener("DOMContentLoaded", () => {
  const MARK = "*"; // begins a line that is always part of the text for chats

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const build = (area) => {
    const words = JSON.parse(area.dataset.rows);
    const list = element("ol", { class: "line-rows" });
    let made = 0;
    let isStoring = false;
    const rows = () => [...list.children];
    const field = (row) => row.querySelector("textarea");
    const tool = (text, act) => {
      const button = element("button", { type: "button", class: "btn plain small" }, text);
      button.addEventListener("click", () => act(button.closest("li")));
      return button;
    };

    const store = () => {
      const line = (row) => {
        const text = field(row).value.trim();
        return text && row.querySelector("[type=checkbox]").checked ? `${MARK} ${text}` : text;
      };
      isStoring = true;
      area.value = rows().map(line).filter(Boolean).join("\n");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      isStoring = false;
    };
    const number = () =>
      rows().forEach((row, place, all) => {
        field(row).setAttribute("aria-label", words.step.replace("%d", place + 1));
        row.querySelector("[data-move='-1']").disabled = !place;
        row.querySelector("[data-move='1']").disabled = place === all.length - 1;
      });
    const changed = (focused) => {
      number();
      store();
      focused?.focus();
    };

    const move = (step) => {
      const button = tool(step < 0 ? words.up : words.down, (row) => {
        if (step < 0) row.previousElementSibling?.before(row);
        else row.nextElementSibling?.after(row);
        changed(button);
        if (button.disabled) field(row).focus();
      });
      button.dataset.move = step;
      return button;
    };
    const remove = (row) => {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      changed(next ? field(next) : add);
    };
    const split = (row, [first, ...others]) => {
      field(row).value = first;
      let last = row;
      for (const text of others) {
        last.after(rowOf(text));
        last = last.nextElementSibling;
      }
      changed(field(last));
    };
    const rowOf = (line) => {
      const id = `${area.id}-row-${++made}`;
      const isMarked = line.startsWith(MARK);
      const input = element("textarea", { id, rows: 2, "data-links": area.dataset.links, "data-headings": area.dataset.headings });
      input.lang = area.lang;
      input.value = isMarked ? line.slice(MARK.length).trim() : line;
      const box = element("input", { type: "checkbox" });
      box.checked = isMarked;
      const link = element("button", { type: "button", class: "btn plain small", "data-links-for": id }, words.link);
      const tools = [link, move(-1), move(1), tool(words.remove, remove)];
      const row = element("li", {}, input, element("label", {}, box, " ", words.mark), element("div", { class: "row" }, ...tools));
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        const [before, after] = [input.value.slice(0, input.selectionStart), input.value.slice(input.selectionEnd)];
        split(row, [before, after]);
      });
      return row;
    };
    list.addEventListener("input", (event) => {
      const row = event.target.closest("li");
      const lines = field(row).value.split("\n");
      if (lines.length > 1) split(row, lines.filter((text, place) => text.trim() || !place));
      else store();
    });

    const show = () => {
      list.replaceChildren(...area.value.split("\n").filter((line) => line.trim()).map((line) => rowOf(line.trim())));
      number();
    };
    const add = tool(words.add, () => {
      list.append(rowOf(""));
      number();
      field(list.lastElementChild).focus();
    });
    const isWide = matchMedia("(width >= 48rem)").matches;
    const fold = (text, isOpen, parts) => {
      const made = element("details", { class: "disclosure" }, element("summary", {}, text));
      made.open = isOpen;
      area.before(made);
      made.append(element("div", { class: "line-parts" }, ...parts)); // a fold gives its parts a padding, not a gap
    };
    const button = area.parentElement.querySelector(`[data-links-for="${area.id}"]`);
    fold(words.rows, isWide, [list, add]);
    fold(words.text, !isWide, [area, button].filter(Boolean));
    area.addEventListener("input", () => {
      if (!isStoring) show();
    });
    show();
  };

  for (const area of document.querySelectorAll("textarea[data-rows]:enabled")) build(area);
});
