// What is folded in the editors' forms. A wide screen has room for the other language, every group and the help texts. A
// link to a field opens what the field is folded in, and focuses the editor where the field has one.
(() => {
  const reveal = (id) => {
    const field = id && document.getElementById(id);
    if (!field) return;
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field.closest(".prose-editor")?.querySelector("[contenteditable]")?.focus();
  };

  if (matchMedia("(width >= 48rem)").matches) {
    for (const fold of document.querySelectorAll(".other-language, .field-help, .folds-on-phone > details")) fold.open = true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) reveal(link.hash.slice(1));
  });
  reveal(location.hash.slice(1));
})();
