// full.mjs [POINTS] [SEED] [must]: the disk fills up, at random points, under a server that works.
//
// A small tmpfs in a mount namespace of its own, with a filler beside the data folder. While it is full: reading,
// signing in and tracking go on, filings are refused with 503, in words, in her language, and what she typed is still in
// the form. When room is made it files again without a restart, and nothing that was acknowledged is missing. A start on
// the full disk too. Without the right to mount it says so and is skipped; with `must` that counts as failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, openSync, closeSync, rmSync, statfsSync, unlinkSync, writeSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';
import { Visitor, formsOf, idemKey } from '../lib/client.mjs';
import { Book, dice } from './faulty.mjs';

const points = Number(process.argv[2] ?? 6);
const seed = Number(process.argv[3] ?? 1);
const suite = new Suite('full');
const DISK_MB = 56;

// Once more, as the only ones who see the mount: it goes with the last process in there.
if (!process.env.SUNWAI_FULL_DISK) {
    const disk = mkdtempSync(join(tmpdir(), 'sunwai-full.'));
    const inside = `mount -t tmpfs -o size=${DISK_MB}m,mode=700 tmpfs "$SUNWAI_FULL_DISK" || exit 99; exec "$@"`;
    const env = { ...process.env, SUNWAI_FULL_DISK: disk };
    const words = ['sh', '-c', inside, 'sh', process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    let done;
    for (const how of [['-m'], ['-rm']]) {
        done = spawnSync('unshare', [...how, ...words], { env, stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' });
        if (done.status !== 99 && !/^unshare: /m.test(done.stderr ?? 'unshare: ')) break;
    }
    rmSync(disk, { recursive: true, force: true });
    if (done.status === 99 || /^unshare: /m.test(done.stderr ?? 'unshare: ')) {
        const bad = process.argv.includes('must') ? 1 : 0;
        console.log(`SKIPPED: a small disk cannot be mounted here: ${done.stderr ?? done.error}`);
        console.log(`full: ${1 - bad} passed, ${bad} failed`);
        process.exit(bad);
    }
    process.stderr.write(done.stderr);
    process.exit(done.status ?? 1);
}

const disk = process.env.SUNWAI_FULL_DISK;
const filler = join(disk, 'filler');
const random = dice(seed);
const block = Buffer.alloc(4096);

const free = () => {
    const s = statfsSync(disk);
    return s.bavail * s.bsize;
};
// Takes all but `left` bytes.
function fill(left) {
    const fd = openSync(filler, 'a');
    try {
        while (free() > left) writeSync(fd, block);
    } catch (e) {
        if (e.code !== 'ENOSPC') throw e;
    }
    closeSync(fd);
}
const makeRoom = () => existsSync(filler) && unlinkSync(filler);

const server = new Server({ data: join(disk, 'data') });
await server.start();
const book = new Book(server, server.token('desk.nowshera'));
const desk = new Visitor(server, { 'Accept-Language': 'ur' });
await desk.signIn('desk.nowshera');

await book.file();

// Everything a person may do on a full disk, in Urdu.
async function peopleAreServed(ref) {
    const newcomer = new Visitor(server, { 'Accept-Language': 'ur' });
    const inside = await newcomer.signIn('desk.nowshera');
    equal(inside.status, 303, `signing in on a full disk; ${server.said.slice(-1200)}`);
    equal((await newcomer.follow(inside)).status, 200, 'her first page');
    const list = await desk.get('/cases');
    equal(list.status, 200, 'the list of cases');
    equal((await desk.get(`/cases/${ref.replace(/-/g, '')}`)).status, 200, 'the page of a case');
    const public_ = new Visitor(server, { 'Accept-Language': 'ur' });
    const look = await public_.get('/track');
    const wrong = await public_.submit(look, '/track', { ref, pin: '000000' });
    equal(wrong.status, 422, 'a wrong PIN is said to be wrong');
    match(wrong.text, /lang="ur"/, 'language');
}

// The last step of the public form, then what she sees.
async function herFormComesBack() {
    const her = new Visitor(server, { 'Accept-Language': 'ur' });
    const words = 'گلی میں تین دن سے پانی نہیں آیا';
    const page = await her.get('/new');
    const token = formsOf(page.text).find((f) => f.fields.has('_token')).fields.get('_token');
    const fields = { _token: token, _key: idemKey(), step: '5', service: 'M-WAT-01', unit: 'PK52601', description: words, sex: 'woman' };
    const r = await her.post('/new/send', new Map(Object.entries(fields)));
    equal(r.status, 503, 'the public form on a full disk');
    match(r.text, /lang="ur"/, 'language');
    ok(r.text.includes(words), 'her words are still in the form');
    return () => her.post('/new/send', new Map(Object.entries(fields)));
}

let refused = 0;
async function point(i) {
    const left = Math.floor(random(1) < 0.5 ? random(64 * 1024) : random(4 * 1024 * 1024));
    fill(left);
    const [pid] = server.children();
    const before = book.told.size;
    for (let n = 0; n < 400; n += 1) {
        const answers = await Promise.all(Array.from({ length: 8 }, () => book.file()));
        ok(!answers.includes(null), `a connection was lost\n${server.said.slice(-2000)}`);
        const no = answers.find((r) => r.status === 503);
        if (no) {
            refused += 1;
            equal(no.headers['retry-after'] > 0, true, 'when to come again');
            break;
        }
    }
    const full = (await book.api.get('/cases?limit=1')).json.cases[0];
    fill(0);
    for (let round = 0; round < 3; round += 1) await peopleAreServed(full.ref);
    const again = i % 4 === 0 ? await herFormComesBack() : null;
    if (i % 4 === 3) {
        // Whoever starts it now: what was told is there, and people are served as far as it goes.
        await server.kill();
        await server.start();
        await book.holds();
    }
    makeRoom();
    for (let waited = 0; ; waited += 50) {
        const r = await book.file();
        if (r.status === 201) break;
        ok(waited < 5000, `not filing again five seconds after there is room: ${r.status}`);
        await sleep(50);
    }
    if (again) equal((await again()).status, 303, 'the same form, with room');
    if (i % 4 !== 3) ok(server.children().includes(pid), 'the process that serves');
    ok(book.told.size > before, 'something was filed');
    await book.sameAgain([...book.sent.keys()].slice(-10));
}

for (let i = 0; i < points; i += 1) {
    if (!(await suite.test(`point ${i + 1}`, () => point(i)))) break;
    if (i % 20 === 19 || i === points - 1) await suite.test(`all is there after ${i + 1}`, () => book.holds());
}
await suite.test('the disk was full', async () => ok(refused >= points, `refused in ${refused} of ${points} points`));
await suite.test('it stops in order', async () => equal(await server.stop(), 0, 'exit code'));
server.remove();
suite.done();
