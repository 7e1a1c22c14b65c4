// The choice of a guide's cover from the picker of the library, which has a search and pages. Without this script every
// picture is a radio button.
document.addEventListener("DOMContentLoaded", () => {
  const NUMBER = "0"; // of this choice in the picker; the rich text editor counts its own downwards from -1
  const choice = document.querySelector("[data-cover-picker]");
  const button = choice?.querySelector("[data-choose]");
  if (!button) return;
  const list = choice.querySelector("ul");

  const show = (url, { id, title }) => {
    let input = [...list.querySelectorAll("input")].find((one) => one.value === id);
    if (!input) {
      const card = list.querySelector("li").cloneNode(true);
      input = card.querySelector("input");
      input.id = `${choice.id}_picture_${id}`;
      input.value = id;
      card.querySelector("label").htmlFor = input.id;
      card.querySelector("b").textContent = title;
      const image = Object.assign(new Image(), { src: url, alt: "", className: "library-thumbnail" });
      card.querySelector("label").append(image);
      list.append(card);
    }
    input.checked = true;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  };

  // The picker calls back by the name that the rich text editor's Figure extension gives its own callback.
  window.CKEDITOR ??= {};
  window.CKEDITOR.tools ??= {};
  const others = window.CKEDITOR.tools.callFunction;
  window.CKEDITOR.tools.callFunction = (number, ...choiceMade) => {
    if (number === NUMBER) show(...choiceMade);
    else others?.call(window.CKEDITOR.tools, number, ...choiceMade);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    window.open(`${choice.dataset.coverPicker}?CKEditorFuncNum=${NUMBER}`, "_blank", "width=800,height=600");
  });
});
