// The toolbar of the rich text editor. Each of its buttons and choices gets its words once, when the library defines it, and
// the bar is one stop of the Tab key: inside it the arrow keys move, as in every toolbar that screen readers know.
import { Menu as LibraryMenu } from "django-prose-editor/editor";

const { gettext } = window;
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

const translate = ({ button, option }) => {
  for (const name of ["title", "aria-label"]) {
    if (button?.hasAttribute(name)) button.setAttribute(name, gettext(button.getAttribute(name)));
  }
  // The button of the menu of boxes has words, the others an icon.
  for (const part of [button?.matches(".material-icons") ? null : button, option]) {
    if (part && !part.children.length) part.textContent = gettext(part.textContent);
  }
};

const makeToolbar = (bar, editor) => {
  const textarea = editor.options.element.querySelector("textarea");
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const name = label ? label.textContent.trim().replace(/:$/, "") : textarea.name;
  let current = null;
  const tools = () =>
    [...bar.querySelectorAll("button")].filter((one) => !one.closest("[popover]") && !one.classList.contains("hidden"));
  const setStop = (focused) => {
    const all = tools();
    current = all.includes(focused) ? focused : all.includes(current) ? current : all[0];
    for (const one of all) one.tabIndex = one === current ? 0 : -1;
  };
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `${gettext("toolbar")}: ${name}`);
  bar.addEventListener("focusin", (moved) => setStop(moved.target));
  bar.addEventListener("keydown", (pressed) => {
    const all = tools();
    const place = all.indexOf(pressed.target);
    const ends = { Home: 0, End: all.length - 1 };
    if (place < 0 || !(pressed.key in STEPS || pressed.key in ends)) return;
    pressed.preventDefault();
    all[ends[pressed.key] ?? (place + STEPS[pressed.key] + all.length) % all.length].focus();
  });
  editor.on("transaction", () => setStop()); // the library hides buttons, and draws those of its menus again
  setStop();
};

export const Menu = LibraryMenu.extend({
  addStorage() {
    const storage = this.parent();
    const { defineItem } = storage.menu;
    storage.menu.defineItem = (item) => {
      translate(item);
      defineItem(item);
    };
    return storage;
  },
  onCreate(created) {
    this.parent(created);
    makeToolbar(this.storage.dom, this.editor);
  },
});
