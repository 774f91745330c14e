// device.mjs: a device of a desk without its web app: enrolled, given a pack and numbers, it seals what it brings with WebCrypto, as a browser does.
import { webcrypto, createHash, randomBytes } from 'node:crypto';
import { idemKey, send, Visitor } from './client.mjs';

const { subtle } = webcrypto;
const utf8 = new TextEncoder();
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function ulid(ms = Date.now()) {
    let time = '';
    for (let i = 0, t = ms; i < 10; i++, t = Math.floor(t / 32)) time = SIGNS[t % 32] + time;
    return time + [...randomBytes(16)].map((b) => SIGNS[b % 32]).join('');
}

// One record to the server's point: the bytes that travel.
export async function seal(key, record, plain, content = Buffer.alloc(0)) {
    const point = Buffer.from(key.point, 'base64url');
    const peer = await subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    const mine = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const ephemeral = new Uint8Array(await subtle.exportKey('raw', mine.publicKey));
    const shared = await subtle.importKey('raw', await subtle.deriveBits({ name: 'ECDH', public: peer }, mine.privateKey, 256), 'HKDF', false, ['deriveKey']);
    const id = Buffer.from(key.id, 'hex');
    const info = Buffer.concat([utf8.encode('sunwai sealed record 1'), id]);
    const aes = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: ephemeral, info }, shared, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    const iv = randomBytes(12);
    const json = utf8.encode(JSON.stringify(plain));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(json.length);
    const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8.encode(record) }, aes, Buffer.concat([length, json, content]));
    return Buffer.concat([utf8.encode('SWS1'), id, ephemeral, iv, Buffer.from(sealed)]);
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export class Device {
    // Somebody signs in and makes her browser a device of her desk.
    static async enrol(server, login, name = 'Desk tablet') {
        const d = new Device();
        d.server = server;
        d.login = login;
        d.browser = new Visitor(server);
        await d.browser.signIn(login);
        const r = await d.browser.submit(await d.browser.get('/devices/here'), '/devices/here', { name });
        if (r.status !== 303) throw new Error(`enrol: ${r.status} ${r.text}`);
        d.seq = 0;
        d.ahead = 0; // how far its clock runs ahead, ms
        await d.refresh();
        return d;
    }

    get cookie() {
        return this.browser.cookies.get('device') ?? this.browser.cookies.get('__Host-device');
    }

    async refresh() {
        const r = await this.browser.get('/device/pack');
        if (r.status === 200) this.pack = JSON.parse(r.text);
        return r;
    }

    now() {
        return Date.now() + this.ahead;
    }

    // The API with the device's cookie alone.
    async call(method, path, body, headers = {}) {
        const all = { Accept: 'application/json', 'Content-Type': 'application/json', Cookie: `device=${this.cookie}; __Host-device=${this.cookie}`, ...headers };
        const r = await send(`${this.server.url}/api/v1/device${path}`, { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body) });
        if (/json/.test(r.headers['content-type'] ?? '')) r.json = JSON.parse(r.text);
        return r;
    }

    lease(what, key = idemKey()) {
        return this.call('POST', '/lease', { ticket: this.pack.ticket, clock: String(this.now()), ...what }, { 'Idempotency-Key': key });
    }

    // { record, bytes }: sealed now, to be sent later.
    async make(kind, fields, more = {}, content) {
        const record = more.record ?? ulid(this.now());
        const plain = { kind, record, at: String(this.now()), by: this.login, device: this.pack.device.code, ticket: this.pack.ticket, seq: (this.seq += 1), ...more, fields };
        if (content) plain.hash = sha256(content);
        return { record, bytes: await seal(this.pack.keys[0], record, plain, content) };
    }

    part(made, offset, end, hash = sha256(made.bytes)) {
        const bytes = made.bytes.subarray(offset, end).toString('base64url');
        return this.call('POST', `/records/${made.record}`, { clock: String(this.now()), offset, total: made.bytes.length, hash, bytes });
    }

    async send(made) {
        let r;
        for (let at = 0; at < made.bytes.length; at += 32768) r = await this.part(made, at, at + 32768);
        return r;
    }

    async bring(kind, fields, more, content) {
        const made = await this.make(kind, fields, more, content);
        const r = await this.send(made);
        if (r.status !== 200) throw new Error(`upload: ${r.status} ${r.text}`);
        return made.record;
    }

    // Until none of them waits any more: { ULID: state }.
    async settled(records, until = (s) => !['partial', 'waiting'].includes(s.state)) {
        for (const end = Date.now() + 120000; Date.now() < end;) {
            const r = await this.call('POST', '/states', { records });
            if (r.status === 200 && r.json.states.length === records.length && r.json.states.every(until)) return Object.fromEntries(r.json.states.map((s) => [s.record, s]));
            await new Promise((done) => setTimeout(done, 200));
        }
        throw new Error('records still wait');
    }
}
