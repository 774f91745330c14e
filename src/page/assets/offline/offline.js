/* The page that works without a signal: which view stands behind which address, the door with its PIN, and the pack. */
import { alone, clearFaults, clock, day, each, fault, fieldsOf, here, hush, named, number, one, put, ready, say, sealed, show, spaced, state, time, titleOf, view, word } from "./offline-view.js";
import { cover, drafts, drop, end, keepTyped, leave, uncover } from "./offline-draft.js";
import { forgetTyped, viewCapture, viewDraft, viewFile, viewSaid, viewSlip } from "./offline-file.js";
import { flush, flushAll, forgetDay, viewAnswer, viewName, viewNeed, viewRoster, viewToken } from "./offline-day.js";
import { sealedFile } from "./offline-seal.js";
import { sendNow, soon } from "./offline-sync.js";
import * as store from "./offline-store.js";

const IDLE_MS = 600000;
const NUMBERS = 60; // carried; leased again when fewer than half of them are left
const NUMBERS_EVENT = 200;
const PACK_MS = 600000; // a pack is asked for again after this, when there is a line
const LEND_MS = 10000; // between two questions for numbers
const TOKENS = 200;
const GONE_MS = 3 * 86400e3;
const PIN_LEAST = 6;

// ---- pack and leases ----

let packed = 0; // when the server was asked for a pack
let lent = 0; // and for numbers

// The pack from the server: { status, pack }; status 0: no line.
async function fetchPack() {
  packed = Date.now();
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
  const refs = leases.refs.length < most / 2 ? most - leases.refs.length : 0;
  if ((!refs && !event) || Date.now() < lent + LEND_MS) { return; }
  lent = Date.now();
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
    if ((await store.get("lease-key")) !== key) { return; } // asked twice, answered twice: these are taken in already
    const now = (await store.get("leases")) ?? { refs: [], tokens: {} };
    now.refs.push(...got.refs ?? []);
    if (got.tokens && event) { now.tokens[event.code] = got.tokens; }
    await store.commit({ leases: now, "lease-key": undefined });
    drawLeases(now);
  });
}
function drawLeases(leases) {
  put("numbers", number(leases?.refs.length ?? 0));
  each("[data-of]", (e) => {
    const { from, to } = leases?.tokens[e.dataset.of] ?? { from: 1, to: 0 };
    e.textContent = number(to - from + 1);
  });
}

async function revoked() {
  end(); // nothing more is kept of what is typed
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
  const all = await store.unsent() === 0;
  const got = await fetchPack();
  if (got.status === 410) { await revoked(); return true; }
  if (!got.pack) { return false; }
  if (state.pack && state.pack.person.code !== got.pack.person.code) { // what somebody began is not the next one's to send
    await leave();
    forgetTyped();
    location.hash = "";
  }
  state.pack = got.pack;
  await store.setDevice(got.pack.device.code);
  await store.commit({ pack: got.pack, ...(all && Object.fromEntries(got.pack.events.map((e) => ["roles:" + e.code, undefined]))) });
  await lend(got.pack).catch(() => {});
  navigator.serviceWorker?.getRegistration().then((mine) => mine?.update()).catch(() => {}); // a page that is never closed hears of newer ones, too
  soon();
  return false;
}

// The line holds: numbers that were used up are replaced, without anybody asking.
async function renew() {
  if (!store.isOpen() || !state.pack) { return; }
  if (Date.now() > packed + PACK_MS) { await refresh(); } else { await lend(state.pack); }
}
addEventListener("sunwai-stopped", async () => { if (await store.hasPin()) { await revoked(); } });
addEventListener("sunwai-line", () => renew().catch(() => {}));

// ---- the door ----

// All alike, in a row, or the same two or three again and again.
function easy(pin) {
  const rows = "01234567890123456789";
  return /^(\d{1,3})\1+$/.test(pin) || rows.includes(pin) || rows.includes([...pin].reverse().join(""));
}

async function doorNew(pack) {
  show("new");
  const form = one("#pin-new");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { pin, pin2 } = form.elements;
    if (!/^\d+$/.test(pin.value) || pin.value.length < PIN_LEAST) { say(word("pin_short"), true); pin.focus(); return; }
    if (easy(pin.value)) { say(word("pin_easy"), true); pin.focus(); return; }
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
  await uncover();
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
  await leave().catch(() => {});
  await flushAll().catch(() => {});
  await cover().catch(() => {});
  store.lock();
  state.pack = undefined;
  forgetTyped();
  forgetDay();
  begin();
}

// ---- home ----

// Forms that were begun: which, and when; nothing else of them is shown here.
async function drawDrafts() {
  const rows = state.pack.person.files ? await drafts() : [];
  const list = one("[data-list=drafts]");
  list.hidden = rows.length === 0;
  each("li:not([hidden])", (e) => e.remove(), list);
  const pattern = one("li", list);
  rows.forEach((d) => {
    const li = pattern.cloneNode(true);
    const service = state.pack.services.find((s) => s.code === d.fields.service);
    li.hidden = false;
    put("at", here(d.at).day === here().day ? clock(d.at) : time(d.at), li);
    put("service", named(service?.name ?? {}), li);
    one("a", li).href = "#draft=" + d.id;
    one("button", li).addEventListener("click", async () => { if (confirm(word("draft_drop"))) { await drop(d.id); drawDrafts(); } });
    pattern.before(li);
  });
}

async function viewHome() {
  forgetTyped();
  const leases = await store.get("leases");
  show("home");
  put("desk", named(state.pack.desk.name));
  put("device", state.pack.device.name);
  put("day", day(Date.now()));
  await drawDrafts();
  each('[href="#file"], [data-to=capture]', (a) => { a.hidden = !state.pack.person.files; });
  const row = one("[data-row]");
  state.pack.events.forEach((e) => {
    const box = row.cloneNode(true);
    box.hidden = false;
    put("title", titleOf(e), box);
    put("tokens", "", box).dataset.of = e.code;
    each("[data-to]", (a) => { a.href = "#" + a.dataset.to + "=" + e.code; }, box);
    row.before(box);
  });
  one("[data-list=events]").hidden = state.pack.events.length === 0;
  drawLeases(leases);
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
    put("at", time(r.at), li);
    const whole = r.state === "waiting" && r.sealed && r.have >= r.sealed.length;
    put("state", word(whole ? "sending" : "state_" + r.state), li).classList.add({ taken: "done", refused: "late", conflict: "late" }[r.state] ?? "wait");
    put("why", r.words ?? "", li);
    const slip = one("[data-put=slip]", li);
    slip.hidden = !receipts[r.id]?.ref;
    slip.href = "#slip=" + r.id;
    const retry = one("[data-do=retry]", li);
    retry.hidden = r.state !== "conflict" && !r.why;
    retry.addEventListener("click", async () => { await store.update(r.id, { state: "waiting", why: undefined }); soon(); drawRecords(); });
    const away = one("[data-do=drop]", li);
    away.hidden = r.open && (r.kind === "gone" || whole);
    away.addEventListener("click", async () => { if (r.open) { location.hash = "gone=" + r.id; } else { await store.drop(r.id); drawRecords(); } });
    return li;
  }));
  one("[data-put=empty]").hidden = rows.length > 0;
}

async function exportAll() {
  const open = (await store.records()).filter((r) => r.sealed);
  const device = await store.deviceCode();
  if (!open.length || !device) { say(word("export_none")); return; }
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

// ---- what was not sent, and is to go ----

// A record that nobody else has goes only by the PIN, after two questions; that it is gone, when and why is told.
async function viewGone(id) {
  const r = await store.record(id);
  if (!r?.open) { location.replace("#records"); return; }
  const { ref } = ((await store.get("receipts")) ?? {})[id] ?? {};
  const what = word("kind_" + r.kind) + " \u2068" + (ref ? spaced(ref) : time(r.at)) + "\u2069";
  show("gone");
  put("what", what);
  const form = one("#gone");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearFaults(form);
    const { why } = fieldsOf(form);
    if (!why) { fault(form, "why", word("needed")); }
    const found = why && await store.open(form.elements.pin.value);
    form.elements.pin.value = "";
    if (why && found !== true) { fault(form, "pin", found === 0 ? word("pin_wrong") : word("pin_wait") + " " + number(found)); }
    if (found !== true || !confirm(word("gone_sure") + " " + what)) { return; }
    await alone(async () => {
      const all = (await store.records()).filter((x) => x.open && (x.id === id || x.of === id));
      const told = [];
      for (const x of all) {
        const fields = { record: x.id, seq: String(x.seq ?? 0), kind: x.kind, at: String(x.at), why, ...(x.id === id && ref && { ref }) };
        told.push(...await sealed("gone", fields));
      }
      await store.commit({}, told, all.map((x) => x.id));
    });
    soon();
    say(word("gone_done"), false, true);
    location.replace("#records");
  });
  ready();
}

// ---- directory, helplines ----

function line(list, ...texts) {
  const li = document.createElement("li");
  texts.filter(Boolean).forEach((t, i) => {
    const e = document.createElement(i ? "bdi" : "b");
    e.append(t);
    li.append(i ? " \u00b7 " : "", e);
  });
  list.append(li);
  return li;
}

function viewPoints() {
  show("points");
  state.pack.points.forEach((p) => {
    // One touch, one number: several stand behind each other.
    const calls = (p.call ?? "").split(",").map((n) => n.trim()).filter(Boolean)
      .map((n) => Object.assign(document.createElement("a"), { href: "tel:" + n.replace(/[^+\d]/g, ""), textContent: n, dir: "ltr", className: "num" }));
    line(one("[data-list=points]"), named(p.name), named(p.where ?? {}), ...calls);
  });
  ready();
}

// As the server folds names, for the letters that are typed in more than one way.
const plain = (s) => s.normalize("NFKC").toLowerCase().replace(/[\u064b-\u0652\u0640\u200c\u200d]/g, "").replace(/[\u064a\u0649]/g, "\u06cc")
  .replace(/\u0643/g, "\u06a9").replace(/[\u0647\u06c0\u0629\u06c2\u06c3]/g, "\u06c1").replace(/[\u0623\u0625\u0671]/g, "\u0627").trim();

function viewPlaces() {
  show("places");
  const { services, places, localities } = state.pack;
  const units = one("[data-list=units]");
  const rows = [];
  const row = (li, names = {}, also = "") => rows.push({ li, also, text: plain([li.textContent, also, ...Object.values(names)].join(" ")) });
  const of = Object.fromEntries(places.map((p) => [p.code, named(p.name)]));
  services.filter((s) => !s.pointed).forEach((s) => row(line(one("[data-list=services]"), s.no + " " + named(s.name), s.office), s.name));
  places.filter((p) => p.kind !== "district").forEach((p) => row(line(units, named(p.name), of[p.up]), p.name));
  // Villages are found under each of their spellings; all of them at once would be too long to read.
  localities.forEach((l) => row(line(units, l.name, of[l.place]), {}, (l.also ?? []).join(" ") + " "));
  const find = () => {
    const wanted = plain(one("#find").value);
    rows.forEach((r) => { r.li.hidden = wanted ? !r.text.includes(wanted) : r.also !== ""; });
    each("ul", (list) => { list.previousElementSibling.hidden = !one("li:not([hidden])", list); });
    one("[data-put=none]").hidden = rows.some((r) => !r.li.hidden);
  };
  one("#find").addEventListener("input", find);
  find();
  ready(one("#find"));
}

// ---- addresses ----

const views = { file: viewFile, draft: viewDraft, gone: viewGone, said: viewSaid, slip: viewSlip, records: viewRecords, points: viewPoints, places: viewPlaces,
  roster: viewRoster, capture: viewCapture, name: viewName, need: viewNeed, token: viewToken, answer: viewAnswer };
const ofFiling = ["file", "draft", "said", "capture"]; // a member takes no case down
const ofEvent = ["roster", "capture", "name", "need", "token", "answer"];
let shown = "";

async function arrive() {
  if (!store.isOpen() || !state.pack) { return; }
  const [name, value] = location.hash.slice(1).split("=");
  const [before, event] = shown.split("=");
  await leave();
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
// In another language it is another page: what is typed is kept first, or the browser asks.
document.addEventListener("click", async (event) => {
  const to = event.target.closest(".langs a");
  if (to) {
    event.preventDefault();
    const id = await keepTyped().catch(() => undefined);
    location.assign(to.href + (id ? "#draft=" + id : ""));
    return;
  }
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "lock") { close(); }
  if (what === "export") { exportAll(); }
  if (what === "send") {
    const left = await sendNow();
    asked = left > 0;
    say(word(left === undefined ? "no_signal" : left === 0 ? "sent" : "sending"), left === undefined);
  }
  if (what === "fresh") {
    await leave();
    (await navigator.serviceWorker.getRegistration()).waiting?.postMessage("go");
  }
});
let asked = false; // to send: told when it is done
addEventListener("sunwai-queue", async () => {
  drawRecords();
  if (asked && await store.unsent() === 0) { asked = false; say(word("sent")); }
});

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

// A newer page is taken up when somebody says so: what is typed is kept first, and what waits here is not its business.
async function watch() {
  const mine = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const had = navigator.serviceWorker.controller;
  const tell = () => { document.getElementById("fresh").hidden = !(had && mine.waiting); };
  mine.addEventListener("updatefound", () => mine.installing.addEventListener("statechange", tell));
  tell();
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (had) { location.reload(); } });
}
if (navigator.serviceWorker) { watch().catch(() => {}); }
navigator.serviceWorker?.ready.then((worker) => worker.active.postMessage(document.documentElement.lang));
navigator.storage?.persist?.();
touched();
forgetTaken().then(soon);
begin(location.hash === "#begin");
