// The code stands behind the # of the address: no server and no log ever sees it there.
const code = document.getElementById("code"), status = document.getElementById("status");
code.value = decodeURIComponent(location.hash.slice(1)).slice(0, 64);
history.replaceState(null, "", location.pathname);

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch("/api/pair", {
      method: "POST", body: JSON.stringify({ code: code.value.trim() }), headers: { "Content-Type": "application/json" },
      credentials: "same-origin", cache: "no-store", redirect: "error",
    });
    const told = await answer.json();
    if (answer.ok) location.replace("/night");
    else status.textContent = told.reason;
  } catch {
    status.textContent = "Your legcare server does not answer. Check that the phone is on the same network as the computer, and that the computer is awake; then try again.";
  }
});
