// Passkeys: asks the browser for one and sends its answer with the form. Without script the form stays hidden.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const failure = form.querySelector("[role=alert]");
  const options = JSON.parse(document.getElementById("passkey-options").textContent);
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failure.hidden = true;
    try {
      const credential = await window.webauthnJSON[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      failure.hidden = false; // refused, timed out, or this address cannot have passkeys
    }
  });
})();
