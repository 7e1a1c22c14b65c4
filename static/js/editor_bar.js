// The toolbar of the rich text editor is one stop of the Tab key: inside it the arrow keys move, as in every toolbar that
// screen readers know. The editor draws its buttons again while somebody writes, so the stop is set again too.
document.addEventListener("prose-editor:ready", (event) => {
  const { textarea } = event.detail;
  const box = textarea.closest(".prose-editor");
  const words = JSON.parse(textarea.dataset.words || "{}");
  const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

  const setUp = (bar) => {
    let current = null;
    const tools = () =>
      [...bar.querySelectorAll("button")].filter((one) => !one.closest("[popover]") && !one.classList.contains("hidden"));
    const setStop = (focused) => {
      const all = tools();
      current = all.includes(focused) ? focused : all.includes(current) ? current : all[0];
      for (const one of all) one.tabIndex = one === current ? 0 : -1;
    };
    bar.setAttribute("role", "toolbar");
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    const name = label ? label.textContent.trim().replace(/:$/, "") : textarea.name;
    bar.setAttribute("aria-label", `${words.toolbar || "Text tools"}: ${name}`);
    bar.addEventListener("focusin", (moved) => setStop(moved.target));
    bar.addEventListener("keydown", (pressed) => {
      const all = tools();
      const place = all.indexOf(pressed.target);
      const ends = { Home: 0, End: all.length - 1 };
      if (place < 0 || !(pressed.key in STEPS || pressed.key in ends)) return;
      pressed.preventDefault();
      all[ends[pressed.key] ?? (place + STEPS[pressed.key] + all.length) % all.length].focus();
    });
    const observed = { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] };
    new MutationObserver(() => setStop()).observe(bar, observed);
    setStop();
  };

  const begin = () => {
    const bar = box.querySelector(".prose-menubar");
    if (bar) setUp(bar);
    return bar;
  };
  // The bar may come after the editor says that it is ready.
  if (!begin()) new MutationObserver((_, self) => begin() && self.disconnect()).observe(box, { childList: true });
});
