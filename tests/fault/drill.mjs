// drill.mjs [CASES] [NAMES]: a data folder lost and brought back, as an office would live through it.
//
// Complaints come in while the first backup is made; somebody asks to be forgotten; a second one is made at rest. Then
// each way back is tried: the second one, row by row and name by name against what was served; the first one, with and
// without the knowledge of the second; with the keys of another day; without any; and every file that must be refused.
// NAMES: of how many cases who it is is asked of both servers (all keys are compared in any case).
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, fail, match, ok } from '../lib/suite.mjs';
import { Server, program, run, runFor } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey, send } from '../lib/client.mjs';
import { jpeg, multipart, wav } from '../lib/media.mjs';

const cases = Number(process.argv[2] ?? 60);
const names = Number(process.argv[3] ?? 40);
const PATIENCE_MS = 30 * 60 * 1000;
const suite = new Suite('drill');
const home = mkdtempSync(join(tmpdir(), 'sunwai-drill.'));
const at = (...parts) => join(home, ...parts);

// What a restore changes: everybody is signed out, and the restore is noted.
const RENEWED = new Set(['session', 'api_token', 'backup', 'audit', 'mark', 'destroyed_key']);

function sql(folder, file, text) {
    const done = spawnSync('sqlite3', ['-readonly', join(folder, file), text], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`sqlite3: ${done.stderr}`);
    return done.stdout.trim();
}
const tables = (folder, file) => sql(folder, file, "select name from sqlite_master where type = 'table' and rootpage > 0 order by name").split('\n');
// One hash over all rows of each table.
function hashes(folder, file) {
    const of = new Map();
    for (const t of tables(folder, file)) of.set(t, sql(folder, file, `.sha3sum ${t}`));
    return of;
}

function backup(folder, file) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, ['backup', '--data', folder, '--out', file], { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '';
        child.stdout.on('data', (piece) => { out += piece; });
        child.stderr.on('data', (piece) => { out += piece; });
        child.on('error', reject);
        child.on('exit', (code) => resolve({ code, out }));
    });
}
function restore(into, file, key, ...more) {
    const began = performance.now();
    const done = runFor(PATIENCE_MS, 'restore', '--data', into, '--from', file, '--key', key, ...more);
    return { ...done, seconds: (performance.now() - began) / 1000 };
}
function restored(into, file, key, ...more) {
    const done = restore(into, file, key, ...more);
    equal(done.code, 0, done.err);
    return done;
}
function refused(what, words, file, key, ...more) {
    const into = at('refused');
    const done = restore(into, file, key, ...more);
    equal(done.code, 1, `${what}: ${done.out}${done.err}`);
    match(done.err, words, what);
    ok(!existsSync(into), `${what}: something was left behind: ${existsSync(into) && readdirSync(into)}`);
}

async function served(folder, body) {
    const server = new Server({ existing: folder });
    try {
        await server.start();
        await body(server, new Api(server, server.token('desk.nowshera')));
        equal(await server.stop(), 0, 'exit code of the server');
    } finally {
        server.remove();
    }
}

let serial = 0;
async function file(api, more = {}) {
    serial += 1;
    const who = { sex: 'woman', name: `Canary ${serial}`, phone: `0301 77${String(serial).padStart(5, '0')}`, whose_phone: 'own', safe_call: true, ...more };
    const r = await api.post('/cases', { service: 'M-WAT-01', unit: 'PK52601', description: `Drill ${serial}`, complainant: who }, { 'Idempotency-Key': idemKey() });
    equal(r.status, 201, r.text);
    return { ref: r.json.ref, name: who.name };
}
// A photo and a recording of hers, and what is shown of them again.
async function bring(visitor, ref) {
    const at = `/cases/${ref.replaceAll('-', '')}/evidence`;
    const form = formsOf((await visitor.get(at)).text).find((f) => /evidence$/.test(f.action));
    form.fields.set('words', 'As she brought it');
    for (const name of ['photos', 'voice', 'pdf']) form.fields.delete(name);
    const { body, headers } = multipart([...form.fields], [['photos', jpeg(), 'a.jpg'], ['voice', wav(20), 'b.wav']]);
    equal((await visitor.post(form.action, body, headers)).status, 303);
}
async function shown(visitor, ref) {
    const at = `/cases/${ref.replaceAll('-', '')}`;
    const all = [await visitor.get(`${at}/evidence/1`), await visitor.get(`${at}/voice/2`)];
    return all.map((r) => [r.status, r.status === 200 ? r.raw.toString('base64') : '']);
}
async function whoIs(api, ref) {
    const r = await api.get(`/cases/${ref}`);
    equal(r.status, 200, `${ref}: ${r.text}`);
    return r.json.complainant;
}

const made = runFor(PATIENCE_MS, 'demo', '--data', at('data'), '--cases', String(cases));
const source = new Server({ existing: at('data') });
const backups = at('backups');
const key = join(source.data, 'key');
mkdirSync(backups);
const one = join(backups, 'one');
const two = join(backups, 'two');
const known = { before: [], during: [], between: [], identities: new Map() };
let desk;
let cookie;

async function fileUntil(until, into) {
    while (!until.over) into.push(await file(desk));
}

try {
    equal(made.code, 0, made.err);
    await source.start();
    const token = source.token('desk.nowshera');
    desk = new Api(source, token);

    await suite.test('a backup while four clients file: none is refused, both files are closed to others', async () => {
        for (let i = 0; i < 5; i += 1) known.before.push(await file(desk));
        while (JSON.parse((await send(`${source.url}/healthz`)).text).worker !== 'up') await sleep(50);
        const officer = new Visitor(source);
        await officer.signIn('desk.nowshera');
        for (const c of known.before.slice(0, 2)) await bring(officer, c.ref);
        known.shown = await shown(officer, known.before[1].ref);
        equal(known.shown.map(([status]) => status), [200, 200]);
        const until = { over: false };
        const clients = Array.from({ length: 4 }, () => fileUntil(until, known.during));
        const done = await backup(source.data, one);
        until.over = true;
        await Promise.all(clients);
        equal(done.code, 0, done.out);
        match(done.out, /read back/);
        ok(known.during.length > 0, 'nothing was filed meanwhile: it proves nothing');
        for (const f of [one, `${one}.keys`]) equal(statSync(f).mode & 0o777, 0o600, f);
        equal(readdirSync(backups).sort(), ['one', 'one.keys'], 'what stands there');
        ok(!existsSync(join(source.data, 'backup.tmp')), 'the copy in the data folder is gone');
    });

    await suite.test('neither file holds a name, a word or a key in clear', () => {
        for (const f of [one, `${one}.keys`]) {
            const bytes = readFileSync(f);
            for (const words of ['Canary', 'Drill', 'SQLite format', 'desk.nowshera']) ok(!bytes.includes(words), `${f} holds ${words}`);
            ok(!bytes.includes(readFileSync(key, 'utf8').trim()), `${f} holds the key`);
        }
    });

    const gone = known.before[0];
    await suite.test('somebody is forgotten, others come; a second backup, at rest', async () => {
        const r = await desk.post(`/cases/${gone.ref}/actions`, { action: 'amend', consent_record: 'no' }, { 'Idempotency-Key': idemKey() });
        equal(r.status, 200, r.text);
        for (let i = 0; i < 3; i += 1) known.between.push(await file(desk));
        const visitor = new Visitor(source);
        await visitor.signIn('adc.nowshera');
        equal((await visitor.get('/backups')).status, 200);
        cookie = new Map(visitor.cookies);
        const page = await visitor.get('/backups?lang=en');
        match(page.text, /It was read back and is whole/);
        for (const c of [...known.before.slice(1), ...known.during.slice(0, names), ...known.between]) known.identities.set(c.ref, JSON.stringify(await whoIs(desk, c.ref)));
        known.rows = hashes(source.data, 'sunwai.db');
        known.keys = hashes(source.data, 'keys.db');
        known.audit = sql(source.data, 'sunwai.db', 'select max(seq_no) from audit');
        const done = await backup(source.data, two);
        equal(done.code, 0, done.out);
    });

    await suite.test('told to stop it leaves nothing behind; killed, the next one clears up', async () => {
        const to = join(backups, 'stopped');
        const left = () => [...readdirSync(backups), ...readdirSync(source.data)].filter((n) => /part$|tmp/.test(n));
        // In the middle of one, however fast the machine is.
        const from = performance.now();
        equal((await backup(source.data, to)).code, 0);
        const takes = performance.now() - from;
        for (const f of [to, `${to}.keys`]) rmSync(f);
        let stopped = 0;
        for (const [signal, part] of [['SIGTERM', 0.3], ['SIGINT', 0.5], ['SIGTERM', 0.8], ['SIGKILL', 0.4], ['SIGKILL', 0.7]]) {
            const after = Math.round(takes * part);
            const child = spawn(program, ['backup', '--data', source.data, '--out', to], { stdio: 'ignore' });
            const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(by ?? code)));
            await sleep(after);
            child.kill(signal);
            const how = await ended;
            stopped += how !== 0;
            if (signal !== 'SIGKILL') equal(left(), [], `after ${signal} at ${after} ms, which ended with ${how}`);
            // The signal may come when both have their names already, and the process was about to end.
            const there = [to, `${to}.keys`].filter(existsSync);
            if (signal !== 'SIGKILL') ok(there.length !== 1, `after ${signal} at ${after} ms one file of the two is there`);
            for (const f of there) rmSync(f);
        }
        ok(stopped > 0, 'every one was done sooner: it proves nothing');
        const done = await backup(source.data, to);
        equal(done.code, 0, done.out);
        equal(left(), [], 'after the next one');
        for (const f of [to, `${to}.keys`]) rmSync(f);
        restored(at('after-stops'), two, key);
    });

    await suite.test('a name that is taken is refused, and so is a place in the data folder', async () => {
        for (const [to, words] of [[two, /never writes over/], [join(source.data, 'x'), /lies in the data folder/], [at('nowhere', 'x'), /no folder/]]) {
            const done = await backup(source.data, to);
            equal(done.code, 1, done.out);
            match(done.out, words);
        }
        equal(readdirSync(backups).length, 4, 'files');
    });

    const back = at('back');
    await suite.test('restored: every table row by row, every key, the audit chain, and nobody is signed in', () => {
        const done = restored(back, two, key);
        console.log(`  ${cases} cases: restored in ${done.seconds.toFixed(1)} s, ${Math.round(statSync(two).size / 1e6)} MB`);
        equal(readdirSync(back).filter((n) => !/-(wal|shm)$/.test(n)).sort(), ['key', 'keys.db', 'lock', 'sunwai.db'], 'what stands there');
        for (const f of ['key', 'keys.db', 'sunwai.db']) equal(statSync(join(back, f)).mode & 0o777, 0o600, f);
        equal(readFileSync(join(back, 'key'), 'utf8'), readFileSync(key, 'utf8'), 'the key');
        const now = hashes(back, 'sunwai.db');
        equal([...now.keys()], [...known.rows.keys()], 'tables');
        for (const [t, hash] of now) if (!RENEWED.has(t)) equal(hash, known.rows.get(t), `rows of ${t}`);
        equal(hashes(back, 'keys.db').get('case_key'), known.keys.get('case_key'), 'keys of cases');
        equal(sql(back, 'sunwai.db', `select event_name from audit where seq_no > ${known.audit}`), 'backup.restored', 'added to the audit');
        equal(sql(back, 'sunwai.db', 'select count(*) from session'), '0', 'sessions');
        equal(sql(back, 'sunwai.db', 'select count(*) from api_token where revoked_ms is null'), '0', 'tokens');
        const verified = run('verify', '--data', back);
        equal(verified.code, 0, verified.err);
    });

    await suite.test('served again: the same names, the forgotten one stays forgotten, old tokens and cookies are dead', () =>
        served(back, async (server, api) => {
            equal((await new Api(server, token).get('/cases')).status, 401, 'the old token');
            const visitor = new Visitor(server);
            visitor.cookies = new Map(cookie);
            equal((await visitor.get('/backups')).status, 303, 'the old cookie');
            for (const [ref, was] of known.identities) equal(JSON.stringify(await whoIs(api, ref)), was, `who ${ref} is of`);
            equal((await whoIs(api, gone.ref)).name, null, 'the forgotten one');
            server.logins = source.logins;
            const officer = new Visitor(server);
            await officer.signIn('desk.nowshera');
            equal(await shown(officer, known.before[1].ref), known.shown, 'her photo and her voice');
            equal((await shown(officer, gone.ref)).map(([status]) => status), [404, 404], 'those of the forgotten one');
            const fresh = await file(api);
            ok(!known.identities.has(fresh.ref), 'a new number');
            equal((await whoIs(api, fresh.ref)).name, fresh.name, 'and a new name');
        }));

    await suite.test('the older backup: all that was acknowledged before it; who was forgotten later stays so, by the list of the newer', async () => {
        const old = at('old');
        match(restored(old, one, key).out, /Files of keys made later/);
        let fresh;
        await served(old, async (server, api) => {
            for (const c of known.before.slice(1)) equal((await whoIs(api, c.ref)).name, c.name, c.ref);
            equal((await whoIs(api, gone.ref)).name ?? null, null, 'the forgotten one');
            fresh = await file(api);
            const page = await (async () => {
                const desk2 = new Visitor(server);
                const r = server.logins.size ? null : run('user', 'code', '--data', old, '--login', 'desk.nowshera');
                equal(r.code, 0, r.err);
                await desk2.signIn('desk.nowshera', r.out.trim());
                return desk2.get(`/cases/${gone.ref}?lang=en`);
            })();
            equal(page.status, 200, 'her page');
            match(page.text, /Name and number cannot be read/);
        });
        // A number of a key that was on the newer list must not be given out again: at the next start it would go.
        await served(old, async (server, api) => equal((await whoIs(api, fresh.ref)).name, fresh.name, 'one filed after the restore'));
        const alone = at('alone');
        mkdirSync(alone);
        for (const f of ['one', 'one.keys']) copyFileSync(join(backups, f), join(alone, f));
        const knowsLess = at('knows-less');
        restored(knowsLess, join(alone, 'one'), key);
        await served(knowsLess, async (server, api) => equal((await whoIs(api, gone.ref)).name, gone.name, 'without the newer list she is back: it is the list that keeps her forgotten'));
    });

    await suite.test('the newer backup with the keys of the older: who was forgotten between stays so, who came between has no name', async () => {
        const mixed = at('mixed');
        restored(mixed, two, key, '--keys', `${one}.keys`);
        await served(mixed, async (server, api) => {
            equal((await whoIs(api, gone.ref)).name ?? null, null, 'the forgotten one');
            for (const c of known.before.slice(1)) equal((await whoIs(api, c.ref)).name, c.name, c.ref);
        });
    });

    await suite.test('without the keys: everything but names, said in words; she can still be forgotten', async () => {
        const bare = at('bare');
        copyFileSync(two, at('bare-file'));
        match(restored(bare, at('bare-file'), key).out, /no name and no number of anybody can be read/);
        await served(bare, async (server, api) => {
            const r = run('user', 'code', '--data', bare, '--login', 'desk.nowshera');
            equal(r.code, 0, r.err);
            const visitor = new Visitor(server);
            await visitor.signIn('desk.nowshera', r.out.trim());
            const { ref } = known.before[1];
            for (const lang of ['en', 'ur', 'ps']) {
                for (const path of ['', '/call', '/letter']) {
                    const page = await visitor.get(`/cases/${ref}${path}?lang=${lang}`);
                    equal(page.status, 200, `${path} in ${lang}`);
                    ok(!page.text.includes(known.before[1].name), `${path} names her`);
                }
            }
            match((await visitor.get(`/cases/${ref}?lang=en`)).text, /Name and number cannot be read/);
            match((await visitor.get(`/cases/${ref}?lang=en`)).text, /Drill 2/, 'what it is about');
            equal((await visitor.get('/desk')).status, 200);
            const her = new Api(server, server.token('desk.nowshera')); // a new password ended the other token
            const act = (more) => her.post(`/cases/${ref}/actions`, { action: 'amend', ...more }, { 'Idempotency-Key': idemKey() });
            equal((await act({ phone: '0301 9999999', whose_phone: 'own', safe_call: true })).status, 409, 'a new number');
            equal((await act({ consent_record: 'no' })).status, 200, 'forgotten');
            const fresh = await file(her);
            equal((await whoIs(her, fresh.ref)).name, fresh.name, 'a new one has a name');
        });
    });

    await suite.test('what must be refused, each in words of its own, and nothing is left behind', () => {
        const bad = at('bad');
        mkdirSync(bad);
        const copy = (name, change, from = two) => {
            const bytes = readFileSync(from);
            writeFileSync(join(bad, name), change(bytes) ?? bytes);
            return join(bad, name);
        };
        writeFileSync(at('other-key'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
        refused('another key', /was made with another key/, two, at('other-key'));
        refused('no key', /is not a key/, two, two);
        refused('no file', /there is no file/, join(bad, 'none'), key);
        refused('not a backup', /is not a backup/, key, key);
        refused('the wrong one of the two', /holds case keys, not data/, `${two}.keys`, key);
        refused('data for keys', /holds data, not case keys/, two, key, '--keys', two);
        refused('a newer database', /only knows/, copy('schema', (b) => Buffer.from(b.toString('latin1').replace(/^schema \d+$/m, 'schema 99'), 'latin1')), key);
        refused('a newer format', /format that this program does not know/, copy('format', (b) => Buffer.from(b.toString('latin1').replace('backup 1\n', 'backup 2\n'), 'latin1')), key);
        refused('another day in front', /was changed/, copy('made', (b) => Buffer.from(b.toString('latin1').replace(/^made \d/m, 'made 2'), 'latin1')), key);
        refused('something behind it', /was changed/, copy('tail', (b) => Buffer.concat([b, Buffer.from([0])])), key);
        const size = statSync(two).size;
        for (const n of [0, 10, 400, 500, Math.floor(size / 2), size - 1]) refused(`cut at ${n}`, /cut short|damaged|is not a backup/, copy('cut', (b) => b.subarray(0, n)), key);
        for (let i = 0; i < 12; i += 1) {
            const place = Math.floor((size * (i + 0.5)) / 12);
            refused(`a bit at ${place}`, /was changed|cut short/, copy('bit', (b) => { b[place] ^= 1 << (i % 8); }), key);
        }
        // A piece left out: the second one, by its length in front.
        refused('a piece left out', /was changed/, copy('piece', (b) => {
            const front = b.indexOf('\n\n') + 2 + 24;
            const first = front + 4 + b.readUInt32LE(front) + 17;
            const second = first + 4 + b.readUInt32LE(first) + 17;
            return Buffer.concat([b.subarray(0, first), b.subarray(second)]);
        }), key);
        copyFileSync(two, join(bad, 'pair'));
        copyFileSync(`${one}.keys`, join(bad, 'pair.keys'));
        refused('of two backups', /are of two backups/, join(bad, 'pair'), key);
        const keysSize = statSync(`${two}.keys`).size;
        for (const place of [600, Math.floor(keysSize / 2), keysSize - 3]) {
            copy('pair.keys', (b) => { b[place] ^= 4; }, `${two}.keys`);
            refused(`a bit of the keys at ${place}`, /was changed|cut short/, join(bad, 'pair'), key);
        }
        const full = restore(back, two, key);
        equal(full.code, 1, full.out);
        match(full.err, /is not empty/);
        ok(existsSync(join(back, 'key')), 'what was there is there');
    });
    equal(await source.stop(), 0, 'exit code of the source');
} catch (e) {
    await suite.test('the drill came to its end', () => fail(e.stack));
} finally {
    if (source.child) await source.kill();
    source.remove();
    rmSync(home, { recursive: true, force: true });
}
suite.done();
