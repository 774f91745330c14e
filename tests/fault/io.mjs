// io.mjs [POINTS] [SEED]: the n-th write, sync, open, truncation or removal of a file of the data folder fails, with an
// I/O error or for want of room, once or from then on; or is done by halves, or interrupted by a signal.
//
// The rules: whoever was told "filed" finds it after a restart, once; whoever was not was told so in words, with 503 and
// when to come again, and may send the same again. After a failed sync nothing is accepted any more: the web process
// ends with 75, its parent starts it anew, and it recovers. Pages that only read are answered all the time. Nothing
// crashes. A start that fails says why and ends with 75 or 78.
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { send } from '../lib/client.mjs';
import { Book, Faulty, dice, lost } from './faulty.mjs';

const points = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? 1);
const suite = new Suite('io');
const random = dice(seed);
const pick = (...from) => from[Math.floor(random(from.length))];

const LANES = 6;
const FOLDER_LIVES = 200; // points, then a new one: listing all of it takes its time

let server;
let book;
const seen = { calls: 0, hits: 0, refused: 0, ended75: 0, failedStarts: 0 };

async function fresh() {
    if (server) {
        await server.stop();
        server.remove();
    }
    server = new Faulty();
    await server.start();
    book = new Book(server, server.token('desk.nowshera'));
}

// A point of the plan: small n more often than large ones.
function draw(phase) {
    const op = phase === 'work' ? pick('write', 'write', 'write', 'sync', 'sync', 'size', 'open', 'read') : pick('write', 'sync', 'size', 'open', 'name', 'read');
    const most = { write: 2000, sync: 40, size: 4, open: 12, name: 4, read: 60 }[op];
    const kind = op === 'write' ? pick('error', 'error', 'error', 'short') : 'error';
    const error = kind === 'error' ? pick('EIO', 'EIO', 'ENOSPC', op === 'open' ? 'EACCES' : 'EINTR') : 'EIO';
    return {
        ops: [op],
        nth: Math.max(1, Math.floor(Math.exp(random(Math.log(phase === 'work' ? most : Math.min(most, 60)))))),
        times: error === 'EINTR' ? 1 : pick(1, 1, 0),
        kind,
        error,
        file: pick('', '', '-wal', 'keys.db', 'sunwai.db'),
    };
}

const told75 = () => [...server.said.matchAll(/"event":"serve\.stop"[^}]*"code":75/g)].length;

async function reads(path) {
    try {
        const r = path === '/' ? await send(`${server.url}/`) : await book.api.get(path);
        ok(r.status === 200 || (r.status === 503 && r.text.length > 0), `${path} was answered with ${r.status}: ${r.text.slice(0, 300)}`);
        return r.status;
    } catch (e) {
        if (!lost(e)) throw e;
        return 0; // under way when the process ended itself
    }
}

async function lane() {
    for (let i = 0; i < 4; i += 1) {
        const r = await book.file();
        if (r?.status === 503) seen.refused += 1;
        await reads(i % 2 ? '/' : '/cases?limit=5');
        if (r === null) return;
    }
}

async function work(plan) {
    const before = told75();
    server.arm(plan);
    await Promise.all(Array.from({ length: LANES }, lane));
    const { calls, hits } = server.counts();
    seen.calls += calls;
    seen.hits += hits;
    if (plan.ops[0] === 'sync' && hits > 0) {
        // Until it has ended itself: it must, whether or not the disk goes on failing.
        for (let waited = 0; told75() === before && waited < 5000; waited += 20) await sleep(20);
        ok(told75() > before, 'a sync failed, and it did not end with 75');
    }
    server.calm();
    seen.ended75 += told75() - before;
    // The pause before another start grows with each end: it is seen to come back by itself while that is short.
    const pause = Number([...server.said.matchAll(/"again_in_ms":(\d+)/g)].at(-1)?.[1] ?? 0);
    if (pause > 200) await server.again();
    await server.well();
}

async function startFails(plan) {
    equal(await server.stop(), 0, 'exit code of an orderly stop');
    server.said = '';
    server.arm(plan);
    try {
        await server.start();
    } catch {
        const { code } = await server.ended;
        ok(code === 75 || code === 78, `a start that fails ends with ${code}: ${server.said}`);
        match(server.said, /\w{4,}/, 'what it says');
        seen.failedStarts += 1;
    }
    seen.hits += server.counts().hits;
    server.calm();
    if (server.child.exitCode !== null) await server.start();
    await server.well();
}

async function stopFails(plan) {
    await book.file();
    server.arm(plan);
    const code = await server.stop();
    ok(code === 0 || code === 1, `an orderly stop ends with ${code}`);
    seen.hits += server.counts().hits;
    server.calm();
    await server.start();
    await server.well();
}

async function point(plan, phase) {
    const open = new Set(book.sent.keys());
    await book.file();
    await { work, start: startFails, stop: stopFails }[phase](plan);
    ok(!/"signal":[1-9]/.test(server.said), `it crashed\n${server.said}`);
    const mine = [...book.sent.keys()].filter((k) => !open.has(k));
    await book.sameAgain([...mine.slice(0, 4), ...mine.filter((k) => !book.told.has(k)).slice(0, 4), ...mine.slice(-2)]);
    server.said = '';
}

// What people see while nothing can be stored, and that what they typed is still there.
await suite.test('a form that could not be stored comes back with its words', async () => {
    await fresh();
    const { Visitor } = await import('../lib/client.mjs');
    const visitor = new Visitor(server, { 'Accept-Language': 'ur' });
    const page = await visitor.get('/track');
    server.arm({ ops: ['write'], times: 0, file: '-wal' });
    const r = await visitor.submit(page, '/track', { ref: '4128063357', pin: '123456' });
    server.calm();
    equal(r.status, 503, 'status');
    ok(r.headers['retry-after'], 'says when to come again');
    match(r.text, /value="4128063357"/, 'what was typed');
    match(r.text, /<html[^>]*lang="ur"/, 'language');
    await server.well();
});

for (let i = 0; i < points; i += 1) {
    if (i % FOLDER_LIVES === 0) await fresh();
    const phase = i % 5 === 3 ? 'start' : i % 5 === 4 ? 'stop' : 'work';
    const plan = draw(phase);
    const name = `${i + 1}, ${phase}: ${plan.kind === 'short' ? 'half done' : plan.error}, ${plan.ops[0]} ${plan.nth}${plan.times ? '' : ' and all after'} of "${plan.file}"`;
    if (!(await suite.test(name, () => point(plan, phase)))) {
        server.calm();
        await fresh();
    }
    if (i % 50 === 49 || i === points - 1) await suite.test(`all is there after ${i + 1}`, () => book.holds());
}
await suite.test('faults happened, and each kind had its consequence', async () => {
    ok(seen.hits > points / 4, `only ${seen.hits} calls failed`);
    if (points >= 60) ok(seen.refused > 0 && seen.ended75 > 0 && seen.failedStarts > 0, JSON.stringify(seen));
});
console.log(`  ${JSON.stringify(seen)}`);
await server.kill();
server.remove();
suite.done();
