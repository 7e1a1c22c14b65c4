// Draws the clocks of cases again each minute, by the same rules as reports/triage/clocks.py. Its words are attributes of the
// element with data-late. A page that has put in new clocks sends the event "clocks". Nothing is announced.
(() => {
  const MINUTE = 60000;
  const RING = 37.7;
  const patterns = document.querySelector("[data-late]").dataset;
  const words = (name, values) => patterns[name].replace(/%\((\w+)\)s/g, (_all, key) => values[key]);
  const duration = (seconds) => {
    const all = Math.max(1, Math.floor(seconds / 60));
    const [hours, minutes] = [Math.floor(all / 60), all % 60];
    if (!hours) return words("minutes", { minutes });
    if (hours < 5 && minutes) return words("both", { hours, minutes: String(minutes).padStart(2, "0") });
    if (hours < 48) return words("hours", { hours });
    const days = Math.floor(hours / 24);
    return words(hours % 24 ? "long" : "days", { days, hours: hours % 24 });
  };
  const draw = () => {
    for (const clock of document.querySelectorAll("time.clock")) {
      const left = (new Date(clock.dateTime) - Date.now()) / 1000;
      const limit = Number(clock.dataset.limit);
      const late = left < 0;
      clock.classList.toggle("late", late);
      clock.classList.toggle("soon", !late && left < limit / 2);
      clock.closest("[data-row]")?.classList.toggle("late", late);
      const arc = RING * (late ? 1 : Math.min(1, left / limit));
      clock.querySelector(".left").setAttribute("stroke-dasharray", `${arc.toFixed(1)} ${RING}`);
      const text = duration(Math.abs(left));
      clock.querySelector("span").textContent = late ? words("late", { time: text }) : text;
    }
  };

  draw();
  setInterval(draw, MINUTE);
  document.addEventListener("visibilitychange", draw);
  document.addEventListener("clocks", draw);
})();
