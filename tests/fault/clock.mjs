// clock.mjs [JUMPS] [SEED]: the wall clock jumps under a server that works: by a second and by ten years, back by a time
// server's step, over a leap day, over midnight in Karachi, over the day on which the host's own zone changes its hour,
// over the end of 32 bits.
//
// After each jump: filings are taken, pages are shown, no age is negative, a request that is under way is not cut off,
// and no job runs wild. A session or a signed link that was over stays over when the clock goes back. At the end ids
// never went back, the audit chain holds, and steps stand in the order in which they were done.
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { send, Visitor } from '../lib/client.mjs';
import { Book, Faulty, dice } from './faulty.mjs';

const jumps = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
const suite = new Suite('clock');
const random = dice(seed);

const S = 1000;
const MIN = 60 * S;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;
const at = (text) => Date.parse(text);
// To these instants; the numbers are jumps from wherever the clock stands.
const places = {
    'two seconds before midnight in Karachi': () => at('2027-03-31T18:59:58Z'),
    'a leap day begins in Karachi': () => at('2028-02-28T18:59:59Z'),
    'a leap day ends': () => at('2028-02-29T18:59:59Z'),
    'no leap day in 2100': () => at('2100-02-28T23:59:59Z') - 74 * YEAR,
    'the hour that the host skips': () => at('2027-03-28T00:59:59Z'),
    'the hour that the host has twice': () => at('2027-10-31T00:59:59Z'),
    'the last second of 32 bits': () => at('2038-01-19T03:14:06Z'),
    'a new year': () => at('2026-12-31T18:59:59Z'),
    'the true time': () => Date.now(),
};
const steps = [-0.2 * S, -S, S, -2 * S, -MIN, MIN, -HOUR, HOUR, -DAY, DAY, -30 * DAY, 31 * DAY, -YEAR, YEAR, -10 * YEAR, 10 * YEAR];

const server = new Faulty({ cases: 40 });
server.wrap.splice(1, 0, 'TZ=Europe/Berlin');
await server.start();
const book = new Book(server, server.token('desk.nowshera'));
let desk;
let officer;

let offset = 0;
function jump(to) {
    offset = to - Date.now();
    server.clock(offset);
}
const now = () => Date.now() + offset;

async function signedIn(user) {
    const v = new Visitor(server, { 'Accept-Language': 'en' });
    const r = await v.signIn(user);
    equal(r.status, 303, `${user} signs in`);
    return v;
}

// What a person would read as a time that has not come yet.
function noNegativeAge(text, where) {
    const words = text.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ').replace(/&[a-z]+;/g, ' ');
    const found = /(?:^|[\s(>\u2066-\u2069])[-−–]\s?\d+\s+(?:day|hour|minute|time|people)|\bNaN\b/.exec(words);
    ok(!found, `${where}: ${found && `${found[0]} in ${words.slice(Math.max(0, found.index - 60), found.index + 60).replace(/\s+/g, ' ')}`}`);
}

async function commits() {
    const r = await send(`${server.url}/metrics`);
    return Number(/^sunwai_store_commits_total (\d+)/m.exec(r.text)?.[1] ?? /commits\w* (\d+)/.exec(r.text)?.[1] ?? NaN);
}

// A request whose head comes in two halves, with the jump between them.
function halved(go) {
    return new Promise((resolve, reject) => {
        const c = connect(server.port, '127.0.0.1');
        let text = '';
        c.on('error', reject);
        c.on('data', (b) => (text += b));
        c.on('close', () => resolve(text));
        c.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
        setTimeout(() => {
            go();
            c.write('Connection: close\r\n\r\n');
        }, 15);
    });
}

async function shown() {
    let again = false;
    for (const path of ['/cases', '/desk', '/account']) {
        let r = await desk.get(path);
        if (r.status === 303 && !again) { // her session ended with the time that passed: that is right
            desk = await signedIn('desk.nowshera');
            again = true;
            r = await desk.get(path);
        }
        equal(r.status, 200, path);
        noNegativeAge(r.text, path);
    }
    for (const path of ['/overview', '/problems', '/digest']) {
        let r = await officer.get(path);
        if (r.status === 303) {
            officer = await signedIn('adc.nowshera');
            r = await officer.get(path);
        }
        equal(r.status, 200, path);
        noNegativeAge(r.text, path);
    }
}

const filed = [];
async function round(go) {
    const answer = await halved(go);
    match(answer, /^HTTP\/1.1 200 /, 'a request that was under way');
    const before = await commits();
    const r = await book.file();
    equal(r?.status, 201, `filing: ${r?.text}`);
    ok(r.json.due === null || r.json.due === undefined || at(r.json.due) > now() - MIN, `due in the past: ${r.text}`);
    filed.push(r.json.ref);
    await shown();
    const page = await desk.get(`/cases/${r.json.ref.replaceAll('-', '')}`);
    equal(page.status, 200, 'the page of the case');
    noNegativeAge(page.text, 'the page of the case');
    const older = await desk.get(`/cases/${filed[Math.floor(random(filed.length))].replaceAll('-', '')}`);
    noNegativeAge(older.text, 'the page of an older case');
    const after = await commits();
    ok(after - before < 60, `${after - before} commits for one filing and a few pages: something runs wild`);
}

await suite.test('a form that was too old stays too old', async () => {
    const v = new Visitor(server);
    const page = await v.get('/track');
    const sent = { ref: '4128063357', pin: '123456' };
    equal((await v.submit(page, '/track', sent)).status, 422, 'while it is good');
    jump(Date.now() + 8 * DAY);
    equal((await v.submit(page, '/track', { ...sent, _key: 'a' })).status, 403, 'a week later');
    jump(Date.now());
    equal((await v.submit(page, '/track', { ...sent, _key: 'b' })).status, 403, 'when the clock was set back');
});

await suite.test('a session that is over does not live again', async () => {
    const idle = await signedIn('desk.nowshera');
    equal((await idle.get('/desk')).status, 200, 'while it lives');
    jump(Date.now() + 20 * MIN);
    equal((await idle.get('/desk')).status, 303, 'left alone for too long');
    await book.file(); // behind what that look has left to be written
    jump(Date.now());
    equal((await idle.get('/desk')).status, 303, 'when the clock was set back');
    const ahead = (jump(Date.now() + 10 * YEAR), await signedIn('desk.nowshera'));
    jump(Date.now());
    equal((await ahead.get('/desk')).status, 303, 'one from a clock that was ten years ahead');
});

await server.again();
desk = await signedIn('desk.nowshera');
officer = await signedIn('adc.nowshera');
const named = Object.entries(places);
for (let i = 0; i < jumps; i += 1) {
    const [name, where] = named[Math.floor(i / 2) % named.length];
    const step = steps[Math.floor(random(steps.length))];
    const absolute = i % 2 === 0;
    const to = absolute ? where() : Math.min(Math.max(now() + step, at('2024-02-01T00:00:00Z')), at('2062-01-01T00:00:00Z'));
    const said = absolute ? name : `${step / S} seconds`;
    if (!(await suite.test(`jump ${i + 1}: ${said}, to ${new Date(to).toISOString()}`, () => round(() => jump(to))))) break;
    if (i % 25 === 24) await suite.test(`a restart after jump ${i + 1}`, async () => {
        equal(await server.stop(), 0, 'exit code');
        await server.start();
    });
}

await suite.test('in the end all is there, in order, and ids never went back', async () => {
    jump(Date.now());
    await book.holds();
    equal(await server.stop(), 0, 'exit code');
    const rows = execFileSync('sqlite3', [join(server.data, 'sunwai.db'), "select chain_no, seq_no, about_id from audit where event_name = 'case.file' order by chain_no, seq_no"], { encoding: 'utf8' }).trim().split('\n').map((l) => l.split('|'));
    ok(rows.length >= jumps, `${rows.length} filings in the chain`);
    for (let i = 1; i < rows.length; i += 1) ok(BigInt(rows[i][2]) > BigInt(rows[i - 1][2]), `an id went back: ${rows[i - 1]} ${rows[i]}`);
});
await server.kill();
server.remove();
suite.done();
