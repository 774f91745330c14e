// event_day_test.mjs: the day of an event over HTTP: touches, names, needs, tokens, matters in twenty seconds, answers on
// the spot, what devices bring twice; and how long its pages take when it is large (argument: how many people).
//
// The twenty seconds are those of the keystroke-level model (Card, Moran, Newell): K 0.28 s a key, M 1.35 s where one
// thinks first; nobody's hands leave the keys. browser/keys.mjs presses them in chromium.
// SAVE=DIR keeps the papers of that one there.
import { writeFileSync } from 'node:fs';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey } from '../lib/client.mjs';
import { jpeg, submitFiles, wav, workerUp } from '../lib/media.mjs';

const PEOPLE = Number(process.argv[2] ?? 60);
const MATTERS = PEOPLE / 2;
const PAGE_MS = 50;
// What people really write down: long sentences, other letters, words and numbers that are not parted.
const WORDS = [
    'محلہ قاضی خیل کی خواتین نے بتایا کہ گزشتہ تین ماہ سے نلکے میں پانی نہیں آ رہا، ٹینکر ہفتے میں صرف ایک بار آتا ہے اور بچیاں اسکول جانے کے بجائے پانی بھرنے جاتی ہیں۔',
    'The hand pump of Mohalla Qazi Khel has been broken since 12 March 2026; repair it, or send a tanker every second day until it is repaired.',
    'گلی نمبر 3 میں سٹریٹ لائٹ کے 5 کھمبے خراب ہیں (کھمبا نمبر NSR-2026/117)۔',
    'Interdepartmentalcoordinationcommitteesecretariatnotificationreference-SO(LG)/2-14/2026-AAAAAAAAAAAAAAAAAAAAAAAA',
    'د نجونو د ښوونځي مخې ته نالۍ بنده ده، او په باران کې اوبه کورونو ته ننوځي.',
];
const ORDER = { side: 'official', office: 'PK52602-TMA', post: 'Assistant Director Water Supply and Sanitation', horizon: 'short' };
const suite = new Suite('event-day');

const dayIn = (days) => new Date(Date.now() + 5 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const ulid = (n) => `01JZ${String(n).padStart(22, '0')}`;

await withServer({}, async (server) => {
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, 'sign-in');
        return visitor;
    };
    const desk = await signedIn('desk.nowshera');
    const supervisor = await signedIn('supervisor.nowshera');
    const api = new Api(server, server.token('desk.nowshera'));
    const opened = async (more = {}) => {
        const plan = { kind: 'khuli_kacheri', audience: 'women', unit: 'PK52602', venue: `School ${Math.random()}`, venue_kind: 'school', day: dayIn(0), from: '10:00', to: '13:00', chair: 'ADC', plan: 'OP-1', ...more };
        const r = await desk.submit(await desk.get('/events/new'), '/events/new', plan);
        equal(r.status, 303, r.text);
        const code = /\/events\/([^?]+)/.exec(r.headers.location)[1];
        equal((await desk.submit(await desk.get(`/events/${code}`), `/events/${code}/act`, { do: 'open' })).status, 303, 'open');
        return `/events/${code}`;
    };
    const token = formsOf((await desk.get('/account')).text).find((f) => f.fields.has('_token')).fields.get('_token');
    const send = (path, fields) => desk.post(path, new Map([['_token', token], ['_key', idemKey()], ...Object.entries(fields)]));
    const day = async (event) => (await api.get(`${event}/day`)).json;
    const event = await opened();

    await suite.test('a touch is one person; pressing twice is two; taking back; who spoke', async () => {
        for (let i = 0; i < 3; i += 1) {
            const r = await send(`${event}/roster`, { role: 'citizen', tap: 'woman', _key: 'the-same-page' });
            equal([r.status, r.headers.location], [303, `${event}/roster#citizen`]);
        }
        await send(`${event}/roster`, { role: 'citizen', tap: 'less_woman' });
        await send(`${event}/roster`, { role: 'citizen', tap: 'spoke_woman' });
        const none = await send(`${event}/roster`, { role: 'official', tap: 'less_man' });
        equal(none.status, 409, 'nothing to take back');
        match(none.text, /nothing left to take back/);
        equal((await send(`${event}/roster`, { role: 'citizen', tap: 'transgender' })).status, 422, 'never by sight');
        equal((await day(event)).attendance, [{ role: 'citizen', sex: 'woman', people: 2, spoke: 1 }]);
    });

    await suite.test('what a device sends again is counted once, whatever key it comes under', async () => {
        const count = { role: 'citizen', sex: 'woman', people: 5, device: 'tablet-1', record: ulid(1) };
        for (let i = 0; i < 3; i += 1) equal((await api.post(`${event}/counts`, count, { 'Idempotency-Key': idemKey() })).status, 201);
        equal((await day(event)).people, 7);
        equal((await api.post(`${event}/counts`, { ...count, people: 6 })).status, 409, 'other content');
        equal((await api.post(`${event}/counts`, { ...count, record: ulid(2), take_back: true, people: 6 })).status, 409, 'more than it brought');
        equal((await api.post(`${event}/counts`, { ...count, sex: 'transgender', record: ulid(3) })).status, 422);
        equal((await day(event)).people, 7);
    });

    await suite.test('told in private: never more than came', async () => {
        for (let i = 0; i < 7; i += 1) equal((await send(`${event}/told`, { role: 'citizen', tap: 'age.18_29' })).status, 303);
        equal((await send(`${event}/told`, { role: 'citizen', tap: 'age.60_over' })).status, 409);
        equal((await send(`${event}/roster`, { role: 'citizen', tap: 'less_woman' })).status, 409, 'fewer than told');
        match((await desk.get(`${event}/told?role=citizen`)).text, /Not stated: (<bdi>)?0/);
    });

    await suite.test('names: the desk alone reads them, and a number comes once', async () => {
        const person = { name: 'Zarmina Canary', role: 'cso', sex: 'woman', phone: '0300 1234567' };
        equal((await send(`${event}/names`, person)).status, 303);
        equal((await send(`${event}/names`, person)).status, 409, 'the same number');
        match((await desk.get(`${event}/names`)).text, /Zarmina Canary[\s\S]*0300-1234567/);
        match((await desk.get(`${event}/names/print`)).text, /Zarmina Canary/);
        for (const path of ['/names', '/names/print']) equal((await supervisor.get(event + path)).status, 403);
        for (const path of ['/roster', '/cases']) ok(!(await supervisor.get(event + path)).text.includes('Canary'), path);
        equal((await send(`${event}/roster`, { role: 'cso', tap: 'woman' })).status, 409, 'kept by names');
        equal((await send(`${event}/names/change`, { remove_no: '1' })).status, 303);
    });

    await suite.test('needs: in their words, put together, ranked by the women', async () => {
        for (const [words, women] of [['Lights on our road', '2'], ['Water', '3'], ['A tap at the school', '1']]) equal((await send(`${event}/needs`, { words, women })).status, 303);
        equal((await send(`${event}/needs`, { words: '' })).status, 422);
        await send(`${event}/needs/change`, { plus: '1' });
        await send(`${event}/needs/change`, { plus: '1' });
        await send(`${event}/needs/change`, { same: '3', same_as: '2' });
        equal((await day(event)).needs.map((n) => [n.no, n.women, n.same_as]), [[1, 4, undefined], [2, 3, undefined], [3, 1, 2]]);
        equal((await send(`${event}/needs/change`, { hands: '2', hands_n: '5' })).status, 303);
        equal((await day(event)).needs[0].no, 2);
        equal((await send(`${event}/needs/change`, { hands: '2' })).status, 422, 'no number');
        const list = (await desk.get(`${event}/needs/print`)).text;
        ok(list.indexOf('Water') < list.indexOf('Lights on our road'), 'printed in order');
        equal((await api.post(`${event}/needs`, { words: 'Help at home', service: 'N-DV-01' })).status, 422, 'only pointed to');
    });

    await suite.test('tokens: in order; now and next; never the matter', async () => {
        for (const sex of ['woman', 'man', 'woman']) equal((await send(`${event}/tokens`, { sex })).status, 303);
        await send(`${event}/tokens`, { left: '1' });
        const { tokens } = await day(event);
        equal([tokens.now, tokens.next, tokens.waiting, tokens.left], [2, 3, 2, 1]);
        const screen = await desk.get(`${event}/now`);
        equal(screen.headers.refresh, '10');
        match(screen.text, /class="ref" dir="ltr">2</);
        equal((await send(`${event}/tokens`, { heard: '9' })).status, 404);
    });

    const capture = { service: 'M-WAT-01', description: 'No water for three days', phone: '0300 7654321', whose_phone: 'own', safe_call: '1', consent_record: 'yes' };
    let matter;

    await suite.test('a matter: the place is preset, consent and safety are asked, the token is heard, the slip is there', async () => {
        const form = await desk.get(`${event}/capture`);
        const fields = formsOf(form.text).find((f) => f.action === `${event}/capture`).fields;
        equal([fields.get('unit'), fields.get('sex'), fields.get('token')], ['PK52602', 'woman', '2']);
        for (const missing of ['consent_record', 'safe_call', 'service', 'description']) {
            const r = await desk.submit(form, `${event}/capture`, { ...capture, [missing]: null });
            equal(r.status, 422, missing);
            match(r.text, new RegExp(`id="${missing}-fault"`));
        }
        const done = await desk.submit(form, `${event}/capture`, capture);
        equal(done.status, 303, done.text);
        matter = /filed=(\d{10})$/.exec(done.headers.location)[1];
        const next = await desk.follow(done);
        match(next.text, new RegExp(`href="/cases/${matter}/slip"`));
        equal((await desk.get(`/cases/${matter}/slip`)).status, 200);
        const after = await day(event);
        equal([after.filed, after.filed_by_women, after.tokens.now], [1, 1, 3]);
        equal((await api.get(`/cases/${matter}`)).json.channel, 'event');
    });

    await suite.test('of what is only pointed to nothing is taken down', async () => {
        const points = /name="service"[\s\S]*?<\/select>/.exec((await desk.get(`${event}/capture`)).text)[0];
        ok(!/N-DV/.test(points), 'it can be chosen');
        const r = await send(`${event}/capture`, { ...capture, service: 'N-DV-01', description: 'secret canary', sex: 'woman', unit: 'PK52602' });
        equal(r.status, 422);
    });

    await suite.test('a record that comes again is the same matter', async () => {
        const brought = { service: 'M-WAT-01', unit: 'PK52602', description: 'Brought by a tablet', complainant: { sex: 'woman' }, device: 'tablet-1', record: ulid(9) };
        const first = await api.post(`${event}/matters`, brought);
        const again = await api.post(`${event}/matters`, brought);
        equal([first.status, again.status, first.json.ref], [201, 201, again.json.ref]);
        equal((await api.post(`${event}/matters`, { ...brought, description: 'Other' })).status, 409);
        // Another woman with the same words is another matter: nobody is answered with her number.
        for (const other of [{ complainant: { sex: 'woman', name: 'Another' } }, { complainant: { sex: 'man' } }, { complainant: { sex: 'woman', consent_record: 'no' } }, { past_desk: true }]) equal((await api.post(`${event}/matters`, { ...brought, ...other })).status, 409, JSON.stringify(other));
        equal((await day(event)).filed, 2);
        for (const [n, words] of [[20, 'First'], [21, 'Second']]) await api.post(`${event}/needs`, { words, record: ulid(n) });
        const [a, b] = [await api.post(`${event}/needs`, { words: 'First', record: ulid(20) }), await api.post(`${event}/needs`, { words: 'Second', record: ulid(21) })];
        equal(b.json.no - a.json.no, 1, 'each has its own number');
    });

    await suite.test('what goes past the desk is taken down there too, and moves no number of its event', async () => {
        const about = { service: 'M-WAT-01', unit: 'PK52602', description: 'Pasteventcanary', complainant: { sex: 'woman' }, past_desk: true, token: 3, record: ulid(30) };
        const before = await day(event);
        const first = await api.post(`${event}/matters`, about);
        equal(first.status, 201, first.text);
        equal((await api.post(`${event}/matters`, about)).json, first.json, 'again');
        const after = await day(event);
        equal([after.filed, after.filed_by_women], [before.filed, before.filed_by_women]);
        equal((await api.get(`/cases/${first.json.ref}`)).status, 404);
        for (const path of ['', '/cases', '/minutes', '/closing-sheet']) ok(!(await supervisor.get(event + path)).text.includes(first.json.ref), path);
    });

    await suite.test('a device that did not hear the answer asks again when the day is over', async () => {
        const short = await opened();
        const count = { role: 'citizen', sex: 'woman', people: 5, device: 'tablet-1', record: ulid(40) };
        equal((await api.post(`${short}/counts`, count)).status, 201);
        for (const fields of [{ do: 'paper', explained: 'No sheet' }, { do: 'sign', post: 'ADC', how: 'signature' }, { do: 'close', sure: '1' }]) equal((await send(`${short}/close`, fields)).status, 303, fields.do);
        equal((await api.post(`${short}/counts`, count)).status, 201, 'it was taken');
        equal((await api.post(`${short}/counts`, { ...count, record: ulid(41) })).status, 201, 'what was recorded on the day and came late counts, with a mark');
        equal((await api.post(`${short}/counts`, { ...count, record: ulid(41) })).status, 201, 'once');
        equal((await day(short)).people, 10);
    });

    await suite.test('her voice or a picture is enough; it waits to be typed; what cannot be read is refused beside the words', async () => {
        await workerUp(server);
        const spoken = { ...capture, description: '', sex: 'woman', unit: 'PK52602', token: '0' };
        const form = await desk.get(`${event}/capture`);
        const before = (await day(event)).filed;
        const bad = await submitFiles(desk, form, `${event}/capture`, { ...spoken, description: 'Typed beside it' }, [['voice', jpeg(), 'v.ogg']]);
        equal(bad.status, 422);
        match(bad.text, /id="voice-fault"/);
        match(bad.text, /Typed beside it/);
        const refs = [];
        for (const file of [['voice', wav(2), 'v.wav'], ['photos', jpeg(), 'p.jpg']]) {
            const done = await submitFiles(desk, await desk.get(`${event}/capture`), `${event}/capture`, spoken, [file]);
            equal(done.status, 303, done.text);
            refs.push(/filed=(\d{10})$/.exec(done.headers.location)[1]);
            const read = (await api.get(`/cases/${refs.at(-1)}`)).json;
            equal([read.channel, read.evidence.map((e) => `${e.media} ${e.from}`)], ['event', [`${file[0] === 'voice' ? 'voice' : 'photo'} desk`]]);
        }
        equal((await day(event)).filed, before + 2);
        const queue = (await desk.get('/desk/to-type')).text;
        for (const ref of refs) ok(queue.includes(ref), 'to be typed');
        equal((await desk.submit(await desk.get(`/cases/${refs[0]}/evidence`), /evidence-typed$/, { typed: 'The pump is dry' })).status, 303);
        equal((await api.get(`/cases/${refs[0]}`)).json.description, 'The pump is dry');
    });

    await suite.test('the officer’s answer: solved now asks her, and only her word closes it', async () => {
        const page = `${event}/cases/${matter}`;
        equal((await send(page, { answer: 'solved_now' })).status, 422, 'what did he say?');
        equal((await send(page, { answer: 'solved_now', words: 'The valve is open', office: 'PK52601-TMA', post: 'Assistant Engineer' })).status, 303);
        equal((await api.get(`/cases/${matter}`)).json.status, 'awaiting_answer');
        match((await desk.get(page)).text, /Only her own word closes/);
        ok(!/\/hers"/.test((await supervisor.get(page)).text), 'the chair does not answer for her');
        equal((await send(`${page}/hers`, { outcome: 'solved' })).status, 303);
        equal((await api.get(`/cases/${matter}`)).json.status, 'solved');
    });

    await suite.test('promised, handed on, not ours, not possible now; the chair sees what waits', async () => {
        const refs = [];
        for (let i = 0; i < 5; i += 1) {
            const r = await api.post(`${event}/matters`, { service: 'M-WAT-01', unit: 'PK52602', description: `Matter ${i}`, complainant: { sex: 'woman' }, token: i + 10 });
            refs.push(r.json.ref.replaceAll('-', ''));
        }
        const answer = (i, fields, want = 303) => send(`${event}/cases/${refs[i]}`, fields).then((r) => equal(r.status, want, JSON.stringify(fields)));
        await answer(0, { answer: 'promised' }, 422);
        await answer(0, { answer: 'promised', day: dayIn(-1) }, 422);
        await answer(0, { answer: 'promised', day: dayIn(14) });
        await answer(1, { answer: 'handed_on', words: 'To the electricity company' });
        await answer(2, { answer: 'not_ours', words: 'The gas company' });
        await answer(3, { answer: 'not_possible', words: 'No money', day: dayIn(60) }, 422);
        await answer(3, { answer: 'not_possible', words: 'No money', day: dayIn(60), reason: 'no_funds' });
        const states = await Promise.all(refs.map(async (r) => (await api.get(`/cases/${r}`)).json.status));
        equal(states, ['registered', 'registered', 'registered', 'awaiting_answer', 'registered']);
        const waiting = (await supervisor.get(`${event}/cases?show=waiting`)).text;
        ok(waiting.includes(refs[4]) && !waiting.includes(refs[0]), 'what waits');
        match((await desk.get(`/cases/${refs[0]}`)).text, /promised it at the open court|کھلی کچہری میں/);
    });

    await suite.test('nothing is recorded before the day is opened', async () => {
        const r = await desk.submit(await desk.get('/events/new'), '/events/new', { kind: 'other', audience: 'mixed', unit: 'PK52602', venue: 'Hall', venue_kind: 'other', day: dayIn(9), from: '10:00', to: '13:00', plan: 'OP-1' });
        const later = `/events/${/\/events\/([^?]+)/.exec(r.headers.location)[1]}`;
        for (const [path, fields] of [['/roster', { role: 'citizen', tap: 'woman' }], ['/tokens', { sex: 'woman' }], ['/needs', { words: 'x' }], ['/capture', { ...capture, sex: 'woman', unit: 'PK52602' }]]) equal((await send(later + path, fields)).status, 409, path);
        match((await desk.get(`${later}/roster`)).text, /not been started yet/);
        match((await supervisor.get(`${event}/roster`)).text, /Only the desk records this/);
    });

    await suite.test('twenty seconds for one matter by the keystroke-level model', async () => {
        const html = (await desk.get(`${event}/capture`)).text;
        const form = /<form[^>]*id="capture"[\s\S]*?<\/form>/.exec(html)[0].replace(/<details[\s\S]*?<\/details>/, '');
        const names = [...form.matchAll(/\bname="([a-z_]+)"/g)].map((m) => m[1]).filter((n) => !n.startsWith('_'));
        // Each field that has to be filled: its keys with the one that leads on, and whether one thinks before it.
        const keys = { service: [3, 1], description: [24 + 1, 1], phone: [11 + 1, 1], whose_phone: [1 + 1, 0], safe_call: [1 + 1, 1], consent_record: [1, 0], voice: [0, 0], photos: [0, 0] };
        equal([...new Set(names)], Object.keys(keys), 'fields in their order; the rest is known and stands behind the button');
        match(form, /data-key="Enter"/);
        // With words; or spoken: past the words, and the key that opens the recorder. What she says is no key.
        for (const [how, asked] of [['typed', keys], ['spoken', { ...keys, description: [1, 0], voice: [1 + 1, 1] }]]) {
            const all = Object.values(asked);
            const pressed = all.reduce((sum, [k]) => sum + k, 2);
            const seconds = pressed * 0.28 + all.reduce((sum, [, m]) => sum + m, 0) * 1.35;
            console.log(`capture, ${how}: ${pressed} keys, ${seconds.toFixed(1)} s by the keystroke-level model`);
            ok(seconds <= 20, `${how}: ${seconds.toFixed(1)} s`);
        }
    });

    await suite.test(`an event with ${MATTERS} matters and ${PEOPLE} people: each page within ${PAGE_MS} ms`, async () => {
        const large = await opened();
        const all = async (n, make) => {
            const got = [];
            for (let i = 0; i < n; i += 30) got.push(...await Promise.all(Array.from({ length: Math.min(30, n - i) }, (_, k) => make(i + k))));
            ok(got.every((r) => r.status === 201 || r.status === 303), `${got.find((r) => r.status >= 400)?.text}`);
            return got;
        };
        await all(PEOPLE, (i) => send(`${large}/names`, { name: `Person ${i}`, role: 'citizen', sex: i % 3 ? 'woman' : 'man', phone: `0301 ${String(1000000 + i)}` }));
        await all(PEOPLE, () => api.post(`${large}/tokens`, { sex: 'woman' }));
        await all(60, (i) => api.post(`${large}/needs`, { words: `${WORDS[i % WORDS.length]} ${i}`, women: i }));
        const made = await all(MATTERS, (i) => api.post(`${large}/matters`, { service: 'M-WAT-01', unit: 'PK52602', description: `Matter ${i} `.repeat(20), complainant: { sex: 'woman' }, token: i + 1 }));
        const one = made[0].json.ref.replaceAll('-', '');
        await all(30, (i) => send(`${large}/directions`, { ...ORDER, words: `${i} ${WORDS[i % WORDS.length]}`, due_day: dayIn(15), case: made[i].json.ref }));
        await all(MATTERS, (i) => send(`${large}/cases/${made[i].json.ref.replaceAll('-', '')}`, { answer: 'promised', day: dayIn(14), words: WORDS[i % WORDS.length], office: 'PK52602-TMA', post: 'Assistant Director Water Supply' }));
        for (const fields of [{ do: 'paper', paper_citizen_woman: '200', explained: WORDS[1] }, { do: 'minutes', minutes: WORDS.join('\n') }, { do: 'sign', post: 'ADC', how: 'signature' }]) equal((await send(`${large}/close`, fields)).status, 303, fields.do);
        const slow = [];
        const pages = ['', '/summons', '/roster', '/told', '/names', '/names/print', '/needs', '/needs/print', '/tokens', '/now', '/capture', '/cases', `/cases/${one}`, '/directions', '/dialogue', '/training', '/follow-up', '/close', '/minutes', '/closing-sheet', '/data-sheet', '/letters-directions'];
        for (const path of pages) {
            let best = Infinity;
            for (let i = 0; i < 7; i += 1) {
                const from = performance.now();
                const r = await desk.get(large + path);
                best = Math.min(best, performance.now() - from);
                equal(r.status, 200, path);
            }
            console.log(`${path || '/'}: ${best.toFixed(1)} ms`);
            if (best > PAGE_MS) slow.push(`${path}: ${best.toFixed(1)} ms`);
        }
        equal(slow, []);
        if (!process.env.SAVE) return; // the papers of a large event, to be looked at
        for (const paper of ['minutes', 'closing-sheet', 'data-sheet', 'letters-directions']) {
            for (const lang of ['en', 'ur', 'ps']) {
                for (const as of ['', '.pdf', '.docx']) {
                    const r = await desk.get(`${large}/${paper}${as}?lang=${lang}`);
                    equal(r.status, 200, `${paper}${as} ${lang}`);
                    writeFileSync(`${process.env.SAVE}/${paper}-${lang}${as || '.html'}`, r.raw ?? r.text);
                }
            }
        }
    });
});
suite.done();
