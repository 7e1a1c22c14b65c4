// "Open now" beside helplines whose hours are known, in the time of this device. Never in the page itself, which is the
// same for everyone and at any hour. data-hours: "always", or open minutes of a week in UTC from Monday 00:00 on.
(() => {
  const words = document.currentScript.dataset;
  const MINUTE = 60000;
  const WEEK = 7 * 24 * 60;
  const A_MONDAY = Date.UTC(1970, 0, 5);
  const language = document.documentElement.lang;
  const weekday = new Intl.DateTimeFormat(language, { weekday: "long" });
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const zone = new Intl.DateTimeFormat("id", { timeZoneName: "short" }); // knows WIB, WITA and WIT

  const formatTime = (moment) => {
    const short = zone.formatToParts(moment).find((part) => part.type === "timeZoneName").value;
    return `${weekday.format(moment)} ${time.format(moment)} ${short}`;
  };

  // A period may begin in one week and end in the next, so compare how long ago it began.
  const state = (hours, now) => {
    if (hours === "always") return { open: true, text: words.always };
    const minute = Math.floor((now - A_MONDAY) / MINUTE);
    const stretches = hours.split(" ").map((stretch) => stretch.split("-").map(Number));
    if (stretches.some(([begins, ends]) => (minute - begins) % WEEK < ends - begins)) return { open: true, text: words.open };
    const wait = Math.min(...stretches.map(([begins]) => WEEK - ((minute - begins) % WEEK)));
    return { open: false, text: words.closed.replace("[time]", formatTime((minute + wait) * MINUTE + A_MONDAY)) };
  };

  const show = (line) => {
    const { open, text } = state(line.dataset.hours, Date.now());
    let chip = line.querySelector(".open-now");
    if (!chip) {
      chip = document.createElement("p");
      chip.lang = language;
      line.querySelector("h2, h3").after(chip);
    }
    chip.className = open ? "open-now chip ok" : "open-now chip";
    if (chip.textContent !== text) chip.textContent = text;
  };

  const showAll = () => document.querySelectorAll("[data-hours]").forEach(show);
  // A saved copy may be older than the last check of its numbers.
  if (document.querySelector("[data-kept]:not([hidden])")) return;
  showAll();
  setInterval(showAll, MINUTE / 2);
  addEventListener("pageshow", showAll);
})();

// A helpline that a link points to is expanded; without script the style sheet does it.
(() => {
  const unfold = () => document.getElementById(location.hash.slice(1))?.querySelector(":scope > .more > .about")?.setAttribute("open", "");
  unfold();
  addEventListener("hashchange", unfold);
})();
