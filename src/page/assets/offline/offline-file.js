/* Taking a matter down: the form of the desk, reading it back, the number and its slip; and rapid capture at an event. */
import { alone, clearFaults, day, each, eventOf, fault, fieldsOf, fillForm, fillLists, here, isPhone, isRef, isWithin, keep, lease, named, number, one, pointed, put, ready, say, sealed, show, spaced, state, word } from "./offline-view.js";
import { givePhotos, photos, voice } from "./offline-media.js";
import { begin, draftOf, end, fresh, save, without } from "./offline-draft.js";
import { unbase64url } from "./offline-seal.js";
import * as store from "./offline-store.js";

let typed; // what is being read back: { draft, fields, files }

// What cannot be skipped, as online.
function right(form, f, alone) {
  clearFaults(form);
  let good = true;
  const wrong = (name, key) => { good = fault(form, name, word(key)); };
  if (!f.service) { wrong("service", "needed"); }
  if (!f.description && !alone) { wrong("description", "words"); }
  if (!f.sex) { wrong("sex", "needed"); }
  if (!f.unit) { wrong("unit", "needed"); }
  const kept = f.consent_record !== "no" && f.anonymous !== "1";
  const desk = form.id === "file";
  if (!f.consent_record && (desk || f.phone || f.name)) { wrong("consent_record", "consent"); }
  if (f.phone && !isPhone(f.phone)) { wrong("phone", "phone"); } else if (f.phone && kept && f.safe_call === undefined) { wrong("safe_call", "safe"); }
  if (f.same_as && !isRef(f.same_as)) { wrong("same_as", "same_as"); }
  if (f.token && !isWithin(f.token, "token_no")) { wrong("token", "token_no"); }
  return good;
}

async function filesOf(form, sound) {
  if (sound.busy()) { await sound.stop(); return undefined; } // first to be heard
  const pictures = await photos(form);
  return pictures && [...(sound.bytes() ? [sound.bytes()] : []), ...pictures];
}

// No record is begun that might find no room: what waits is sent or saved first.
async function full() {
  const is = await store.nearlyFull();
  if (is) { say(word("full"), true, true); location.replace("#records"); }
  return is;
}

// Keeps a filing or matter with its files, and its number, in one step.
async function file(kind, fields, more, files, draft) {
  return alone(async () => {
    const { leases, mine } = await lease();
    const at = Date.now();
    const records = await sealed(kind, fields, { ...more, ...(mine && { reference: mine.ref }) }, files);
    const receipts = (await store.get("receipts")) ?? {};
    receipts[records[0].id] = { ...mine, at, event: more.event, lang: fields.language };
    for (const [id, r] of Object.entries(receipts)) { if (r.at < at - 3 * 86400e3) { delete receipts[id]; } }
    const good = await keep({ leases, receipts, ...(await without(draft.id)) }, records);
    return good && { id: records[0].id, ...mine };
  }).catch(() => say(word("not_saved"), true));
}

// A form with what it had, kept from now on.
async function fill(form, draft) {
  fillForm(form, draft.fields);
  if (draft.photos) { givePhotos(form, draft.photos); }
  const sound = voice(form, draft.sound);
  begin(form, draft, sound);
  put("numbers", number((await store.get("leases"))?.refs.length ?? 0));
  return sound;
}

// ---- the form of the desk ----

export async function viewFile(value, kept) {
  if (await full()) { return; }
  const draft = kept ?? typed?.draft ?? fresh("file");
  show("file");
  const form = one("#file");
  fillLists(form);
  const sound = await fill(form, draft);
  one("[data-do=draft]").addEventListener("click", () => { location.hash = ""; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (pointed(form)) { return; }
    const files = await filesOf(form, sound);
    const fields = fieldsOf(form);
    if (!files || !right(form, fields, files.length > 0)) { return; }
    form.dispatchEvent(new Event("input"));
    await save(sound.bytes() ? files.slice(1) : files);
    end();
    if (!fields.description) { fields.alone = "1"; }
    typed = { draft, fields, files };
    location.hash = "said";
  });
  ready(form.elements.phone);
}

// A form that was kept.
export async function viewDraft(id) {
  const draft = await draftOf(id);
  if (!draft) { location.replace("#"); return; }
  if (draft.form === "file") { await viewFile("", draft); } else { await viewCapture(draft.event, undefined, draft); }
}

function readBack(fields) {
  const s = state.pack.services.find((v) => v.code === fields.service);
  const u = state.pack.places.find((v) => v.code === fields.unit);
  const hers = (names) => names[fields.language ?? "ur"] ?? named(names);
  const sentence = one("[data-put=sentence]");
  sentence.textContent = (sentence.dataset[fields.kind] ?? sentence.dataset.complaint).replace("{service}", hers(s.name)).replace("{unit}", hers(u.name));
  put("words", fields.description ?? "");
  const kept = fields.consent_record !== "no" && fields.anonymous !== "1";
  each("[data-fact]", (row) => {
    const name = row.dataset.fact;
    const dd = row.querySelector("dd");
    const own = { past_desk: fields.past_desk && dd.dataset.yes, name: kept ? fields.name ?? dd.dataset.none : dd.dataset.anonymous, place: fields.place };
    const reach = kept && { alias: fields.alias, phone: fields.phone, safe_call: fields.phone && (fields.safe_call === "1" ? dd.dataset.yes : dd.dataset.no), call_when: fields.phone && fields.call_when && one('[data-when="' + fields.call_when + '"]').textContent };
    const value = { ...own, ...reach }[name];
    row.hidden = !value;
    dd.textContent = value ?? "";
    if (name === "phone") { dd.dir = "ltr"; }
  });
}

// The papers of an application: which of them she has with her.
function asksDocuments(fields) {
  const asked = fields.kind === "application" ? state.pack.services.find((v) => v.code === fields.service)?.documents ?? [] : [];
  const box = one("[data-list=documents]");
  box.hidden = asked.length === 0;
  asked.forEach((d) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "documents", value: d.code });
    const text = document.createElement("span");
    label.className = "choice";
    text.textContent = named(d.name);
    label.append(input, text);
    box.querySelector(".choices").append(label);
  });
}

export function viewSaid() {
  if (!typed) { location.replace("#"); return; }
  const lang = typed.fields.language ?? "ur";
  show("said-" + lang, "said");
  readBack(typed.fields);
  const form = one("#register");
  asksDocuments(typed.fields);
  one("[data-do=change]").addEventListener("click", () => { location.hash = "file"; });
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) { return; }
    clearFaults(form);
    if (!form.elements.agreed.checked) { fault(form, "agreed", word("agreed")); return; }
    busy = true;
    const documents = new FormData(form).getAll("documents");
    const done = await file("filing", { ...typed.fields, agreed: "1", ...(documents.length && { documents }) }, {}, typed.files, typed.draft);
    busy = false;
    if (!done) { return; }
    typed = undefined;
    say(word(done.ref ? "kept" : "no_numbers"), false, true);
    location.replace(done.ref ? "#slip=" + done.id : "#");
  });
  ready(form.elements.agreed);
}
export function forgetTyped() { typed = undefined; }

// ---- the slip ----

function code(svg, qr) {
  const bits = unbase64url(qr.rows);
  let d = "";
  for (let i = 0; i < qr.size * qr.size; i++) {
    if (bits[i >> 3] & (128 >> (i & 7))) { d += "M" + i % qr.size + " " + Math.floor(i / qr.size) + "h1v1h-1z"; }
  }
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", d);
  svg.setAttribute("viewBox", "0 0 " + qr.size + " " + qr.size);
  svg.append(path);
}

export async function viewSlip(id) {
  const r = ((await store.get("receipts")) ?? {})[id];
  if (!r?.ref) { location.replace("#records"); return; }
  const lang = r.lang ?? "ur";
  const { desk } = state.pack;
  show("slip-" + lang, "slip");
  put("office", desk.name[lang] ?? named(desk.name));
  put("ref", spaced(r.ref));
  put("day", day(r.at, lang, one("[data-months]").dataset.months));
  if (r.qr) { code(one("[data-put=qr]"), r.qr); }
  if (r.pin) { put("pin", r.pin); one("[data-put=cut]").hidden = false; }
  const paper = (name) => {
    one(".slip").className = "slip " + name;
    each("[data-paper]", (b) => b.setAttribute("aria-pressed", String(b.dataset.paper === name)));
  };
  paper((await store.get("paper")) ?? "w58");
  each("[data-paper]", (b) => b.addEventListener("click", () => { paper(b.dataset.paper); store.commit({ paper: b.dataset.paper }); }));
  one("[data-do=print]").addEventListener("click", () => print());
  one("[data-put=next]").href = r.event ? "#capture=" + r.event : "#";
  ready();
}

// ---- rapid capture ----

export async function viewCapture(event, last, kept) {
  if (await full()) { return; }
  const e = eventOf(event) ?? {}; // a draft may be older than the days that are carried
  const draft = kept ?? fresh("capture", event);
  show("capture");
  const form = one("#capture");
  const now = here().minutes;
  const hers = e.women_from !== undefined && now >= e.women_from && now < e.women_to;
  fillLists(form, e.place);
  if (hers) { form.elements.sex.value = "woman"; }
  if (!e.place) { one("details").open = true; }
  if (last) {
    const box = one("[data-put=filed]");
    box.hidden = false;
    box.querySelector("bdi").textContent = last.ref ? spaced(last.ref) : "";
    box.querySelector("a").href = "#slip=" + last.id;
    box.querySelector("a").hidden = !last.ref;
  }
  const sound = await fill(form, draft);
  let busy = false;
  form.addEventListener("submit", async (ev) => {
    ev.preventDefault();
    if (busy || pointed(form)) { return; }
    const files = await filesOf(form, sound);
    const fields = fieldsOf(form);
    if (!files || !right(form, fields, files.length > 0)) { return; }
    if (!fields.description) { fields.alone = "1"; }
    busy = true;
    end();
    const done = await file("matter", fields, { event }, files, draft);
    busy = false;
    if (!done) { begin(form, draft, sound); return; }
    say(word(done.ref ? "kept" : "no_numbers"));
    viewCapture(event, done);
  });
  ready("service");
}
