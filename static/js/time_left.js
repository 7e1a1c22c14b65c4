// Says in words when five of the twenty minutes are left, and when they are over. It sends nothing: that takes a button.
(() => {
  const MINUTE = 60000;
  const said = document.getElementById("time-left");
  const began = Date.now();

  // Looked at again and again: a phone that slept has lost its timers, and knows the time all the same.
  const look = () => {
    const minutes = (Date.now() - began) / MINUTE;
    const now = minutes >= 20 ? said.dataset.over : minutes >= 15 ? said.dataset.soon : "";
    if (!now || said.textContent === now) return;
    said.textContent = now;
    document.getElementById("kept").hidden = true; // no longer true
  };

  setInterval(look, MINUTE / 6);
  addEventListener("pageshow", look);
})();
