/* The day of an event: who came, by a touch for each; names, needs, tokens, and what officers answered. */
import { alone, clearFaults, clock, each, fault, eventOf, fieldsOf, fillLists, isPhone, isWithin, keep, number, one, pointed, put, ready, say, sealed, show, spaced, state, word } from "./offline-view.js";
import * as store from "./offline-store.js";

const STEP_MOST = 200; // people in one record
const QUIET_MS = 4000;
let tally; // of the event that is shown: { event, all: {cell: [came, spoke]}, fresh: the same, not in a record yet }
let quiet = 0;

// ---- who came ----

const cell = (role, sex) => role + "/" + sex;
const at = (table, name) => table[name] ??= [0, 0];
// A touch is painted before it is kept; touches that come meanwhile are kept together.
let keeping = false;
function save() {
  if (keeping) { return; }
  keeping = true;
  requestAnimationFrame(() => setTimeout(() => {
    keeping = false;
    if (tally) { alone(() => store.commit({ ["tally:" + tally.event]: tally })).catch(() => say(word("not_saved"), true)); }
  }));
}

function parts(n) {
  const out = [];
  for (let left = Math.abs(n); left > 0; left -= STEP_MOST) { out.push([Math.min(left, STEP_MOST), n < 0]); }
  return out;
}
// From taps to records: of each cell what came, then what spoke; taken back in the other order.
export async function flush(event) {
  clearTimeout(quiet);
  await alone(async () => {
    const t = tally?.event === event ? tally : await store.get("tally:" + event);
    if (!t || Object.keys(t.fresh).length === 0) { return; }
    const records = [];
    const fresh = t.fresh;
    t.fresh = {};
    for (const [name, [people, spoke]] of Object.entries(fresh)) {
      const [role, sex] = name.split("/");
      const add = async (what, n, back) => records.push(...await sealed("count", { role, sex, [what]: String(n), ...(back && { take_back: "1" }) }, { event }));
      const steps = [...parts(people).map((p) => ["people", ...p]), ...parts(spoke).map((p) => ["spoke", ...p])];
      steps.sort((a, b) => a[2] - b[2]);
      for (const s of steps) { await add(...s); }
    }
    const good = await keep({ ["tally:" + event]: t }, records);
    if (!good) { for (const [name, [p, s]] of Object.entries(fresh)) { const c = at(t.fresh, name); c[0] += p; c[1] += s; } }
  });
}
export async function flushAll() {
  for (const e of state.pack?.events ?? []) { await flush(e.code); }
}

function paint(section) {
  let sum = 0;
  each(".tally", (box) => {
    const [people, spoke] = at(tally.all, cell(section.dataset.role, one("[data-tap]", box).dataset.sex));
    one("[data-people]", box).textContent = number(people);
    one("[data-spoke]", box).textContent = number(spoke);
    sum += people;
  }, section);
  one("[data-total]", section).textContent = number(sum);
}

function tap(event) {
  const button = event.target.closest("[data-tap], [data-spoken]");
  if (!button) { return; }
  const section = button.closest("[data-role]");
  const name = cell(section.dataset.role, button.dataset.sex);
  const which = button.dataset.tap ? 0 : 1;
  const by = Number(button.dataset.tap ?? button.dataset.spoken);
  const all = at(tally.all, name);
  const people = all[0] + (which === 0 ? by : 0);
  const spoke = all[1] + (which === 1 ? by : 0);
  if (spoke < 0 || spoke > people) { return; }
  all[0] = people;
  all[1] = spoke;
  at(tally.fresh, name)[which] += by;
  paint(section);
  save();
  clearTimeout(quiet);
  quiet = setTimeout(flush, QUIET_MS, tally.event);
}

// Who stands on the list of names is counted from it alone: there, or here and not sent yet.
const byName = async (event) => [...(eventOf(event).named ?? []), ...((await store.get("roles:" + event)) ?? [])];
const touches = (t, role) => Object.entries(t?.all ?? {}).reduce((n, [name, [came]]) => n + (name.startsWith(role + "/") ? came : 0), 0);

export async function viewRoster(event) {
  if (tally?.event !== event) { tally = (await store.get("tally:" + event)) ?? { event, all: {}, fresh: {} }; }
  show("roster");
  const closed = await byName(event);
  each("[data-role]", (s) => {
    const named = closed.includes(s.dataset.role);
    const box = one("[data-named]", s);
    const n = touches(tally, s.dataset.role);
    one(".tallies", s).hidden = one("[data-total]", s).hidden = named;
    box.hidden = !named;
    one("a", box).href = "#name=" + event;
    one("b", box).textContent = number(n);
    one("b", box).parentNode.hidden = n === 0;
  });
  each(".tallies", (e) => e.addEventListener("click", tap));
  each("[data-role]", paint);
  ready();
}
export function forgetDay() { tally = undefined; clearTimeout(quiet); }

// ---- names, needs, tokens, answers ----

// A form whose record is kept at once, and a line of it in a list under the PIN.
function small(form, list, event, kind, right, line, more = () => ({})) {
  const name = list + ":" + event;
  const draw = async () => {
    const rows = (await store.get(name)) ?? [];
    one("[data-list=" + list + "]").replaceChildren(...rows.map((text) => Object.assign(document.createElement("li"), { textContent: text, dir: "auto" })));
  };
  let busy = false;
  form.addEventListener("submit", async (ev) => {
    ev.preventDefault();
    clearFaults(form);
    if (busy || pointed(form)) { return; }
    const fields = fieldsOf(form);
    if (!right(fields)) { return; }
    busy = true;
    const good = await alone(async () => {
      const rows = (await store.get(name)) ?? [];
      return keep({ [name]: [...rows, line(fields)], ...more(fields) }, await sealed(kind, fields, { event }));
    }).catch(() => say(word("not_saved"), true));
    busy = false;
    if (good) { form.reset(); say(word("kept")); await draw(); form.querySelector("input:not([hidden]), textarea").focus(); }
  });
  return draw();
}

export async function viewName(event) {
  show("name");
  const form = one("#name-add");
  const closed = await byName(event);
  const counted = tally?.event === event ? tally : await store.get("tally:" + event);
  await small(form, "names", event, "person", (f) => {
    if (!f.name) { return fault(form, "name", word("needed")); }
    if (!f.role) { return fault(form, "role", word("needed")); }
    if (!f.sex) { return fault(form, "sex", word("needed")); }
    if (f.phone && !isPhone(f.phone)) { return fault(form, "phone", word("phone")); }
    const n = closed.includes(f.role) ? 0 : touches(counted, f.role);
    return n === 0 || confirm(word("touched") + " \u2068" + number(n) + "\u2069");
  }, (f) => f.name, (f) => ({ ["roles:" + event]: closed.includes(f.role) ? closed : (closed.push(f.role), closed) }));
  ready(form.elements.name);
}

export async function viewNeed(event) {
  show("need");
  const form = one("#need-add");
  fillLists(form);
  form.addEventListener("input", () => pointed(form));
  await small(form, "needs", event, "need", (f) => {
    if (!f.words) { return fault(form, "words", word("needed")); }
    return !f.women || isWithin(f.women, "women") || fault(form, "women", word("women"));
  }, (f) => f.words);
  ready(form.elements.words);
}

export async function viewToken(event) {
  show("token");
  const shown = await store.get("token:" + event);
  if (shown) { put("no", number(shown)); }
  each("[data-give]", (b) => b.addEventListener("click", () => alone(async () => {
    const leases = (await store.get("leases")) ?? { refs: [], tokens: {} };
    const block = leases.tokens[event];
    if (!block || block.from > block.to) { say(word("no_token"), true); return; }
    const no = block.from++;
    const records = await sealed("token", { no: String(no), sex: b.dataset.give, state: "waiting" }, { event });
    if (await keep({ leases, ["token:" + event]: no }, records)) { put("no", number(no)); say(""); }
  })));
  ready();
}

export async function viewAnswer(event) {
  show("answer");
  const form = one("#answer-add");
  const receipts = Object.entries((await store.get("receipts")) ?? {}).filter(([, r]) => r.event === event).reverse();
  const choose = form.elements.ref;
  receipts.forEach(([id, r]) => choose.append(new Option(r.ref ? "\u2066" + spaced(r.ref) + "\u2069" : clock(r.at), id)));
  form.addEventListener("submit", async (ev) => {
    ev.preventDefault();
    clearFaults(form);
    const { ref, ...fields } = fieldsOf(form);
    if (!ref) { fault(form, "ref", word("needed")); return; }
    if (!fields.answer) { fault(form, "answer", word("needed")); return; }
    if (!fields.words && fields.answer !== "promised") { fault(form, "words", word("needed")); return; }
    if (await keep({}, await sealed("answer", fields, { event, of: ref }))) { await viewAnswer(event); say(word("kept")); }
  });
  ready(choose);
}
