// What was tapped on this phone, from the tap until the log has it.
// Every tap becomes a step with an id of its own under a key of its own, so that two tabs never
// write over each other. A step leaves the queue only when the server says that the log has it;
// what the server refuses stays, with the reason, until the person dismisses it.

const WAITING = "legcare/waiting/";
const SETTLED = "legcare/settled/";
const IN_LOG = ["kept", "already there"];
const MOST_SETTLED = 60;

export class Queue {
  // store: getItem, setItem, removeItem, key, length. send(method, path, body) gives
  // {status, body}, and throws where nobody answers. random(bytes) fills an array.
  constructor(store, send, now, random) {
    Object.assign(this, { store, send, now, random, busy: null, trouble: "" });
  }

  // A UUID of version 7; crypto.randomUUID exists on secure connections only.
  newId() {
    const bytes = this.random(new Uint8Array(16));
    const millis = this.now().getTime();
    for (let i = 0; i < 6; i++) bytes[i] = Math.floor(millis / 2 ** (8 * (5 - i))) & 255;
    bytes[6] = (bytes[6] & 15) | 112;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // Keep a new entry; throws where the phone cannot store it.
  add(record) {
    const id = this.newId();
    this.put({ id, entry: id, kind: "add", record: { ...record, id } });
    return id;
  }

  change(entry, values) {
    this.put({ id: this.newId(), entry, kind: "change", values });
  }

  undo(entry) {
    this.put({ id: this.newId(), entry, kind: "undo" });
  }

  put(step) {
    const last = Math.max(0, ...this.all().map((each) => each.order));
    step.order = Math.max(this.now().getTime(), last + 1);
    step.earlier = this.stepsOf(step.entry).map((each) => each.id);
    this.store.setItem(this.key(WAITING, step), JSON.stringify(step));
  }

  key(prefix, step) {
    return `${prefix}${String(step.order).padStart(15, "0")}/${step.id}`;
  }

  read(prefix) {
    const keys = [];
    for (let i = 0; i < this.store.length; i++) keys.push(this.store.key(i));
    const own = keys.filter((key) => key?.startsWith(prefix)).sort();
    return own.flatMap((key) => {
      try {
        return JSON.parse(this.store.getItem(key)) ?? [];
      } catch {
        return []; // torn by a crash of the browser: it stays where it is and holds up nothing
      }
    });
  }

  waiting() {
    return this.read(WAITING);
  }

  all() {
    const steps = new Map(this.waiting().map((step) => [step.id, step]));
    for (const step of this.read(SETTLED)) steps.set(step.id, step);
    return [...steps.values()].sort((a, b) => a.order - b.order);
  }

  stepsOf(entry) {
    return this.all().filter((step) => step.entry === entry);
  }

  // What the person sees: each entry once, newest first, with what its steps have come to.
  entries() {
    const found = new Map();
    for (const step of this.all()) {
      if (step.kind === "add") {
        found.set(step.entry, { id: step.entry, record: { ...step.record }, waiting: 0, undone: false, refused: "" });
      }
      const entry = found.get(step.entry);
      if (!entry) continue;
      if (!step.result) entry.waiting += 1;
      if (step.result === "refused") entry.refused = step.reason;
      else if (step.kind === "change") Object.assign(entry.record, step.values);
      else if (step.kind === "undo") entry.undone = true;
    }
    return [...found.values()].reverse();
  }

  dismiss(entry) {
    for (const step of this.stepsOf(entry)) this.store.removeItem(this.key(SETTLED, step));
  }

  // Send what waits, in order. One at a time: a second call waits for the first.
  drain() {
    this.busy ??= this.sendAll().finally(() => { this.busy = null; });
    return this.busy;
  }

  async sendAll() {
    for (let step = this.waiting()[0]; step; step = this.waiting()[0]) {
      this.trouble = await this.sendOne(step);
      if (this.trouble) return;
    }
    this.trouble = "";
    this.trim();
  }

  // Empty where the step is settled, else why it must wait: "silent", "busy" or "unpaired".
  async sendOne(step) {
    const refused = this.stepsOf(step.entry).find((each) => each.kind === "add" && each.result === "refused");
    if (refused) return this.settle(step, "refused", refused.reason);
    let answer;
    try {
      answer = await this.send(...this.request(step));
    } catch {
      return "silent";
    }
    const { status, body } = answer;
    if (status === 200 && IN_LOG.includes(body?.result)) return this.settle(step, body.result, "");
    if (status === 401) return "unpaired";
    if (body?.result === "refused") return this.settle(step, "refused", String(body.reason));
    return "busy"; // an error of the server, or an answer that is not legcare's: ask again later
  }

  request(step) {
    const path = `/api/entries/${step.entry}`;
    const named = { step: step.id, earlier: step.earlier };
    if (step.kind === "add") return ["POST", "/api/entries", step.record];
    if (step.kind === "change") return ["PATCH", path, { ...named, values: step.values }];
    return ["DELETE", path, named];
  }

  // First the new key, then the old one goes: a crash between the two loses nothing. Where storage is
  // full, what the log has may leave the list; what was refused may not.
  settle(step, result, reason) {
    try {
      this.store.setItem(this.key(SETTLED, step), JSON.stringify({ ...step, result, reason }));
    } catch {
      if (result === "refused") return "busy";
    }
    this.store.removeItem(this.key(WAITING, step));
    return "";
  }

  trim() {
    const waiting = new Set(this.waiting().map((step) => step.entry));
    const settled = this.read(SETTLED);
    const kept = new Set(settled.filter((step) => step.result === "refused").map((step) => step.entry));
    for (const step of settled.slice(0, -MOST_SETTLED)) {
      if (!kept.has(step.entry) && !waiting.has(step.entry)) this.store.removeItem(this.key(SETTLED, step));
    }
  }
}
