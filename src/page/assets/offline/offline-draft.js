/* Forms that are not finished. Once it is known what one is about it is kept under the PIN, a moment after each change and
   whenever it is left; until then it stays in memory alone, so that what is only pointed to leaves nothing on the device. */
import { alone, fieldsOf, pointed, say, state, word } from "./offline-view.js";
import { base64url, ulid, unbase64url } from "./offline-seal.js";
import * as store from "./offline-store.js";

const SOON_MS = 1000;
let live; // what is typed into now: { form, draft, sound, dirty, timer }
let held; // left before it was known what it is about

const all = async () => (await store.get("drafts")) ?? [];
const hers = (d) => !d.by || d.by === state.pack.person.code; // whoever has the tablet next neither reads nor sends them
export const drafts = async () => (await all()).filter(hers);
export const fresh = (form, event) => held?.form === form && held.event === event && hers(held) ? held : { id: ulid(), form, event, fields: {} };

// A draft as it was kept, with its sound and pictures.
export async function draftOf(id) {
  const row = held?.id === id ? held : (await drafts()).find((d) => d.id === id);
  const files = row && row !== held && await store.get("files:" + id);
  return files ? { ...row, sound: files.sound && unbase64url(files.sound), photos: files.photos?.map(unbase64url) } : row;
}

// For commit(), within alone(): what removes a draft.
export async function without(id) {
  return { drafts: (await all()).filter((d) => d.id !== id), ["files:" + id]: undefined };
}
export const drop = (id) => alone(async () => store.commit(await without(id)));

// Keeps what stands in the form that is typed into. True when it was put under the PIN.
export async function save(photos) {
  const mine = live;
  if (!mine?.dirty) { return false; }
  clearTimeout(mine.timer);
  mine.timer = mine.dirty = 0;
  const { draft } = mine;
  const sound = mine.sound.bytes();
  const heard = photos || sound !== draft.sound;
  Object.assign(draft, { sound, photos: photos ?? draft.photos, fields: fieldsOf(mine.form), at: Date.now() });
  held = draft.fields.service ? undefined : draft;
  if (held) { return false; }
  const { id, form, event, fields, at, by } = draft;
  const files = { sound: sound && base64url(sound), photos: draft.photos?.map(base64url) };
  await alone(async () => store.commit({
    drafts: [...(await all()).filter((d) => d.id !== id), { id, form, event, fields, at, by }],
    ...(heard && { ["files:" + id]: files })
  }));
  return true;
}
const later = () => save().catch(() => say(word("not_saved"), true));

// From now on this form is the one that is kept.
export function begin(form, draft, sound) {
  const mine = live = { form, draft, sound };
  draft.by ??= state.pack.person.code;
  form.addEventListener("input", () => {
    if (pointed(form)) { end(); drop(draft.id); return; }
    mine.dirty = 1;
    mine.timer ||= setTimeout(later, SOON_MS);
  });
}
// It is finished, or nobody's any more.
export function end() {
  clearTimeout(live?.timer);
  live = held = undefined;
}
// It is left: what is being said is kept, too.
export async function leave() {
  const mine = live;
  if (!mine) { return; }
  await mine.sound.stop();
  const kept = await save();
  if (live === mine) { live = undefined; }
  if (kept || held?.fields.description) { say(word(kept ? "kept_draft" : "held_draft"), false, true); }
}
// What is typed now, put under the PIN before the page goes: its id, when there is one.
export async function keepTyped() {
  const mine = live;
  await mine?.sound.stop();
  await save();
  return mine?.draft.fields.service && mine.draft.id;
}
// Words that stand nowhere but in this window.
addEventListener("beforeunload", (event) => {
  const lost = live ? live.dirty : [...document.querySelectorAll("#view .desk :is(textarea, input.line)")].some((e) => e.value !== e.defaultValue);
  if (lost || held || covered) { event.preventDefault(); }
});
// While the device is locked nobody reads it.
let covered;
export async function cover() {
  covered = held && await store.cover({ ...held, sound: held.sound && base64url(held.sound) });
  end();
}
export async function uncover() {
  held = covered && await store.uncover(covered).catch(() => undefined);
  covered = undefined;
  if (held?.sound) { held.sound = unbase64url(held.sound); }
}
addEventListener("pagehide", later);
document.addEventListener("visibilitychange", () => { if (document.hidden) { later(); } });
