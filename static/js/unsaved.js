// Keeps what editors type: on the server shortly after the last key, and in this tab until the server has it. It puts
// nothing into a form; the page offers it. Without this script the form works as before, and nothing is kept.
(() => {
  const PAUSE = 2000; // after the last key …
  const OFTEN = 30000; // … or after this time without a pause, and between tries without connection
  const box = document.querySelector("[data-unsaved]");
  const form = document.getElementById(box.dataset.unsaved);
  const { keep, page, version, writer } = box.dataset;
  const rows = box.dataset.rows.split(" ").filter(Boolean); // kept as a whole, because this form adds and removes them
  const said = document.querySelector("[data-said]");
  const state = document.querySelector("[data-kept]");
  const signIn = document.querySelector("[data-sign-in]");
  const store = `unsaved ${writer} ${keep} `;
  const waiting = {}; // values that the server does not have yet, by the name of the input
  const unkept = {}; // those of them that the server does not keep: sent again only after somebody has changed them
  let isTyped = "typed" in box.dataset;
  let isSending = false; // the form itself
  let isRunning = false;
  let isLost = false;
  let first = 0; // when the oldest of what waits was typed
  let timer;

  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const inputs = (fits) => [...form.elements].filter((one) => fits(one.name) && !one.disabled && one.type !== "file");
  const valuesOf = (one) => {
    if (["checkbox", "radio"].includes(one.type)) return one.checked ? [one.value] : [];
    return one.multiple ? [...one.selectedOptions].map((option) => option.value) : [one.value];
  };
  const unit = (name) => rows.find((prefix) => name.startsWith(`${prefix}-`)) || name;
  const read = (name) => {
    if (!rows.includes(name)) return inputs((other) => other === name).flatMap(valuesOf);
    const whole = new URLSearchParams();
    for (const one of inputs((other) => other.startsWith(`${name}-`) && !/__prefix__|_FORMS$/.test(other))) {
      for (const value of valuesOf(one)) whole.append(one.name.slice(name.length + 1), value);
    }
    return [whole.toString()];
  };
  const seenOf = (name) => form.elements.namedItem(`seen-${name}`)?.value || "";

  const remember = () => {
    const names = Object.keys(waiting);
    const seen = Object.fromEntries(names.map((name) => [name, seenOf(name)]));
    try {
      if (names.length) sessionStorage.setItem(store + page, JSON.stringify({ page, version, values: waiting, seen }));
      else sessionStorage.removeItem(store + page);
    } catch {
      // no room, or the browser forbids it: the words are still in the form
    }
  };

  // Say each thing once: a screen reader would read it again after every pause.
  const say = (text, isProblem) => {
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle("problem", isProblem);
  };
  const lose = (text) => {
    if (!isLost) say(text, true);
    isLost = true;
    timer ||= setTimeout(send, OFTEN);
  };
  // The label of a field with several inputs, such as a day and a time, stands before them.
  const labelOf = (name) => {
    const [input] = inputs((other) => unit(other) === name);
    const label = input?.closest(".form-row, .field")?.querySelector("legend, label") || input?.labels?.[0];
    return label?.textContent.trim().replace(/[:*\s]+$/, "") || name;
  };
  const recover = (kept) => {
    const left = [...new Set(Object.keys(unkept).map(labelOf))].join(", ");
    if (left) say(box.dataset.notKept.replace("{fields}", left), true);
    else if (isLost) say(box.dataset.back, false);
    else if (said.classList.contains("problem")) say("", false);
    isLost = false;
    signIn.hidden = true;
    if (kept.length) state.textContent = box.dataset.keptAt.replace("00:00", clock());
  };
  const showOthers = (editing) => {
    const list = document.querySelector("[data-editing-list]");
    list.replaceChildren(...Object.values(editing).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    for (const place of document.querySelectorAll("[data-editing]")) {
      place.textContent = editing[place.dataset.editing] || "";
      place.hidden = !place.textContent;
    }
  };

  const post = async (kept, isAgain = false) => {
    const body = new URLSearchParams({ page: kept.page, version: kept.version, _writer: writer });
    body.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    body.set("values", JSON.stringify(kept.values));
    body.set("seen", JSON.stringify(kept.seen));
    const answer = await fetch(keep, { method: "POST", body, keepalive: body.toString().length < 60000 });
    const told = await answer.json();
    if (!told.token || isAgain) return [answer, told];
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = told.token;
    return post(kept, true);
  };

  const toSend = () => Object.fromEntries(Object.entries(waiting).filter(([name, value]) => unkept[name] !== value));
  const settle = (sent, kept) => {
    for (const [name, value] of Object.entries(sent)) {
      if (!kept.includes(name)) unkept[name] = value;
      else {
        delete unkept[name];
        if (waiting[name] === value) delete waiting[name];
      }
    }
  };

  const send = async () => {
    clearTimeout(timer);
    timer = 0;
    const sent = toSend();
    if (isRunning || isSending || !Object.keys(sent).length) return;
    isRunning = true;
    const seen = Object.fromEntries(Object.keys(sent).map((name) => [name, seenOf(name)]));
    try {
      const [answer, told] = await post({ page, version, values: sent, seen });
      if (answer.ok) {
        settle(sent, told.kept);
        remember();
        recover(told.kept);
        showOthers(told.editing);
      } else {
        lose(told.said);
        signIn.hidden = told.signed_in;
      }
    } catch {
      lose(box.dataset.lost.replace("00:00", clock()));
    } finally {
      isRunning = false;
    }
    first = Date.now();
    if (Object.keys(toSend()).length) timer ||= setTimeout(send, isLost ? OFTEN : PAUSE);
  };

  const typed = (name) => {
    if (!name || name.startsWith("seen-") || ["version", "minor"].includes(name)) return;
    isTyped = true;
    if (!Object.keys(toSend()).length) first = Date.now();
    waiting[unit(name)] = read(unit(name));
    remember();
    if (isLost && timer) return; // it is tried again at intervals, and when the browser is back in the network
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(PAUSE, first + OFTEN - Date.now())));
  };

  // Words that this tab still has from a page before, which the server did not get.
  const sendLeftOver = async () => {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(store) && key !== store + page);
    for (const key of keys) {
      try {
        const kept = JSON.parse(sessionStorage.getItem(key));
        const [answer, told] = await post(kept);
        if (!answer.ok) continue; // of this page only: what others left over may be kept
        for (const name of told.kept) delete kept.values[name];
        if (Object.keys(kept.values).length) sessionStorage.setItem(key, JSON.stringify(kept));
        else sessionStorage.removeItem(key);
        if (!told.kept.length) continue;
        for (const note of document.querySelectorAll("[data-left-over]")) note.hidden = false;
      } catch {
        return; // tried again when the page is next opened
      }
    }
  };

  form.addEventListener("input", (event) => typed(event.target.name));
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio]")) typed(event.target.name);
  });
  for (const name of ["formset:added", "formset:removed"]) {
    document.addEventListener(name, (event) => typed(`${event.detail?.formsetName || ""}-`));
  }
  form.addEventListener("focusout", () => {
    if (!isLost) send();
  });
  form.addEventListener("submit", () => { isSending = true; });
  addEventListener("pageshow", () => { isSending = false; });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", send);
  addEventListener("beforeunload", (event) => {
    if (isTyped && !isSending) event.preventDefault();
  });
  sendLeftOver();
})();
