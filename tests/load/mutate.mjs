// mutate.mjs: mutated requests against the program. mutate.mjs COUNT [FIRST] [zzuf] [doona]
//
// Seeds are real requests, caught on their way: every route as the role that may use it, with values that its inputs take,
// a session, tokens and keys. mutate.c makes request number N out of N alone, so FIRST is the seed of a run. `zzuf` adds
// what zzuf makes of each (seeds 0 to 9); `doona` lets doona's HTTP module run for two minutes. Afterwards: no process of
// the server has ended, it said 5xx to nobody (but 501 and 505 to codings and versions that are none), its memory and
// descriptors have not grown since half of them were sent, pages are as before and the audit chain is whole.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Suite, equal, fail, ok } from '../lib/suite.mjs';
import { root, withServer } from '../lib/server.mjs';
import { Visitor, send } from '../lib/client.mjs';
import { ENDS, Person, goodValue, routes } from '../lib/routes.mjs';

const [count, first = 1] = process.argv.slice(2).filter((a) => /^\d+$/.test(a)).map(Number);
const GROWN_KB = 1024;

// Passes on what it gets and keeps each request: a client sends the next one only after the answer.
async function catcher(port) {
    const caught = new Set();
    const server = createServer((from) => {
        let request = [];
        const on = connect({ port, host: '127.0.0.1' });
        from.on('data', (piece) => { request.push(piece); on.write(piece); });
        on.on('data', (piece) => {
            if (request.length) caught.add(Buffer.concat(request).toString('latin1'));
            request = [];
            from.write(piece);
        });
        for (const [a, b] of [[from, on], [on, from]]) a.on('error', () => {}).on('close', () => b.destroy());
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { caught, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// One request of each route, of some in several forms, as its own people ask it.
async function seedsOf(server) {
    const net = await catcher(server.port);
    const there = { url: net.url, logins: server.logins, token: (u) => server.token(u) };
    const people = {};
    for (const role of ['nobody', 'desk', 'supervisor']) people[role] = await new Person(there, role).come();
    const made = await people.desk.api.post('/cases', { service: 'M-WAT-01', unit: 'PK52601', description: 'No water', complainant: { sex: 'woman', name: 'Shazia' } });
    const visitor = new Visitor(there);
    const opened = await visitor.submit(await visitor.get('/track'), '/track', { ref: made.json.ref, pin: made.json.pin });
    const world = { ref: made.json.ref, login: 'officer.pabbi', opened: new URL(opened.headers.location, server.url).searchParams.get('case') };
    const who = { public: 'nobody', 'user.manage': 'supervisor', oversee: 'supervisor', digest: 'supervisor' };
    for (const route of routes) {
        if (ENDS.has(`${route.method} ${route.path}`)) continue;
        const person = people[who[route.permission] ?? 'desk'];
        if (route.method === 'POST' && /^\/login\/./.test(route.path)) continue; // a password's hash is dear: /login is enough of that
        const good = Object.fromEntries(route.inputs.map((n) => [n.name, goodValue(route, n, world)]));
        await person.ask(route, good);
        for (const input of route.inputs.filter((n) => n.choices && n.choices.length > 3)) {
            for (const choice of input.choices.slice(0, /act/.test(input.name) ? 20 : 3)) await person.ask(route, { ...good, [input.name]: choice });
        }
    }
    for (const path of ['/', '/cases', '/new', '/nowhere', '/assets/site.css', '/healthz']) {
        await people.desk.browser.get(path, { 'Accept-Language': 'ur, en;q=0.5', 'If-None-Match': '"x"', 'Accept-Encoding': 'gzip' });
        await people.nobody.browser.go('HEAD', path);
    }
    net.close();
    // Forms as multipart, and a body in chunks: a browser sends the first, a proxy may send the second.
    const some = [...net.caught];
    const form = some.find((s) => s.startsWith('POST /new ')) ?? fail('no form');
    const [head, body] = form.split('\r\n\r\n');
    const parts = [...new URLSearchParams(body)].map(([n, v]) => `--b\r\nContent-Disposition: form-data; name="${n}"\r\n\r\n${v}\r\n`).join('');
    some.push(head.replace(/content-type:[^\r]*/i, 'Content-Type: multipart/form-data; boundary=b').replace(/content-length: \d+/i, `Content-Length: ${Buffer.byteLength(parts) + 5}`) + `\r\n\r\n${parts}--b--`);
    some.push(head.replace(/content-length: \d+/i, 'Transfer-Encoding: chunked') + `\r\n\r\n${Buffer.byteLength(body, 'latin1').toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    return some.map((s) => Buffer.from(s, 'latin1'));
}

function zzufed(list) {
    const more = [];
    for (const s of list) {
        for (let seed = 0; seed < 10; seed += 1) {
            const r = spawnSync('zzuf', ['-s', String(seed), '-r', '0.002:0.02'], { input: s });
            if (r.status === 0 && r.stdout.length > 0) more.push(r.stdout);
        }
    }
    return more;
}

const pack = (list) => Buffer.concat(list.flatMap((s) => [Buffer.from(`${s.length}\n`), s]));

// Of the web process: what of its memory is its own, and what it has open.
function measure(pid) {
    const own = /^Private_Dirty:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1];
    return { pid, kb: Number(own), files: readdirSync(`/proc/${pid}/fd`).length };
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
    const children = () => server.children().sort().join(' ');
    let seeds = await seedsOf(server);
    if (process.argv.includes('zzuf')) seeds = [...seeds, ...zzufed(seeds)];
    const file = join(home, 'seeds');
    writeFileSync(file, pack(seeds));
    const before = children();
    const page = (await send(`${server.url}/`)).text.length;
    const half = Math.ceil(count / 2);
    const warm = await mutate(server.port, file, first, half, home);
    const early = web();
    const rest = await mutate(server.port, file, first + half, count - half, home);
    const late = web();
    console.log(`  ${rest.said.trim()}`);
    console.log(`  its own memory ${(early.kb / 1024).toFixed(1)} MiB half way, ${(late.kb / 1024).toFixed(1)} MiB at the end; files ${early.files}, ${late.files}`);
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
    await suite.test('no process ended', () => equal(children(), before));
    await suite.test('nobody was told 5xx', async () => {
        const metrics = (await send(`${server.url}/metrics`)).text;
        equal([...metrics.matchAll(/^sunwai_requests_total\{.*status="5xx"\} [1-9].*$/gm)].map((m) => m[0]), []);
        equal([...server.said.matchAll(/^.*"level":"error".*$/gm)].map((m) => m[0]).slice(0, 3), []);
    });
    await suite.test('nothing grew', () => {
        ok(late.kb - early.kb <= GROWN_KB, `${late.kb - early.kb} KiB`);
        ok(late.files <= early.files + 2, `${late.files - early.files} descriptors`);
    });
    await suite.test('pages are as before', async () => equal((await send(`${server.url}/`)).text.length, page));
    await suite.test('the audit chain is whole', () => equal(server.verify().code, 0));
});
for (const f of readdirSync(home).filter((n) => n.endsWith('.request'))) cpSync(join(home, f), join(root, 'build', f));
rmSync(home, { recursive: true, force: true });
suite.done();
