/* Sending what waits: one window at a time, a record after the other, each from the byte on that the server has. A line that
   breaks is tried again, later and later; what was taken is never sent as something new, for its ULID is its own. */
import { base64url } from "./offline-seal.js";
import * as store from "./offline-store.js";

const CHUNK = 24 * 1024; // as base64 within the 32 KiB that a piece may have
const STATES = 200;
const LATER_MOST_MS = 300000;
const LINE_MS = 30000;
const TURNS = 8; // a record whose bytes the server finds damaged each time must not keep the others waiting
let later = 2000;
let timer = 0;

async function ask(path, body) {
  const answer = await fetch("/api/v1/device/" + path, {
    method: body ? "POST" : "GET",
    body: body && JSON.stringify({ clock: String(Date.now()), ...body }),
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(LINE_MS)
  });
  if (answer.status >= 500 || answer.status === 429) { throw new Error("later"); }
  // A line that breaks within an answer is one that broke: nothing is known of what it said.
  // (413 may be the page of something that stands before the server.)
  const json = [200, 409].includes(answer.status) ? await answer.json() : answer.status === 413 ? await answer.json().catch(() => ({})) : {};
  if (json.wipe || answer.status === 410) { dispatchEvent(new Event("sunwai-stopped")); }
  return { status: answer.status, json };
}

const stands = (j) => ({ have: j.have, state: j.state, why: j.why, words: j.words });

// True when the server has all of it; undefined when it has no room for another one now.
async function send(r) {
  let have = r.have ?? 0;
  if (r.tried) {
    const known = await ask("records/" + r.id);
    have = known.status === 200 ? known.json.have : 0;
    if (known.status === 200) { await store.update(r.id, stands(known.json)); }
  } else {
    await store.update(r.id, { tried: true });
  }
  for (let back = 0; have < r.sealed.length;) { // what arrived whole, while its answer did not, is not sent again
    const piece = r.sealed.subarray(have, have + CHUNK);
    const got = await ask("records/" + r.id, { offset: have, total: r.sealed.length, hash: r.hash, bytes: base64url(piece) });
    if (got.status === 409 && typeof got.json.have === "number" && got.json.have !== have && back < TURNS) {
      back += 1;
      have = got.json.have;
      continue;
    }
    if (got.status === 409) {
      const known = await ask("records/" + r.id);
      back += 1;
      if (known.status !== 200 || known.json.have === have || back > TURNS) { await store.update(r.id, { state: "conflict" }); return false; }
      have = known.json.have;
      continue;
    }
    if (got.status !== 200) {
      await store.update(r.id, { state: "waiting", why: String(got.status), words: got.json.detail });
      return got.status === 413 ? undefined : false;
    }
    have = got.json.have;
    await store.update(r.id, stands(got.json));
  }
  return true;
}

// What became of those that the server has whole.
async function settle() {
  const open = (await store.records()).filter((r) => ["quarantined", "refused"].includes(r.state) || (r.open && r.sealed && r.have >= r.sealed.length));
  for (let i = 0; i < open.length; i += STATES) {
    const { status, json } = await ask("states", { records: open.slice(i, i + STATES).map((r) => r.id) });
    if (status !== 200) { return; }
    for (const s of json.states) { await store.update(s.record, stands(s)); }
  }
}

async function all() {
  const rank = (r) => r.kind === "file" ? 1 : 0;
  const open = (await store.records()).filter((r) => r.open && r.state !== "conflict" && !(r.have >= r.sealed.length));
  open.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  let full = false; // then only what is there in part goes on
  for (const r of open) {
    if (!full || r.have) { full = await send(r) === undefined || full; }
  }
  await settle();
  return (await store.records()).filter((r) => r.open && r.state !== "conflict").length;
}

// Sends what it can; how many wait still, or undefined when the line did not hold.
export async function sendNow() {
  clearTimeout(timer);
  let left;
  await navigator.locks.request("sunwai-sync", { ifAvailable: true }, async (mine) => {
    if (!mine) { left = await store.unsent(); return; } // somebody is at it
    try {
      left = await all();
      later = left ? Math.max(later, 2000) : 2000;
      dispatchEvent(new Event("sunwai-line"));
    } catch {
      left = undefined;
    }
  });
  if (left !== 0) {
    timer = setTimeout(sendNow, later);
    later = Math.min(LATER_MOST_MS, later * 2);
  }
  return left;
}
export function soon() {
  later = 2000;
  clearTimeout(timer);
  timer = setTimeout(sendNow, 300);
}
addEventListener("online", soon);
