/* What this device keeps, in IndexedDB. `queue`: finished records, sealed to the server's key, which nobody can open here;
   `box`: all else (the pack, drafts, leased numbers, counts of the day), each under the device's PIN; `meta`: what a PIN
   is tried against, and the number of the last record. Nothing typed into a form stands in any of them readable.
   A later version adds stores and never removes a record. */
const NAME = "sunwai-offline";
const VERSION = 1;
const ROUNDS = 600000;
const FREE_TRIES = 3;
const WAIT_MOST_S = 900;
const text = { to: (s) => new TextEncoder().encode(s), of: (b) => new TextDecoder().decode(b) };

let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      const db = asked.result;
      if (!db.objectStoreNames.contains("queue")) {
        // `open` stands in those that are not at the server yet.
        db.createObjectStore("queue", { keyPath: "id" }).createIndex("open", "open");
        db.createObjectStore("box", { keyPath: "key" });
        db.createObjectStore("meta", { keyPath: "key" });
      }
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

// Runs body(stores) in one transaction; what it returns is known when all of it is on the disk.
export async function transact(mode, body) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const tx = db.transaction(["queue", "box", "meta"], mode, { durability: "strict" });
    let out;
    tx.oncomplete = () => resolve(out && "result" in out ? out.result : out);
    tx.onabort = tx.onerror = () => reject(tx.error || new Error("aborted"));
    out = body({ queue: tx.objectStore("queue"), box: tx.objectStore("box"), meta: tx.objectStore("meta") });
  });
}
const read = (store, key) => transact("readonly", (s) => s[store].get(key));
const changed = () => dispatchEvent(new Event("sunwai-queue"));

// ---- the PIN ----

let key;
export const isOpen = () => key !== undefined;
export const hasPin = async () => (await read("meta", "pin")) !== undefined;
export function lock() { key = undefined; }

async function derive(pin, salt) {
  const base = await crypto.subtle.importKey("raw", text.to(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
async function locked(k, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.to(name) }, k, text.to(JSON.stringify(value)));
  return { key: name, iv, data };
}
async function unlocked(k, row) {
  return JSON.parse(text.of(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: text.to(row.key) }, k, row.data)));
}

export async function setPin(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const k = await derive(pin, salt);
  const check = await locked(k, "pin", "right");
  await transact("readwrite", (s) => { s.box.clear(); s.meta.put({ key: "pin", salt, check, wrong: 0, until: 0 }); });
  key = k;
}

// True, or the seconds to wait before the next try. A try is counted before it is made.
export async function open(pin) {
  const now = Date.now();
  const row = await read("meta", "pin");
  const left = Math.min(row.until - now, WAIT_MOST_S * 1000); // a clock that was set back makes nobody wait for a year
  if (left > 0) { return Math.ceil(left / 1000); }
  const wrong = row.wrong + 1;
  const wait = wrong <= FREE_TRIES ? 0 : Math.min(WAIT_MOST_S, 5 * 2 ** (wrong - FREE_TRIES));
  await transact("readwrite", (s) => { s.meta.put({ ...row, wrong, until: now + wait * 1000 }); });
  const k = await derive(pin, row.salt);
  try {
    await unlocked(k, row.check);
  } catch {
    return wait;
  }
  await transact("readwrite", (s) => { s.meta.put({ ...row, wrong: 0, until: 0 }); });
  key = k;
  return true;
}

// All but the sealed records: they are the server's, and only it can open them.
export async function wipe() {
  await transact("readwrite", (s) => { s.box.clear(); s.meta.delete("pin"); });
  lock();
}

// ---- what stands under the PIN ----

// For memory only.
export const cover = (value) => locked(key, "covered", value);
export const uncover = (row) => unlocked(key, row);

export async function get(name) {
  const row = await read("box", name);
  return row && key ? unlocked(key, row) : undefined;
}

// Puts values under their names (undefined: removes them) and records into the queue, and takes others out, all or nothing.
export async function commit(values, records = [], out = []) {
  const rows = await Promise.all(Object.entries(values).map(async ([name, v]) => v === undefined ? { key: name } : locked(key, name, v)));
  await transact("readwrite", (s) => {
    rows.forEach((r) => { if (r.data) { s.box.put(r); } else { s.box.delete(r.key); } });
    records.forEach((r) => s.queue.add(r));
    out.forEach((id) => s.queue.delete(id));
  });
  if (records.length) { changed(); }
}

// The next number of a record: never the same twice, also when two windows ask.
export function nextSeq() {
  return transact("readwrite", (s) => {
    const out = { result: 0 };
    const asked = s.meta.get("seq");
    asked.onsuccess = () => { out.result = (asked.result?.n ?? 0) + 1; s.meta.put({ key: "seq", n: out.result }); };
    return out;
  });
}

// ---- the queue ----

export const records = () => transact("readonly", (s) => s.queue.getAll());
export const record = (id) => read("queue", id);
export const unsent = () => transact("readonly", (s) => s.queue.index("open").count());
export const drop = (id) => transact("readwrite", (s) => { s.queue.delete(id); }).then(changed);
export const deviceCode = async () => (await read("meta", "device"))?.code;
export const setDevice = (code) => transact("readwrite", (s) => { s.meta.put({ key: "device", code }); });

// Changes what is known of a record; its sealed bytes go when the server has them for good.
export async function update(id, change) {
  await transact("readwrite", (s) => {
    const asked = s.queue.get(id);
    asked.onsuccess = () => {
      const row = asked.result;
      if (!row) { return; }
      Object.assign(row, change);
      if (["taken", "refused", "quarantined"].includes(change.state)) { delete row.open; delete row.sealed; }
      s.queue.put(row);
    };
  });
  changed();
}

// Whether there is room for another record with its sound and pictures.
export async function nearlyFull() {
  const { quota = Infinity, usage = 0 } = await navigator.storage?.estimate?.() ?? {};
  return quota - usage < 16 << 20;
}
