// Hides an open page of the desk when its session locks or ends, and asks the server then: a page in another tab may have kept
// the session open. A page on which nothing was typed is loaded again, which shows the lock. One with typed words stays hidden
// until the same person has unlocked in another tab: no word is lost, and nothing is sent that was only half written.
// While somebody types, it waits for a minute without a key. A page that the browser brings back (Back) is hidden and asked too.
(() => {
  const own = document.currentScript.dataset;
  const PAUSE = 60000;
  const note = document.createElement("p");
  const link = Object.assign(document.createElement("a"), { href: own.lockOpen, target: "_blank", rel: "noopener" });
  let end = Date.now() + Number(own.lockSeconds) * 1000;
  let isTyped = Boolean(document.querySelector("[data-lock-typed], [data-typed]")); // the page shows a form as it was sent
  let lastKey = 0;
  let isHidden = false;
  let isAsking = false;
  let askAgain = false; // somebody came back while the server was asked, perhaps after unlocking

  const hide = (now) => {
    isHidden = now;
    document.documentElement.classList.toggle("screen-locked", now);
    if (now) document.body.append(note);
    else note.remove();
  };
  const isPost = (form) => form?.getAttribute("method")?.toLowerCase() === "post";
  const hasWords = () =>
    isTyped || [...document.querySelectorAll("textarea")].some((one) => isPost(one.form) && one.value !== one.defaultValue);

  const show = (state) => {
    end = Date.now() + state.seconds * 1000;
    for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = state.token;
    hide(false);
  };
  const ask = async () => {
    askAgain = isAsking;
    if (isAsking) return;
    isAsking = true;
    try {
      const answer = await fetch(own.lockAsk, { redirect: "manual", cache: "no-store" });
      const state = answer.ok && (await answer.json());
      if (state && String(state.person) === own.lockPerson) show(state);
      else if (state || (answer.type === "opaqueredirect" && !hasWords())) location.reload();
    } catch {
      // no connection: the page stays hidden, and is asked again when somebody comes back to it
    } finally {
      isAsking = false;
      if (askAgain && isHidden) ask();
    }
  };
  const look = () => {
    if (!isHidden && (Date.now() < end || Date.now() - lastKey < PAUSE)) return;
    hide(true);
    ask();
  };

  note.className = "screen-lock";
  note.setAttribute("role", "alert");
  link.textContent = own.lockLink;
  note.append(own.lockSaid, link);
  document.addEventListener("keydown", () => { lastKey = Date.now(); });
  document.addEventListener("input", (event) => { isTyped ||= isPost(event.target.closest("form")); });
  // The clock is compared at short intervals: a computer that was asleep has lost its timers, but not the time.
  setInterval(() => isHidden || look(), 10000);
  for (const name of ["focus", "online"]) addEventListener(name, look);
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    hide(true);
    ask();
  });
})();
