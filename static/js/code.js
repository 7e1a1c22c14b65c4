// The code, and the sheet for a bank: copy, delete the copy, print. The page works without this script.
const tools = document.getElementById("code-tools");
const say = tools.querySelector("[role=status]");
const button = (name) => tools.querySelector(`[data-do=${name}]`);
const write = (text) => navigator.clipboard.writeText(text);

tools.hidden = false;
if (!navigator.clipboard) button("copy").hidden = true;
button("copy").addEventListener("click", async () => {
  await write(tools.dataset.code ?? document.getElementById(tools.dataset.from).value);
  say.textContent = tools.dataset.copied;
  button("clear").hidden = false;
});
button("clear").addEventListener("click", async () => {
  await write(" ");
  say.textContent = tools.dataset.cleared;
  button("clear").hidden = true;
});
button("print").addEventListener("click", () => window.print());
