/* Sealing a record to the server's public key, as src/feature/device/README.md says: P-256 ECDH, HKDF-SHA-256, AES-256-GCM
   with the record's ULID as additional data. Nobody can open it here again. */
const encoder = new TextEncoder();
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const MOST = 2 << 20;

export function ulid(now = Date.now()) {
  let head = "";
  for (let i = 0; i < 10; i++) { head = ALPHABET[now % 32] + head; now = Math.floor(now / 32); }
  return head + Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => ALPHABET[b % 32]).join("");
}

export const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");
export const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
export function base64url(bytes) {
  let s = "";
  for (let i = 0; i < bytes.length; i += 8192) { s += String.fromCharCode(...bytes.subarray(i, i + 8192)); }
  return btoa(s).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
export const unbase64url = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) { all.set(p, at); at += p.length; }
  return all;
}

// What the queue keeps of a record: { id, kind, at, sealed, hash, have, state, open, seq, of }.
export async function seal(serverKey, meta, content = new Uint8Array()) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const id = Uint8Array.from(serverKey.id.match(/../g), (h) => parseInt(h, 16));
  const server = await crypto.subtle.importKey("raw", unbase64url(serverKey.point), curve, false, []);
  const mine = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, mine.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = joined(encoder.encode("sunwai sealed record 1"), id);
  const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: point, info }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const json = encoder.encode(JSON.stringify(content.length ? { ...meta, hash: await sha256(content) } : meta));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(meta.record) }, key, joined(length, json, content));
  const sealed = joined(encoder.encode("SWS1"), id, point, iv, new Uint8Array(closed));
  if (sealed.length > MOST) { throw new RangeError("too large"); }
  return { id: meta.record, kind: meta.kind, at: Number(meta.at), sealed, hash: await sha256(sealed), have: 0, state: "waiting", open: 1, seq: meta.seq, of: meta.of };
}

// A file that `sunwai import sealed` reads: mark, then ULID, code of the device, length and bytes of each record.
export function sealedFile(device, records) {
  const code = encoder.encode(device);
  const parts = [encoder.encode("SWX1")];
  for (const r of records) {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, r.sealed.length);
    parts.push(encoder.encode(r.id), Uint8Array.of(code.length), code, length, r.sealed);
  }
  return new Blob(parts, { type: "application/octet-stream" });
}
