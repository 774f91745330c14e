// mutate.mjs: mutated requests against the program. mutate.mjs COUNT [FIRST] [zzuf] [doona]
//
// Seeds are real requests, caught on their way: every route as the role that may use it, with values that its inputs take,
// a session, tokens and keys. mutate.c makes request number N out of N alone, so FIRST is the seed of a run. `zzuf` adds
// what zzuf makes of each (seeds 0 and 1); `doona` lets doona's HTTP module run for two minutes. Afterwards: no process of
// the server has ended, it said 5xx to nobody (but 501 and 505 to codings and versions that are none), its memory (but for pages
// of what was stored) and descriptors have not grown since half of them were sent, pages are as before and the audit chain is whole.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Suite, equal, ok } from '../lib/suite.mjs';
import { program, root, withServer } from '../lib/server.mjs';
import { send } from '../lib/client.mjs';
import { seedsOf } from '../lib/seeds.mjs';

const [count, first = 1] = process.argv.slice(2).filter((a) => /^\d+$/.test(a)).map(Number);
const SOWN = 50000;
// A first part warms up: what was let in is stored, and writer and readers keep pages of it, up to their bounds.
const LONG = 100000, GROWN_KB = 1024, FILLING_KB = 3072, WRITER_CACHE_KB = 12 * 1024, READER_CACHE_KB = 4 * 1024;

function zzufed(list) {
    const more = [];
    for (const s of list) {
        for (let seed = 0; seed < 2; seed += 1) {
            const r = spawnSync('zzuf', ['-s', String(seed), '-r', '0.0005:0.004'], { input: s });
            if (r.status === 0 && r.stdout.length > 0) more.push(r.stdout);
        }
    }
    return more;
}

const pack = (list) => Buffer.concat(list.flatMap((s) => [Buffer.from(`${s.length}\n`), s]));

// Of the web process: what of its memory is its own, what it has open, and how many connections to the database.
function measure(pid) {
    const own = /^Private_Dirty:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1];
    const files = readdirSync(`/proc/${pid}/fd`);
    const to = (f) => { try { return readlinkSync(`/proc/${pid}/fd/${f}`); } catch { return ''; } }; // closed meanwhile
    return { pid, kb: Number(own), files: files.length, connections: files.filter((f) => to(f).endsWith('/sunwai.db')).length };
}

// By how much it may grow since the middle: what its caches then lacked of being full. A short run ends while they
// still fill: by what was stored, for each connection, and little more.
function mayGrow(start, early, late, stored) {
    const full = start.kb + WRITER_CACHE_KB + READER_CACHE_KB * (late.connections - 1);
    const room = Math.max(0, full - early.kb);
    return GROWN_KB + (count >= LONG ? room : Math.min(room, FILLING_KB + late.connections * stored));
}

function mutate(port, file, from, n, home) {
    return new Promise((resolve) => {
        const child = spawn(join(root, 'build/load/mutate'), [String(port), file, String(from), String(n), home], { stdio: ['ignore', 'pipe', 'inherit'] });
        let said = '';
        child.stdout.on('data', (piece) => { said += piece; });
        child.on('exit', (code) => resolve({ code, said, n: Object.fromEntries([...said.matchAll(/(\w+)=(\d+)/g)].map(([, k, v]) => [k, Number(v)])) }));
    });
}

function doona(port) {
    return new Promise((resolve) => {
        const child = spawn('timeout', ['120', 'doona', '-m', 'HTTP', '-t', '127.0.0.1', '-o', String(port), '-d'], { stdio: ['ignore', 'pipe', 'pipe'], cwd: tmpdir() });
        let said = '';
        for (const s of [child.stdout, child.stderr]) s.on('data', (piece) => { said = (said + piece).slice(-2000); });
        child.on('exit', (code) => resolve({ code, said }));
    });
}

const suite = new Suite('mutate');
const home = mkdtempSync(join(tmpdir(), 'sunwai-mutate.'));
await withServer({ cases: 20 }, async (server) => {
    const web = () => server.children().map(measure).sort((a, b) => b.kb - a.kb)[0];
    const kbOf = () => statSync(join(server.data, 'sunwai.db')).size / 1024;
    const children = () => server.children();
    const file = join(home, 'seeds');
    let seeds;
    // Sessions end, and what was done cannot be done again: from time to time there are new seeds.
    const people = {};
    const sow = async () => {
        seeds = (await seedsOf(server, people)).map((s) => s.bytes);
        if (process.argv.includes('zzuf')) seeds = [...seeds, ...zzufed(seeds)];
        writeFileSync(file, pack(seeds));
    };
    const mutated = async (from, n) => {
        const all = { code: 0, said: '', n: {} };
        for (let done = 0; done < n; done += SOWN) {
            await sow();
            const r = await mutate(server.port, file, from + done, Math.min(SOWN, n - done), home);
            all.code = all.code || r.code;
            all.said += r.said.replace(/^seeds=.*\n/m, '');
            for (const [k, v] of Object.entries(r.n)) all.n[k] = k === 'seeds' ? v : (all.n[k] ?? 0) + v;
        }
        return all;
    };
    const before = children();
    const start = web();
    const page = (await send(`${server.url}/`)).text.length;
    const half = Math.ceil(count / 2);
    const warm = await mutated(first, half);
    const early = { ...web(), stored: kbOf() };
    const rest = await mutated(first + half, count - half);
    const late = web();
    const stored = kbOf() - early.stored;
    console.log(`  ${Object.keys(rest.n).map((k) => `${k} ${k === 'seeds' ? rest.n[k] : rest.n[k] + warm.n[k]}`).join(', ')}`);
    console.log(`  its own memory ${(start.kb / 1024).toFixed(1)} MiB at first, ${(early.kb / 1024).toFixed(1)} MiB half way, ${(late.kb / 1024).toFixed(1)} MiB at the end, the database grew by ${(stored / 1024).toFixed(1)} MiB; files ${early.files}, ${late.files}; ${late.connections} connections`);
    await suite.test(`${count} mutated requests of ${seeds.length} seeds, from number ${first}`, () => {
        equal([warm.code, rest.code], [0, 0], (warm.said + rest.said).slice(-1500));
        ok(seeds.length > 100, 'seeds');
        ok(rest.n['2xx'] > 0 && rest.n['3xx'] > 0 && rest.n['4xx'] > 0, 'let in and refused');
        ok(rest.n.silent < rest.n.sent / 4, `${rest.n.silent} without an answer`); // heads that never ended
    });
    if (process.argv.includes('doona')) {
        await suite.test('doona', async () => {
            const r = await doona(server.port);
            ok(r.code === 0 || r.code === 124, r.said);
        });
    }
    await suite.test('no process ended', () => equal(before.filter((pid) => !children().includes(pid)), []));
    await suite.test('nobody was told 5xx', async () => {
        const metrics = (await send(`${server.url}/metrics`)).text;
        equal([...metrics.matchAll(/^sunwai_requests_total\{.*status="5xx"\} [1-9].*$/gm)].map((m) => m[0]), []);
        equal([...server.said.matchAll(/^.*"level":"error".*$/gm)].map((m) => m[0]).slice(0, 3), []);
    });
    // A sanitizer keeps what was freed; at the end it says itself what was lost, and withServer() hears that.
    if (!/asan/.test(program)) await suite.test('nothing grew', () => {
        const most = mayGrow(start, early, late, stored);
        ok(late.connections > 1, 'no connection to the database was counted');
        ok(late.kb - early.kb <= most, `${late.kb - early.kb} KiB, ${most} at most; the database by ${stored} KiB`);
        // The writer opens a second look at the database when its log is moved for the first time (store/flusher.h).
        ok(late.files <= early.files + 6, `${late.files - early.files} descriptors`);
    });
    await suite.test('pages are as before', async () => equal((await send(`${server.url}/`)).text.length, page));
    await suite.test('the audit chain is whole', () => equal(server.verify().code, 0));
});
for (const f of readdirSync(home).filter((n) => n.endsWith('.request'))) cpSync(join(home, f), join(root, 'build', f));
rmSync(home, { recursive: true, force: true });
suite.done();
