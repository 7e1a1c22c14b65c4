// Sends chosen files with their progress, and again after a broken line, without choosing them again. On a page that lists
// stored files (#added) one after another, so that those before a broken one stay stored, and other buttons act when all
// are through. On any other page the whole form in one request. Without script, or without a file, the form does it all.
(() => {
  const box = document.getElementById("upload");
  const form = box.closest("form");
  const input = form.querySelector("input[type=file]");
  const said = box.querySelector("[role=status]");
  const text = box.dataset;
  const isWhole = !document.getElementById("added");
  const STALLED = 60000; // without a byte for so long, the line is broken
  const STEP = 25; // percent from one announcement to the next
  let rows = []; // files that wait, and those that a broken line lost
  let request = null;
  let button = null; // that was pressed; it acts in the end

  const fill = (sentence, row, percent) => sentence.replace("[file]", row.name).replace("[percent]", percent);
  const show = (row, sentence, isBroken) => {
    row.isBroken = isBroken;
    row.retry.hidden = !isBroken;
    row.meta.textContent = sentence;
  };
  const drop = (row) => {
    rows = rows.filter((other) => other !== row);
    row.line.remove();
  };
  const add = (name, size, file) => {
    const line = box.querySelector("template").content.firstElementChild.cloneNode(true);
    const [label, bar, meta, retry, cancel] = line.children;
    const row = { name, size, file, line, bar, meta, retry };
    label.textContent = name;
    bar.setAttribute("aria-label", name);
    retry.onclick = () => { show(row, text.waiting, false); next(); };
    cancel.onclick = () => {
      drop(row);
      said.textContent = fill(text.cancelled, row);
      if (request?.row === row) request.abort();
      input.focus();
    };
    box.querySelector("ul").append(line);
    rows.push(row);
    show(row, text.waiting, false);
  };

  const progress = (row, part) => {
    const percent = Math.floor(100 * part);
    row.bar.value = percent;
    row.meta.textContent = percent < 100 ? `${percent} %` : text.checking;
    if (percent < row.next) return;
    row.next = percent - (percent % STEP) + STEP;
    said.textContent = fill(percent < 100 ? text.sending : text.checking, row, percent);
  };
  const lose = (row, why, sentence) => {
    show(row, why, true);
    said.textContent = fill(sentence, row);
    if (!isWhole) button = null; // they decide first
  };
  const stored = (row, page) => {
    document.getElementById("added").replaceWith(page.getElementById("added"));
    const why = page.querySelector(".error-summary li")?.textContent;
    said.textContent = why ? `${row.name}: ${why}` : fill(text.done, row);
    drop(row);
    if (!why) return;
    box.querySelector("ul").append(row.line);
    row.line.replaceChildren(said.textContent);
    row.line.className = "error";
    button = null;
  };
  const answered = (row, { status, response, responseURL }) => {
    if (!rows.includes(row)) return next(); // cancelled
    const page = status && new DOMParser().parseFromString(response, "text/html");
    if (!isWhole && page && page.getElementById("added")) stored(row, page);
    else if (!status || status >= 500) lose(row, text.broken, text.lost);
    else if (status === 200 && responseURL !== form.action) return location.assign(responseURL);
    else { // the same page with a message, or one that says that the time is over
      document.open();
      document.write(response);
      return document.close();
    }
    next();
  };

  const body = (row) => {
    const all = new FormData(form);
    if (row.file) all.set(input.name, row.file);
    if (row.file) all.set("add", "1");
    else if (button?.name) all.set(button.name, button.value);
    return all;
  };
  const send = (row) => {
    const sending = new XMLHttpRequest();
    let timer;
    const wait = () => { clearTimeout(timer); timer = setTimeout(() => sending.abort(), STALLED); };
    sending.row = row;
    sending.open("POST", form.action);
    // The answer is loaded once more to be shown: what is shown only once must wait for that.
    sending.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    sending.upload.onprogress = (event) => { wait(); progress(row, event.loaded / event.total); };
    sending.onloadend = () => { clearTimeout(timer); request = null; answered(row, sending); };
    request = sending;
    row.next = 0;
    progress(row, 0);
    wait();
    sending.send(body(row));
  };
  const next = () => {
    if (request) return;
    const row = rows.find((other) => !other.isBroken);
    if (row && row.size > text.most * 1048576) { lose(row, text.large, text.large); next(); }
    else if (row) send(row);
    else if (button && button.name !== "add" && !isWhole) button.click();
  };

  form.addEventListener("submit", (event) => {
    const files = [...input.files];
    if (!files.length && !request) return;
    event.preventDefault();
    button = event.submitter ?? form.querySelector(".btn.main");
    if (isWhole) {
      if (request) return;
      [...rows].forEach(drop);
      add(files.map((file) => file.name).join(", "), 0);
    } else {
      files.forEach((file) => add(file.name, file.size, file));
      input.value = "";
    }
    next();
  });
})();
