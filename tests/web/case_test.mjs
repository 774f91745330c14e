// case_test.mjs: the page of one case, as people use it: two at once, taking back, what is kept, what is shown to whom.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf } from '../lib/client.mjs';

const suite = new Suite('case-page');

await withServer({}, async (server) => {
    const as = (user) => new Api(server, server.token(user));
    const api = { desk: as('desk.nowshera'), officer: as('officer.nowshera'), supervisor: as('supervisor.nowshera'), adc: as('adc.nowshera') };
    const people = {};
    for (const role of Object.keys(api)) {
        people[role] = new Visitor(server);
        await people[role].signIn(`${role}.nowshera`);
    }
    const { desk, officer, supervisor, adc } = people;
    const file = async (more = {}, her = {}) => {
        const r = await api.desk.post('/cases', { service: 'M-WAT-01', unit: 'PK52601', description: 'No water', ...more, complainant: { sex: 'woman', ...her } });
        equal(r.status, 201, r.text);
        return r.json;
    };
    const act = async (role, ref, action, more = {}) => {
        const r = await api[role].post(`/cases/${ref}/actions`, { action, ...more });
        equal(r.status, 200, r.text);
    };
    const path = (ref) => `/cases/${ref.replaceAll('-', '')}`;
    const form = (page, action) => formsOf(page.text).find((f) => f.fields.get('action') === action);
    const send = (who, page, action, values = {}) => {
        const f = form(page, action);
        ok(f, `no form for ${action}`);
        for (const [k, v] of Object.entries(values)) f.fields.set(k, v);
        return who.post(f.action, f.fields);
    };
    const offered = (page) => formsOf(page.text).map((f) => f.fields.get('action')).filter(Boolean);

    await suite.test('the second of two is told what happened, and loses nothing', async () => {
        const { ref } = await file();
        const mine = await supervisor.get(path(ref));
        equal((await send(adc, await adc.get(path(ref)), 'assign', { to: 'officer.nowshera' })).status, 303);
        const late = await send(supervisor, mine, 'reject', { reject_words: 'A private tank of theirs' });
        equal(late.status, 409);
        match(late.text, /somebody else has just acted/);
        match(late.text, /id="meanwhile"/);
        equal(form(late, 'reject').fields.get('reject_words'), 'A private tank of theirs', 'what was typed');
        equal((await api.desk.get(`/cases/${ref}`)).json.status, 'assigned');
        equal((await send(supervisor, late, 'reject')).status, 303, 'having looked again, she may');
    });

    await suite.test('what was typed is there also when the step is possible no more', async () => {
        const { ref } = await file();
        await act('supervisor', ref, 'assign', { to: 'officer.nowshera' });
        const page = await officer.get(path(ref));
        await act('desk', ref, 'withdraw', { reason: 'It works again' });
        const late = await send(officer, page, 'report_action', { result: 'done', report_words: 'The valve in street four' });
        equal(late.status, 409);
        ok(!form(late, 'report_action'), 'nothing to report any more');
        match(late.text, /id="typed"[\s\S]*The valve in street four/);
    });

    await suite.test('right after one’s own step it can be taken back, until somebody looks', async () => {
        const { ref } = await file();
        const done = await supervisor.follow(await send(supervisor, await supervisor.get(path(ref)), 'assign', { to: 'officer.nowshera' }));
        ok(offered(done).includes('undo'), 'the bar');
        ok(!offered(await adc.get(path((await file()).ref))).includes('undo'), 'nothing of hers to take back');
        const back = await supervisor.follow(await send(supervisor, done, 'undo'));
        match(back.text, /<del>Given to the department<\/del>/);
        equal((await api.desk.get(`/cases/${ref}`)).json.status, 'registered');
        const again = await supervisor.follow(await send(supervisor, back, 'assign', { to: 'officer.nowshera' }));
        await officer.get(path(ref));
        equal((await send(supervisor, again, 'undo')).status, 409, 'the officer has seen it');
        ok(!offered(await supervisor.get(path(ref))).includes('undo'), 'the bar is gone');
    });

    await suite.test('a program that reads a case has not seen it for a person', async () => {
        const { ref } = await file();
        const done = await supervisor.follow(await send(supervisor, await supervisor.get(path(ref)), 'assign', { to: 'officer.nowshera' }));
        await api.officer.get(`/cases/${ref}`);
        equal((await send(supervisor, done, 'undo')).status, 303);
    });

    await suite.test('what she says to a visit is written on the page of the call, and the call is over', async () => {
        const { ref } = await file();
        await act('supervisor', ref, 'assign', { to: 'officer.nowshera' });
        for (const words of ['To see the pipe', 'To see the meter']) await act('officer', ref, 'visit', { words });
        const call = await desk.get(`${path(ref)}/call`);
        equal(call.text.match(/id="said-visit"/g)?.length, 1, 'asked once');
        equal((await desk.submit(call, /\/act$/, { comment_words: 'Tuesday at ten' })).status, 303);
        ok(!(await desk.get(`${path(ref)}/call`)).text.includes('said-visit'), 'no call is left');
        equal((await api.officer.get(`/cases/${ref}`)).json.timeline.at(-1).words, 'Tuesday at ten');
    });

    await suite.test('the desk’s look is seen too', async () => {
        const { ref } = await file();
        const done = await supervisor.follow(await send(supervisor, await supervisor.get(path(ref)), 'assign', { to: 'officer.nowshera' }));
        await desk.get(path(ref));
        equal((await send(supervisor, done, 'undo')).status, 409);
    });

    await suite.test('what the desk has told her on the telephone is not taken back', async () => {
        const { ref } = await file({}, { phone: '0300 5551234', whose_phone: 'own', safe_call: true });
        await act('supervisor', ref, 'assign', { to: 'officer.nowshera' });
        const done = await officer.follow(await send(officer, await officer.get(path(ref)), 'report_action', { result: 'done', report_words: 'Mended' }));
        equal((await desk.get(`${path(ref)}/call`)).status, 200);
        equal((await send(officer, done, 'undo')).status, 409);
    });

    await suite.test('what is wrong stands beside its field, the form open and filled', async () => {
        const { ref } = await file();
        await act('supervisor', ref, 'assign', { to: 'officer.nowshera' });
        const page = await officer.get(path(ref));
        const r = await send(officer, page, 'report_action', { result: 'not_possible', report_words: 'There is no pipe', next_date: '2020-01-01', reason: 'no_funds' });
        equal(r.status, 422);
        match(r.text, /<a href="#next_date">/);
        match(r.text, /id="next_date-fault"/);
        match(r.text, /id="act-report_action" open/);
        equal([form(r, 'report_action').fields.get('reason'), form(r, 'report_action').fields.get('report_words')], ['no_funds', 'There is no pipe']);
        const empty = await send(officer, page, 'ask');
        equal(empty.status, 422);
        match(empty.text, /<a href="#ask_words">/);
        match(empty.text, /id="ask_words-fault"/);
    });

    await suite.test('another page may lead to one form', async () => {
        const { ref } = await file();
        const page = await desk.get(`${path(ref)}?act=comment`);
        match(page.text, /id="act-comment" open/);
        equal((await desk.get(`${path(ref)}?act=dance`)).status, 422);
    });

    await suite.test('the officer in charge comes first, and only colleagues are marked to', async () => {
        const { ref } = await file();
        equal(form(await supervisor.get(path(ref)), 'assign').fields.get('to'), 'officer.nowshera', 'who answers for water here is proposed');
        await act('supervisor', ref, 'assign', { to: 'officer.nowshera' });
        const page = await officer.get(path(ref));
        const mark = /id="act-mark"[\s\S]*?<\/form>/.exec(page.text)[0];
        equal([...mark.matchAll(/<option value="([^"]+)"/g)].map((m) => m[1]), ['officer2.nowshera']);
        equal((await send(officer, page, 'mark', { to: 'officer2.nowshera' })).status, 303);
    });

    await suite.test('the desk sees all that was told, the others nothing of who it is', async () => {
        const her = { name: 'Canary Bibi', alias: 'Canary alias', phone: '0301 5550001', address: 'Canary house', cnic: '17301-5550001-1', relation: 'wife',
            relation_name: 'Canary Khan', spoken: 'hindko', age: '60_over', minority: 'yes', seeing: 'cannot', consent_figures: 'yes', brought_by: 'group' };
        const { ref } = await file({ signatories: ['Canary one', 'Canary two'] }, her);
        const shown = (await desk.get(path(ref))).text;
        for (const part of ['Canary Bibi', 'Canary alias', '0301-5550001', 'Canary house', '17301-5550001-1', 'Canary Khan', 'Canary one', 'Canary two', 'Hindko', '60 or older',
            'Cannot do it at all']) ok(shown.includes(part), part);
        await act('supervisor', ref, 'assign', { to: 'officer.nowshera' });
        for (const who of [officer, supervisor, adc]) {
            const page = await who.get(path(ref));
            equal(page.status, 200);
            ok(!/canary|555000|hindko|60 or older|cannot do it/i.test(page.text), 'identity');
        }
    });

    await suite.test('four hundred names are on the page of the desk, closed', async () => {
        const { ref } = await file({ signatories: Array.from({ length: 400 }, (_, i) => `Signer ${i + 1}`) }, { brought_by: 'group' });
        const page = await desk.get(path(ref));
        equal(page.status, 200);
        equal([...page.text.matchAll(/<li dir="auto">Signer \d+<\/li>/g)].length, 400);
    });

    await suite.test('a slip printed twice is the same slip', async () => {
        const { ref, pin } = await file();
        const slips = [await desk.get(`${path(ref)}/slip`), await desk.get(`${path(ref)}/slip`)];
        for (const s of slips) ok(s.status === 200 && s.text.includes(ref) && s.text.includes(pin), 'number and PIN');
    });

    await suite.test('a hundred wrong PINs slow that case and no other', async () => {
        const slow = await file();
        const other = await file();
        const wrong = slow.pin === '000000' ? '000001' : '000000';
        const guest = new Visitor(server);
        const page = await guest.get('/track');
        for (let i = 0; i < 100; i += 1) ok((await guest.submit(page, '/track', { ref: slow.ref, pin: wrong })).status !== 303, 'a wrong PIN opens');
        ok((await guest.submit(page, '/track', { ref: slow.ref, pin: slow.pin })).status !== 303, 'it has to wait now');
        equal((await new Visitor(server).submit(page, '/track', { ref: other.ref, pin: other.pin })).status, 303, 'the other case');
        equal((await desk.get(path(slow.ref))).status, 200, 'the desk works on');
    });
});

suite.done();
