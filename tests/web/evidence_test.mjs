// evidence_test.mjs: large files over HTTP, and what is behind them: the bounds, a worker whose child dies or that is not
// there, what verify finds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, program } from '../lib/server.mjs';
import { Api, Visitor, formsOf, send } from '../lib/client.mjs';
import { jpeg, multipart, submitFiles, wav } from '../lib/media.mjs';

const suite = new Suite('evidence');
const MB = 1 << 20;
const server = new Server();
await server.start();

let desk;
const signIn = async () => {
    desk = new Visitor(server);
    await desk.signIn('desk.nowshera');
};
const file = async () => (await new Api(server, server.token('desk.nowshera')).post('/cases',
    { service: 'M-WAT-01', unit: 'PK52601', description: 'No water', complainant: { sex: 'woman' } })).json.ref.replaceAll('-', '');
// The form that adds evidence to a case, sent with files.
async function filled(ref, words, files) {
    const page = await desk.get(`/cases/${ref}/evidence`);
    const form = formsOf(page.text).find((f) => /evidence$/.test(f.action));
    form.fields.set('words', words);
    for (const name of ['photos', 'voice', 'pdf']) form.fields.delete(name);
    return { at: form.action, ...multipart([...form.fields], files) };
}
async function add(ref, words, files) {
    const { at, body, headers } = await filled(ref, words, files);
    return desk.post(at, body, headers);
}
// Not now: when to come again, and all that was typed.
function later(r, words) {
    equal(r.status, 503);
    match(r.headers['retry-after'] ?? '', /^\d+$/);
    match(r.text, new RegExp(words));
    match(r.text, /choose the file again/);
}
async function until(what, check) {
    for (let i = 0; i < 600; i += 1) {
        if (await check()) return;
        await sleep(50);
    }
    ok(false, what);
}
const workerUp = () => until('the worker is up', async () => JSON.parse((await send(`${server.url}/healthz`)).text).worker === 'up');
const sqlite = (sql) => spawnSync('sqlite3', [join(server.data, 'sunwai.db'), sql], { encoding: 'utf8' }).stdout.trim();
// Bytes behind the end of a picture are no harm, and make it as heavy as wanted.
const heavy = (bytes) => Buffer.concat([jpeg(), Buffer.alloc(bytes, 0x20)]);
function childrenOf(pid) {
    return readdirSync('/proc').filter((e) => /^\d+$/.test(e)).filter((e) => {
        try {
            const stat = readFileSync(`/proc/${e}/stat`, 'utf8');
            return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
        } catch {
            return false;
        }
    }).map(Number);
}
const workerPid = () => server.children().find((pid) => {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sunwai-worker');
    } catch {
        return false;
    }
});

await signIn();
await workerUp();

await suite.test('a photo far above the bound of other forms is taken', async () => {
    const ref = await file();
    const r = await add(ref, 'The drain', [['photos', heavy(9 * MB), 'a.jpg']]);
    equal(r.status, 303, r.text.slice(0, 500));
    equal((await desk.get(`/cases/${ref}/evidence/1`)).status, 200);
});

await suite.test('what others announce and do not send keeps nobody out', async () => {
    const holders = [33, 33, 29].map((mb) => {
        const s = connect(server.port, '127.0.0.1').on('error', () => {});
        s.write(`POST /new/send HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${mb * MB}\r\n\r\n--b\r\n`);
        return s;
    });
    await sleep(100);
    equal((await add(await file(), 'The drain', [['photos', heavy(9 * MB), 'a.jpg']])).status, 303);
    holders.forEach((s) => s.destroy());
});

await suite.test('one of 60 MB is refused with the bound in words, and what was typed is there', async () => {
    const ref = await file();
    const r = await add(ref, 'What I typed beside it', [['photos', heavy(60 * MB), 'a.jpg'], ['pdf', Buffer.from('%PDF-1.4'), 'b.pdf']]);
    equal(r.status, 422);
    match(r.text, /12 MB at most/);
    match(r.text, /What I typed beside it/);
    equal((await desk.get(`/cases/${ref}/evidence/1`)).status, 404);
    const all = await add(ref, 'And all of these', [1, 2, 3, 4].map((n) => ['photos', heavy(11 * MB), `${n}.jpg`]));
    equal(all.status, 422);
    match(all.text, /33 MB at most/);
    match(all.text, /And all of these/);
});

await suite.test('files of an event: a photo is the desk\'s alone until the people in it agreed, each look is recorded, removal leaves the row', async () => {
    const day = new Date(Date.now() + 5 * 3600 * 1000).toISOString().slice(0, 10);
    const event = (await new Api(server, server.token('desk.nowshera')).post('/events', { kind: 'khuli_kacheri', audience: 'women', unit: 'PK52601', venue: 'School', venue_kind: 'school', day, from: '10:00', to: '12:00', why: 'Asked for' })).json.code;
    const at = `/events/${event}/files`;
    const adc = new Visitor(server);
    await adc.signIn('adc.nowshera');
    const put = async (values, file) => submitFiles(desk, await desk.get(at), at, values, [['files', ...file]]);
    const form = async (end, values) => desk.submit(await desk.get(at), at + end, values);
    const looks = () => Number(sqlite("select count(*) from audit where event_name = 'identity.viewed' and about_kind = 'event'"));

    match((await desk.get(at)).text, /The signed count sheet is not here yet/);
    const refused = await put({ paper: 'photo', seen: 'district' }, [jpeg(), 'Canaryname.jpg']);
    equal(refused.status, 422);
    match(refused.text, /only when the people in it agreed/);
    equal((await put({ paper: 'photo', seen: 'desk' }, [jpeg(), 'Canaryname.jpg'])).status, 303);
    equal((await put({ paper: 'count_sheet', seen: 'district' }, [jpeg(), 'b.jpg'])).status, 303);
    const seen = await adc.get(at);
    match(seen.text, /The signed count sheet is here/);
    match(seen.text, /You cannot open this one/);
    ok(!/Canaryname/.test(seen.text));
    match(seen.text, new RegExp(createHash('sha256').update(jpeg()).digest('hex')));
    match((await adc.get(`/events/${event}/data-sheet`)).text, /Among the files of the event, number 2/);
    equal((await adc.get(`${at}/2`)).status, 200);
    equal((await adc.get(`${at}/1`)).status, 404);
    equal((await adc.get(`${at}/1/held`)).status, 403);
    const before = looks();
    equal((await desk.get(`${at}/1`)).status, 404, 'no look without its row in the audit chain');
    equal((await desk.get(`${at}/1/held`)).status, 200);
    equal(looks(), before + 1);
    equal((await form('-shown', { piece: '1', now_seen: 'district', now_agreed: '1' })).status, 303);
    equal((await adc.get(`${at}/1`)).status, 200);
    equal((await form('-removed', { gone: '1', why: '' })).status, 422);
    equal((await form('-removed', { gone: '1', why: 'Of another day' })).status, 303);
    equal((await adc.get(`${at}/1`)).status, 404);
    match((await adc.get(at)).text, /Removed: .*Of another day/);
});

await suite.test('a form without files keeps its bound, and a body beyond all bounds is refused at its head', async () => {
    const { body, headers } = multipart([['login', 'x'.repeat(2 * MB)]], []);
    equal((await send(`${server.url}/login`, { method: 'POST', headers, body })).status, 413);
    const r = await send(`${server.url}/cases/4128063357/evidence`, {
        method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': String(200 * MB) },
    }).catch((e) => ({ status: e.code }));
    ok([413, 'ECONNRESET', 'EPIPE'].includes(r.status), r.status);
});

await suite.test('a killed child of the worker is a refusal and no more', async () => {
    const ref = await file();
    const pid = workerPid();
    const sent = add(ref, 'A long one', [['voice', wav(170), 'a.wav']]);
    await until('it works on it', () => childrenOf(pid).length > 0);
    for (const child of childrenOf(pid)) process.kill(child, 'SIGKILL');
    const r = await sent;
    equal(r.status, 422);
    match(r.text, /id="voice-fault"/);
    match(r.text, /A long one/);
    equal(workerPid(), pid, 'the worker lives');
    equal((await add(ref, 'Again', [['photos', jpeg(), 'a.jpg']])).status, 303);
});

await suite.test('more files at once than are prepared: some wait, the others are told when to come again, with their words', async () => {
    const ref = await file();
    const forms = await Promise.all(Array.from({ length: 24 }, (_, i) => filled(ref, `Together ${i}.`, [['voice', wav(4), 'a.wav']])));
    const said = await Promise.all(forms.map(({ at, body, headers }) => desk.post(at, body, headers)));
    const refused = said.map((r, i) => [r, i]).filter(([r]) => r.status !== 303);
    ok(refused.length > 0 && refused.length < said.length, `${refused.length} of ${said.length}`);
    for (const [r, i] of refused) later(r, `Together ${i}\\.`);
    equal(sqlite(`select count(*) from attachment where subject_id = (select case_id from case_ref where ref_code = '${ref}')`), String(said.length - refused.length));
});

await suite.test('what is prepared when the server stops is kept, or comes back with its words', async () => {
    const ref = await file();
    const sent = add(ref, 'As it stopped', [['voice', wav(170), 'a.wav']]);
    await until('it works on it', () => childrenOf(workerPid()).length > 0);
    const [r] = await Promise.all([sent, server.stop()]);
    if (r.status !== 303) later(r, 'As it stopped');
    equal(sqlite(`select count(*) from attachment where subject_id = (select case_id from case_ref where ref_code = '${ref}')`), r.status === 303 ? '1' : '0');
    await server.start();
    await signIn();
    await workerUp();
});

await suite.test('verify finds a piece that was exchanged', async () => {
    await server.stop();
    equal(server.verify().code, 0);
    const [home, blob, part] = sqlite("select home, blob_id, hex(part_enc) from blob order by blob_id limit 1").split('|');
    sqlite(`update blob set part_enc = x'${part.slice(0, -2)}${part.endsWith('00') ? '01' : '00'}' where home = ${home} and blob_id = ${blob} and part_no = 0`);
    const r = server.verify();
    equal(r.code, 1);
    match(r.err, /piece of evidence 1/);
    sqlite(`update blob set part_enc = x'${part}' where home = ${home} and blob_id = ${blob} and part_no = 0`);
    equal(server.verify().code, 0);
});

await suite.test('without a worker it is kept as received, seen by nobody, and made when there is one', async () => {
    const folder = join(server.home, 'alone');
    mkdirSync(folder);
    copyFileSync(program, join(folder, 'sunwai'));
    server.wrap = [join(folder, 'sunwai')];
    await server.start();
    await signIn();
    const ref = await file();
    equal((await add(ref, 'No worker', [['photos', jpeg('GPS CANARY'), 'a.jpg'], ['voice', wav(2), 'b.wav']])).status, 303);
    equal((await desk.get(`/cases/${ref}/evidence/1`)).status, 404);
    equal(sqlite("select count(*) from attachment where piece_code = 'waiting'"), '2');
    await server.kill(); // with the power, too: what was acknowledged is there
    copyFileSync(join(dirname(program), 'sunwai-worker'), join(folder, 'sunwai-worker'));
    await server.start();
    await until('it is made', () => sqlite("select count(*) from attachment where piece_code = 'waiting'") === '0');
    equal(sqlite("select count(*) from attachment where piece_code = 'refused'"), '0');
    await signIn();
    const picture = await desk.get(`/cases/${ref}/evidence/1`);
    equal(picture.status, 200);
    ok(!picture.raw.includes('CANARY'));
    await server.stop();
    equal(server.verify().code, 0);
});

server.remove();
suite.done();
