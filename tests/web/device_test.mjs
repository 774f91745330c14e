// device_test.mjs: what devices bring, over HTTP: pieces in any order and again, leased numbers and their PINs, several tablets at one
// event, what is refused, quarantined or destroyed, clocks that go wrong, a file of records; and, with a number as argument, how long so many take.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';
import { Device, seal, ulid } from '../lib/device.mjs';
import { wav, workerUp } from '../lib/media.mjs';

const MANY = Number(process.argv[2] ?? 0);
const MANY_MS = 10000; // of 1,000
const DAY = 86400e3;
const suite = new Suite('device');
const sql = (server, query) => spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), query], { encoding: 'utf8' }).stdout.trim();
const filing = { service: 'M-WAT-01', unit: 'PK52601', description: 'No water', sex: 'woman', consent_record: 'yes', agreed: '1' };
const matter = { service: 'M-WAT-01', unit: 'PK52602', description: 'The pump', sex: 'woman' };
const karachi = (ms) => Number(new Date(ms + 5 * 3600e3).toISOString().slice(0, 10).replaceAll('-', ''));

await withServer({}, async (server) => {
    const one = await Device.enrol(server, 'desk.nowshera', 'Tablet 1');
    const two = await Device.enrol(server, 'desk.nowshera', 'Tablet 2');
    const supervisor = new Visitor(server);
    await supervisor.signIn('supervisor.nowshera');
    const desk = one.browser;
    const api = new Api(server, server.token('desk.nowshera'));
    const state = async (d, record) => (await d.settled([record]))[record];

    await suite.test('without its cookie nobody brings or asks anything', async () => {
        const made = await one.make('filing', filing);
        const stranger = Object.assign(new Device(), { server, browser: new Visitor(server), pack: one.pack, ahead: 0 });
        for (const cookie of [undefined, 'A'.repeat(43)]) {
            if (cookie) stranger.browser.cookies.set('device', cookie);
            equal([(await stranger.part(made, 0, 100)).status, (await stranger.lease({ refs: 1 })).status, (await stranger.call('GET', `/records/${made.record}`)).status], [401, 401, 401]);
        }
        const other = await Device.enrol(server, 'desk.haripur');
        equal((await other.call('POST', '/lease', { ticket: one.pack.ticket, refs: 1 })).status, 401, 'the ticket of another device');
        equal([(await one.send(made)).status, (await one.call('GET', `/records/${made.record}`)).status], [200, 200]);
        equal((await other.call('GET', `/records/${made.record}`)).status, 404, 'a device of another desk hears nothing of it');
        equal((await other.call('POST', '/states', { records: [made.record] })).json.states, []);
        equal((await other.part(made, 0, 100)).status, 409);
    });

    await suite.test('in pieces, at any byte, again and overlapping: one case, with the leased number, whose PIN opens it', async () => {
        const key = randomUUID();
        const lease = (await one.lease({ refs: 2 }, key)).json;
        await one.refresh();
        one.ahead = 5;
        equal((await one.lease({ refs: 2 }, key)).json, lease, 'again, later and with a newer ticket: the same numbers');
        one.ahead = 0;
        equal([lease.refs.length, new Set(lease.refs.map((r) => r.ref)).size], [2, 2]);
        const made = await one.make('filing', filing, { reference: lease.refs[0].ref });
        const n = made.bytes.length;
        equal((await one.part(made, 7, 20)).status, 409, 'before its beginning');
        equal((await one.part(made, 0, 101)).json, { have: 101, state: 'partial' });
        const gap = await one.part(made, 150, 200);
        equal([gap.status, gap.json.have], [409, 101]);
        equal((await one.part(made, 50, 180)).json.have, 180, 'overlapping');
        equal((await one.part(made, 0, 90)).json.have, 180, 'again');
        equal((await one.part(made, 0, n, 'ab'.repeat(32))).status, 409, 'other content');
        equal((await one.part(made, 180, n)).json.state, 'waiting');
        const done = await state(one, made.record);
        equal([done.state, done.ref], ['taken', lease.refs[0].ref]);
        equal((await two.send(made)).json, { have: n, state: 'taken', ref: lease.refs[0].ref }, 'by another device: its first receipt');
        equal(sql(server, `select count(*) from case_ref where ref_code = '${done.ref}'`), '1');
        equal(sql(server, 'select count(*) from device_part'), '0', 'bytes that were taken go');
        const she = new Visitor(server);
        const opened = await she.submit(await she.get('/track'), '/track', { ref: lease.refs[0].ref, pin: lease.refs[0].pin });
        equal(opened.status, 303, 'the PIN that the device had');
        const twice = await two.bring('filing', filing, { reference: lease.refs[1].ref });
        equal((await state(two, twice)).why, 'case.ref_not_held', 'a number that another device carries');
    });

    await suite.test('a voice that comes before what it belongs to waits for it', async () => {
        const made = await one.make('filing', { ...filing, description: undefined, alone: '1' });
        const voice = await one.bring('file', { alone: '1' }, { of: made.record }, wav());
        await one.settled([voice], (s) => s.state === 'waiting');
        await one.send(made);
        const done = await one.settled([made.record, voice]);
        equal([done[made.record].state, done[voice].state, done[voice].ref], ['taken', 'taken', done[made.record].ref]);
        equal(sql(server, `select media_code, typed_code from attachment a join case_ref r on r.home = a.home and r.case_id = a.subject_id where r.ref_code = '${done[voice].ref}'`), 'voice|to_type');
    });

    await suite.test('two tablets at one event add up; numbers of tokens are nobody else’s', async () => {
        const day = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
        const plan = { kind: 'khuli_kacheri', audience: 'women', unit: 'PK52602', venue: 'School', venue_kind: 'school', day, from: '10:00', to: '13:00', chair: 'ADC', plan: 'OP-1' };
        const planned = await desk.submit(await desk.get('/events/new'), '/events/new', plan);
        const event = /\/events\/([^?]+)/.exec(planned.headers.location)[1];
        equal((await desk.submit(await desk.get(`/events/${event}`), `/events/${event}/act`, { do: 'open' })).status, 303);
        await one.refresh();
        equal(one.pack.events.map((e) => [e.code, e.open]), [[event, true]]);
        equal(one.pack.localities.find((l) => l.name === 'Risalpur').also.includes('risal pur'), true, 'other spellings');
        const first = (await one.lease({ event, tokens: 5 })).json.tokens;
        const second = (await two.lease({ event, tokens: 5 })).json.tokens;
        equal([first, second], [{ from: 1, to: 5 }, { from: 6, to: 10 }]);
        equal((await api.post(`/events/${event}/tokens`, { sex: 'woman' })).json.no, 11, 'the desk gives out none of them');
        const records = await Promise.all([
            one.bring('count', { role: 'citizen', sex: 'woman', people: '3' }, { event }), two.bring('count', { role: 'citizen', sex: 'woman', people: '4' }, { event }),
            one.bring('need', { words: 'Water for the school', women: '2' }, { event }), two.bring('person', { role: 'cso', sex: 'woman', name: 'Gul', phone: '0300 5550002', spoke: '1' }, { event }),
            one.bring('token', { no: '2', sex: 'woman', state: 'waiting' }, { event }), two.bring('token', { no: '7', sex: 'woman', state: 'heard' }, { event }),
        ]);
        const bad = await two.bring('token', { no: '3', sex: 'woman', state: 'waiting' }, { event });
        const heard = await one.bring('matter', { ...matter, token: '2' }, { event });
        const answer = await two.bring('answer', { answer: 'promised', day: '2099-01-01', office: '' }, { event, of: heard });
        const soon = await two.bring('answer', { answer: 'promised', day: new Date(Date.now() + 9 * DAY).toISOString().slice(0, 10) }, { event, of: heard });
        const states = await one.settled([...records, bad, heard, answer, soon]);
        equal(records.map((r) => states[r].state), records.map(() => 'taken'), JSON.stringify(states));
        equal([states[bad].state, states[heard].state, states[answer].state, states[soon].state], ['refused', 'taken', 'refused', 'taken'], JSON.stringify(states));
        const now = (await api.get(`/events/${event}/day`)).json;
        equal([now.people, now.filed, now.needs.length, now.tokens.heard], [8, 1, 1, 2]);
        equal((await desk.get(`/events/${event}/cases/${states[heard].ref}`)).status, 200);
        const again = await one.bring('person', { role: 'cso', sex: 'woman', name: 'GUL', phone: '0300 5550002', spoke: '0' }, { event });
        equal((await state(one, again)).state, 'taken', 'one person on two tablets is not refused');
        const twins = await desk.get(`/events/${event}/names`);
        match(twins.text, /Written down twice/);
        equal((await desk.submit(twins, `/events/${event}/names/change`, { as_no: '1', same_no: '2' })).status, 303);
        match((await desk.get(`/events/${event}/names`)).text, /Number \S+ is the same person as number/);
        equal((await api.get(`/events/${event}/day`)).json.people, 8, 'and counts once');
        await desk.submit(await desk.get(`/events/${event}/close`), `/events/${event}/close`, { do: 'close' });
    });

    await suite.test('a court held without a signal: its day is opened by what a tablet brings, and what comes after closing is marked', async () => {
        const day = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
        const plan = { kind: 'khuli_kacheri', audience: 'mixed', unit: 'PK52601', venue: 'Hujra', venue_kind: 'other', day, from: '10:00', to: '13:00', chair: 'ADC', plan: 'OP-1', again: '1' };
        const planned = await desk.submit(await desk.get('/events/new'), '/events/new', plan);
        const event = /\/events\/([^?]+)/.exec(planned.headers.location ?? '')?.[1];
        ok(event, planned.text);
        await one.refresh();
        equal(one.pack.events.filter((e) => e.code === event).map((e) => e.open), [false], 'a day that nobody opened');
        equal((await one.lease({ event, tokens: 5 })).json.tokens, { from: 1, to: 5 });
        const early = await one.bring('count', { role: 'citizen', sex: 'woman', people: '9' }, { event, at: String(Date.now() - 2 * DAY) });
        ok((await state(one, early)).state !== 'taken', 'of another day');
        match((await api.get(`/events/${event}/day`)).json.state, /planned/);
        const here = [await one.bring('count', { role: 'citizen', sex: 'woman', people: '3' }, { event }), await one.bring('token', { no: '2', sex: 'woman', state: 'waiting' }, { event })];
        const heard = await one.bring('matter', { ...matter, unit: 'PK52601', token: '2' }, { event });
        let states = await one.settled([...here, heard]);
        equal([...here, heard].map((r) => states[r].state), ['taken', 'taken', 'taken'], JSON.stringify(states));
        equal(sql(server, `select count(*) from flow_step where detail_code = 'device=${one.pack.device.code}'`), '1', 'opened once');
        for (const fields of [{ do: 'paper', paper_citizen_woman: '3' }, { do: 'sign', post: 'Chair', how: 'signature' }, { do: 'close', sure: '1' }]) {
            equal((await desk.submit(await desk.get(`/events/${event}/close`), `/events/${event}/close`, fields)).status, 303, fields.do);
        }
        const late = [await two.bring('count', { role: 'citizen', sex: 'woman', people: '4' }, { event }), await two.bring('person', { role: 'cso', sex: 'woman', name: 'Gul', spoke: '0' }, { event }),
            await two.bring('need', { words: 'A road', women: '2' }, { event }), await two.bring('matter', { ...matter, unit: 'PK52601' }, { event })];
        const answer = await one.bring('answer', { answer: 'not_ours', words: 'The electricity company' }, { event, of: heard });
        states = await one.settled([...late, answer]);
        equal([...late, answer].map((r) => states[r].state), Array(5).fill('taken'), JSON.stringify(states));
        const now = (await api.get(`/events/${event}/day`)).json;
        equal([now.state, now.people, now.filed, now.needs.length], ['closed', 8, 2, 1]);
        const page = await desk.get(`/events/${event}/close`);
        match(page.text, /5<?[^.]*records came from devices after the day was closed/);
        match((await desk.get(`/events/${event}/closing-sheet`)).text, /came from devices after the day was closed/);
    });

    await suite.test('what is only pointed to is destroyed, counted once, and found nowhere', async () => {
        const canary = 'Zarghuna beaten by';
        const before = Number(sql(server, 'select coalesce(sum(pointed_n), 0) from pointed'));
        const record = await one.bring('filing', { ...filing, service: 'N-DV', description: canary, name: canary, agreed: '' });
        const s = await state(one, record);
        equal([s.state, s.why], ['refused', 'pointed']);
        equal(Number(sql(server, 'select sum(pointed_n) from pointed')), before + 1);
        equal(sql(server, `select count(*) from device_part where record_code = '${record}'`), '0');
        const voice = await one.bring('file', { alone: '1' }, { of: record }, wav());
        const need = await one.bring('need', { words: canary, service: 'N-DV', women: '1' }, { event: 'EDS-1' });
        const gone = await one.settled([voice, need]);
        equal([gone[voice].why, gone[need].why], ['pointed', 'pointed'], 'nor does its voice stay, nor a need about it');
        equal(sql(server, `select count(*) from device_part where record_code in ('${record}', '${voice}', '${need}')`), '0');
        equal((await desk.get(`/devices/waiting/${record}`)).status, 404);
        const grep = spawnSync('grep', ['-rl', 'Zarghuna', server.data], { encoding: 'utf8' });
        equal(grep.stdout, '');
    });

    await suite.test('what is refused stands for the desk to look at, with its words, and loses nothing', async () => {
        const record = await one.bring('filing', { ...filing, unit: 'PK511', name: 'Zarmina Bibi' });
        match((await state(one, record)).words, /not in your district/);
        const page = await desk.get(`/devices/waiting/${record}`);
        match(page.text, /Zarmina Bibi/);
        match(page.text, /<dd[^>]*>No water, or very little<\/dd>/);
        match(page.text, /<dd[^>]*>Woman<\/dd>/);
        const above = await supervisor.get(`/devices/waiting/${record}`);
        equal([above.status, above.text.includes('Zarmina')], [200, false], 'the desk alone reads it');
        const r = await desk.submit(page, `/devices/waiting/${record}/drop`, { why: '' });
        equal(r.status, 303);
        const asked = await desk.get(r.headers.location);
        match(asked.text, /Zarmina Bibi/);
        match(asked.text, /Please give a reason/);
        const again = await desk.submit(page, `/devices/waiting/${record}/again`);
        equal(again.status, 303);
        equal((await state(one, record)).state, 'refused');
        match((await desk.get(again.headers.location)).text, /It was refused again: [^<]*not in your district/);
        match((await desk.get('/desk')).text, /<a href="\/devices\/waiting">/);
        match((await desk.get('/desk')).text, /<a [^>]*href="\/devices"/);
        equal((await desk.submit(await desk.get(`/devices/waiting/${record}`), `/devices/waiting/${record}/drop`, { why: 'Filed in Haripur' })).status, 303);
        equal([(await desk.get(`/devices/waiting/${record}`)).status, sql(server, `select count(*) from device_part where record_code = '${record}'`)], [404, '0']);
    });

    await suite.test('what she says about the desk itself is looked at by the ADC, and the desk neither reads nor drops it', async () => {
        const record = await one.bring('filing', { ...filing, unit: 'PK511', name: 'Shazia Gul', past_desk: '1' });
        equal((await state(one, record)).state, 'quarantined');
        const hers = await desk.get(`/devices/waiting/${record}`);
        equal([hers.text.includes('Shazia'), hers.text.includes('/drop')], [false, false]);
        const adc = new Visitor(server);
        await adc.signIn('adc.nowshera');
        match((await adc.get(`/devices/waiting/${record}`)).text, /Shazia Gul/);
        // An answer to it that was stopped for another reason is not the desk's either, whatever it says of itself.
        const answer = await one.bring('answer', { answer: 'promised', day: '2099-01-01', words: 'Canary of the officer' }, { event: 'EDS-1', of: record, by: 'desk.haripur' });
        equal((await state(one, answer)).state, 'quarantined');
        const shown = [(await desk.get(`/devices/waiting/${answer}`)).text, (await adc.get(`/devices/waiting/${answer}`)).text];
        equal(shown.map((text) => text.includes('Canary of the officer')), [false, true]);
        const path = `/devices/waiting/${record}/mend`;
        equal([(await desk.get(path)).status, (await supervisor.get(path)).status], [404, 404]);
        const form = await adc.get(path);
        match(form.text, /value="Shazia Gul"/);
        const right = await adc.submit(form, path, { unit: 'PK52601', past_desk: '', agreed: '1' });
        equal([right.status, right.headers.location], [303, '/devices/waiting'], right.text);
        const filed = await state(one, record);
        equal([filed.state, (await desk.get(`/cases/${filed.ref}`)).status, (await adc.get(`/cases/${filed.ref}`)).status], ['taken', 404, 200], 'past the desk still');
    });

    await suite.test('what a supervisor lets in without a ticket says nothing in her name, and says who let it in', async () => {
        const day = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
        const plan = { kind: 'khuli_kacheri', audience: 'mixed', unit: 'PK52602', venue: 'Hall', venue_kind: 'other', day, from: '14:00', to: '16:00', chair: 'ADC', plan: 'OP-1', again: '1' };
        const event = /\/events\/([^?]+)/.exec((await desk.submit(await desk.get('/events/new'), '/events/new', plan)).headers.location)[1];
        const heard = await one.bring('matter', matter, { event });
        const { ref } = await state(one, heard);
        const answer = await one.bring('answer', { answer: 'solved_now', words: 'Opened the valve', outcome: 'solved' }, { event, of: heard, ticket: undefined });
        equal([(await state(one, answer)).state, (await state(one, answer)).why], ['quarantined', 'device.why_person']);
        equal((await supervisor.submit(await supervisor.get(`/devices/waiting/${answer}`), `/devices/waiting/${answer}/again`)).status, 303);
        equal((await state(one, answer)).state, 'taken');
        const steps = () => sql(server, `select action_no from flow_step s join case_ref r on r.home = s.home and r.case_id = s.subject_id where r.ref_code = '${ref}' order by step_no`).split('\n');
        equal([steps().includes('21'), steps().includes('5')], [true, false], `the answer alone: ${steps()}`);
        match(sql(server, `select detail_text from audit where event_name = 'device.record' and detail_text like '%${answer}%'`), /let_in=supervisor\.nowshera left=outcome/);
        const proved = await one.bring('answer', { answer: 'solved_now', words: 'Opened it', outcome: 'solved' }, { event, of: heard });
        await state(one, proved);
        ok(steps().includes('5'), 'with her ticket it is believed');
    });

    await suite.test('a number that is not held is not kept, whatever else was wrong; and as many pictures as come can be looked at', async () => {
        const lease = (await two.lease({ refs: 1 })).json;
        const made = await one.make('filing', { ...filing, sex: 'robot', name: 'Other Slip' }, { reference: lease.refs[0].ref });
        const sounds = [];
        for (let i = 0; i < 5; i++) sounds.push(await one.bring('file', {}, { of: made.record }, wav(9)));
        await one.send(made);
        equal((await state(one, made.record)).why, 'device.why_fields');
        const page = await desk.get(`/devices/waiting/${made.record}`);
        equal([page.status, sounds.filter((s) => page.text.includes(`/devices/waiting/${s}/file`)).length], [200, 5]);
        const form = await desk.get(`/devices/waiting/${made.record}/mend`);
        equal(form.status, 200);
        const right = await desk.submit(form, `/devices/waiting/${made.record}/mend`, { sex: 'woman', agreed: '1' });
        equal(right.status, 303, right.text);
        ok(!right.headers.location.includes(lease.refs[0].ref), 'a number of its own');
    });

    await suite.test('what was refused is put right by the desk in its own form, under the number that it holds, and its voice goes with it', async () => {
        const lease = (await one.lease({ refs: 1 })).json;
        const made = await one.make('filing', { ...filing, description: undefined, alone: '1', unit: 'PK511', name: 'Mended Bibi', phone: '12' }, { reference: lease.refs[0].ref });
        const looked = async () => (await desk.get(`/cases?lang=en&q=${lease.refs[0].ref}`)).text;
        match(await looked(), /is of the device .*Tablet 1.*has not come yet/);
        const voice = await one.bring('file', { alone: '1' }, { of: made.record }, wav());
        await one.send(made);
        equal((await state(one, made.record)).state, 'refused');
        match(await looked(), new RegExp(`waits to be looked at.*href="/devices/waiting/${made.record}"`));
        const she = new Visitor(server);
        const asks = async () => she.submit(await she.get('/track?lang=en'), '/track', { ref: lease.refs[0].ref, pin: lease.refs[0].pin });
        const told = await asks();
        equal([told.status, /It is not here yet/.test(told.text)], [200, true], 'her PIN, and nothing was taken in');
        const page = await desk.get(`/devices/waiting/${made.record}`);
        match(page.text, new RegExp(`<audio[^>]*src="/devices/waiting/${voice}/file"`));
        await workerUp(server);
        const sound = await desk.get(`/devices/waiting/${voice}/file`);
        equal([sound.status, sound.headers['content-type']], [200, 'audio/webm']);
        equal([(await supervisor.get(`/devices/waiting/${voice}/file`)).status, (await supervisor.get(`/devices/waiting/${made.record}/mend`)).status], [404, 404], 'the desk alone hears it');
        const form = await desk.get(`/devices/waiting/${made.record}/mend`);
        match(form.text, /value="Mended Bibi"/);
        match(form.text, new RegExp(`${lease.refs[0].ref.slice(0, 3)}-`));
        const path = `/devices/waiting/${made.record}/mend`;
        const wrong = await desk.submit(form, path, { unit: 'PK52601', phone: '12' });
        equal([wrong.status, /value="Mended Bibi"/.test(wrong.text), (await state(one, made.record)).state], [422, true, 'refused'], 'the same rules');
        const right = await desk.submit(form, path, { unit: 'PK52601', phone: '0300 5550009', safe_call: '1', description: 'No water in the lane', agreed: '1' });
        equal([right.status, right.headers.location], [303, `/cases/${lease.refs[0].ref}/filed`], right.text);
        const done = await one.settled([made.record, voice]);
        equal([done[made.record].state, done[voice].state, done[voice].ref], ['taken', 'taken', lease.refs[0].ref]);
        equal([(await desk.get(`/devices/waiting/${made.record}`)).status, (await desk.get(path)).status], [404, 404]);
        match((await desk.get(`/cases/${lease.refs[0].ref}`)).text, /No water in the lane/);
        equal([(await asks()).status, /waits to be looked at/.test(await looked())], [303, false]);
        const altered = await one.bring('filing', { ...filing, unit: 'PK511', description: 'The patwari took 5,000 rupees' });
        await state(one, altered);
        const other = await desk.submit(await desk.get(`/devices/waiting/${altered}/mend`), `/devices/waiting/${altered}/mend`, { unit: 'PK52601', description: 'All is well', agreed: '1' });
        equal(other.status, 303, other.text);
        match((await desk.get(`/cases/${(await state(one, altered)).ref}`)).text, /The patwari took 5,000 rupees/, 'what she said first stays');
        equal(sql(server, `select detail_text from audit where event_name = 'device.mended' and detail_text like '%${altered}%'`), `record=${altered} changed=unit,description`);
        const pointed = await one.bring('filing', { ...filing, unit: 'PK511' });
        await state(one, pointed);
        const gone = await desk.submit(await desk.get(`/devices/waiting/${pointed}/mend`), `/devices/waiting/${pointed}/mend`, { unit: 'PK52601', service: 'N-DV' });
        equal([gone.headers.location, (await state(one, pointed)).why], ['/cases/new?pointed=1', 'pointed'], 'of what is only pointed to nothing stays');
    });

    await suite.test('what was made on a device and never came is seen, what was deleted there says so', async () => {
        const d = await Device.enrol(server, 'desk.nowshera', 'Gaps');
        const records = [await d.bring('filing', filing)];
        const lost = await d.make('filing', filing);
        const late = await d.make('filing', filing);
        records.push(await d.bring('filing', filing));
        await d.settled(records);
        const { code } = d.pack.device;
        const card = async () => new RegExp(`id="d${code}".*?</section>`, 's').exec((await desk.get('/devices')).text)[0].replace(/<[^>]+>/g, ' ');
        match(await card(), /Recorded there, not here\s+2, recorded between/);
        const slip = (await d.lease({ refs: 1 })).json.refs[0].ref;
        const gone = await d.bring('gone', { record: lost.record, seq: '2', kind: 'filing', at: String(d.now()), ref: slip, why: 'twice' });
        await d.settled([gone]);
        match(await card(), /Recorded there, not here\s+1, recorded between/);
        match((await desk.get(`/devices/one/${code}`)).text, new RegExp(`it was there twice.*${slip.slice(0, 3)}-${slip.slice(3, 6)}`, 's'));
        await d.send(late);
        await d.settled([late.record]);
        match(await card(), /Recorded there, not here\s+0/);
    });

    await suite.test('what was deleted on a device is destroyed here too, unless it was taken', async () => {
        const d = await Device.enrol(server, 'desk.nowshera', 'Deleted');
        const { code } = d.pack.device;
        const parts = (record) => sql(server, `select count(*) from device_part where record_code = '${record}'`);
        const gone = (made, kind, why = 'asked', seq = '0') => d.bring('gone', { record: made, seq, kind, at: String(d.now()), why });
        const said = await d.make('filing', { ...filing, description: undefined, alone: '1' });
        const voice = await d.bring('file', { alone: '1' }, { of: said.record }, wav());
        await d.settled([voice], (s) => s.state === 'waiting');
        await d.part(said, 0, 100);
        const half = await d.make('filing', filing);
        await d.part(half, 0, 100);
        const taken = await d.bring('filing', filing);
        await d.settled([taken]);
        await d.settled([await gone(half.record, 'filing', 'wrong'), await gone(said.record, 'filing'), await gone(taken, 'filing', 'twice')]);
        equal([parts(voice), parts(said.record), parts(half.record)], ['0', '0', '0'], 'her voice neither');
        const states = await d.settled([said.record, voice, half.record, taken]);
        equal([said.record, voice, half.record, taken].map((r) => `${states[r].state} ${states[r].why ?? ''}`), ['refused gone', 'refused gone', 'refused gone', 'taken ']);
        equal((await desk.get(`/devices/waiting/${said.record}`)).status, 404);
        equal(sql(server, `select count(*) from device_gone g join device v on v.id = g.device_id where v.device_code = '${code}'`), '3', 'those without a number are told apart');
        match((await desk.get(`/devices/one/${code}`)).text, /it was there twice[^<]*<strong>It had come here before that/);
        equal((await desk.get(`/devices/one/${code}`)).text.match(/It had come here/g).length, 1);
        const never = ulid();
        await d.settled([await gone(never, 'filing', 'test')]);
        const late = await d.bring('file', { alone: '1' }, { of: never }, wav());
        equal((await state(d, late)).why, 'gone', 'nor what comes after that');
        equal(parts(late), '0');
    });

    await suite.test('what is damaged, of nobody, or sealed for another server is not lost either', async () => {
        const cases = {};
        const flipped = await one.make('filing', filing);
        flipped.bytes[200] ^= 1;
        cases['device.why_broken'] = flipped;
        const short = await one.make('filing', filing);
        cases['device.why_broken '] = { ...short, bytes: short.bytes.subarray(0, 60) };
        const swapped = await one.make('filing', filing);
        cases['device.why_broken  '] = { ...swapped, record: ulid() };
        cases['device.why_person'] = await one.make('filing', filing, { by: 'desk.haripur' });
        cases['device.why_other'] = await one.make('filing', filing, { device: 'ZZZZZ' });
        const kept = await one.bring('filing', filing);
        cases['device.why_file'] = await one.make('file', {}, { of: kept }, Buffer.from('neither a voice nor a picture'));
        const key = { point: one.pack.keys[0].point, id: '00'.repeat(8) };
        const foreign = ulid();
        cases['device.why_key'] = { record: foreign, bytes: await seal(key, foreign, {}) };
        cases['device.why_fields'] = await one.make('filing', { ...filing, sex: 'robot' });
        cases['desk.agreed_missing'] = await one.make('filing', { ...filing, agreed: undefined });
        for (const made of Object.values(cases)) await one.send(made);
        const states = await one.settled(Object.values(cases).map((m) => m.record));
        equal(Object.values(cases).map((m) => states[m.record].why), Object.keys(cases).map((k) => k.trim()));
    });

    await suite.test('clocks a day off are put right; what is older than 60 days counts from today', async () => {
        one.ahead = DAY;
        const ahead = await one.bring('filing', filing);
        one.ahead = 0;
        const late = await one.bring('filing', filing, { at: String(Date.now() - 30 * DAY) });
        const old = await one.bring('filing', filing, { at: String(Date.now() - 70 * DAY) });
        equal((await state(one, late)).why, 'device.why_person', 'recorded before she was given the pack');
        await supervisor.submit(await supervisor.get(`/devices/waiting/${late}`), `/devices/waiting/${late}/again`);
        const states = await one.settled([ahead, late, old]);
        const filed = (record) => Number(sql(server, `select filed_day from cases c join case_ref r on r.home = c.home and r.case_id = c.id where r.ref_code = '${states[record].ref}'`));
        equal([filed(ahead), filed(late), filed(old)], [karachi(Date.now()), karachi(Date.now() - 30 * DAY), karachi(Date.now())]);
        ok(Math.abs(Number(sql(server, `select skew_ms from device_record where record_code = '${ahead}'`)) - DAY) < 60000, 'both are kept');
    });

    await suite.test('a device that was stopped forgets; what it sends stands in quarantine until a supervisor lets it in', async () => {
        const lost = await Device.enrol(server, 'desk.nowshera', 'Lost one');
        const { code } = lost.pack.device;
        const page = await desk.get(`/devices/one/${code}`);
        equal((await desk.submit(page, `/devices/one/${code}`, { why: 'Left in the bus' })).status, 303);
        const pack = await lost.browser.get('/device/pack');
        equal([pack.status, pack.text, (await lost.lease({ refs: 1 })).status], [410, '{"wipe":true}', 410]);
        const record = await lost.bring('filing', filing);
        equal((await state(lost, record)).state, 'quarantined');
        const told = [await lost.call('GET', `/records/${record}`), await lost.call('POST', '/states', { records: [record] })];
        equal(told.map((r) => [r.status, r.json.wipe]), [[200, true], [200, true]], 'each answer says that it is to forget');
        equal((await one.call('POST', '/states', { records: [record] })).json.wipe, undefined);
        const hers = await desk.get(`/devices/waiting/${record}`);
        equal([hers.status, hers.text.includes('/again')], [200, false], 'the desk does not decide');
        equal((await desk.submit(page, `/devices/one/${code}`, { why: 'Again' })).status, 409);
        equal((await supervisor.submit(await supervisor.get(`/devices/waiting/${record}`), `/devices/waiting/${record}/again`)).status, 303);
        equal((await state(lost, record)).state, 'taken');
        match((await supervisor.get('/devices')).text, /Stopped and emptied/);
    });

    await suite.test('a file of sealed records goes the same way, also beside the server, and again', async () => {
        const made = [await one.make('filing', filing), await one.make('filing', { ...filing, description: undefined, alone: '1' })];
        made.push(await one.make('file', { alone: '1' }, { of: made[1].record }, wav(3)));
        const length = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
        const code = Buffer.from(one.pack.device.code);
        const file = join(server.data, '..', 'records.swx');
        const bytes = Buffer.concat([Buffer.from('SWX1'), ...made.flatMap((m) => [Buffer.from(m.record), Buffer.from([code.length]), code, length(m.bytes.length), m.bytes])]);
        writeFileSync(file, bytes);
        for (const again of [false, true]) {
            const r = run('import', 'sealed', file, '--data', server.data);
            equal([r.code, r.out.trim()], [0, '3 records are here, 0 are not. The server takes them in.'], `${again} ${r.err}`);
        }
        const states = await one.settled(made.map((m) => m.record));
        equal(made.map((m) => states[m.record].state), ['taken', 'taken', 'taken'], JSON.stringify(states));
        writeFileSync(file, bytes.subarray(0, bytes.length - 9));
        match(run('import', 'sealed', file, '--data', server.data).err, /cut short/);
    });

    await suite.test('each step is in the chain, and the chain is whole', () => {
        const events = sql(server, "select distinct event_name from audit where event_name like 'device%' order by 1").split('\n');
        for (const e of ['device.enrolled', 'device.given', 'device.leased', 'device.record', 'device.refused', 'device.quarantined', 'device.let_in', 'device.destroyed', 'device.revoked', 'device.wiped', 'device_key.made']) {
            ok(events.includes(e), `${e} among ${events}`);
        }
        equal(server.verify().code, 0);
    });

    if (MANY) {
        await suite.test(`${MANY} records are taken in within their time`, async () => {
            const made = [];
            for (let i = 0; i < MANY; i += 1) made.push(await one.make('filing', { ...filing, description: `Number ${i}`, name: 'Zarmina', phone: '0300 5550001', safe_call: '1' }));
            const began = Date.now();
            await Promise.all([0, 1, 2, 3].map(async (k) => { for (let i = k; i < MANY; i += 4) await one.send(made[i]); }));
            const sent = Date.now() - began;
            const all = {};
            for (let i = 0; i < MANY; i += 200) Object.assign(all, await one.settled(made.slice(i, i + 200).map((m) => m.record)));
            const ms = Date.now() - began;
            equal(Object.values(all).filter((s) => s.state !== 'taken'), []);
            console.log(`${MANY} records: sent in ${sent} ms, taken in after ${ms} ms`);
            ok(ms <= MANY_MS * Math.max(1, MANY / 1000), `${ms} ms`);
        });
    }
});
suite.done();
