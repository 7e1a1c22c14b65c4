// The rich text editor opened this window to choose a picture: give the choice back, with its id and words, and close.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  const tools = window.opener?.CKEDITOR?.tools; // the name that the editor's Figure extension gives its callback
  if (!button || !tools) return;
  const { pick, url, alt, caption, title } = button.dataset;
  tools.callFunction(document.querySelector("[data-picker]").dataset.picker, url, { id: pick, alternative_text: alt, caption, title });
  window.close();
});
