// The link button of the rich text editor (and Ctrl+K): choose what a link leads to by typing a few letters. What is on this
// site is stored by number or key, a heading of this text by its id, and last comes a web address. Fields of plain lines in
// which a link is HTML, such as the steps of a guide, get the same button.
import { Extension } from "django-prose-editor/editor";

const WAIT = 150; // milliseconds without a key before the site is asked
let count = 0;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const fits = (name, query) => query.toLowerCase().split(/\s+/).every((word) => name.toLowerCase().includes(word));

// The headings that have an id since the text was saved.
const headings = (html, letter) =>
  [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("h2[id]")].map((heading) => ({
    name: heading.textContent.trim(),
    href: `#${letter}${heading.id.slice(1)}`,
    hint: "",
  }));

// What the picker needs to know of the place of a link: its headings, the link that is there, and how to write another.
const inEditor = (editor, letter) => {
  const present = new Set([...editor.view.dom.querySelectorAll("h2")].map((heading) => heading.textContent.trim()));
  return {
    headings: headings(String(editor.options.content), letter).filter(({ name }) => present.has(name)),
    href: editor.getAttributes("link").href || "",
    focus: () => editor.commands.focus(),
    write: ({ href, name }) => {
      const mark = { href, title: null, target: null, rel: null };
      const text = { type: "text", text: name, marks: [{ type: "link", attrs: mark }] };
      if (editor.isActive("link")) editor.chain().focus().extendMarkRange("link").updateAttributes("link", mark).run();
      else if (!editor.state.selection.empty) editor.chain().focus().setMark("link", mark).run();
      else editor.chain().focus().insertContent(text).run();
    },
  };
};

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

const inLines = (area) => {
  const [from, to] = [area.selectionStart, area.selectionEnd];
  const all = [...area.value.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)];
  const link = all.find((one) => one.index <= from && to <= one.index + one[0].length);
  const chosen = area.value.slice(from, to).split("\n")[0]; // a link does not go over the end of a line
  const [begin, old, words] = link ? [link.index, link[0], link[2]] : [from, chosen, chosen];
  const body = document.getElementById(area.dataset.headings);
  return {
    headings: headings(body?.defaultValue || "", "s"),
    href: link ? new DOMParser().parseFromString(link[0], "text/html").querySelector("a").getAttribute("href") : "",
    focus: () => area.focus(),
    write: ({ href, name }) => {
      area.setRangeText(`<a href="${escaped(href)}">${words || escaped(name)}</a>`, begin, begin + old.length, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };
};

// What is typed, as an address; null if it does not look like one. Texts keep no links to addresses without https.
const address = (typed) => {
  if (/^(https:\/\/|mailto:|tel:)\S+$/i.test(typed) || /^[/#]\S*$/.test(typed)) return typed;
  if (/^http:\/\/\S+$/i.test(typed)) return typed.replace(/^http/i, "https");
  if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(typed)) return `mailto:${typed}`;
  return /^[^\s:/]+\.[a-z]{2,}(\/\S*)?$/i.test(typed) ? `https://${typed}` : null;
};

class Picker {
  constructor(place, { url, words }) {
    Object.assign(this, { place, url, words, asked: 0, active: -1 });
    const id = `link-picker-${++count}`;
    this.field = element("input", {
      ...{ id: `${id}-field`, role: "combobox", "aria-expanded": "true", "aria-controls": `${id}-list` },
      ...{ "aria-autocomplete": "list", "aria-describedby": `${id}-help`, autocomplete: "off", spellcheck: "false" },
    });
    this.list = element("div", { id: `${id}-list`, role: "listbox", "aria-label": words.found });
    this.state = element("p", { role: "status" });
    const cancel = element("button", { type: "button" }, words.cancel);
    cancel.addEventListener("click", () => this.dialog.close());
    this.dialog = element(
      "dialog",
      { class: "prose-editor-dialog link-picker", "aria-labelledby": `${id}-title` },
      element("h3", { id: `${id}-title`, class: "prose-editor-dialog-title" }, words.title),
      element("label", { for: `${id}-field` }, words.label),
      element("p", { id: `${id}-help`, class: "help" }, words.help),
      this.field,
      this.state,
      this.list,
      cancel,
    );
    this.field.addEventListener("input", () => this.search());
    this.field.addEventListener("keydown", (event) => this.move(event));
    this.dialog.addEventListener("close", () => {
      this.asked += 1;
      this.dialog.remove();
      place.focus();
    });
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.field.value = this.place.href;
    this.field.select();
    this.search(0);
  }

  search(wait = WAIT) {
    const query = this.field.value.trim();
    const turn = ++this.asked;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      let groups = [];
      let failed = false;
      try {
        const answer = await fetch(`${this.url}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } });
        ({ groups } = await answer.json());
      } catch {
        failed = true;
      }
      if (turn === this.asked) this.show(query, groups, failed);
    }, wait);
  }

  show(query, groups, failed) {
    const here = this.place.headings.filter(({ name }) => fits(name, query));
    const typed = address(query);
    const all = [
      ...groups,
      { kind: this.words.headings, targets: here },
      { kind: this.words.web, targets: typed ? [{ name: typed, href: typed, hint: "" }] : [] },
    ].filter(({ targets }) => targets.length);
    this.list.replaceChildren(...all.map((group) => this.group(group)));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, place) => (option.id = `${this.list.id}-${place}`));
    this.activate(this.options.length ? 0 : -1);
    const found = this.options.length ? this.words.count.replace("%d", this.options.length) : this.words.nothing;
    this.state.textContent = failed ? this.words.failed : found;
  }

  group({ kind, targets }) {
    const options = targets.map((target) => {
      const option = element("div", { role: "option", "aria-selected": "false" });
      option.append(element("span", target.lang ? { lang: target.lang } : {}, target.name));
      if (target.hint) option.append(" ", element("small", {}, target.hint));
      option.addEventListener("click", () => this.choose(target));
      option.target = target;
      return option;
    });
    return element("div", { role: "group", "aria-label": kind }, element("p", { "aria-hidden": "true" }, kind), ...options);
  }

  activate(place) {
    this.active = place;
    this.options.forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const option = this.options[place];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = this.options || [];
    if (step && all.length) {
      event.preventDefault();
      this.activate((this.active + step + all.length) % all.length);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (all[this.active]) this.choose(all[this.active].target);
    }
  }

  choose(target) {
    this.dialog.close();
    this.place.write(target);
  }
}

// It comes after the editor's own Link, whose dialog it replaces.
export const LinkPicker = Extension.create({
  name: "linkPicker",
  priority: 50,
  addOptions() {
    return { url: "", letter: "s", words: {} };
  },
  addCommands() {
    return {
      addLink:
        () =>
        ({ editor }) => {
          new Picker(inEditor(editor, this.options.letter), this.options).open();
          return true;
        },
    };
  },
});

const openFor = (area) => new Picker(inLines(area), JSON.parse(area.dataset.links)).open();

for (const area of document.querySelectorAll("textarea[data-links]:enabled:not(.line-rows *)")) {
  const { words } = JSON.parse(area.dataset.links);
  area.after(element("button", { type: "button", class: "btn quiet small", "data-links-for": area.id }, words.button));
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-links-for]");
  if (button) openFor(document.getElementById(button.dataset.linksFor));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea[data-links]")) return;
  event.preventDefault();
  openFor(event.target);
});
