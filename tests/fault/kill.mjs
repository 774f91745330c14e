// kill.mjs [TIMES] [SEED]: kill -9 amid eight writers, again and again, on a growing folder; a new one every 20 rounds.
//
// What a writer was told is a promise: after each restart every acknowledged reference is there exactly once, asking
// again with the same key gives the same receipt, whatever was under way happened once or not at all, and
// `sunwai verify` finds an unbroken chain. The first answer after a restart comes within two seconds.
// By turns the whole process group is killed, or the child alone, which the parent then replaces by itself, or the
// parent alone: then the child ends too, and neither the folder nor the address is held by anybody.
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, fail, ok } from '../lib/suite.mjs';
import { Server, run } from '../lib/server.mjs';
import { send } from '../lib/client.mjs';

const WRITERS = 8;
const UP_MS = Number(process.env.UP_MS ?? 2000);
const times = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? 1);
const suite = new Suite('kill');

// A repeatable row of numbers: how long each round lasts (mulberry32).
let state = seed;
function random() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const FOLDER_LIVES = 20; // rounds: all of it is listed in each
let server;
let sent; // key → body, of every filing ever sent
let told; // key → receipt, of those that were acknowledged
let headers;
let serial = 0;
let acknowledged = 0;

async function newFolder() {
    if (server) server.remove();
    server = new Server();
    sent = new Map();
    told = new Map();
    await server.start();
    headers = { Authorization: `Bearer ${server.token('desk.nowshera')}`, 'Content-Type': 'application/json' };
}

async function endInOrder() {
    equal(await server.stop(), 0, 'exit code');
    await server.start();
    await everythingIsThereOnce([...told.keys()].slice(0, 1));
    acknowledged += told.size;
    await server.kill();
}

// The parent is killed: its child must not go on writing without it.
async function orphan(child) {
    process.kill(server.child.pid, 'SIGKILL');
    await server.ended;
    for (let waited = 0; isThere(child) && waited < 2000; waited += 2) await sleep(2);
    ok(!isThere(child), 'the child outlived its parent by two seconds');
    let took; // a process that ends has no words any more a little before it lets its files go
    for (let tries = 0; tries < 20 && took?.code !== 0; tries += 1) {
        await sleep(tries > 0 ? 50 : 0);
        took = run('migrate', '--data', server.data); // takes the lock
    }
    equal(took.code, 0, `the folder is still held: ${took.err}`);
    await server.start();
}

async function post(key, body, via) {
    return send(`${server.url}/api/v1/cases`, { method: 'POST', headers: { ...headers, 'Idempotency-Key': key }, body, via, timeout: 20000 });
}

async function writer(n, until) {
    const via = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!until.reached) {
        serial += 1;
        const key = `k${n}-${serial}`;
        const body = JSON.stringify({ service: 'M-WAT-01', unit: 'PK52601', description: `Kill ${key}`, complainant: { sex: 'woman', name: `Name ${key}` } });
        sent.set(key, body);
        try {
            const r = await post(key, body, via);
            if (r.status === 201) told.set(key, r.text);
            else if (r.status !== 503) throw new Error(`${r.status} ${r.text}`);
        } catch (e) {
            if (!['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(e.code) && !/socket hang up|timeout/.test(e.message)) until.odd.push(String(e));
            if (!until.killed) await sleep(5);
            else break; // under way when the server went: nobody knows
        }
    }
    via.destroy();
}

function commandOf(pid) {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
        return [];
    }
}
const isThere = (pid) => commandOf(pid)[1] === 'web'; // one that nobody has waited for yet has no words left

async function firstAnswer(from) {
    for (;;) {
        try {
            const r = await send(`${server.url}/healthz`, { via: new Agent(), timeout: 2000 });
            if (r.status === 200) return performance.now() - from;
        } catch {
            // not there yet
        }
        if (performance.now() - from > 20000) fail(`no answer 20 s after the restart\n${server.said}`);
        await sleep(10);
    }
}

// Every reference that the server lists, with how often.
async function listed() {
    const found = new Map();
    let after = '';
    do {
        const r = await send(`${server.url}/api/v1/cases?limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`, { headers });
        equal(r.status, 200, r.text);
        const page = JSON.parse(r.text);
        for (const c of page.cases) found.set(c.ref, [...(found.get(c.ref) ?? []), c.description]);
        after = page.next;
    } while (after !== null);
    return found;
}

async function everythingIsThereOnce(openKeys) {
    const found = await listed();
    const twice = [...found].filter(([, all]) => all.length > 1);
    ok(twice.length === 0, `listed twice: ${twice.slice(0, 3)}`);
    for (const [key, text] of told) {
        const { ref } = JSON.parse(text);
        ok(found.get(ref)?.[0] === `Kill ${key}`, `acknowledged and lost: ${ref} (${key})`);
    }
    // What nobody was told about stands there once or not at all.
    const byWords = new Map();
    for (const [ref, [words]] of found) {
        ok(!byWords.has(words), `${words} was filed twice: ${ref} and ${byWords.get(words)}`);
        byWords.set(words, ref);
    }
    // Asked again: the same receipt for what was acknowledged lately; for what was not, one case from now on.
    const again = [...openKeys, ...[...told.keys()].slice(-40), ...[...told.keys()].slice(0, 5)];
    for (const key of again) {
        const r = await post(key, sent.get(key));
        equal(r.status, 201, `${key} again: ${r.text}`);
        if (told.has(key)) equal(r.text, told.get(key), `receipt of ${key}`);
        const stored = byWords.get(`Kill ${key}`);
        if (stored) equal(JSON.parse(r.text).ref, stored, `reference of ${key}`);
        told.set(key, r.text);
    }
    const changed = await post(again[0], sent.get(again[0]).replace('Kill', 'Changed'));
    equal(changed.status, 409, 'other content under a used key');
}

const victims = ['the whole group', 'the child', 'the parent'];
const starts = [];
async function round(i) {
    const until = { reached: false, killed: false, odd: [] };
    const before = told.size;
    const openBefore = new Set(sent.keys());
    const writers = Array.from({ length: WRITERS }, (_, n) => writer(n, until));
    await sleep(30 + random() * 300);
    for (let waited = 0; told.size === before && waited < 10000; waited += 5) await sleep(5); // under sanitizers
    const [child] = server.children().filter((pid) => commandOf(pid)[1] === 'web');
    ok(child, 'the server has a child');
    const from = performance.now();
    until.killed = true;
    until.reached = true;
    if (i % 3 === 1) {
        process.kill(child, 'SIGKILL');
    } else if (i % 3 === 2) {
        await orphan(child);
    } else {
        await server.kill();
        await server.start();
    }
    const up = await firstAnswer(from);
    starts.push(up);
    await Promise.all(writers);
    ok(until.odd.length === 0, `other failures than a lost connection: ${until.odd[0]}`);
    ok(told.size > before, 'nothing was acknowledged in this round: it proves nothing');
    const open = [...sent.keys()].filter((k) => !openBefore.has(k) && !told.has(k));
    await everythingIsThereOnce(open);
    ok(up < UP_MS, `${Math.round(up)} ms until the first answer`);
    const verified = server.verify();
    equal(verified.code, 0, `verify: ${verified.out}${verified.err}`);
}

try {
    for (let i = 0; i < times; i += 1) {
        if (i % FOLDER_LIVES === 0) await newFolder();
        if (!(await suite.test(`round ${i + 1}, ${victims[i % 3]} killed`, () => round(i)))) break;
        if (i % FOLDER_LIVES === FOLDER_LIVES - 1 || i === times - 1) {
            await suite.test(`after round ${i + 1} it stops in order and nothing is missing`, endInOrder);
        }
    }
    console.log(`  ${acknowledged} acknowledged; restart to first answer: ${Math.round(Math.max(...starts))} ms at most`);
} finally {
    await server.kill();
    server.remove();
}
suite.done();
