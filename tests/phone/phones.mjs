// Phones without a browser: the night page's own queue.js, over a store that outlives reloads.
// One JSON command a line comes in, one JSON answer a line goes out; while it sends, a phone asks
// {"request": [...]} and is told {"answer": {...}} or {"answer": null} where nobody answers.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Queue } = await import(pathToFileURL(process.argv[2]).href);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? "null");
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
let millis = 0, seed = 1, phones = [];

class Store {
  constructor() { this.map = new Map(); }
  get length() { return this.map.size; }
  key(i) { return [...this.map.keys()][i] ?? null; }
  getItem(key) { return this.map.get(key) ?? null; }
  setItem(key, text) { this.map.set(key, String(text)); }
  removeItem(key) { this.map.delete(key); }
}

const random = (bytes) => bytes.map(() => (seed = (seed * 48271) % 2147483647) & 255);
async function send(...request) {
  say({ request });
  const { answer } = await next();
  if (answer === null) throw new Error("nobody answers");
  return answer;
}
const opened = (store) => new Queue(store, send, () => new Date(millis), random);

for (let command = await next(); command; command = await next()) {
  const { phone, go, entry, values, record } = command;
  if (go === "start") {
    ({ millis, seed } = command);
    phones = [new Store(), new Store()].map((store) => ({ store, queue: opened(store) }));
  }
  const { store, queue } = phones[phone ?? 0];
  millis = command.millis ?? millis;
  let answer = null;
  if (go === "add") answer = queue.add(record);
  if (go === "change") queue.change(entry, values);
  if (go === "undo") queue.undo(entry);
  if (go === "reload") phones[phone].queue = opened(store);
  if (go === "send") { await queue.drain(); answer = queue.trouble; }
  if (go === "show") answer = { entries: queue.entries(), waiting: queue.waiting().length };
  say({ done: answer });
}
