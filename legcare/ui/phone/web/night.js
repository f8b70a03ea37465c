import { Queue } from "./queue.js?v=VERSION";

const $ = (id) => document.getElementById(id);
const DOUBLE_TAP = 5000;
const RUNNING = 60 * 60000; // a cramp is not "gone" hours later
const RETRY = [2000, 5000, 15000, 60000];
const NAMES = { cramp: "Cramp", massage: "Massage", tracked_span: "No cramps" };
const TROUBLE = {
  silent: "Your legcare server does not answer: no network, the computer is asleep or on another network, or its address has changed. What you tapped is safe on this phone and is sent when it answers.",
  busy: "Your legcare server cannot take entries just now. What you tapped is safe on this phone and is sent later.",
  unpaired: "This phone may not add entries: it is not paired, or it was removed from the list of phones. Pair it in Settings, Add a phone; what you tapped waits here.",
};
const taps = {};
let failures = 0, timer = 0;

async function send(method, path, body) {
  const answer = await fetch(path, {
    method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
    credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout?.(15000),
  });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}

// A browser may close its storage to pages: then nothing can be kept here, and the page says so.
let store = { length: 0 };
try {
  store = localStorage;
} catch {
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  $("status").textContent = "This browser lets no page store anything, so the night page cannot keep your taps. Allow site data for this address.";
}
const queue = new Queue(store, send, () => new Date(), (bytes) => crypto.getRandomValues(bytes));

// The moment as this phone's clock shows it, with its offset: 2026-11-25T03:12:45.123+01:00.
function wall(at) {
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const offset = -at.getTimezoneOffset();
  const local = new Date(at.getTime() + offset * 60000).toISOString().slice(0, -1);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

// The day before the one that has begun, as the log counts days: one begins at its day start.
function lastNight() {
  const [hours, minutes] = (store.getItem("legcare/day-start") || "06:00").split(":").map(Number);
  const now = new Date();
  const early = now.getHours() * 60 + now.getMinutes() < hours * 60 + minutes;
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (early ? 2 : 1));
  return { day: wall(day).slice(0, 10), words: day.toLocaleDateString([], { weekday: "long", day: "numeric", month: "short" }) };
}

function words(entry) {
  const { type, at, minutes, first_day: day, relief } = entry.record;
  if (type === "tracked_span") return `No cramps on ${new Date(`${day}T12:00`).toLocaleDateString()} and in that night`;
  const lasted = minutes === undefined ? "" : `, gone after ${minutes} min`;
  const label = (word) => document.querySelector(`[data-relief="${word}"]`)?.textContent.toLowerCase() ?? word;
  const done = relief?.length ? `, ${relief.map(label).join(", ")}` : "";
  return `${NAMES[type]} at ${clock(at)}${lasted}${done}`;
}

function running() {
  const entry = queue.entries().find((each) => each.record.type === "cramp" && !each.undone && !each.refused);
  const young = entry && Date.now() - new Date(entry.record.at) < RUNNING;
  return young && entry.record.minutes === undefined ? entry : null;
}

// Store a step first, say so, then send it.
function tap(work, said) {
  try {
    work();
  } catch {
    $("status").textContent = "This phone could not store your tap: its storage is full or closed to this page. Nothing was saved.";
    return;
  }
  $("status").textContent = `${said}: saved on this phone.`;
  draw();
  drain();
}

function add(type, record, said) {
  const now = Date.now();
  if (now - (taps[type] ?? -DOUBLE_TAP) < DOUBLE_TAP) return;
  taps[type] = now;
  tap(() => queue.add({ type, ...record }), said);
}

function addNow(type) {
  const at = new Date();
  add(type, { at: wall(at) }, `${NAMES[type]} at ${clock(at)}`);
}

function after(entry) {
  return Math.max(0, Math.round((Date.now() - new Date(entry.record.at)) / 6000) / 10);
}

function gone() {
  const entry = running();
  if (!entry) return;
  const minutes = after(entry);
  tap(() => queue.change(entry.id, { minutes }), `Gone after ${minutes} min`);
}

function relieve(button) {
  const entry = running();
  const { relief = [], relief_after: minutes = [] } = entry?.record ?? {};
  if (!entry || relief.includes(button.dataset.relief)) return;
  const values = { relief: [...relief, button.dataset.relief], relief_after: [...minutes, after(entry)] };
  tap(() => queue.change(entry.id, values), button.textContent);
}

function row(entry) {
  const item = document.createElement("li"), text = document.createElement("p"), button = document.createElement("button");
  const said = words(entry);
  const state = entry.waiting ? "waits on this phone" : entry.undone ? "undone" : "in your log";
  text.textContent = `${said}: ${entry.refused ? `not taken. ${entry.refused}` : state}.`;
  text.className = entry.refused ? "refused" : "";
  button.type = "button";
  button.textContent = entry.refused ? "Dismiss" : "Undo";
  button.setAttribute("aria-label", `${button.textContent} ${said}`);
  button.onclick = () => (entry.refused ? (queue.dismiss(entry.id), draw()) : tap(() => queue.undo(entry.id), `${said}, undone`));
  item.append(text, ...(entry.undone && !entry.refused ? [] : [button]));
  return item;
}

function draw() {
  const entries = queue.entries(), waiting = queue.waiting().length, now = running();
  $("entries").replaceChildren(...entries.slice(0, 20).map(row));
  $("waiting").textContent = !entries.length ? "Nothing yet." : waiting ? `${waiting} to send.` : "Everything is in your log.";
  $("gone").disabled = $("relief").disabled = !now;
  for (const button of $("relief").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(Boolean(now?.record.relief?.includes(button.dataset.relief))));
  }
  $("trouble").hidden = !queue.trouble;
  if (queue.trouble && $("trouble").textContent !== TROUBLE[queue.trouble]) $("trouble").textContent = TROUBLE[queue.trouble];
}

async function drain() {
  clearTimeout(timer);
  await queue.drain();
  failures = queue.trouble ? failures + 1 : 0;
  if (queue.trouble && queue.trouble !== "unpaired") timer = setTimeout(drain, RETRY[Math.min(failures, RETRY.length) - 1]);
  draw();
}

// Once a visit: when a day starts in this log, and whether the stored page is still the server's.
async function greet() {
  try {
    const answer = await fetch("/api/device", { cache: "no-store", redirect: "error" });
    if (answer.status === 401) queue.trouble = "unpaired";
    const told = answer.ok ? await answer.json() : {};
    if (told.day_start) store.setItem?.("legcare/day-start", told.day_start);
    if (told.version && !import.meta.url.endsWith(told.version)) await fetch("/night", { cache: "reload" });
  } catch {
    return; // nobody answers: the queue says so
  }
  draw();
}

$("cramp").onclick = () => addNow("cramp");
$("massage").onclick = () => addNow("massage");
$("none").onclick = () => {
  const { day, words: said } = lastNight();
  add("tracked_span", { first_day: day, last_day: day }, `No cramps on ${said} and in that night`);
};
$("gone").onclick = gone;
$("relief").onclick = (event) => event.target.dataset.relief && relieve(event.target);
addEventListener("online", drain);
addEventListener("storage", draw);
document.addEventListener("visibilitychange", () => document.hidden || drain());
// A shortcut only puts the thumb's place in focus: opening a page never writes.
$(new URLSearchParams(location.search).get("do") === "massage" ? "massage" : "cramp").focus({ preventScroll: true });
navigator.storage?.persist?.();
navigator.serviceWorker?.register("/night/worker.js", { scope: "/night" });
draw();
greet().then(drain);
