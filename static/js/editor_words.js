// Translates the rich text editor. Its dialogs use window.gettext; its buttons have fixed English words. The translations
// are in data-words of every field that it replaces.
{
  const dictionary = () => {
    const field = document.querySelector("[data-words]");
    return field ? JSON.parse(field.dataset.words) : {};
  };
  const before = window.gettext || ((text) => text);
  window.gettext = (text) => dictionary()[text] || before(text);

  const setLabel = (part, words) => {
    for (const name of ["title", "aria-label"]) {
      const text = words[part.getAttribute(name)];
      if (text) part.setAttribute(name, text);
    }
    // The button of the menu of boxes has words, not an icon.
    if (part.matches(".prose-menubar__button:not(.material-icons)") && !part.children.length && words[part.textContent]) {
      part.textContent = words[part.textContent];
    }
    // Each choice of a menu is shown in its own style: the words are in the inner element.
    if (part.matches(".prose-menubar__option") && words[part.textContent]) {
      (part.firstElementChild || part).textContent = words[part.textContent];
    }
  };

  const setLabels = (bar, words) => bar.querySelectorAll("button").forEach((part) => setLabel(part, words));

  // The menu button is rendered again whenever the cursor enters another kind of paragraph.
  const observeLabels = (bar, words) => {
    setLabels(bar, words);
    new MutationObserver(() => setLabels(bar, words)).observe(bar, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["title", "aria-label"],
    });
  };

  document.addEventListener("prose-editor:ready", (event) => {
    const { textarea } = event.detail;
    const box = textarea.closest(".prose-editor");
    const words = JSON.parse(textarea.dataset.words || "{}");
    const begin = () => {
      const bar = box.querySelector(".prose-menubar");
      if (bar) observeLabels(bar, words);
      return bar;
    };
    // The bar may come after the editor says that it is ready.
    if (!begin()) new MutationObserver((_, self) => begin() && self.disconnect()).observe(box, { childList: true });
  });
}
