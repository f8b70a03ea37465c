// Sends the form as JSON and goes on, or says why not. A code or key stands behind the # of the
// address, where no server and no log ever sees it, and is taken out of the address at once.
const form = document.querySelector("form"), status = document.getElementById("status");
const secret = form.querySelector("[data-secret]");
if (secret) {
  secret.value = decodeURIComponent(location.hash.slice(1)).slice(0, 200);
  history.replaceState(null, "", location.pathname);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch(form.dataset.post, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]))),
      credentials: "same-origin", cache: "no-store", redirect: "error",
    });
    const told = await answer.json();
    if (answer.ok) location.replace(form.dataset.then);
    else status.textContent = told.reason;
  } catch {
    status.textContent = form.dataset.silent ?? "The server does not answer. Try again in a moment.";
  }
});
