// The case page and those of its actions: Ctrl+Enter presses the filled button of the box in which one writes,
// Ctrl+Shift+Enter the one that also resolves. The gaps of a template are fields, accounts can be copied, and the browser
// asks before typed words are lost. Single keys are those of keys.js.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.composedPath().find((part) => part.matches?.("form[data-write]"));
    const find = (selector) => form?.querySelector(`${selector}:not([hidden])`);
    (event.shiftKey ? find("[data-send=resolve]") : (find(".send .main") ?? find("[data-send]")))?.click();
  });

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    });
  }

  // A question to the person who has the case is a team note: its box opens.
  document.querySelector("a[href='#note-text']")?.addEventListener("click", () => {
    document.getElementById("note").open = true;
  });

  // After an action the focus is on the line that says what was done; after a message that is the one beside Undo. The form
  // of an action keeps the focus, although the line is above it.
  const said = document.getElementById("sent") ?? document.getElementById("done");
  const elsewhere = document.querySelector(".notice.danger[role=alert], .action-page");
  if (!location.hash && !elsewhere) said?.focus({ preventScroll: true });

  // The reporter's words are loaded when they are unfolded, and recorded as read then. What is typed stays on the page.
  const load = async (address) => {
    if (!address) return;
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("#words:not([data-load]), #said")) return location.assign(address); // signed out, or lost
    for (const id of ["words", "said"]) {
      const found = page.getElementById(id);
      if (found) document.getElementById(id)?.replaceWith(found);
    }
  };

  // The reporter's words stay open in this tab after an action, once the person has opened them.
  const story = document.querySelector("[data-story]");
  if (story) {
    const OPEN = "desk-open-story";
    if (sessionStorage.getItem(OPEN) === story.dataset.story) story.open = true;
    story.addEventListener("toggle", () => {
      if (story.open) sessionStorage.setItem(OPEN, story.dataset.story);
      else sessionStorage.removeItem(OPEN);
      if (story.open) load(story.querySelector("[data-load] a")?.href);
    });
  }
  for (const link of document.querySelectorAll("a[data-words]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      load(link.href);
    });
  }

  // Before words that were typed and not sent are lost, the browser asks. A form that is sent keeps its words; those of the
  // other forms of the page would be lost with it.
  // A form that came back (data-typed) began with the words, so those that are in it count.
  let sent = null;
  const isTyped = (one) =>
    [...one.querySelectorAll("textarea, input[type=text]")].some((box) =>
      "typed" in one.dataset ? box.value.trim() : box.value !== box.defaultValue,
    );
  document.addEventListener("submit", (event) => {
    sent = event.target;
  });
  addEventListener("pageshow", () => {
    sent = null;
  });
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("main form[method=post]")].some((one) => one !== sent && isTyped(one))) event.preventDefault();
  });

  const form = document.querySelector(".reply-box form");
  const text = form?.querySelector("textarea");
  if (!text) return;
  const GAPS = new RegExp(form.dataset.gap, "gu");
  const gaps = form.querySelector("[data-gaps]");
  const open = form.querySelector("[data-open-gap]");
  const buttons = [...form.querySelectorAll("[data-send]")];
  const end = form.dataset.end;

  // A question in the text makes "send and ask" the filled button.
  const follow = () => {
    if ("unread" in form.dataset) return; // then "Read" is
    const asks = text.value.includes("?") && buttons.some((button) => button.dataset.send === "ask");
    for (const button of buttons) {
      const filled = button.dataset.send === (asks ? "ask" : end);
      button.classList.toggle("main", filled);
      button.classList.toggle("quiet", !filled);
    }
  };
  // Each gap is a field, which stays while its words go into the text as they are typed: what moves under a press is not
  // pressed. While a gap is open no button sends, and a line says which: the server would refuse the message.
  let source = ""; // the text with its gaps, as it was when somebody last wrote in the box itself
  const filled = new Map(); // what was typed, by gap
  const list = () => {
    source = text.value;
    filled.clear();
    gaps.replaceChildren(...[...new Set(source.match(GAPS))].map(field));
    gaps.hidden = open.hidden = !gaps.children.length;
  };
  const check = () => {
    const found = text.value.match(GAPS);
    open.classList.toggle("is-filled", !found);
    if (found) open.textContent = `${open.dataset.openGap}: ${found[0]}`;
    for (const button of buttons) button.disabled = Boolean(found);
  };
  const field = (gap) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    label.className = "field";
    input.autocomplete = "off";
    input.addEventListener("input", () => {
      filled.set(gap, input.value.trim());
      text.value = source.replace(GAPS, (found) => filled.get(found) || found);
      look();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it would press the first button of the form
      if (!(event.ctrlKey || event.metaKey)) text.focus();
    });
    label.append(`${gaps.dataset.label}: ${gap.slice(1, -1)} `, input);
    return label;
  };
  let placed = false; // before the first focus there is no caret: text then goes to the end
  text.addEventListener("focus", () => {
    placed = true;
  });
  // An item of the checklist goes in where the caret is. Without the answer of the server, the page is loaded with it.
  const put = async (button) => {
    const data = new FormData(form, button);
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "fetch" },
    });
    const words = answer.ok && !answer.redirected ? await answer.text() : "";
    if (!words) throw new Error("nothing to add");
    if (answer.headers.has("X-Whole-Text")) {
      // It filled a gap of the text: there is nothing to place at the caret.
      text.value = words;
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    const length = text.value.length;
    const [start, end] = placed ? [text.selectionStart, text.selectionEnd] : [length, length];
    const before = text.value.slice(0, start).trimEnd();
    const after = text.value.slice(end).trimStart();
    text.value = [before, words, after].filter(Boolean).join("\n\n");
    const caret = (before ? before.length + 2 : 0) + words.length;
    text.focus();
    text.setSelectionRange(caret, caret);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const button of document.querySelectorAll("[data-put]")) {
    button.addEventListener("click", async (event) => {
      if (button.dataset.failed) return; // then the button sends the form
      event.preventDefault();
      try {
        await put(button);
      } catch {
        button.dataset.failed = "1";
        button.click();
      }
    });
  }
  // A question that shares half of its longer words, at least two, with one asked before is shown again beside the box.
  const known = form.querySelector("[data-known]");
  const longer = (sentence) => new Set(sentence.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  const repeats = (question, asked) => {
    const words = longer(asked.dataset.asks);
    return [...words].filter((word) => question.has(word)).length >= Math.max(2, words.size / 2);
  };
  const warn = () => {
    const typed = (text.value.match(/[^.!?\n]+\?/g) ?? []).map(longer);
    const again = [...known.querySelectorAll("[data-asks]")].filter((asked) => {
      const is = typed.some((question) => repeats(question, asked));
      asked.classList.toggle("again", is);
      return is;
    });
    const line = known.querySelector("[data-again]");
    const says = again.length ? `${line.dataset.again}: ${again.map((asked) => asked.textContent).join(" · ")}` : "";
    if (line.textContent !== says) line.textContent = says;
    line.hidden = !says;
  };
  const look = () => {
    follow();
    check();
    if (known) warn();
  };
  const written = () => {
    list();
    look();
  };
  text.addEventListener("input", written);
  written();
})();
