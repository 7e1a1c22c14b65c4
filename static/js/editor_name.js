// The rich text editor draws its own editing area, which has no name: give it the name of the field that it replaces.
document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const area = editor.view.dom;
  area.setAttribute("aria-label", label ? label.textContent.trim().replace(/:$/, "") : textarea.name);
  if (textarea.lang) area.lang = textarea.lang;
  area.addEventListener("focus", () => area.closest(".prose-editor").classList.add("is-in-use"), { once: true });
  // The names of boxes, which readers see, in the language of the text.
  for (const [name, words] of Object.entries(JSON.parse(textarea.dataset.boxes || "{}"))) {
    area.style.setProperty(`--${name}`, JSON.stringify(words));
  }
  // A link to the field points to the hidden original.
  if (location.hash === `#${textarea.id}`) {
    area.scrollIntoView({ block: "center" });
    area.focus();
  }
});
