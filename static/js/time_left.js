// Says in words when five of the twenty minutes are left, and when they are over. It sends nothing: that takes a button.
// Near the end of the two hours the page itself says when it closes (data-ends); then only the end is said.
(() => {
  const MINUTE = 60000;
  const said = document.getElementById("time-left");
  const began = Date.now();
  const ends = Date.parse(said.dataset.ends) || Infinity;

  // Looked at again and again: a phone that slept has lost its timers, and knows the time all the same.
  const look = () => {
    const minutes = (Date.now() - began) / MINUTE;
    const over = minutes >= 20 || Date.now() >= ends;
    const now = over ? said.dataset.over : minutes >= 15 && ends === Infinity ? said.dataset.soon : "";
    if (!now || said.textContent === now) return;
    said.textContent = now;
    document.getElementById("kept").hidden = true; // no longer true
  };

  setInterval(look, MINUTE / 6);
  addEventListener("pageshow", look);
})();
