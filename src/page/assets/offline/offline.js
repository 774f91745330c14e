/* The page that works without a signal: which view stands behind which address, the door with its PIN, and the pack. */
import { alone, each, hush, named, number, one, put, ready, say, show, state, view, word } from "./offline-view.js";
import { forgetTyped, viewCapture, viewFile, viewSaid, viewSlip } from "./offline-file.js";
import { flush, flushAll, forgetDay, viewAnswer, viewName, viewNeed, viewRoster, viewToken } from "./offline-day.js";
import { sealedFile } from "./offline-seal.js";
import { sendNow, soon } from "./offline-sync.js";
import * as store from "./offline-store.js";

const IDLE_MS = 600000;
const NUMBERS = 60; // carried; leased again when fewer than a third is left
const NUMBERS_EVENT = 200;
const TOKENS = 200;
const GONE_MS = 3 * 86400e3;
const PIN_LEAST = 6;

// ---- pack and leases ----

// The pack from the server: { status, pack }; status 0: no line.
async function fetchPack() {
  try {
    const answer = await fetch("/device/pack", { credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(20000) });
    return { status: answer.type === "opaqueredirect" ? 303 : answer.status, pack: answer.ok ? await answer.json() : undefined };
  } catch {
    return { status: 0 };
  }
}

async function lend(pack) {
  const leases = (await store.get("leases")) ?? { refs: [], tokens: {} };
  const event = pack.events.find((e) => e.open && (leases.tokens[e.code]?.from ?? 1) > (leases.tokens[e.code]?.to ?? 0));
  const most = pack.events.length ? NUMBERS_EVENT : NUMBERS;
  const refs = leases.refs.length < most / 3 ? most - leases.refs.length : 0;
  if (!refs && !event) { return; }
  const key = (await store.get("lease-key")) ?? crypto.randomUUID();
  await store.commit({ "lease-key": key }); // a line that breaks: the same question, the same numbers
  const answer = await fetch("/api/v1/device/lease", {
    method: "POST", credentials: "same-origin", redirect: "error",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ ticket: pack.ticket, clock: String(Date.now()), refs, ...(event && { event: event.code, tokens: TOKENS }) })
  });
  if (answer.status === 410) { await revoked(); return; }
  if (answer.status >= 500) { return; }
  const got = answer.ok ? await answer.json() : {};
  await alone(async () => {
    const now = (await store.get("leases")) ?? { refs: [], tokens: {} };
    now.refs.push(...got.refs ?? []);
    if (got.tokens && event) { now.tokens[event.code] = got.tokens; }
    await store.commit({ leases: now, "lease-key": undefined });
  });
}

async function revoked() {
  await store.wipe();
  state.pack = undefined;
  await fetchPack(); // so the list of devices knows that it is done
  forgetTyped();
  forgetDay();
  show("records");
  await drawRecords();
  say(word("wiped"), true);
}

// Brings the device up to date, when there is a line and somebody is signed in. True when it was revoked.
async function refresh() {
  const got = await fetchPack();
  if (got.status === 410) { await revoked(); return true; }
  if (!got.pack) { return false; }
  state.pack = got.pack;
  await store.setDevice(got.pack.device.code);
  await store.commit({ pack: got.pack });
  await lend(got.pack).catch(() => {});
  soon();
  return false;
}

// ---- the door ----

async function doorNew(pack) {
  show("new");
  const form = one("#pin-new");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { pin, pin2 } = form.elements;
    if (!/^\d+$/.test(pin.value) || pin.value.length < PIN_LEAST) { say(word("pin_short"), true); pin.focus(); return; }
    if (pin.value !== pin2.value) { say(word("pin_differs"), true); pin2.focus(); return; }
    say("");
    await store.setPin(pin.value);
    state.pack = pack;
    await refresh();
    route();
  });
  ready(form.elements.pin);
}

async function opened() {
  state.pack = await store.get("pack");
  say("");
  await flushAll();
  if (!(await refresh())) { route(); }
}

function doorLock() {
  show("lock");
  const form = one("#pin-open");
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) { return; }
    busy = true;
    const found = await store.open(form.elements.pin.value);
    busy = false;
    form.elements.pin.value = "";
    if (found === true) { await opened(); return; }
    say(found === 0 ? word("pin_wrong") : word("pin_wait") + " " + number(found), true);
    form.elements.pin.focus();
  });
  one("[data-do=wipe]").addEventListener("click", async () => {
    if (confirm(word("pin_wipe"))) { await store.wipe(); begin(); }
  });
  ready(form.elements.pin);
}

// Whoever only looks in asks the server for nothing; who gave the device its name comes with #begin.
async function begin(asked) {
  if (await store.hasPin()) { doorLock(); return; }
  const got = asked ? await fetchPack() : {};
  if (got.status === 410) { await revoked(); return; }
  if (got.pack) { doorNew(got.pack); return; }
  show("none");
  if (asked) { say(word("no_pack"), true); }
  one("[data-do=again]").addEventListener("click", () => begin(true));
  ready();
}

async function close() {
  await flushAll().catch(() => {});
  store.lock();
  state.pack = undefined;
  forgetTyped();
  forgetDay();
  begin();
}

// ---- home ----

async function viewHome() {
  forgetTyped();
  const draft = await store.get("draft");
  const leases = await store.get("leases");
  show("home");
  put("desk", named(state.pack.desk.name));
  put("device", state.pack.device.name);
  put("day", new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "full", timeZone: "Asia/Karachi" }));
  put("numbers", number(leases?.refs.length ?? 0));
  one("[data-put=draft]").hidden = !draft;
  one("[data-do=draft-drop]").addEventListener("click", async () => { await store.commit({ draft: undefined }); viewHome(); });
  each('[href="#file"], [data-to=capture]', (a) => { a.hidden = !state.pack.person.files; });
  const row = one("[data-row]");
  state.pack.events.forEach((e) => {
    const box = row.cloneNode(true);
    box.hidden = false;
    put("title", e.title || word("event_" + e.kind) + " · " + named(state.pack.places.find((p) => p.code === e.place)?.name ?? {}), box);
    each("[data-to]", (a) => { a.href = "#" + a.dataset.to + "=" + e.code; }, box);
    row.before(box);
  });
  one("[data-list=events]").hidden = state.pack.events.length === 0;
  ready();
}

// ---- records ----

async function drawRecords() {
  if (view.dataset.view !== "records") { return; }
  const rows = (await store.records()).sort((a, b) => b.at - a.at);
  const receipts = (await store.get("receipts")) ?? {};
  const list = one("[data-list=records]");
  const pattern = one("[data-row]");
  list.replaceChildren(...rows.map((r) => {
    const li = document.createElement("li");
    const box = pattern.cloneNode(true);
    li.append(...box.childNodes);
    put("kind", word("kind_" + r.kind), li);
    put("at", new Date(r.at).toLocaleString(document.documentElement.lang, { timeZone: "Asia/Karachi", dateStyle: "medium", timeStyle: "short" }), li);
    put("state", word("state_" + r.state), li).classList.add({ taken: "done", refused: "late", conflict: "late" }[r.state] ?? "wait");
    put("why", r.words ?? "", li);
    const slip = one("[data-put=slip]", li);
    slip.hidden = !receipts[r.id]?.ref;
    slip.href = "#slip=" + r.id;
    const retry = one("[data-do=retry]", li);
    retry.hidden = r.state !== "conflict" && !r.why;
    retry.addEventListener("click", async () => { await store.update(r.id, { state: "waiting", why: undefined }); soon(); drawRecords(); });
    const drop = one("[data-do=drop]", li);
    drop.hidden = false;
    drop.addEventListener("click", async () => { if (!r.open || confirm(word("drop"))) { await store.drop(r.id); drawRecords(); } });
    return li;
  }));
  one("[data-put=empty]").hidden = rows.length > 0;
}

async function exportAll() {
  const open = (await store.records()).filter((r) => r.sealed);
  const device = await store.deviceCode();
  if (!open.length || !device) { return; }
  const a = document.createElement("a");
  a.href = URL.createObjectURL(sealedFile(device, open));
  a.download = "sunwai-" + device + "-" + new Date().toISOString().slice(0, 16).replace(/\D/g, "") + ".sealed";
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60000);
}

async function viewRecords() {
  show("records");
  await drawRecords();
  ready();
}

// ---- directory, helplines ----

function line(list, ...texts) {
  const li = document.createElement("li");
  texts.filter(Boolean).forEach((t, i) => {
    const e = document.createElement(i ? "bdi" : "b");
    e.textContent = t;
    li.append(i ? " · " : "", e);
  });
  list.append(li);
  return li;
}

function viewPoints() {
  show("points");
  const list = one("[data-list=points]");
  state.pack.points.forEach((p) => line(list, named(p.name), named(p.where ?? {}), p.call));
  ready();
}

function viewPlaces() {
  show("places");
  const services = one("[data-list=services]");
  const units = one("[data-list=units]");
  const rows = state.pack.services.filter((s) => !s.pointed).map((s) => line(services, s.no + " " + named(s.name), s.office));
  const spelt = (code) => state.pack.localities.filter((l) => l.place === code).map((l) => l.name).join(" · ");
  rows.push(...state.pack.places.filter((p) => p.kind !== "district").map((p) => line(units, named(p.name), spelt(p.code))));
  one("#find").addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    rows.forEach((li) => { li.hidden = !li.textContent.toLowerCase().includes(wanted); });
  });
  ready(one("#find"));
}

// ---- addresses ----

const views = { file: viewFile, said: viewSaid, slip: viewSlip, records: viewRecords, points: viewPoints, places: viewPlaces,
  roster: viewRoster, capture: viewCapture, name: viewName, need: viewNeed, token: viewToken, answer: viewAnswer };
const ofFiling = ["file", "said", "capture"]; // a member takes no case down
const ofEvent = ["roster", "capture", "name", "need", "token", "answer"];
let shown = "";

async function arrive() {
  if (!store.isOpen() || !state.pack) { return; }
  const [name, value] = location.hash.slice(1).split("=");
  const [before, event] = shown.split("=");
  if (before === "roster" && shown !== location.hash.slice(1)) { await flush(event); }
  hush();
  shown = location.hash.slice(1);
  if (!state.pack.keys.length) { say(word("no_key"), true); }
  if (!(name in views) || (!state.pack.person.files && ofFiling.includes(name)) || (ofEvent.includes(name) && !state.pack.events.some((e) => e.code === value))) { await viewHome(); return; }
  await views[name](value);
}

// One after the other: a view that is still being filled would stand over the next.
let arriving = Promise.resolve();
function route() {
  arriving = arriving.then(arrive).catch(() => say(word("not_saved"), true));
  return arriving;
}

addEventListener("hashchange", route);
document.addEventListener("click", async (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "lock") { close(); }
  if (what === "export") { exportAll(); }
  if (what === "send") {
    const left = await sendNow();
    say(word(left === undefined ? "no_signal" : left === 0 ? "sent" : "state_waiting"), left === undefined);
  }
});
addEventListener("sunwai-queue", drawRecords);

// Ten minutes without a touch: locked.
let idle = 0;
function touched() {
  clearTimeout(idle);
  idle = setTimeout(() => { if (store.isOpen()) { close(); } }, IDLE_MS);
}
["pointerdown", "keydown"].forEach((name) => addEventListener(name, touched, { passive: true }));

async function forgetTaken() {
  for (const r of await store.records()) {
    if (!r.open && r.at < Date.now() - GONE_MS) { await store.drop(r.id); }
  }
}

navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
navigator.serviceWorker?.ready.then((worker) => worker.active.postMessage(document.documentElement.lang));
navigator.storage?.persist?.();
touched();
forgetTaken().then(soon);
begin(location.hash === "#begin");
