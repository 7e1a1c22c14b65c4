// The rich text editor speaks English. It asks window.gettext for the words of its windows; its buttons ask nobody.
// Our words stand in data-words of every text it takes over.
{
  const dictionary = () => {
    const field = document.querySelector("[data-words]");
    return field ? JSON.parse(field.dataset.words) : {};
  };
  const before = window.gettext || ((text) => text);
  window.gettext = (text) => dictionary()[text] || before(text);

  const say = (part, words) => {
    for (const name of ["title", "aria-label"]) {
      const text = words[part.getAttribute(name)];
      if (text) part.setAttribute(name, text);
    }
    // The choices of a menu are their own example: the words stand in the element inside.
    if (part.matches(".prose-menubar__option") && words[part.textContent]) {
      (part.firstElementChild || part).textContent = words[part.textContent];
    }
  };

  const sayAll = (bar, words) => bar.querySelectorAll("button").forEach((part) => say(part, words));

  // The button of a menu is drawn anew whenever the cursor enters another kind of paragraph.
  const keepSaying = (bar, words) => {
    sayAll(bar, words);
    new MutationObserver(() => sayAll(bar, words)).observe(bar, {
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
      if (bar) keepSaying(bar, words);
      return bar;
    };
    // The bar may come after the editor says that it is ready.
    if (!begin()) new MutationObserver((_, self) => begin() && self.disconnect()).observe(box, { childList: true });
  });
}
