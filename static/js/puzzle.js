// A proof of work while programs flood the form: finds the number below "most" whose SHA-256 with the salt is the
// challenge. In pieces of 30 ms, so that the page can be used meanwhile; a worker would cost a slow line another request.
// Own SHA-256, because crypto.subtle takes longer to call than to calculate so short a text. "Send" always sends.
(() => {
  const box = document.getElementById("puzzle");
  const field = box.querySelector("input");
  const said = box.querySelector("[role=status]");
  const PIECE = 30;
  const LONGEST = 20000; // then the report is sent without an answer, and waits in quarantine
  const { salt, challenge } = field.dataset;
  const most = Number(field.dataset.most);

  // The constants of FIPS 180-4: 32 bits of the fractions of square and cube roots of the first primes.
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (number) => ((number - Math.floor(number)) * 0x100000000) | 0;
  const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const ROUND = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const [first, second] = challenge.match(/.{8}/g).map((part) => parseInt(part, 16) | 0);
  const words = new Int32Array(64);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  // Whether the hash of this text, of one block (at most 55 letters), begins with the wanted 64 bits.
  const matches = (text) => {
    words.fill(0, 0, 16);
    for (let i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    words[15] = 8 * text.length;
    for (let i = 16; i < 64; i += 1) {
      const x = words[i - 15];
      const y = words[i - 2];
      const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      words[i] = words[i - 16] + s0 + words[i - 7] + s1;
    }
    let a = START[0];
    let b = START[1];
    let c = START[2];
    let d = START[3];
    let e = START[4];
    let f = START[5];
    let g = START[6];
    let h = START[7];
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0;
      d = c; c = b; b = a; a = (one + two) | 0;
    }
    return ((a + START[0]) | 0) === first && ((b + START[1]) | 0) === second;
  };

  let number = 0;
  let pressed = false;
  let done = false;
  const begun = Date.now();

  // A form that a script submits carries no button, and without this one it would not be sent.
  const send = () => {
    const button = document.createElement("input");
    Object.assign(button, { type: "hidden", name: "send", value: "1" });
    field.form.append(button);
    field.form.submit();
  };
  const finish = (answer) => {
    done = true;
    field.value = answer;
    said.textContent = said.dataset.done;
    if (pressed) send();
  };
  const piece = () => {
    const until = performance.now() + PIECE;
    while (performance.now() < until) {
      for (const stop = Math.min(number + 64, most); number < stop; number += 1) {
        if (matches(salt + number)) return finish(`${parseInt(salt, 10)}.${number}`);
      }
      if (number >= most) return finish("");
    }
    if (pressed && Date.now() - begun > LONGEST) return finish("");
    setTimeout(piece);
  };

  field.form.addEventListener("submit", (event) => {
    if (done || (event.submitter && event.submitter.name !== "send")) return;
    event.preventDefault();
    pressed = true;
    said.textContent = said.dataset.wait;
  });
  box.querySelector("[data-without]").hidden = true;
  box.querySelector("[data-with]").hidden = false;
  said.textContent = said.dataset.working;
  piece();
})();
