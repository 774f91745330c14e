// bad_input_test.mjs: what people, networks and machines get wrong, against the real program: each ends in a clear
// message in the person's language, and nothing that was typed is lost.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, program, run, runFor, withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey, send } from '../lib/client.mjs';

const suite = new Suite('bad-input');
const URDU = /[\u0600-\u06ff]/;
const complaint = (more = {}) => ({ service: 'M-WAT-01', unit: 'PK52601', description: 'No water', complainant: { sex: 'woman' }, ...more });
// What stands at the top of a page with faults, and at the field.
const faultsOf = (page) => [...(/<div class="faults"[\s\S]*?<\/div>/.exec(page.text)?.[0] ?? '').matchAll(/<li>(?:<a href="#([^"]*)">)?([^<]*)/g)].map(([, field, text]) => ({ field, text }));
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// The same reference with another check digit.
const slip = (ref) => ref.slice(0, -1) + ((Number(ref.at(-1)) + 1) % 10);
// One that is well formed (Damm), so that only the store can say that it is unknown.
const DAMM = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
function reference(digits) {
    let check = 0;
    for (const d of digits) check = Number(DAMM[check][Number(d)]);
    return digits + check;
}
const unknown = () => reference(String(Math.floor(Math.random() * 1e9)).padStart(9, '0'));

// All of the public form in one go: the page before it is sent.
const answered = async (visitor, more) => visitor.submit(await visitor.get('/new'), '/new', {
    kind: 'complaint', group: 'water', service: 'M-WAT-01', unit: 'PK52601', sex: 'woman', consent_hand_over: 'yes', return: '1', ...more });
// From there back to one question, as its "Change" does.
const change = (visitor, page, to) => visitor.post('/new', new Map([...formsOf(page.text).find((f) => f.action === '/new/send').fields, ['to', to]]));

await withServer({}, async (server) => {
    let desk = new Api(server, server.token('desk.nowshera'));
    const file = async (more) => {
        const r = await desk.post('/cases', complaint(more));
        equal(r.status, 201, r.text);
        return r.json;
    };
    const tracks = async (visitor, ref, pin) => visitor.follow(await visitor.submit(await visitor.get('/track'), '/track', { ref, pin }));
    const known = await file();

    // ---- numbers and PINs ----

    await suite.test('the check digit of the program is the one used here', () => equal(reference(known.ref.replaceAll('-', '').slice(0, 9)), known.ref.replaceAll('-', '')));

    const wrongPin = (pin) => (pin === '123456' ? '654321' : '123456');
    const dashed = (digits) => digits.replace(/(...)(...)(....)/, '$1-$2-$3');

    await suite.test('a wrong check digit, an unknown number and a wrong PIN are the same words, in her language', async () => {
        for (const [lang, words] of [['en', /number|PIN/i], ['ur', URDU], ['ps', URDU]]) {
            const visitor = new Visitor(server);
            visitor.cookies.set('lang', lang);
            const shape = (page, ref) => page.text.replaceAll(ref, 'REF').replaceAll(/name="_(token|key)" value="[^"]*"/g, '');
            const typed = [known.ref, slip(known.ref), dashed(unknown())];
            const pages = [];
            for (const ref of typed) pages.push(await tracks(visitor, ref, wrongPin(known.pin)));
            pages.forEach((page, i) => {
                equal([page.status, shape(page, typed[i])], [422, shape(pages[0], typed[0])], 'the whole page');
                ok(page.text.includes(typed[i]), 'what she typed');
                equal(faultsOf(page).length, 1);
                match(faultsOf(page)[0].text, words);
                match(page.text, new RegExp(`<html lang="${lang}"`));
            });
            const right = await tracks(visitor, slip(known.ref), known.pin);
            equal([right.status, shape(right, slip(known.ref))], [422, shape(pages[0], typed[0]).replaceAll(wrongPin(known.pin), known.pin)], 'a wrong check digit with the right PIN');
        }
    });

    await suite.test('and take the same time', async () => {
        const refs = [];
        for (let i = 0; i < 40; i += 1) refs.push((await file()).ref);
        const visitor = new Visitor(server);
        const form = formsOf((await visitor.get('/track')).text).find((f) => f.action === '/track');
        const token = form.fields.get('_token');
        const time = async (ref) => {
            const began = performance.now();
            const page = await visitor.post('/track', new Map(Object.entries({ _token: token, _key: idemKey(), ref, pin: '000001' })));
            equal(page.status, 422);
            return performance.now() - began;
        };
        const times = { known: [], unknown: [], mistyped: [] };
        for (const ref of refs) {
            times.known.push(await time(ref));
            times.unknown.push(await time(unknown()));
            times.mistyped.push(await time(slip(unknown())));
        }
        const [a, b, c] = [median(times.known), median(times.unknown), median(times.mistyped)];
        ok(Math.max(a, b, c) - Math.min(a, b, c) < Math.max(1.5, 0.5 * Math.max(a, b, c)), `known ${a.toFixed(2)} ms, unknown ${b.toFixed(2)} ms, mistyped ${c.toFixed(2)} ms`);
    });

    await suite.test('after ten wrong PINs the right one waits too, for known and unknown numbers alike', async () => {
        const { ref, pin } = await file();
        const bad = pin === '111111' ? '222222' : '111111';
        const other = unknown();
        const visitor = new Visitor(server);
        let last;
        for (let i = 0; i < 10; i += 1) {
            last = faultsOf(await tracks(visitor, ref, bad))[0].text;
            await tracks(visitor, other, bad);
        }
        const known11 = await tracks(visitor, ref, pin);
        const unknown11 = await tracks(visitor, other, bad);
        ok(faultsOf(known11).length === 1 && faultsOf(known11)[0].text !== last, 'the right PIN must wait, in words of its own');
        equal(faultsOf(known11), faultsOf(unknown11));
    });

    await suite.test('people who mistype their numbers do not make one another wait', async () => {
        const said = new Set();
        for (let i = 0; i < 14; i += 1) {
            const digits = unknown();
            said.add(faultsOf(await tracks(new Visitor(server), slip(digits), '111111'))[0].text);
        }
        equal(said.size, 1, 'different words');
    });

    await suite.test('a PIN in Urdu digits opens', async () => {
        const urdu = (s) => s.replaceAll(/\d/g, (d) => String.fromCodePoint(0x06f0 + Number(d)));
        const page = await tracks(new Visitor(server), urdu(known.ref), urdu(known.pin));
        equal(page.status, 200);
        ok(page.text.includes('No water'), 'the case');
    });

    // ---- replay ----

    await suite.test('a form sent twice is one complaint, and shows the same number and PIN', async () => {
        const visitor = new Visitor(server);
        const page = await answered(visitor, { description: 'Sent twice by a slow phone' });
        const form = formsOf(page.text).find((f) => f.action === '/new/send');
        const [a, b] = [await visitor.post('/new/send', form.fields), await visitor.post('/new/send', form.fields)];
        for (const r of [a, b]) equal(r.status, 303);
        const shown = (p) => [...p.text.matchAll(/class="(?:ref|num pin)" dir="ltr">([^<]+)/g)].map((m) => m[1]);
        const [first, second] = [await visitor.get(a.headers.location), await visitor.get(b.headers.location)];
        equal(shown(first).length, 2, 'number and PIN');
        equal(shown(first), shown(second));
        equal((await desk.get('/cases?q=slow+phone')).json.cases.length, 1);
        const changed = new Map(form.fields);
        changed.set('description', 'Something else under the same key');
        const c = await visitor.post('/new/send', changed);
        equal(c.status, 409, 'changed replay');
        ok(c.text.includes('Something else under the same key'), 'what was typed is kept');
        equal((await desk.get('/cases?q=something')).json.cases.length, 0);
    });

    // ---- text of every kind ----

    await suite.test('5,000 characters: refused with the limit, and all of them given back', async () => {
        for (const [lang, words] of [['en', /3,?000/], ['ur', /3,?000|۳[,٬،]?۰۰۰/]]) {
            const r = await desk.post(`/cases?lang=${lang}`, complaint({ description: 'ک'.repeat(5000) }));
            equal([r.status, r.json.errors.map((e) => e.field)], [422, ['description']]);
            match(r.json.errors[0].detail, words);
        }
        equal((await desk.post('/cases', complaint({ description: 'ک'.repeat(3000) }))).status, 201, 'what is allowed');
        const visitor = new Visitor(server);
        const page = await visitor.get('/new');
        const long = 'ڼ'.repeat(5000);
        const again = await visitor.post('/new', new Map([...formsOf(page.text).find((f) => f.action === '/new').fields, ['step', '8'], ['kind', 'complaint'], ['service', 'M-WAT-01'], ['unit', 'PK52601'], ['description', long]]));
        equal(again.status, 422);
        equal(formsOf(again.text).find((f) => f.action === '/new').fields.get('description'), long);
    });

    await suite.test('NUL, invalid UTF-8 and controls are refused, as JSON and as a form', async () => {
        for (const bytes of [Buffer.from('a\\u0000b'), Buffer.from([0x61, 0xff, 0x62]), Buffer.from([0xc0, 0xaf]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('\\ud800')]) {
            const body = Buffer.concat([Buffer.from('{"service":"M-WAT-01","unit":"PK52601","complainant":{"sex":"woman"},"description":"x'), bytes, Buffer.from('"}')]);
            const r = await desk.post('/cases', body);
            ok([400, 422].includes(r.status), `${bytes.toString('hex')}: ${r.status} ${r.text}`);
        }
        const visitor = new Visitor(server);
        const fields = formsOf((await visitor.get('/new')).text).find((f) => f.action === '/new').fields;
        for (const raw of ['%00', 'a%00b', '%ff%fe', '%ed%a0%80', '%c0%af']) {
            const body = `${new URLSearchParams([...fields])}&kind=complaint&service=M-WAT-01&unit=PK52601&description=${raw}`.replace('step=1', 'step=8');
            const page = await visitor.post('/new', body);
            equal(page.status, 422, raw);
            ok(faultsOf(page).some((f) => f.field === 'description'), raw);
        }
    });

    await suite.test('bidi controls that turn text around neither pass nor harm', async () => {
        for (const control of ['\u202e', '\u202d', '\u2066', '\u2067']) {
            const r = await desk.post('/cases', complaint({ description: `abc${control}def` }));
            if (r.status === 422) continue;
            equal(r.status, 201);
            ok(!(await desk.get(`/cases/${r.json.ref}`)).json.description.includes(control), 'stored as it came');
        }
        const joiner = await file({ description: 'می\u200cروم' }); // a joiner belongs to the language
        equal((await desk.get(`/cases/${joiner.ref}`)).json.description, 'می\u200cروم');
    });

    await suite.test('markup in every field comes back as text', async () => {
        const evil = '"><script>alert(1)</script>\'&{t home.title}';
        const { ref } = await file({ description: evil, complainant: { sex: 'woman', name: evil, address: evil }, place: evil });
        const visitor = new Visitor(server);
        await visitor.signIn('desk.nowshera');
        const page = await visitor.get(`/cases/${ref.replaceAll('-', '')}`);
        ok(!page.text.includes('<script>alert') && page.text.includes('&lt;script&gt;alert(1)'), 'escaped');
        equal((await desk.get(`/cases/${ref}`)).json.description, evil);
        const back = await visitor.submit(await visitor.get('/cases/new'), '/cases/new', { name: evil });
        ok(!back.text.includes('<script>alert'), 'given back escaped');
        equal(formsOf(back.text).find((f) => f.action === '/cases/new').fields.get('name'), evil);
    });

    await suite.test('a telephone number in any format and digits', async () => {
        for (const phone of ['03011234567', '0301-1234567', '0301 123 4567', '+92 301 1234567', '00923011234567', '92-301-1234567', '3011234567', '۰۳۰۱۱۲۳۴۵۶۷', '٠٣٠١١٢٣٤٥٦٧', '(0301) 1234567']) {
            const { ref } = await file({ complainant: { sex: 'woman', phone } });
            equal((await desk.get(`/cases/${ref}`)).json.complainant.phone, '+923011234567', phone);
        }
        for (const phone of ['12', '0301', 'abc', '030112345678901234', '0301 1234567 ext']) {
            const r = await desk.post('/cases', complaint({ complainant: { sex: 'woman', phone } }));
            equal([r.status, r.json.errors?.map((e) => e.field)], [422, ['complainant.phone']], phone);
        }
    });

    await suite.test('unknown and repeated members, other types', async () => {
        equal((await desk.post('/cases', { ...complaint(), colour: 'red' })).status, 201, 'an unknown member is passed over');
        for (const body of [complaint({ complainant: 'woman' }), complaint({ complainant: { sex: ['woman'] } }), complaint({ unit: { a: 1 } }), complaint({ description: null }), complaint({ description: true })]) {
            equal((await desk.post('/cases', body)).status, 422, JSON.stringify(body));
        }
    });

    await suite.test('an answer that is changed takes along what hung on it', async () => {
        const visitor = new Visitor(server);
        let page = await answered(visitor, { description: 'Changed', group: 'papers', service: 'M-CIV-01', kind: 'complaint' });
        page = await change(visitor, page, '1');
        const asked = () => formsOf(page.text).find((f) => f.fields.has('step')).fields;
        equal(asked().get('step'), '1');
        page = await visitor.submit(page, '/new', { kind: 'application' });
        equal(asked().get('step'), '13', 'a paper that one can apply for stays');
        page = await answered(visitor, { description: 'Changed' });
        page = await change(visitor, page, '1');
        page = await visitor.submit(page, '/new', { kind: 'application' });
        equal([asked().get('step'), faultsOf(page)], ['2', []], 'nobody applies for a broken pipe: it is asked anew, without blame');
    });

    await suite.test('what joins another’s complaint carries no number of hers, and only a genuine token does', async () => {
        const visitor = new Visitor(server);
        await file({ service: 'M-SAN-04', unit: 'PK52603', description: 'The first' });
        let page = await visitor.get('/new');
        for (const step of [{ kind: 'complaint' }, { group: 'waste' }, { service: 'M-SAN-04' }, { unit: 'PK52601' }, {}]) page = await visitor.submit(page, '/new', step);
        equal(formsOf(page.text).find((f) => f.fields.has('step')).fields.get('step'), '8', 'another tehsil: nothing is offered');
        const forged = await answered(visitor, { description: 'Joined', same_as: known.ref });
        const sent = await visitor.follow(await visitor.submit(forged, '/new/send'));
        equal(sent.status, 200);
        equal((await desk.get('/cases?q=joined')).json.cases.length, 1);
    });

    await suite.test('a hundred wrong PINs slow one case, and no other from the same address', async () => {
        const slow = await file();
        const other = await file();
        const visitor = new Visitor(server);
        for (let i = 0; i < 100; i += 1) equal((await tracks(visitor, slow.ref, wrongPin(slow.pin))).status, 422);
        equal((await tracks(visitor, slow.ref, slow.pin)).status, 422, 'the case itself waits');
        equal((await tracks(visitor, other.ref, other.pin)).status, 200, 'another does not');
    });

    await suite.test('a wrong answer of a later question holds nobody up at an earlier one', async () => {
        const visitor = new Visitor(server);
        const stepOf = (page) => formsOf(page.text).find((f) => f.fields.has('step')).fields.get('step');
        let page = await visitor.get('/new');
        for (const step of [{ kind: 'suggestion' }, { group: 'water' }, { service: 'M-WAT-01' }, { unit: 'PK52601' }, {}, { description: 'First words' }]) page = await visitor.submit(page, '/new', step);
        page = await visitor.submit(page, '/new', { phone: '12', to: '8' });
        equal([stepOf(page), faultsOf(page)], ['8', []], 'back, with a wrong number in the form');
        page = await visitor.submit(page, '/new', { description: 'Better words' });
        equal([stepOf(page), faultsOf(page).map((f) => f.field)], ['9', ['phone']], 'and on again');
        page = await visitor.submit(page, '/new', { phone: '' });
        equal(stepOf(page), '10');
    });

    // ---- sessions and forms ----

    await suite.test('a session that ends while filing loses nothing that was typed', async () => {
        const visitor = new Visitor(server);
        visitor.cookies.set('lang', 'ur');
        await visitor.signIn('desk.nowshera');
        const form = formsOf((await visitor.get('/cases/new')).text).find((f) => f.action === '/cases/new');
        const typed = { phone: '0301 9998887', name: 'شازیہ', service: 'M-LGT-01', unit: 'PK52601', place: 'چوک', description: 'بتی بند ہے expiredsession', sex: 'woman', language: 'ur', channel: 'desk', consent_record: 'yes', safe_call: '0' };
        const reset = run('user', 'code', '--data', server.data, '--login', 'desk.nowshera'); // ends her sessions and tokens
        equal(reset.code, 0, reset.err);
        equal((await desk.get('/cases?q=x')).status, 401);
        desk = new Api(server, server.token('desk.nowshera'));
        const refused = await visitor.post('/cases/new', new Map([...form.fields, ...Object.entries(typed)]));
        equal(refused.status, 401);
        match(refused.text, /<html lang="ur"/);
        const kept = await visitor.chooseOwn('desk.nowshera', await visitor.submit(refused, /^\/login/, { login: 'desk.nowshera', password: reset.out.trim() }));
        const form2 = await visitor.submit(kept, '/cases/new'); // shows the form again, filled in
        equal(form2.status, 200);
        for (const value of Object.values(typed)) ok(form2.text.includes(value), `${value} is lost after signing in`);
        equal((await desk.get('/cases?q=expiredsession')).json.cases.length, 0, 'nothing is filed before she sends it');
        const said = await visitor.submit(form2, '/cases/new');
        equal([said.status, formsOf(said.text).some((f) => f.id === 'register')], [200, true], 'read back');
        const done = await visitor.submit(said, '/cases/new', { agreed: '1', step: 'register' });
        equal(done.status, 303, 'filed');
        const [found] = (await desk.get('/cases?q=expiredsession')).json.cases;
        const stored = (await desk.get(`/cases/${found.ref}`)).json;
        equal([stored.description, stored.complainant.name, stored.complainant.phone, stored.service], [typed.description, typed.name, '+923019998887', 'M-LGT-01']);
    });

    await suite.test('nobody else plants a form for after the sign-in', async () => {
        const planted = { action: 'amend', amend_words: 'plantedwords', 'keep.action': 'amend', return_to: '/cases/new', 'keep.description': 'plantedwords' };
        const { ref } = await file();
        const act = `/cases/${ref.replaceAll('-', '')}/act`;
        const query = new URLSearchParams({ ...planted, return_to: act });
        for (const start of [
            (v) => v.get(`/login?${query}`), // a link
            (v) => v.post(act, new Map(Object.entries(planted))), // a form of another site, from an old browser
            (v) => v.post('/login', new Map(Object.entries({ ...planted, _token: 'bad', login: 'x' }))),
            (v) => v.post(act, new Map(Object.entries(planted)), { 'Sec-Fetch-Site': 'cross-site' }),
            (v) => v.post('/login', new Map(Object.entries(planted)), { Origin: 'https://evil.example' }),
        ]) {
            const visitor = new Visitor(server);
            const page = await start(visitor);
            ok(!page.text.includes('plantedwords'), `shown back with ${page.status}`);
            ok(!/name="kept"/.test(page.text), 'kept');
            if (page.status === 403 && !/action="\/login"/.test(page.text)) continue;
            const after = await visitor.submit(page, /^\/login/, { login: 'supervisor.nowshera', password: server.logins.get('supervisor.nowshera') });
            equal([after.status, after.headers.location], [303, '/overview']);
        }
    });

    await suite.test('a form without its token, or with another’s, does nothing', async () => {
        const count = async () => (await desk.get('/cases?q=forgedtoken')).json.cases.length;
        const visitor = new Visitor(server);
        const supervisor = new Visitor(server);
        await supervisor.signIn('supervisor.nowshera');
        const foreign = formsOf((await supervisor.get('/account')).text).find((f) => f.fields.has('_token')).fields.get('_token');
        const fields = (token) => new Map(Object.entries({ ...(token === null ? {} : { _token: token }), _key: idemKey(), step: '5', service: 'M-WAT-01', unit: 'PK52601', description: 'forgedtoken', sex: 'woman' }));
        for (const token of [null, '', 'x', foreign]) {
            const page = await visitor.post('/new/send', fields(token));
            ok(page.status === 403 || page.status === 422, `status ${page.status}`);
            ok(page.text.includes('forgedtoken'), 'what was typed is kept');
        }
        equal(await count(), 0);
    });

    await suite.test('ten wrong passwords, and the right one waits', async () => {
        const visitor = new Visitor(server);
        for (let i = 0; i < 10; i += 1) ok((await visitor.signIn('adc.haripur', 'not the password')).status !== 303, 'came in');
        const right = await visitor.signIn('adc.haripur');
        ok(right.status !== 303, 'the right password does not wait');
        equal((await new Visitor(server).signIn('supervisor.haripur')).status, 303, 'others come in meanwhile');
        equal((await new Visitor(server, { 'X-Forwarded-For': '192.0.2.7' }).signIn('adc.haripur')).status, 429, 'a made-up address helps nobody');
    });

    await suite.test('nobody is sent elsewhere after signing in', async () => {
        for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/cases\r\nX: y']) {
            const visitor = new Visitor(server);
            const page = await visitor.get(`/login?next=${encodeURIComponent(next)}`);
            if (page.status !== 200) continue;
            const r = await visitor.submit(page, /^\/login/, { login: 'supervisor.haripur', password: server.logins.get('supervisor.haripur') });
            match(r.headers.location ?? '', /^\/(?![/\\])/, next);
        }
    });

    // ---- the wire ----

    const raw = (bytes) => new Promise((resolve, reject) => {
        const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
        let text = '';
        socket.setTimeout(5000, () => socket.destroy());
        socket.on('data', (piece) => { text += piece; if (/\r\n\r\n/.test(text)) socket.end(); });
        socket.on('close', () => resolve(text));
        socket.on('error', reject);
    });
    await suite.test('heads that mean two things are refused, and the server goes on', async () => {
        for (const head of ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
            'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx', 'GET /%2e%2e/key HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /..%2fkey HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n']) {
            match(await raw(head), /^HTTP\/1\.1 [45]\d\d /, JSON.stringify(head));
        }
        equal((await send(`${server.url}/healthz`)).status, 200);
    });
    await suite.test('the key is nowhere on the web', async () => {
        const key = readFileSync(join(server.data, 'key'), 'utf8').trim();
        for (const path of ['/key', '/assets/key', '/assets/..%2f..%2fkey', '/assets/../key', '/assets/site.css/../../key', '/demo-logins']) {
            const r = await send(server.url + path);
            ok(r.status >= 400 && !r.text.includes(key), `${path}: ${r.status}`);
        }
    });

    await suite.test('after all of this the chain is whole', () => equal(server.verify().code, 0));
});

// ---- the folder and its server ----

function saysWhy(r, pattern, what) {
    ok(r.code !== null, `${what}: it serves`);
    ok(r.code !== 0, `${what}: exit ${r.code}`);
    match(r.err, /^sunwai: /m, what);
    match(r.err, pattern, what);
}
const serve = (data) => runFor(5000, 'serve', '--data', data, '--port', '0');

await suite.test('a second server on the same folder is refused, and the first goes on', async () => {
    await withServer({}, async (server) => {
        saysWhy(serve(server.data), /another|already|in use|runs/i, 'second server');
        equal((await send(`${server.url}/healthz`)).status, 200);
    });
});

await suite.test('a missing or wrong key is said, and nothing is touched', async () => {
    const server = new Server();
    const key = join(server.data, 'key');
    try {
        renameSync(key, `${key}.away`);
        saysWhy(serve(server.data), /key/i, 'missing key');
        copyFileSync(`${key}.away`, key);
        const text = readFileSync(key, 'utf8');
        writeFileSync(key, text.replace(/[0-9a-f]/, (c) => (c === '0' ? '1' : '0')), { mode: 0o600 });
        saysWhy(serve(server.data), /key/i, 'wrong key');
        writeFileSync(key, 'short\n', { mode: 0o600 });
        saysWhy(serve(server.data), /key/i, 'short key');
        rmSync(key);
        renameSync(`${key}.away`, key);
        await server.start();
        equal((await send(`${server.url}/healthz`)).status, 200, 'with its own key again');
    } finally {
        await server.stop();
        server.remove();
    }
});

await suite.test('a newer database is refused', async () => {
    const server = new Server();
    try {
        const db = new DatabaseSync(join(server.data, 'sunwai.db'));
        db.exec("insert into migration (migration_no, migration_name, applied_ms) values (9001, 'of_tomorrow', 0)");
        db.close();
        saysWhy(serve(server.data), /newer/i, 'newer database');
    } finally {
        server.remove();
    }
});

await suite.test('what is no Sunwai folder is said', () => {
    const dir = mkdtempSync(join(tmpdir(), 'sunwai-none.'));
    try {
        saysWhy(serve(join(dir, 'nothing')), /nothing|init|exist|folder/i, 'no folder');
        mkdirSync(join(dir, 'other'));
        saysWhy(serve(join(dir, 'other')), /./, 'an empty folder');
        writeFileSync(join(dir, 'other', 'mine.txt'), 'x');
        saysWhy(run('demo', '--data', join(dir, 'other')), /empty/i, 'demo on a folder in use');
        equal(readFileSync(join(dir, 'other', 'mine.txt'), 'utf8'), 'x');
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
});

await suite.test('a full disk: reads go on, writes say so, and go on when there is room again', async () => {
    // A file system of a few megabytes of its own, in a mount namespace of its own.
    const server = new Server();
    const disk = join(server.home, 'disk');
    mkdirSync(disk);
    const token = server.token('desk.nowshera');
    const inside = `mount -t tmpfs -o size=6m,mode=0700 tmpfs '${disk}' && cp -a '${server.data}/.' '${disk}' && exec '${program}' "$@"`;
    const wrapped = new Server({ data: undefined });
    // Where the root is no mount point of its own (a chroot), the namespace cannot be made private; then the mount may be
    // seen outside too, and is taken away again below.
    const root = process.getuid() === 0;
    const apart = root && spawnSync('unshare', ['-m', 'true']).status !== 0 ? ['--propagation', 'unchanged'] : [];
    wrapped.wrap = ['unshare', root ? '-m' : '-rm', ...apart, 'sh', '-c', inside, 'sh'];
    const made = wrapped.data;
    wrapped.data = disk;
    try {
        await wrapped.start();
        const api = new Api(wrapped, token);
        const first = await api.post('/cases', complaint());
        equal(first.status, 201, first.text);
        let full;
        for (let i = 0; i < 4000 && !full; i += 1) {
            const r = await api.post('/cases', complaint({ description: `${i} ${'ک'.repeat(2900)}` }));
            if (r.status !== 201) full = r;
        }
        ok(full, 'never full');
        equal(full.status, 503, full.text);
        ok(Number(full.headers['retry-after']) > 0, 'Retry-After');
        match(full.headers['content-type'], /problem\+json/);
        equal((await api.get(`/cases?limit=5`)).status, 200, 'a list');
        equal((await api.get('/services')).status, 200, 'services');
        const visitor = new Visitor(wrapped);
        visitor.cookies.set('lang', 'ur');
        equal((await visitor.get('/')).status, 200, 'the start page');
        const page = await answered(visitor, { description: 'Typed on a full disk' });
        const refused = await visitor.submit(page, '/new/send');
        equal(refused.status, 503, 'a form');
        ok(refused.text.includes('Typed on a full disk'), 'what was typed is kept');
        match(refused.text.replaceAll(/<[^>]*>/g, ''), URDU);
        equal((await send(`${wrapped.url}/healthz`)).status, 503, 'health says so');
    } finally {
        await wrapped.stop();
        if (apart.length > 0) spawnSync('umount', [disk]);
        wrapped.data = made;
        wrapped.remove();
        server.remove();
    }
});

// ---- behind a proxy of ours ----

await withServer({ args: ['--allow', '127.0.0.1'] }, async (server) => {
    const desk = new Api(server, server.token('desk.nowshera'));
    const from = (address) => new Visitor(server, { 'X-Forwarded-For': `10.9.8.7, ${address}` });

    await suite.test('who guesses a password shuts out himself, not her', async () => {
        for (let i = 0; i < 10; i += 1) equal((await from('192.0.2.7').signIn('adc.nowshera', 'not the password')).status, 422);
        equal((await from('192.0.2.7').signIn('adc.nowshera')).status, 429, 'the guesser');
        equal((await from('192.0.2.8').signIn('adc.nowshera')).status, 303, 'the person');
    });

    await suite.test('nor does who guesses a PIN', async () => {
        const r = await desk.post('/cases', complaint());
        equal(r.status, 201, r.text);
        const { ref, pin } = r.json;
        const tracks = async (visitor, typed) => visitor.submit(await visitor.get('/track'), '/track', { ref, pin: typed });
        const bad = pin === '111111' ? '222222' : '111111';
        for (let i = 0; i < 10; i += 1) equal((await tracks(from('192.0.2.17'), bad)).status, 422);
        const guesser = await tracks(from('192.0.2.17'), pin);
        const person = await tracks(from('192.0.2.18'), pin);
        ok(guesser.status >= 400, `the guesser: ${guesser.status}`);
        ok(person.status < 400, `the person: ${person.status}`);
    });
});

await suite.test('an orderly stop ends with 0 and answers what it has taken', async () => {
    const server = new Server();
    try {
        await server.start();
        const api = new Api(server, server.token('desk.nowshera'));
        const under = Array.from({ length: 30 }, () => api.post('/cases', complaint()).then((r) => r.status, () => 0));
        await sleep(5);
        equal(await server.stop(), 0);
        const statuses = await Promise.all(under);
        ok(statuses.every((s) => [0, 201, 503].includes(s)), statuses.join(' '));
        const told = statuses.filter((s) => s === 201).length;
        await server.start();
        ok((await api.get('/cases?limit=200')).json.cases.length >= told, 'acknowledged and lost');
    } finally {
        await server.stop();
        server.remove();
    }
});

suite.done();
