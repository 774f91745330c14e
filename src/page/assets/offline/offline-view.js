/* What all views share: showing one, its words, its faults; the pack; and keeping what was finished. */
import { seal, ulid, MOST } from "./offline-seal.js";
import { soon } from "./offline-sync.js";
import * as store from "./offline-store.js";

export const lang = document.documentElement.lang;
const words = document.getElementById("texts").content;
const said = (key) => words.querySelector('[data-word="' + key + '"]');
export const word = (key) => said(key)?.textContent ?? "";
export const view = document.getElementById("view");
export const one = (selector, root = view) => root.querySelector(selector);
export const each = (selector, then, root = view) => root.querySelectorAll(selector).forEach(then);
export const put = (name, text, root = view) => { const e = one('[data-put="' + name + '"]', root); if (e) { e.textContent = text; e.hidden = false; } return e; };
export const named = (names) => names[lang] ?? names.ur ?? names.en ?? "";
export const spaced = (ref) => ref.slice(0, 3) + "-" + ref.slice(3, 6) + "-" + ref.slice(6);
const figures = new Intl.NumberFormat(lang);
export const number = (n) => figures.format(n);
// As the server writes them: no browser knows Pashto, or which calendar is meant.
const karachi = (ms) => new Date(ms + 5 * 3600e3);
const own = (s, l = lang) => l === "ps" ? s.replace(/\d/g, (d) => String.fromCharCode(0x6f0 + Number(d))) : s;
export function day(ms, l, months = word("months")) {
  const d = karachi(ms);
  return own(d.getUTCDate() + " " + months.split("|")[d.getUTCMonth()] + " " + d.getUTCFullYear(), l);
}
export const clock = (ms) => own(karachi(ms).toISOString().slice(11, 16));
export const time = (ms) => day(ms) + (lang === "en" ? ", " : "\u060c ") + clock(ms);
// Of today in Karachi: yyyymmdd, and minutes since midnight.
export function here(ms = Date.now()) {
  const d = karachi(ms);
  return { day: Number(d.toISOString().slice(0, 10).replace(/-/g, "")), minutes: d.getUTCHours() * 60 + d.getUTCMinutes() };
}

// Said on top of the view; `over`: it stays over the next change of view.
let over = false;
export function hush() {
  if (!over) { say(""); }
  over = false;
}
export function say(text, bad, stays) {
  const box = document.getElementById("said");
  over = stays === true;
  box.textContent = text;
  box.hidden = !text;
  box.className = (bad ? "note late" : "note") + " away-print";
}

// A fresh copy of a view; the heading says which one, and has the focus unless the view wants it elsewhere.
export function show(name, heading = name) {
  const title = document.getElementById("at");
  view.replaceChildren(document.getElementById("v-" + name).content.cloneNode(true));
  view.dataset.view = name;
  const e = state.pack && eventOf(location.hash.split("=")[1]);
  if (e) { view.prepend(Object.assign(document.createElement("p"), { className: "what", textContent: titleOf(e) })); }
  title.textContent = word(heading);
  title.tabIndex = -1;
  title.className = heading === "slip" ? "away-print" : "";
  document.getElementById("home").hidden = ["home", "none", "new", "lock"].includes(name) || !state.pack;
  scrollTo(0, 0);
}
// `focus`: the field that has the keys then, or the name of it, for lists become other fields only now.
export function ready(focus) {
  view.dispatchEvent(new Event("filled", { bubbles: true }));
  (typeof focus === "string" ? document.getElementById(focus) : focus ?? document.getElementById("at")).focus();
}

// ---- forms ----

export function clearFaults(form) {
  each(".fault", (e) => e.remove(), form);
  each(".wrong", (e) => e.classList.remove("wrong"), form);
  each("[aria-invalid]", (e) => e.removeAttribute("aria-invalid"), form);
}
export function fault(form, name, text) {
  const input = form.elements[name];
  const field = input?.closest ? input : input?.[0];
  const box = field?.closest(".field") ?? form;
  const p = document.createElement("p");
  p.className = "fault";
  p.textContent = text;
  p.id = name + "-fault";
  const shown = box.querySelector("input:not([hidden]), select:not([hidden]), textarea") ?? field;
  box.closest("details")?.setAttribute("open", "");
  box.classList.add("wrong");
  (box.querySelector("fieldset legend, label") ?? box).after(p);
  shown?.setAttribute("aria-invalid", "true");
  shown?.setAttribute("aria-describedby", p.id);
  if (form.querySelectorAll(".fault").length === 1) { shown?.focus(); }
  return false;
}
// What the route would be sent: no empty value, no file.
export function fieldsOf(form) {
  const out = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") { out[name] = value.trim(); }
  }
  return out;
}
export function fillForm(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const e = form.elements[name];
    if (e instanceof RadioNodeList) { e.value = value; } else if (e?.type === "checkbox") { e.checked = value === "1"; } else if (e) { e.value = value; }
  }
}
const digits = (s) => s.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (d) => d.charCodeAt(0) & 15);
// As the server reads a number: of Pakistan with or without its prefix, or a foreign one with its plus.
export function isPhone(typed) {
  const s = digits(typed).replace(/[\s()[\]./\u2010-\u2015-]/g, "").replace(/^00/, "+");
  const national = s.replace(/^\+?92(?=\d{8})0?/, "").replace(/^0/, "");
  return /^(3\d{9}|[24-9]\d{7,9})$/.test(national) || /^\+(?!92|0)\d{8,15}$/.test(s);
}
// The check digit of a number, as the server finds it (Damm).
const DAMM = "0317598642709215486342068713591750983426612304597836742095815869720134894536201794386172052581436790";
export function isRef(typed) {
  const s = digits(typed).replace(/[\s\u00ad\u061c\u200b-\u2015\u202a-\u202e\u2060-\u2069\u2212-]/g, "");
  return /^\d{10}$/.test(s) && [...s].reduce((i, d) => DAMM[i * 10 + Number(d)], 0) === "0";
}
export const isWithin = (typed, key) => /^\d+$/.test(digits(typed)) && Number(digits(typed)) <= said(key).dataset.most;

// ---- what the device carries ----

export const state = { pack: undefined };
export const eventOf = (code) => state.pack.events.find((e) => e.code === code);
const hours = (minutes) => own(new Date(minutes * 60000).toISOString().slice(11, 16));
// Which of the day it is: its kind and place do not tell two of them apart.
export function titleOf(e) {
  const where = e.title || word("event_" + e.kind) + " \u00b7 " + named(state.pack.places.find((p) => p.code === e.place)?.name ?? {});
  const at = (e.day === here().day ? "" : day(Date.parse(String(e.day).replace(/(....)(..)/, "$1-$2-"))) + " ") + hours(e.from);
  return [where, e.venue, at].filter(Boolean).map((s) => "\u2068" + s + "\u2069").join(" \u00b7 ");
}
function option(select, value, text, chosen) {
  const o = new Option(text, value, chosen, chosen);
  select.append(o);
  return o;
}
export function fillLists(form, unit) {
  each("select[name=service]", (s) => state.pack.services.forEach((v) => { option(s, v.code, (v.no ? v.no + " " : "") + named(v.name)).dataset.pointed = v.pointed ? "1" : ""; }), form);
  each("select[name=unit]", (s) => state.pack.places.filter((v) => v.kind !== "district").forEach((v) => option(s, v.code, named(v.name), v.code === unit)), form);
}
// What is only pointed to: nothing of it stays, the helplines are shown. True when it is.
export function pointed(form) {
  const code = form.querySelector("select[name=service]")?.value; // the field that is typed into has its name, too
  const s = state.pack.services.find((v) => v.code === code);
  if (!s?.pointed) { return false; }
  form.reset();
  location.replace("#points");
  return true;
}

// ---- keeping ----

// One at a time, in all windows: what is read and written again under the PIN.
export const alone = (body) => navigator.locks.request("sunwai-box", body);

// A record with its files, sealed; `fields` as the route online takes them.
export async function sealed(kind, fields, more = {}, files = []) {
  const { pack } = state;
  const key = pack.keys.reduce((a, b) => b.to > a.to ? b : a); // the newest
  const record = ulid();
  const about = async (extra) => ({ at: String(Date.now()), by: pack.person.code, ticket: pack.ticket, device: pack.device.code, seq: await store.nextSeq(), ...extra });
  const out = [await seal(key, await about({ kind, record, ...more, fields }))];
  for (const f of files) {
    out.push(await seal(key, await about({ kind: "file", record: ulid(), of: record, fields: fields.alone ? { alone: "1" } : {} }), f));
  }
  return out;
}
// Puts away what was finished, all or nothing; false when it could not be, which is said.
export async function keep(values, records) {
  try {
    await store.commit(values, records);
  } catch {
    say(word("not_saved"), true);
    return false;
  }
  soon();
  return true;
}
// The next leased number, taken out of the block in the same step that keeps its record: call within alone().
export async function lease() {
  const leases = (await store.get("leases")) ?? { refs: [], tokens: {} };
  return { leases, mine: leases.refs.shift() };
}
export { MOST };
