// api_test.mjs: the API's contract against the real program: every promise of docs/api in one sentence each.
import { Suite, equal, fail, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, idemKey, send } from '../lib/client.mjs';

const suite = new Suite('web-api');
const REF = /^\d{3}-\d{3}-\d{4}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?([+-]\d\d:\d\d|Z)$/;
const STATES = ['registered', 'assigned', 'in_progress', 'info_asked', 'awaiting_answer', 'solved', 'partly', 'not_solved',
    'closed_unconfirmed', 'reopened', 'withdrawn', 'rejected', 'handed_over'];

function complaint(more = {}) {
    const { complainant, ...rest } = more;
    return {
        service: 'M-WAT-01',
        unit: 'PK52601',
        description: 'No water since Monday',
        ...rest,
        complainant: { sex: 'woman', ...complainant },
    };
}

function problem(r, status) {
    equal(r.status, status, `status (${r.text})`);
    match(r.headers['content-type'] ?? '', /^application\/problem\+json/, 'content type');
    equal(r.json.status, status, 'status inside');
    ok(r.json.title?.length > 0, 'a problem has a title');
    return r.json;
}

// A day so many days from today, in Pakistan.
function daysOn(n) {
    return new Date(Date.now() + (n * 24 + 5) * 3600000).toISOString().slice(0, 10);
}

// The fields that a refusal names.
function faults(r) {
    return problem(r, 422).errors?.map((e) => e.field).sort() ?? [];
}

await withServer({}, async (server) => {
    const as = (user) => new Api(server, server.token(user)); // while the server runs
    const desk = as('desk.nowshera');
    const officer = as('officer.nowshera');
    const supervisor = as('supervisor.nowshera');
    const adc = as('adc.nowshera');
    const admin = as('admin');
    const elsewhere = as('desk.haripur');
    const nobody = new Api(server, null);

    const file = async (more, headers) => {
        const r = await desk.post('/cases', complaint(more), headers);
        equal(r.status, 201, `filing (${r.text})`);
        return r.json;
    };
    const act = (who, ref, action, more = {}) => who.post(`/cases/${ref}/actions`, { action, ...more });
    const step = async (who, ref, action, more, want) => {
        const r = await act(who, ref, action, more);
        equal(r.status, 200, `${action} (${r.text})`);
        equal(r.json.status, want, `state after ${action}`);
        equal(r.json.ref, ref, 'reference');
        equal((await desk.get(`/cases/${ref}`)).json.status, want, `state shown after ${action}`);
    };
    const awaiting = async () => {
        const { ref } = await file();
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        const r = await act(officer, ref, 'report_action', { what: 'Pipe mended', result: 'done' });
        equal(r.json.status, 'awaiting_answer');
        return ref;
    };

    // ---- filing ----

    await suite.test('the least that can be filed gives reference, PIN, status and due date', async () => {
        const r = await desk.post('/cases', complaint());
        equal(r.status, 201);
        match(r.headers['content-type'], /^application\/json/);
        match(r.json.ref, REF);
        match(r.json.pin, /^\d{6}$/);
        equal(r.json.status, 'registered');
        match(r.json.due, ISO);
        match(r.json.due, /T16:00:00\+05:00$/, 'due at the end of a working day');
        const back = await desk.get(`/cases/${r.json.ref}`);
        equal(back.json.language, 'en');
        equal(back.json.channel, 'desk');
        equal(back.json.kind, 'complaint');
    });

    await suite.test('everything that can be filed comes back', async () => {
        const words = 'تین دن سے پانی نہیں آ رہا';
        const full = complaint({
            kind: 'complaint', service: 'M-SAN-01', unit: 'PK52602', description: words, language: 'ur', channel: 'phone',
            complainant: { name: 'شازیہ بی بی', phone: '0301-2345678', sex: 'woman' },
        });
        const r = await desk.post('/cases', full);
        equal(r.status, 201, r.text);
        const c = (await desk.get(`/cases/${r.json.ref}`)).json;
        equal([c.kind, c.service, c.unit, c.description, c.language, c.channel],
            ['complaint', 'M-SAN-01', 'PK52602', words, 'ur', 'phone']);
        equal([c.complainant.name, c.complainant.phone, c.complainant.sex], ['شازیہ بی بی', '+923012345678', 'woman']);
        equal(c.due, r.json.due);
        equal(c.status, 'registered');
        equal(c.timeline.length, 1);
        equal([c.timeline[0].action, c.timeline[0].to, c.timeline[0].by], ['file', 'registered', 'desk']);
    });

    await suite.test('a district or a unit below it will do', async () => {
        for (const unit of ['PK526', 'PK52601', 'PK52603']) {
            const { ref } = await file({ unit });
            equal((await desk.get(`/cases/${ref}`)).json.unit, unit);
        }
    });

    await suite.test('every sex, language and channel of the contract is taken', async () => {
        for (const sex of ['woman', 'man', 'transgender', 'not_stated']) await file({ complainant: { sex } });
        for (const language of ['en', 'ur', 'ps']) await file({ language });
        for (const channel of ['desk', 'phone', 'public', 'event']) await file({ channel });
    });

    await suite.test('what is required and missing is named', async () => {
        equal(faults(await desk.post('/cases', {})), ['complainant.sex', 'description', 'service', 'unit']);
        for (const [field, body] of [
            ['service', complaint({ service: undefined })],
            ['unit', complaint({ unit: '' })],
            ['description', complaint({ description: '  \n ' })],
            ['complainant.sex', complaint({ complainant: { sex: undefined } })],
            ['complainant.sex', complaint({ complainant: { sex: 'lady' } })],
            ['kind', complaint({ kind: 'rti_request' })],
            ['language', complaint({ language: 'fr' })],
            ['channel', complaint({ channel: 'fax' })],
            ['service', complaint({ service: 'M-NOT-99' })],
            ['unit', complaint({ unit: 'PK999' })],
            ['unit', complaint({ unit: 'PK5' })],
            ['unit', complaint({ unit: 'PK511' })], // another district's
            ['complainant.phone', complaint({ complainant: { phone: '12' } })],
            ['description', complaint({ description: 42 })],
            ['description', complaint({ description: ['a'] })],
        ]) {
            equal(faults(await desk.post('/cases', body)), [field], `faults of ${JSON.stringify(body)}`);
        }
    });

    await suite.test('due dates follow the service', async () => {
        const day = (c) => Date.parse(c.due.slice(0, 10));
        const one = await file({ service: 'M-WAT-03' });
        const thirty = await file({ service: 'M-RDS-01' });
        equal((day(thirty) - day(one)) / 86400000, 29);
    });

    // ---- the same write again ----

    await suite.test('the same key and content give the first receipt again, and no second case', async () => {
        const headers = { 'Idempotency-Key': idemKey() };
        const body = complaint({ description: 'Filed once, sent thrice' });
        const all = [];
        for (let i = 0; i < 3; i += 1) all.push(await desk.post('/cases', body, headers));
        all.forEach((r) => equal([r.status, r.text], [201, all[0].text]));
        equal((await desk.get('/cases?q=thrice')).json.cases.length, 1);
    });

    await suite.test('order of members and white space do not make another content', async () => {
        const headers = { 'Idempotency-Key': idemKey() };
        const a = await desk.post('/cases', '{"service":"M-WAT-01","unit":"PK52601","description":"x y","complainant":{"sex":"man"}}', headers);
        const b = await desk.post('/cases', '{ "complainant":{"sex":"man"}, "description":"x y",\n "unit":"PK52601","service":"M-WAT-01"}', headers);
        equal([b.status, b.text], [201, a.text]);
    });

    await suite.test('the same key with other content is a conflict and changes nothing', async () => {
        const headers = { 'Idempotency-Key': idemKey() };
        const first = await file({ description: 'First words' }, headers);
        problem(await desk.post('/cases', complaint({ description: 'Second words' }), headers), 409);
        equal((await desk.get(`/cases/${first.ref}`)).json.description, 'First words');
    });

    await suite.test('a key belongs to who sends it', async () => {
        const headers = { 'Idempotency-Key': idemKey() };
        const mine = await file({}, headers);
        const hers = await elsewhere.post('/cases', complaint({ unit: 'PK511' }), headers);
        equal(hers.status, 201);
        ok(hers.json.ref !== mine.ref, 'two people, two cases');
    });

    await suite.test('ten at once with one key are one case', async () => {
        const headers = { 'Idempotency-Key': idemKey() };
        const all = await Promise.all(Array.from({ length: 10 }, () => desk.post('/cases', complaint(), headers)));
        equal([...new Set(all.map((r) => `${r.status} ${r.text}`))].length, 1, 'different answers');
        equal(all[0].status, 201);
    });

    await suite.test('a key that is none is refused, the longest that is one is taken', async () => {
        for (const key of ['', 'x'.repeat(65), 'with space', 'tab\there', 'ک']) {
            const value = Buffer.from(key).toString('latin1');
            problem(await desk.post('/cases', complaint(), { 'Idempotency-Key': value }), 400);
        }
        const r = await desk.post('/cases', complaint(), { 'Idempotency-Key': `!~${idemKey()}`.padEnd(64, '#') });
        equal(r.status, 201);
    });

    await suite.test('actions are repeated safely too', async () => {
        const { ref } = await file();
        const headers = { 'Idempotency-Key': idemKey() };
        const body = { action: 'comment', comment: 'Once only' };
        const a = await desk.post(`/cases/${ref}/actions`, body, headers);
        const b = await desk.post(`/cases/${ref}/actions`, body, headers);
        equal([a.status, b.status, b.text], [200, 200, a.text]);
        equal((await desk.get(`/cases/${ref}`)).json.timeline.length, 2);
        problem(await desk.post(`/cases/${ref}/actions`, { ...body, comment: 'Other' }, headers), 409);
    });

    // ---- lists ----

    await suite.test('paging by `next` gives every case once', async () => {
        const seen = [];
        let after = '';
        for (let page = 0; page < 200; page += 1) {
            const r = await desk.get(`/cases?limit=7${after ? `&after=${encodeURIComponent(after)}` : ''}`);
            equal(r.status, 200, r.text);
            ok(r.json.cases.length <= 7, 'more rows than asked for');
            r.json.cases.forEach((c) => match(c.ref, REF));
            seen.push(...r.json.cases.map((c) => c.ref));
            after = r.json.next;
            if (after === null) break;
            equal(r.json.cases.length, 7, 'a page with another behind it is full');
        }
        equal(after, null, 'the last page');
        const all = (await desk.get('/cases?limit=200')).json;
        equal(all.next, null);
        equal([...seen].sort(), all.cases.map((c) => c.ref).sort());
        equal(new Set(seen).size, seen.length, 'a case twice');
    });

    await suite.test('search results page as well', async () => {
        for (let i = 0; i < 5; i += 1) await file({ description: `Zebracrossing number ${i}` });
        const seen = [];
        let after = '';
        for (let page = 0; page < 10 && after !== null; page += 1) {
            const r = await desk.get(`/cases?q=zebracrossing&limit=2${after ? `&after=${encodeURIComponent(after)}` : ''}`);
            seen.push(...r.json.cases.map((c) => c.ref));
            after = r.json.next;
        }
        equal([seen.length, new Set(seen).size], [5, 5]);
    });

    await suite.test('a cursor that was changed is refused', async () => {
        const { next } = (await desk.get('/cases?limit=1')).json;
        const changed = next.slice(0, -1) + (next.endsWith('A') ? 'B' : 'A');
        for (const after of [changed, 'x', '0']) equal(faults(await desk.get(`/cases?after=${after}`)), ['after']);
    });

    await suite.test('filters by status, unit, service and words agree with the cases', async () => {
        const { ref } = await file({ service: 'M-LGT-01', unit: 'PK52603', description: 'Lamp at the گرلز سکول is out' });
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        const refs = async (query) => (await desk.get(`/cases?limit=200&${query}`)).json.cases.map((c) => c.ref);
        for (const query of ['status=assigned', 'unit=PK52603', 'service=M-LGT-01', 'q=lamp', 'q=LAM', `q=${encodeURIComponent('گرلز')}`,
            `q=${encodeURIComponent('گرلز سکول')}`, 'status=assigned&unit=PK52603&service=M-LGT-01&q=lamp', `q=${ref}`,
            `q=${ref.replaceAll('-', '')}`, 'unit=PK526']) {
            ok((await refs(query)).includes(ref), `${query} does not find it`);
        }
        for (const query of ['status=registered', 'unit=PK52601', 'service=M-WAT-01', 'q=manhole', 'unit=PK511', 'service=NONE',
            'status=assigned&service=M-WAT-01']) {
            ok(!(await refs(query)).includes(ref), `${query} finds it`);
        }
        equal(faults(await desk.get('/cases?status=lost')), ['status']);
        for (const status of STATES) equal((await desk.get(`/cases?status=${status}`)).status, 200, status);
    });

    await suite.test('the same word in Arabic and Urdu letters is one word', async () => {
        const { ref } = await file({ description: 'كوڑا يہاں پڑا ہے ٹیسٹکوڑا' }); // Arabic kaf and yeh
        for (const q of ['کوڑا یہاں', 'ٹیسٹکوڑا', 'كوڑا']) {
            ok((await desk.get(`/cases?limit=200&q=${encodeURIComponent(q)}`)).json.cases.some((c) => c.ref === ref), q);
        }
    });

    await suite.test('no list finds a case by telephone number', async () => {
        const { ref } = await file({ complainant: { phone: '0345 1112223' } });
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        for (const q of ['03451112223', '+92 345 1112223', '۰۳۴۵۱۱۱۲۲۲۳']) {
            for (const who of [desk, officer, supervisor, adc]) equal((await who.get(`/cases?q=${encodeURIComponent(q)}`)).json.cases, [], q);
        }
    });

    await suite.test('a list row says what a list needs, and who reads it sees no name', async () => {
        const row = (await desk.get('/cases?limit=1')).json.cases[0];
        for (const key of ['ref', 'status', 'due', 'service', 'unit', 'filed']) ok(key in row, `${key} is missing`);
        ok(!('name' in row) && !('phone' in row), 'identity in a list');
    });

    await suite.test('limit has bounds', async () => {
        for (const limit of ['-1', 'x', '1e9', '100000']) equal(faults(await desk.get(`/cases?limit=${limit}`)), ['limit'], limit);
    });

    // ---- the life of a case ----

    await suite.test('one complaint from filing to her own answer, and again', async () => {
        const { ref } = await file();
        await step(supervisor, ref, 'assign', { to: 'officer.nowshera' }, 'assigned');
        await step(officer, ref, 'accept', {}, 'in_progress');
        await step(officer, ref, 'ask', { words: 'Which house?' }, 'info_asked');
        await step(desk, ref, 'amend', { words: 'The third one' }, 'in_progress');
        await step(officer, ref, 'report_action', { what: 'Valve opened', result: 'done' }, 'awaiting_answer');
        await step(desk, ref, 'answer', { outcome: 'not_solved', taken_via: 'phone' }, 'not_solved');
        await step(supervisor, ref, 'assign', { to: 'officer.nowshera' }, 'assigned');
        await step(officer, ref, 'report_action', { what: 'New pipe', result: 'done' }, 'awaiting_answer');
        await step(desk, ref, 'answer', { outcome: 'partly', taken_via: 'desk' }, 'partly');
        await step(adc, ref, 'assign', { to: 'officer.nowshera' }, 'assigned');
        await step(officer, ref, 'report_action', { what: 'Pressure raised', result: 'partly' }, 'awaiting_answer');
        await step(desk, ref, 'answer', { outcome: 'solved', taken_via: 'desk' }, 'solved');
        await step(desk, ref, 'reopen', { reason: 'It stopped again' }, 'reopened');
        await step(desk, ref, 'withdraw', { reason: 'We moved away' }, 'withdrawn');
        const c = (await desk.get(`/cases/${ref}`)).json;
        equal(c.timeline.map((s) => s.action), ['file', 'assign', 'accept', 'ask', 'amend', 'report_action', 'answer', 'assign',
            'report_action', 'answer', 'assign', 'report_action', 'answer', 'reopen', 'withdraw']);
        equal(c.timeline[5].words, 'Valve opened');
        equal([c.timeline[6].via, c.timeline[6].result], ['phone', 'not_solved']);
        equal(c.timeline[13].words, 'It stopped again');
        c.timeline.forEach((s) => match(s.at, ISO));
        c.timeline.slice(1).forEach((s, i) => equal(s.from, c.timeline[i].to, 'an unbroken chain'));
    });

    await suite.test('a proxy’s "solved" is unconfirmed, and her own word still comes', async () => {
        const ref = await awaiting();
        await step(desk, ref, 'answer', { outcome: 'solved', taken_via: 'proxy' }, 'closed_unconfirmed');
        problem(await act(desk, ref, 'answer', { outcome: 'solved', taken_via: 'proxy' }), 409);
        await step(desk, ref, 'answer', { outcome: 'not_solved', taken_via: 'phone' }, 'not_solved');
    });

    await suite.test('a proxy’s "not solved" stays open', async () => {
        const ref = await awaiting();
        await step(desk, ref, 'answer', { outcome: 'not_solved', taken_via: 'proxy' }, 'not_solved');
    });

    await suite.test('no role but the desk takes her answer', async () => {
        const ref = await awaiting();
        for (const who of [officer, supervisor, adc]) problem(await act(who, ref, 'answer', { outcome: 'solved', taken_via: 'phone' }), 403);
        equal((await desk.get(`/cases/${ref}`)).json.status, 'awaiting_answer');
    });

    await suite.test('no action but an answer leads to solved', async () => {
        const ref = await awaiting();
        for (const [who, action] of [[supervisor, 'assign'], [officer, 'accept'], [officer, 'report_action'], [supervisor, 'reject'], [desk, 'reopen']]) {
            problem(await act(who, ref, action, { to: 'officer.nowshera', words: 'x', result: 'done', reason: 'x' }), 409);
        }
        for (const action of ['solve', 'close', 'file']) equal(faults(await act(desk, ref, action)), ['action'], action);
    });

    await suite.test('a rejection is contested by her and then decided by the ADC alone', async () => {
        const { ref } = await file();
        equal(faults(await act(supervisor, ref, 'reject')), ['words']);
        await step(supervisor, ref, 'reject', { reason: 'A private tank' }, 'rejected');
        await step(desk, ref, 'reopen', { reason: 'It is the public line' }, 'reopened');
        problem(await act(supervisor, ref, 'reject', { reason: 'Still private' }), 403);
        await step(adc, ref, 'reject', { reason: 'Looked at it: private' }, 'rejected');
    });

    await suite.test('a contested rejection given to an officer is not rejected by the supervisor either', async () => {
        const { ref } = await file();
        await act(supervisor, ref, 'reject', { reason: 'No' });
        await act(desk, ref, 'reopen', { reason: 'Yes' });
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        problem(await act(supervisor, ref, 'reject', { reason: 'No again' }), 403);
    });

    await suite.test('after her "not solved" nobody rejects it', async () => {
        const ref = await awaiting();
        await act(desk, ref, 'answer', { outcome: 'not_solved', taken_via: 'desk' });
        problem(await act(supervisor, ref, 'reject', { reason: 'We did enough' }), 409);
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        for (const who of [supervisor, adc]) problem(await act(who, ref, 'reject', { reason: 'We did enough' }), 409);
    });

    await suite.test('what an action needs and lacks is named', async () => {
        const { ref } = await file();
        equal(faults(await act(supervisor, ref, 'assign')), ['to']);
        for (const to of ['nobody', 'desk.nowshera', 'officer.haripur', 'supervisor.nowshera', 'admin']) {
            equal(faults(await act(supervisor, ref, 'assign', { to })), ['to'], to);
        }
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        equal(faults(await act(officer, ref, 'ask')), ['words']);
        equal(faults(await act(officer, ref, 'report_action', { what: 'Did it' })), ['result']);
        equal(faults(await act(officer, ref, 'report_action', { result: 'done' })), ['words']);
        equal(faults(await act(officer, ref, 'report_action', { what: 'x', result: 'solved' })), ['result']);
        equal(faults(await act(officer, ref, 'comment')), ['words']);
        equal(faults(await act(desk, ref, 'amend')), ['words']);
        const cannot = (more) => act(officer, ref, 'report_action', { what: 'Tried', result: 'not_possible', ...more });
        equal(faults(await cannot({ next_date: daysOn(30) })), ['reason']);
        equal(faults(await cannot({ reason: 'no_will', next_date: daysOn(30) })), ['reason']);
        equal(faults(await cannot({ reason: 'no_funds' })), ['next_date']);
        for (const next_date of [daysOn(0), daysOn(-1), daysOn(800), '2026-02-30', 'soon']) {
            equal(faults(await cannot({ reason: 'no_funds', next_date })), ['next_date'], next_date);
        }
        equal(faults(await act(officer, ref, 'mark')), ['to']);
        equal(faults(await act(officer, ref, 'mark', { to: 'officer.haripur' })), ['to']);
        equal(faults(await act(officer, ref, 'mark', { to: 'officer.nowshera' })), ['to'], 'to himself');
        equal(faults(await act(officer, ref, 'visit')), ['words']);
        equal(faults(await act(officer, ref, 'wrong_department')), ['words']);
        await act(officer, ref, 'report_action', { what: 'Did it', result: 'partly' });
        equal(faults(await act(desk, ref, 'answer', { taken_via: 'desk' })), ['outcome']);
        equal(faults(await act(desk, ref, 'answer', { outcome: 'done', taken_via: 'desk' })), ['outcome']);
        equal(faults(await act(desk, ref, 'answer', { outcome: 'solved', taken_via: 'dream' })), ['taken_via']);
        await act(desk, ref, 'answer', { outcome: 'solved', taken_via: 'desk' });
        equal(faults(await act(desk, ref, 'reopen')), ['words']);
        equal((await act(desk, ref, '')).status, 422);
    });

    await suite.test('amending keeps the old words in the timeline', async () => {
        const { ref } = await file({ description: 'Old words' });
        const before = (await desk.get(`/cases/${ref}`)).json;
        await step(desk, ref, 'amend', { description: 'New words', service: 'M-RDS-01', unit: 'PK52602', phone: '0300 1234567' }, 'registered');
        const c = (await desk.get(`/cases/${ref}`)).json;
        equal([c.description, c.service, c.unit, c.complainant.phone], ['New words', 'M-RDS-01', 'PK52602', '+923001234567']);
        ok(c.timeline.some((s) => s.words === 'Old words'), 'the old words are gone');
        ok(c.due > before.due, 'another service has another limit');
        ok(!JSON.stringify(c.timeline).includes('1234567'), 'a number in the timeline');
    });

    await suite.test('a comment moves no deadline', async () => {
        const { ref, due } = await file();
        await step(desk, ref, 'comment', { comment: 'She called again' }, 'registered');
        equal((await desk.get(`/cases/${ref}`)).json.due, due);
    });

    // ---- everything that is told reads back, to whom it is known ----

    const told = {
        kind: 'application', service: 'M-CIV-01', unit: 'PK52602', description: 'A certificate for my daughter', place: 'Near the well',
        language: 'ps', channel: 'phone', signatories: ['Naila Canary', 'Bushra Canary'],
        complainant: {
            name: 'Zarmina Canary', alias: 'Lamp Canary', phone: '0301 7770001', whose_phone: 'neighbour', safe_call: true, safe_sms: true,
            call_when: 'midday', sex: 'transgender', brought_by: 'group', anonymous: false, spoken: 'hindko', age: '45_59', minority: 'yes',
            seeing: 'lot', hearing: 'some', walking: 'none', remembering: 'cannot', self_care: 'none', speaking: 'some', address: 'House Canary 9',
            cnic: '17301-7770001-2', relation: 'widow', relation_name: 'Husband Canary',
            consent_record: 'yes', consent_call: 'yes', consent_hand_over: 'no', consent_figures: 'yes',
        },
    };
    const paper = (await nobody.get('/services')).json.services.find((x) => x.code === 'M-CIV-01').documents[0];

    await suite.test('every member of a filing reads back to the desk', async () => {
        const { ref } = await file({ ...told, documents: [paper.code] });
        const c = (await desk.get(`/cases/${ref}`)).json;
        for (const key of ['kind', 'service', 'unit', 'description', 'place', 'language', 'channel', 'signatories']) equal(c[key], told[key], key);
        equal(c.signed, 2);
        for (const [key, value] of Object.entries(told.complainant)) {
            if (key !== 'phone') equal(c.complainant[key], value, key);
        }
        equal(c.complainant.phone, '+923017770001');
        equal(c.complainant.disability, 'yes');
        equal(c.documents.find((d) => d.code === paper.code), { ...paper, given: true });
        ok(c.documents.some((d) => !d.given), 'what is missing is listed');
    });

    await suite.test('who works on it reads the matter, and nothing of who it is', async () => {
        const { ref } = await file({ ...told, documents: [] });
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        for (const who of [officer, supervisor, adc]) {
            const r = await who.get(`/cases/${ref}`);
            equal([r.json.description, r.json.signed, r.json.complainant], [told.description, 2, { sex: 'transgender', brought_by: 'group', anonymous: false }]);
            ok(!/canary|777000|hindko|45_59/i.test(r.text), 'identity');
        }
    });

    await suite.test('what is brought without a name keeps none', async () => {
        const { ref } = await file({ complainant: { name: 'Canary Two', phone: '0301 7770002', cnic: '1', alias: 'x', anonymous: true } });
        const r = await desk.get(`/cases/${ref}`);
        equal([r.json.complainant.anonymous, r.json.complainant.name, r.json.complainant.phone, r.json.complainant.cnic], [true, null, null, null]);
        ok(!/canary two|7770002/i.test(r.text));
        problem(await act(desk, ref, 'amend', { phone: '0301 7770002' }), 409);
    });

    await suite.test('without consent to be recorded the matter stays, the name does not', async () => {
        const { ref } = await file({ complainant: { name: 'Canary Three', consent_record: 'no' } });
        const c = (await desk.get(`/cases/${ref}`)).json;
        equal([c.complainant.anonymous, c.complainant.name, c.complainant.consent_record], [true, null, 'no']);
    });

    await suite.test('"me too" joins the first case, whichever number is named', async () => {
        const first = await file();
        const second = await file({ same_as: first.ref });
        const third = await file({ same_as: second.ref });
        const c = (await desk.get(`/cases/${third.ref}`)).json;
        equal([c.same_as, c.told], [first.ref, 3]);
        await act(supervisor, third.ref, 'assign', { to: 'officer.nowshera' });
        const seen = (await officer.get(`/cases/${third.ref}`)).json;
        equal([seen.same_as, seen.told], [null, 3]);
        equal(faults(await desk.post('/cases', complaint({ same_as: '111-111-1119' }))), ['same_as']);
    });

    await suite.test('a suggestion has no clock and is not rejected', async () => {
        const r = await file({ kind: 'suggestion' });
        equal(r.due, null);
        problem(await act(supervisor, r.ref, 'reject', { reason: 'No' }), 409);
    });

    await suite.test('members that are no choice are named, each', async () => {
        for (const [field, more] of [
            ['complainant.brought_by', { brought_by: 'father' }], ['complainant.spoken', { spoken: 'latin' }], ['complainant.age', { age: '33' }],
            ['complainant.minority', { minority: 'which' }], ['complainant.seeing', { seeing: 'bad' }], ['complainant.call_when', { call_when: 'night' }],
            ['complainant.whose_phone', { whose_phone: 'boss' }], ['complainant.consent_call', { consent_call: 'maybe' }],
            ['complainant.relation', { relation: 'niece' }], ['complainant.safe_call', { safe_call: 'perhaps' }],
        ]) equal(faults(await desk.post('/cases', complaint({ complainant: more }))), [field]);
        equal(faults(await desk.post('/cases', complaint({ kind: 'application', service: 'M-CIV-01', documents: ['a-horse'] }))), ['documents']);
        equal(faults(await desk.post('/cases', complaint({ signatories: [1] }))), ['signatories']);
    });

    // ---- matters that are only pointed to ----

    await suite.test('violence is not taken down: the refusal says where help is', async () => {
        const pointed = (await nobody.get('/services')).json.services.filter((x) => x.sensitivity === 'X');
        ok(pointed.length > 3 && pointed.every((x) => x.can_file === false), 'X services');
        for (const { code } of pointed) {
            const r = await desk.post('/cases', complaint({ service: code, description: 'Xcanary words' }));
            equal(faults(r), ['service'], code);
            match(r.json.errors[0].detail, /1099|0800/, 'a helpline');
        }
        const { ref } = await file();
        equal(faults(await act(desk, ref, 'amend', { service: pointed[0].code })), ['service']);
        equal((await desk.get('/cases?q=Xcanary')).json.cases, []);
    });

    // ---- steps of a real desk ----

    const given = async (more) => {
        const { ref } = await file(more);
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        return ref;
    };

    await suite.test('not possible now: reason and day stand in case and list, and she is asked', async () => {
        const ref = await given();
        const next_date = daysOn(60);
        await step(officer, ref, 'report_action', { what: 'No budget', result: 'not_possible', reason: 'no_funds', next_date }, 'awaiting_answer');
        const c = (await desk.get(`/cases/${ref}`)).json;
        equal([c.reason, c.next_date], ['no_funds', next_date]);
        equal([c.timeline.at(-1).result, c.timeline.at(-1).reason, c.timeline.at(-1).next_date], ['not_possible', 'no_funds', next_date]);
        const row = (await desk.get(`/cases?q=${ref}`)).json.cases[0];
        equal([row.reason, row.next_date, row.kind], ['no_funds', next_date, 'complaint']);
    });

    await suite.test('a head marks to his subordinate: clock and case stay his', async () => {
        const ref = await given();
        const before = (await desk.get(`/cases/${ref}`)).json;
        await step(officer, ref, 'mark', { to: 'officer2.nowshera' }, 'assigned');
        const c = (await officer.get(`/cases/${ref}`)).json;
        equal([c.officer, c.marked, c.due], ['officer.nowshera', 'officer2.nowshera', before.due]);
        equal(c.timeline.at(-1).given_to, 'officer2.nowshera');
        problem(await act(as('officer2.nowshera'), ref, 'mark', { to: 'officer.nowshera' }), 403);
    });

    await suite.test('what is not theirs goes back to the supervisor', async () => {
        const ref = await given();
        equal((await act(officer, ref, 'wrong_department', { reason: 'This is the power company' })).json.status, 'registered');
        problem(await as('officer2.nowshera').get(`/cases/${ref}`), 404);
        equal((await officer.get(`/cases/${ref}`)).json.undoable, true, 'his own, for ten minutes');
        const c = (await supervisor.get(`/cases/${ref}`)).json;
        equal([c.office, c.officer, c.timeline.at(-1).words], [null, null, 'This is the power company']);
    });

    await suite.test('a note of what she said on the telephone ends the call', async () => {
        const ref = await given();
        await step(officer, ref, 'visit', { words: 'To see the pipe' }, 'assigned');
        equal(faults(await act(desk, ref, 'comment', { words: 'Tuesday', told: 'ask' })), ['told']);
        problem(await act(officer, ref, 'comment', { words: 'Tuesday', told: 'visit' }), 403);
        await step(desk, ref, 'comment', { words: 'Tuesday at ten', told: 'visit' }, 'assigned');
        equal((await officer.get(`/cases/${ref}`)).json.timeline.at(-1).words, 'Tuesday at ten');
    });

    await suite.test('one’s own step is taken back, and stands as taken back', async () => {
        const { ref } = await file();
        problem(await act(supervisor, ref, 'undo'), 409);
        equal((await act(supervisor, ref, 'assign', { to: 'officer.nowshera' })).json.status, 'assigned');
        equal((await supervisor.get(`/cases/${ref}`)).json.undoable, true);
        problem(await act(adc, ref, 'undo'), 403);
        await step(supervisor, ref, 'undo', {}, 'registered');
        const c = (await supervisor.get(`/cases/${ref}`)).json;
        equal(c.timeline.map((s) => [s.action, s.undone]), [['file', false], ['assign', true], ['undo', false]]);
        problem(await act(supervisor, ref, 'undo'), 409);
        problem(await officer.get(`/cases/${ref}`), 404);
    });

    await suite.test('contact, consents and papers are corrected one by one', async () => {
        const { ref } = await file({ kind: 'application', service: 'M-CIV-01', complainant: { phone: '0301 7770003', whose_phone: 'own', safe_call: true } });
        const now = async (more) => {
            const r = await act(desk, ref, 'amend', more);
            equal(r.status, 200, r.text);
            return (await desk.get(`/cases/${ref}`)).json;
        };
        let c = await now({ safe_call: false, call_when: 'evening' });
        equal([c.complainant.safe_call, c.complainant.call_when, c.complainant.whose_phone], [false, 'evening', 'own']);
        c = await now({ consent_figures: 'no' });
        equal(c.complainant.consent_figures, 'no');
        c = await now({ phone: '0301 7770004', whose_phone: 'husband', safe_call: true });
        equal([c.complainant.phone, c.complainant.whose_phone, c.complainant.safe_call, c.complainant.call_when], ['+923017770004', 'husband', true, null]);
        c = await now({ documents: [paper.code] });
        ok(c.documents.find((d) => d.code === paper.code).given, 'the paper is here');
        equal(faults(await act(desk, ref, 'amend', { documents: ['a-horse'] })), ['documents']);
        equal(c.timeline.map((s) => s.corrected).filter(Boolean), ['contact', 'consent', 'phone', 'contact', 'documents']);
        const bare = await file();
        equal(faults(await act(desk, bare.ref, 'amend', { safe_call: true })), ['phone']);
    });

    // ---- bad input of people ----

    await suite.test('two people act on one case: the second is told', async () => {
        const { ref } = await file();
        const { step: known } = (await supervisor.get(`/cases/${ref}`)).json;
        equal((await act(supervisor, ref, 'assign', { to: 'officer.nowshera', step: known })).status, 200);
        const late = problem(await act(adc, ref, 'reject', { reason: 'A private tank', step: known }), 409);
        equal(late.errors[0].field, 'step');
        equal((await desk.get(`/cases/${ref}`)).json.status, 'assigned');
    });

    await suite.test('ten at once: one of them acts', async () => {
        const { ref } = await file();
        const { step: known } = (await supervisor.get(`/cases/${ref}`)).json;
        const all = await Promise.all(Array.from({ length: 10 }, (_, i) => act(i % 2 ? adc : supervisor, ref, 'assign', { to: 'officer.nowshera', step: known })));
        equal(all.map((r) => r.status).sort(), [200, ...Array(9).fill(409)]);
    });

    await suite.test('a withdrawn case is acted on by nobody but by opening it again', async () => {
        const ref = await given();
        await step(desk, ref, 'withdraw', { reason: 'It works again' }, 'withdrawn');
        for (const [who, action] of [[officer, 'accept'], [officer, 'report_action'], [officer, 'ask'], [supervisor, 'assign'], [supervisor, 'reject'],
            [desk, 'answer'], [desk, 'amend']]) {
            problem(await act(who, ref, action, { to: 'officer.nowshera', words: 'x', result: 'done', outcome: 'solved', taken_via: 'desk' }), 409);
        }
        await step(desk, ref, 'reopen', { reason: 'It does not' }, 'reopened');
    });

    await suite.test('five women with one number are five', async () => {
        const refs = [];
        for (let i = 1; i <= 5; i += 1) refs.push((await file({ complainant: { phone: '0301 7770005', whose_phone: 'neighbour', name: `Woman ${i}` } })).ref);
        for (const [i, ref] of refs.entries()) equal((await desk.get(`/cases/${ref}`)).json.complainant.name, `Woman ${i + 1}`);
        await act(desk, refs[2], 'amend', { phone: '0301 7770006' });
        for (const [i, ref] of refs.entries()) {
            equal((await desk.get(`/cases/${ref}`)).json.complainant.phone, i === 2 ? '+923017770006' : '+923017770005');
        }
    });

    await suite.test('a name of one letter, of two hundred, a landmark in two scripts', async () => {
        const place = 'Behind گرلز سکول, house 12-B, near the ٹنکی';
        for (const name of ['ا', 'x', 'ن'.repeat(200), 'O’Brien-خان (née ی)']) {
            const { ref } = await file({ place, complainant: { name, alias: 'ب', relation_name: 'م'.repeat(200) } });
            const c = (await desk.get(`/cases/${ref}`)).json;
            equal([c.complainant.name, c.place], [name, place]);
        }
        equal(faults(await desk.post('/cases', complaint({ complainant: { name: 'ن'.repeat(201) } }))), ['complainant.name']);
        for (const q of ['12-B', 'ٹنکی']) ok((await desk.get(`/cases?limit=200&q=${encodeURIComponent(q)}`)).json.cases.length > 0, q);
    });

    await suite.test('a group of four hundred is one case with four hundred names', async () => {
        const signatories = Array.from({ length: 400 }, (_, i) => `دستخط ${i + 1}`);
        const { ref } = await file({ signatories, complainant: { brought_by: 'group', name: 'ترجمان' } });
        const c = (await desk.get(`/cases/${ref}`)).json;
        equal(c.signed, 400);
        equal(c.signatories, signatories);
        equal((await supervisor.get(`/cases/${ref}`)).json.signed, 400);
        equal(faults(await desk.post('/cases', complaint({ signatories: Array(501).fill('x') }))), ['signatories']);
    });

    await suite.test('a CNIC is never refused on form', async () => {
        for (const cnic of ['17301', '1730177700012', 'expired, old book form 123/45', '۱۷۳۰۱']) {
            const { ref } = await file({ complainant: { cnic } });
            equal((await desk.get(`/cases/${ref}`)).json.complainant.cnic, cnic);
        }
    });

    // ---- who ----

    await suite.test('without a token, or with one that is none, there is nothing', async () => {
        for (const who of [nobody, new Api(server, 'x'), new Api(server, `${desk.token}x`), new Api(server, '')]) {
            for (const r of [await who.get('/cases'), await who.post('/cases', complaint()), await who.get('/cases/111-111-1111')]) {
                problem(r, 401);
                match(r.headers['www-authenticate'] ?? '', /^Bearer/);
            }
        }
    });

    await suite.test('a session cookie opens no door of the API', async () => {
        const r = await send(`${server.url}/api/v1/cases`, { headers: { Cookie: `session=${desk.token}` } });
        equal(r.status, 401);
    });

    await suite.test('a token is for an account that is there', async () => {
        const r = run('token', '--data', server.data, '--user', 'nobody.at.all');
        ok(r.code !== 0, 'exit code');
        equal(r.out, '', 'standard output');
        ok(r.err.length > 0, 'says why');
    });

    await suite.test('a token ends with its account', async () => {
        const added = run('user', 'add', '--data', server.data, '--login', 'desk.second', '--role', 'desk', '--district', 'PK526',
            '--office', 'PK526-WFD', '--name', 'Second desk');
        equal(added.code, 0, added.err);
        const second = as('desk.second');
        equal((await second.get('/cases')).status, 200);
        equal(run('user', 'disable', '--data', server.data, '--login', 'desk.second').code, 0);
        problem(await second.get('/cases'), 401);
    });

    await suite.test('another district’s case is not there', async () => {
        const { ref } = await file();
        const r = problem(await elsewhere.get(`/cases/${ref}`), 404);
        const unknown = problem(await elsewhere.get('/cases/000-000-0000'), 404);
        equal(r.title, unknown.title, 'a case out of reach and one that does not exist look alike');
        problem(await act(elsewhere, ref, 'comment', { comment: 'x' }), 404);
        ok(!(await elsewhere.get('/cases?limit=200')).json.cases.some((c) => c.ref === ref), 'in her list');
        equal((await elsewhere.get(`/cases?q=${ref}`)).json.cases, []);
    });

    await suite.test('the administrator reads no case', async () => {
        const { ref } = await file();
        for (const r of [await admin.get('/cases'), await admin.get(`/cases/${ref}`), await admin.post('/cases', complaint()),
            await act(admin, ref, 'comment', { comment: 'x' })]) problem(r, 403);
    });

    await suite.test('only the desk files: whoever files is shown the PIN, with which she answers', async () => {
        for (const who of [officer, supervisor, adc]) problem(await who.post('/cases', complaint()), 403);
    });

    await suite.test('an officer reaches only what was given to his office', async () => {
        const { ref } = await file();
        problem(await officer.get(`/cases/${ref}`), 404);
        await act(supervisor, ref, 'assign', { to: 'officer.nowshera' });
        equal((await officer.get(`/cases/${ref}`)).status, 200);
    });

    // ---- reference data, languages, the rest ----

    await suite.test('services and units: flat, parents first, in the language asked for', async () => {
        const services = (await nobody.get('/services')).json.services;
        ok(services.some((s) => s.code === 'M-WAT-01' && s.can_file), 'water'); // all of them: reference_test.mjs
        const { units } = (await nobody.get('/units')).json;
        const seen = new Set();
        for (const u of units) {
            ok(u.parent === null || seen.has(u.parent), `${u.code} stands before its parent`);
            ok(u.name && u.level !== undefined, u.code);
            seen.add(u.code);
        }
        equal(seen.size, units.length);
        ok(units.some((u) => u.code === 'PK526' && u.name === 'Nowshera'), 'Nowshera');
        ok(units.some((u) => u.code === 'PK511' && u.name === 'Haripur'), 'Haripur');
        ok(units.filter((u) => u.parent === 'PK526').length >= 3, 'tehsils');
        const name = async (path, headers) => (await nobody.get(path, headers)).json.units.find((u) => u.code === 'PK526').name;
        equal(await name('/units?lang=ur'), 'نوشہرہ');
        equal(await name('/units', { 'Accept-Language': 'ps,en;q=0.5' }), 'نوښار');
        equal(await name('/units?lang=ur', { 'Accept-Language': 'ps' }), 'نوشہرہ', 'the address goes before the header');
        equal(await name('/units', { 'Accept-Language': 'fr' }), 'Nowshera', 'else English');
        ok((await nobody.get('/services?lang=ur')).json.services.every((s) => /[\u0600-\u06ff]/.test(s.name)), 'Urdu names');
    });

    await suite.test('problems speak the language asked for', async () => {
        const en = problem(await desk.get('/cases/1'), 404);
        const ur = problem(await desk.get('/cases/1?lang=ur'), 404);
        const ps = problem(await desk.get('/cases/1', { 'Accept-Language': 'ps' }), 404);
        equal(new Set([en.title, ur.title, ps.title]).size, 3);
        match(ur.title, /[\u0600-\u06ff]/);
        const fault = problem(await desk.post('/cases?lang=ur', complaint({ service: undefined })), 422).errors[0].detail;
        match(fault, /[\u0600-\u06ff]/);
    });

    await suite.test('references are read with and without dashes, spaces and in other digits', async () => {
        const { ref } = await file();
        const digits = ref.replaceAll('-', '');
        const urdu = [...digits].map((d) => String.fromCodePoint(0x06f0 + Number(d))).join('');
        for (const typed of [ref, digits, urdu, ref.replaceAll('-', ' ')]) {
            equal((await desk.get(`/cases/${encodeURIComponent(typed)}`)).json.ref, ref, typed);
        }
    });

    await suite.test('wrong methods, addresses and types are said as problems', async () => {
        problem(await desk.call('DELETE', '/cases'), 405);
        ok((await desk.call('PUT', '/cases')).status >= 405, 'PUT');
        problem(await desk.post('/services', {}), 405);
        problem(await desk.get('/nothing'), 404);
        problem(await desk.post('/cases', 'service=x', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415);
        for (const body of ['{', '[]', '"x"', '{"a":1,"a":2}', '{"a":1} x', '']) {
            const r = await desk.post('/cases', body);
            ok([400, 422].includes(r.status), `${body}: ${r.status}`);
        }
        problem(await desk.post('/cases', '{"a":'.repeat(50)), 400);
        problem(await desk.post('/cases', Buffer.alloc(2 << 20, 32)), 413);
    });

    await suite.test('health and metrics', async () => {
        const health = await send(`${server.url}/healthz`);
        equal([health.status, JSON.parse(health.text).ok], [200, true]);
        const metrics = await send(`${server.url}/metrics`);
        equal(metrics.status, 200);
        match(metrics.headers['content-type'], /^text\/plain; version=0\.0\.4/);
        const names = new Set();
        for (const line of metrics.text.trimEnd().split('\n')) {
            match(line, /^(# (TYPE|HELP) \S+ .+|[a-z_]+(\{.*\})? -?[\d.e+]+|)$/, 'a line of metrics');
            const type = /^# TYPE (\S+)/.exec(line);
            if (type) {
                ok(!names.has(type[1]), `${type[1]} is there twice`);
                names.add(type[1]);
            }
        }
        ok(!/\d{3}-\d{3}-\d{4}|officer\.|desk\./.test(metrics.text), 'names or numbers of people in metrics');
        const passedOn = await send(`${server.url}/metrics`, { headers: { 'X-Forwarded-For': '8.8.8.8' } });
        equal(passedOn.status, 404, 'metrics for somebody elsewhere');
    });

    await suite.test('OpenAPI 3.1 is public and has every route of the API', async () => {
        const r = await nobody.get('/openapi.json');
        equal(r.status, 200);
        match(r.json.openapi, /^3\.1\./);
        ok(r.json.info?.title && r.json.info?.version, 'info');
        const declared = run('routes').out.trimEnd().split('\n').map((l) => l.split('\t')).filter(([, pattern]) => pattern.startsWith('/api/'));
        ok(declared.length >= 7, 'routes');
        const base = r.json.servers?.[0]?.url ?? '';
        const described = Object.entries(r.json.paths).flatMap(([path, ops]) => Object.keys(ops)
            .filter((m) => ['get', 'post'].includes(m)).map((m) => `${m.toUpperCase()} ${path.startsWith('/api/') ? path : base + path}`));
        equal(described.sort(), declared.map(([method, pattern]) => `${method} ${pattern}`).sort());
        for (const ops of Object.values(r.json.paths)) {
            for (const op of Object.values(ops)) {
                if (op.responses) ok(Object.keys(op.responses).length > 0 && (op.summary || op.description), 'each operation says what it does');
            }
        }
        const filing = Object.entries(r.json.paths).find(([p]) => p.endsWith('/cases'))[1].post;
        ok(JSON.stringify(filing).includes('not_stated'), 'choices of sex');
        if (!JSON.stringify(r.json).includes('"bearer"')) fail('no bearer scheme');
    });

    await suite.test('what was done stands in an unbroken audit chain', async () => {
        const r = server.verify();
        equal(r.code, 0, r.err);
    });
});

suite.done();
