// faulty.mjs: a server on which calls can be made to fail while it runs (shim.c), and what must hold afterwards.
//
// What was acknowledged is a promise: `Book` keeps every filing ever sent with what was said to it, and `holds` asks
// after a restart whether all of it is there once, under the receipt that was given, and nothing twice.
import { mkdtempSync, openSync, readSync, writeSync, ftruncateSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, program, root } from '../lib/server.mjs';
import { Api, send } from '../lib/client.mjs';
import { equal, fail, ok } from '../lib/suite.mjs';

const SHIM = process.env.SHIM ?? join(root, 'build/release/fault/shim.so');
export const OPS = { write: 1, sync: 2, open: 4, size: 8, name: 16, memory: 32, read: 64 };
const KINDS = { error: 0, short: 1, lie: 2 };

// A repeatable row of numbers (mulberry32).
export function dice(seed) {
    let state = seed;
    return (below = 1) => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return (((t ^ (t >>> 14)) >>> 0) / 4294967296) * below;
    };
}

export class Faulty extends Server {
    constructor(options = {}) {
        super(options);
        this.control = join(this.home, 'control');
        this.fd = openSync(this.control, 'w+', 0o600);
        ftruncateSync(this.fd, 4096);
        this.wrap = ['env', `LD_PRELOAD=${SHIM}`, `FAULT_CTL=${this.control}`, `FAULT_DIR=${this.data}`, program];
    }

    put(at, bytes) {
        writeSync(this.fd, bytes, 0, bytes.length, at);
    }

    // From now on the n-th call of these kinds fails, and as many as `times` says from there on (0: all).
    arm({ ops, nth = 1, times = 1, error = 'EIO', kind = 'error', file = '' }) {
        this.calm();
        const name = Buffer.alloc(56);
        name.write(file);
        this.put(40, name);
        const numbers = Buffer.alloc(28);
        [0, nth, times, constants.errno[error], KINDS[kind], 0, 0].forEach((v, i) => numbers.writeUInt32LE(v, i * 4));
        this.put(0, numbers);
        const on = Buffer.alloc(4);
        on.writeUInt32LE(ops.reduce((sum, op) => sum | OPS[op], 0));
        this.put(0, on);
    }

    calm() {
        this.put(0, Buffer.alloc(4));
    }

    // How many calls were counted since arm(), and how many of them failed.
    counts() {
        const b = Buffer.alloc(8);
        readSync(this.fd, b, 0, 8, 20);
        return { calls: b.readUInt32LE(0), hits: b.readUInt32LE(4) };
    }

    // Moves the wall clock away from the true time by so many milliseconds.
    clock(ms) {
        const b = Buffer.alloc(8);
        b.writeBigInt64LE(BigInt(Math.round(ms)));
        this.put(32, b);
    }

    // Until it answers whether it is well: the milliseconds that took.
    async well(most = 20000) {
        const from = performance.now();
        for (;;) {
            try {
                const r = await send(`${this.url}/healthz`, { timeout: 3000 });
                if (r.status === 200) return performance.now() - from;
            } catch {
                // not there yet
            }
            if (performance.now() - from > most) fail(`not well after ${most} ms\n${this.said}`);
            await sleep(10);
        }
    }

    // A start from the beginning: no pause that grew from earlier ends.
    async again() {
        await this.kill();
        return this.start();
    }
}

export const lost = (e) => ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(e.code) || /socket hang up|timeout/.test(e.message);

export class Book {
    constructor(server, token) {
        this.server = server;
        this.api = new Api(server, token);
        this.sent = new Map(); // key → body
        this.told = new Map(); // key → receipt
        this.serial = 0;
    }

    body(key) {
        return { service: 'M-WAT-01', unit: 'PK52601', description: `Fault ${key}`, complainant: { sex: 'woman', name: `Name ${key}` } };
    }

    // One filing: the answer, or null when the connection was lost. 201 and 503 are what may be said.
    async file(key = `f${(this.serial += 1)}`) {
        const body = this.body(key);
        this.sent.set(key, body);
        let r;
        try {
            r = await this.api.post('/cases', body, { 'Idempotency-Key': key });
        } catch (e) {
            if (!lost(e)) throw e;
            return null;
        }
        if (r.status === 201) {
            if (this.told.has(key)) equal(r.text, this.told.get(key), `receipt of ${key}`);
            this.told.set(key, r.text);
        } else {
            ok(r.status === 503 && r.headers['retry-after'], `filing was answered with ${r.status}: ${r.text}`);
            ok(r.json?.title && r.json?.detail, `503 without words: ${r.text}`);
        }
        return r;
    }

    // Every case that the server lists: reference → description.
    async listed() {
        const found = new Map();
        for (let after = ''; after !== null;) {
            const r = await this.api.get(`/cases?limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`);
            equal(r.status, 200, r.text);
            for (const c of r.json.cases) {
                ok(!found.has(c.ref), `${c.ref} is listed twice`);
                found.set(c.ref, c.description);
            }
            after = r.json.next;
        }
        return found;
    }

    // All that was ever told is there, once.
    async holds() {
        const found = await this.listed();
        for (const [key, text] of this.told) {
            const { ref } = JSON.parse(text);
            ok(found.get(ref) === `Fault ${key}`, `acknowledged and lost: ${ref} (${key})`);
        }
        const words = [...found.values()].filter((w) => w?.startsWith('Fault '));
        equal(new Set(words).size, words.length, 'filings, each once');
        const verified = this.server.verify();
        equal(verified.code, 0, `verify: ${verified.out}${verified.err}`);
    }

    // What these keys got: the same receipt when they were acknowledged, one case from now on when they were not.
    async sameAgain(keys) {
        for (const key of keys) {
            const r = await this.file(key);
            ok(r?.status === 201, `${key} again: ${r?.status} ${r?.text}`);
            const { ref } = r.json;
            const shown = await this.api.get(`/cases/${ref}`);
            equal(shown.json?.description, `Fault ${key}`, `${ref} of ${key}`);
        }
    }
}
