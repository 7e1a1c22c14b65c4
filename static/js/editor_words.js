// The rich text editor asks window.gettext for each of its words: they are in data-words of every field that it replaces.
{
  const before = window.gettext || ((text) => text);
  let words = null;
  window.gettext = (text) => {
    words ||= JSON.parse(document.querySelector("[data-words]")?.dataset.words || null); // other scripts ask earlier
    return words?.[text] || before(text);
  };
}
