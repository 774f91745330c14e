// media.mjs: small pictures, sound and papers as telephones send them, and forms that carry them.

import { formsOf, send } from './client.mjs';

// A black picture of 8 × 8 points (baseline JPEG), with what a camera writes beside it.
const BARE = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==', 'base64');

export function jpeg(beside = 'a camera') {
    const text = Buffer.from(`Exif\0\0${beside}`, 'latin1');
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(text.length + 2, 2);
    return Buffer.concat([BARE.subarray(0, 2), head, text, BARE.subarray(2)]);
}

// Sound: a tone of so many seconds, 8,000 points a second, 16 bits.
export function wav(seconds = 1) {
    const n = 8000 * seconds;
    const bytes = Buffer.alloc(44 + 2 * n);
    bytes.write('RIFF', 0);
    bytes.writeUInt32LE(36 + 2 * n, 4);
    bytes.write('WAVEfmt ', 8);
    bytes.writeUInt32LE(16, 16);
    bytes.writeUInt16LE(1, 20);
    bytes.writeUInt16LE(1, 22);
    bytes.writeUInt32LE(8000, 24);
    bytes.writeUInt32LE(16000, 28);
    bytes.writeUInt16LE(2, 32);
    bytes.writeUInt16LE(16, 34);
    bytes.write('data', 36);
    bytes.writeUInt32LE(2 * n, 40);
    for (let i = 0; i < n; i++) bytes.writeInt16LE(Math.round(8000 * Math.sin(i / 3)), 44 + 2 * i);
    return bytes;
}

// A paper of one page, with what a program writes beside it.
export function pdf(beside = 'a program') {
    return Buffer.from(`%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n`
        + '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length 17>>\nstream\nBT (Seen) Tj ET   \nendstream\nendobj\n'
        + `5 0 obj\n<</Author(${beside})>>\nendobj\ntrailer\n<</Root 1 0 R/Info 5 0 R>>\nstartxref\n0\n%%EOF\n`, 'latin1');
}

// The worker starts behind the first page: what comes before it waits to be made.
export async function workerUp(server) {
    for (let i = 0; i < 400; i++) {
        if (JSON.parse((await send(`${server.url}/healthz`)).text).worker === 'up') return;
        await new Promise((resolve) => { setTimeout(resolve, 25); });
    }
    throw new Error('the worker did not start');
}

// Fills the form of a page that goes to `action`, with files, and sends it.
export function submitFiles(visitor, page, action, values, files) {
    const form = formsOf(page.text).find((f) => (action instanceof RegExp ? action.test(f.action) : f.action === action));
    if (!form) throw new Error(`no form to ${action} on a page of status ${page.status}`);
    for (const name of ['photos', 'voice', 'pdf', 'files']) form.fields.delete(name);
    for (const [name, value] of Object.entries(values)) form.fields.set(name, value);
    const { body, headers } = multipart([...form.fields], files);
    return visitor.post(form.action, body, headers);
}

// Whoever cannot write: a complaint by voice alone, up to the page before it is sent.
export async function toldByVoice(visitor, more = {}) {
    const start = formsOf((await visitor.get('/new')).text).find((f) => f.action === '/new');
    const answers = { kind: 'complaint', group: 'water', service: 'M-WAT-01', unit: 'PK52601', later: '1', sex: 'woman', anonymous: '1', consent_hand_over: 'yes', step: '12', ...more };
    for (const [name, value] of Object.entries(answers)) start.fields.set(name, value);
    return visitor.post('/new', start.fields);
}

// multipart/form-data: fields as [name, text], files as [name, bytes, file name].
export function multipart(fields, files) {
    const border = `----sunwai${'x'.repeat(10)}`;
    const parts = [];
    for (const [name, text] of fields) parts.push(Buffer.from(`--${border}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`));
    for (const [name, bytes, as] of files) {
        parts.push(Buffer.from(`--${border}\r\nContent-Disposition: form-data; name="${name}"; filename="${as}"\r\nContent-Type: application/octet-stream\r\n\r\n`), bytes, Buffer.from('\r\n'));
    }
    parts.push(Buffer.from(`--${border}--\r\n`));
    return { body: Buffer.concat(parts), headers: { 'Content-Type': `multipart/form-data; boundary=${border}` } };
}

// A photo of noise, as heavy as its size allows (baseline JPEG, 4:2:0): each block has all its 63 coefficients, drawn at random.
export function noise(wide, high, seed = 1) {
    const segment = (mark, bytes) => Buffer.concat([Buffer.from([0xff, mark, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]), Buffer.from(bytes)]);
    // Two codes: for "no change" of the first coefficient, and for "the next one, four bits long".
    const code = (table, value) => [table, 1, ...Array(15).fill(0), value];
    const head = Buffer.concat([
        Buffer.from([0xff, 0xd8]),
        segment(0xdb, [0, ...Array(64).fill(2)]),
        segment(0xc0, [8, high >> 8, high & 255, wide >> 8, wide & 255, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]),
        segment(0xc4, [...code(0x00, 0), ...code(0x10, 4)]),
        segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    ]);
    const blocks = Math.ceil(wide / 16) * Math.ceil(high / 16) * 6;
    const out = Buffer.alloc(blocks * 40 * 1.1 | 0);
    let n = 0;
    let held = 0;
    let bits = 0;
    let state = seed;
    const put = (value, count) => {
        held = (held << count) | value;
        bits += count;
        while (bits >= 8) {
            bits -= 8;
            const byte = (held >> bits) & 255;
            out[n++] = byte;
            if (byte === 255) out[n++] = 0;
            held &= (1 << bits) - 1;
        }
    };
    for (let b = 0; b < blocks; b += 1) {
        put(0, 1);
        for (let k = 0; k < 63; k += 1) {
            state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
            put(state >>> 28, 5); // the code is a zero, its four bits behind it
        }
    }
    if (bits > 0) put((1 << (8 - bits)) - 1, 8 - bits);
    return Buffer.concat([head, out.subarray(0, n), Buffer.from([0xff, 0xd9])]);
}
