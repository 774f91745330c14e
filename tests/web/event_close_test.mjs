// event_close_test.mjs: the end of an event's day over HTTP: directions to offices, the paper sheet, signatures, closing,
// the papers, and a follow-up event that answers every direction of the one before.
// SAVE=DIR keeps the papers there, to be looked at.
import { writeFileSync } from 'node:fs';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';

const suite = new Suite('event close');
const dayIn = (days) => new Date(Date.now() + 5 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const VENUE = 'Government Girls High School No. 1, Pabbi';
const plan = (more) => ({
    kind: 'khuli_kacheri', audience: 'women', unit: 'PK52602', venue: VENUE, venue_kind: 'school', day: dayIn(0),
    from: '09:00', to: '13:00', chair: 'Assistant Commissioner Pabbi', plan: 'OP-2.1', summoned: 'PK52602-TMA', ...more,
});
const order = (more) => ({
    words: 'Repair the hand pump of Mohalla Qazi Khel', side: 'official', office: 'PK52602-TMA', post: 'Assistant Director Water',
    horizon: 'short', due_day: dayIn(15), ...more,
});

function keep(name, r) {
    if (process.env.SAVE) writeFileSync(`${process.env.SAVE}/${name}`, r.raw ?? r.text);
}

await withServer({}, async (server) => {
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, 'sign-in');
        return visitor;
    };
    const made = run('user', 'add', '--data', server.data, '--login', 'officer.pabbi', '--role', 'officer', '--district', 'PK526', '--office', 'PK52602-TMA', '--name', 'Pabbi');
    server.logins.set('officer.pabbi', made.out.trim());
    const desk = await signedIn('desk.nowshera');
    const adc = await signedIn('adc.nowshera');
    const officer = await signedIn('officer.pabbi');
    const opened = async (more) => {
        const r = await desk.submit(await desk.get('/events/new'), '/events/new', plan(more));
        const code = /\/events\/([^?]+)/.exec(r.headers.location ?? '')?.[1];
        ok(code, `no event: ${r.status} ${r.text.slice(0, 300)}`);
        equal((await desk.submit(await desk.get(`/events/${code}`), `/events/${code}/act`, { do: 'open' })).status, 303);
        return code;
    };
    const give = async (code, more) => desk.submit(await desk.get(`/events/${code}/directions`), `/events/${code}/directions`, order(more));
    // The page has several forms to one address: what is sent is said whole.
    const close = async (code, fields, by = desk) => {
        const page = await by.get(`/events/${code}/close`);
        const token = /name="_token" value="([^"]+)"/.exec(page.text)[1];
        const key = `close-${Math.random().toString(36).slice(2)}-${Date.now()}`;
        return by.post(`/events/${code}/close`, new Map(Object.entries({ _token: token, _key: key, ...fields })));
    };
    const code = await opened({});

    await suite.test('a direction is given to a post of an office, and stands in its list', async () => {
        const without = await give(code, { office: '' });
        equal(without.status, 422, 'no office');
        const bare = await give(code, { office: '', post: '' });
        match(bare.text, /id="office-fault"[\s\S]*id="post-fault"/, 'both are said at once');
        match(bare.text, /Mohalla Qazi Khel<\/textarea>/, 'and what was typed is kept');
        match(without.text, /Repair the hand pump/);
        equal((await give(code, { due_day: dayIn(-1) })).status, 422, 'a day that is over');
        equal((await give(code, {})).status, 303);
        equal((await give(code, { words: 'Clear the drain at the school gate', vacant: '1', post: 'Sanitary Inspector' })).status, 303);
        equal((await give(code, { words: 'Ask the council for a second tap', side: 'member', office: '', post: 'Councillor of ward 3', horizon: 'long', due_day: dayIn(60) })).status, 303);
        const list = await officer.get('/directions');
        equal(list.status, 200);
        match(list.text, new RegExp(`${code}/1`));
        ok(!list.text.includes(`${code}/3`), 'another side owes it');
        const one = await officer.get(`/directions/${code}/2`);
        match(one.text, /Nobody holds this post now/);
        equal((await (await signedIn('officer.nowshera')).get(`/directions/${code}/1`)).status, 404);
        equal((await (await signedIn('desk.haripur')).get(`/directions/${code}/1`)).status, 404);
        equal((await new Visitor(server).get(`/directions/${code}/1`)).status, 303);
    });

    await suite.test('the office accepts and reports; the API says the same', async () => {
        const at = `/directions/${code}/1`;
        const done = await officer.submit(await officer.get(`${at}?do=accept`), at, { do: 'accept' });
        equal(done.status, 303, done.text);
        const page = await officer.get(`${at}?do=report`);
        equal((await officer.submit(page, at, { words: 'Two new washers' })).status, 422, 'how far it is');
        equal((await officer.submit(await officer.get(`${at}?do=report`), at, { words: 'Two new washers', result: 'done' })).status, 303);
        const api = new Api(server, server.token('officer.pabbi'));
        const one = await api.get(at);
        equal([one.status, one.json.state, one.json.number, one.json.vacant], [200, 'reported', `${code}/1`, false]);
        const all = await api.get('/directions');
        equal(all.json.directions.map((d) => d.no).sort(), [1, 2]);
        const csv = await officer.get('/directions.csv');
        match(csv.text, /Two new washers|Repair the hand pump/);
    });

    await suite.test('closing waits: paper, explanation, signature; then nothing changes any more', async () => {
        equal((await close(code, { do: 'close' })).status, 409, 'no paper');
        equal((await close(code, { do: 'paper', paper_citizen_woman: '47', paper_official_man: '3' })).status, 303);
        const page = await desk.get(`/events/${code}/close`);
        match(page.text, /2 counts are not those/);
        equal((await close(code, { do: 'close' })).status, 409, 'they differ');
        equal((await close(code, { do: 'paper', paper_citizen_woman: '47', paper_official_man: '3', explained: 'The tablet was flat' })).status, 303);
        equal((await close(code, { do: 'sign', how: 'thumb' })).status, 422, 'whose');
        equal((await close(code, { do: 'sign', post: 'Assistant Commissioner Pabbi', how: 'signature' })).status, 303);
        equal((await close(code, { do: 'sign', post: 'A woman present', how: 'thumb' })).status, 303);
        equal((await close(code, { do: 'minutes', minutes: 'The women of Mohalla Qazi Khel asked for water.\nخواتین نے پانی مانگا۔' })).status, 303);
        equal((await close(code, { do: 'close' })).status, 303);
        match((await desk.get(`/events/${code}/close`)).text, /This event is closed/);
        equal((await close(code, { do: 'minutes', minutes: 'Other' }, adc)).status, 409);
        equal((await close(code, { do: 'reopen', why: 'The sheet was found' })).status, 403, 'the desk does not reopen');
        equal((await close(code, { do: 'reopen', why: '' }, adc)).status, 422, 'a reason');
    });

    await suite.test('papers: page, PDF and DOCX, in English and Urdu', async () => {
        for (const paper of ['minutes', 'closing-sheet', 'data-sheet', 'letters-directions']) {
            for (const lang of ['en', 'ur', 'ps']) {
                const page = await desk.get(`/events/${code}/${paper}?lang=${lang}`);
                equal(page.status, 200, `${paper} ${lang}`);
                keep(`${paper}-${lang}.html`, page);
                const pdf = await desk.get(`/events/${code}/${paper}.pdf?lang=${lang}`);
                equal([pdf.status, pdf.text.slice(0, 5)], [200, '%PDF-'], `${paper} ${lang}`);
                keep(`${paper}-${lang}.pdf`, pdf);
            }
            const docx = await desk.get(`/events/${code}/${paper}.docx`);
            equal([docx.status, docx.text.slice(0, 2)], [200, 'PK'], paper);
            keep(`${paper}.docx`, docx);
        }
        const minutes = await desk.get(`/events/${code}/minutes?lang=en`); // the language stays
        match(minutes.text, /asked for water/);
        match(minutes.text, /Ask the council for a second tap/);
        const his = await officer.get(`/events/${code}/minutes?lang=en`);
        equal(his.status, 200, 'his office was summoned');
        ok(!his.text.includes('Ask the council'), 'directions to others');
        equal((await officer.get(`/events/${code}/closing-sheet`)).status, 403);
    });

    await suite.test('a follow-up in the same place answers every direction before it closes', async () => {
        const next = await opened({ parent: code, venue: `${VENUE}, hall` });
        const answer = async (no, fields) => {
            const page = await desk.get(`/events/${next}/follow-up?no=${no}`);
            return desk.submit(page, `/events/${next}/follow-up`, { due_day: dayIn(30), words: 'As they said', ...fields });
        };
        equal((await close(next, { do: 'paper', explained: 'No sheet was kept' })).status, 303);
        equal((await close(next, { do: 'sign', post: 'Chair', how: 'refused' })).status, 303);
        equal((await close(next, { do: 'close' })).status, 409, 'three wait');
        match((await desk.get(`/events/${next}/close`)).text, /3 directions of the event before/);
        equal((await answer(1, { answer: 'done', women_agree: 'no' })).status, 422, 'against their word');
        equal((await answer(1, { answer: 'not_done', women_agree: 'no' })).status, 303);
        match((await officer.get(`/directions/${code}/1`)).text, /Not done, still owed/);
        equal((await answer(2, { answer: 'carried_on', women_agree: 'yes' })).status, 303);
        match((await officer.get('/directions')).text, new RegExp(`${next}/1`));
        equal((await answer(3, { answer: 'done', women_agree: 'not_asked' })).status, 303);
        equal((await close(next, { do: 'close' })).status, 303);
        const minutes = await desk.get(`/events/${next}/minutes?lang=en`);
        match(minutes.text, /The women present say it is not so/);
        keep('follow-up.html', await desk.get(`/events/${next}/follow-up?lang=en`));
    });

    await suite.test('a case lists what was ordered about it, and the order leads to its case, for those who reach both', async () => {
        const other = await opened({ venue: 'Council hall' });
        const captured = await desk.submit(await desk.get(`/events/${other}/capture`), `/events/${other}/capture`, { service: 'M-WAT-01', unit: 'PK52602', description: 'No water', sex: 'woman' });
        const ref = /filed=(\d+)/.exec(captured.headers.location ?? '')?.[1];
        ok(ref, `no case: ${captured.status}`);
        const before = await desk.get(`/cases/${ref}`);
        ok(!before.text.includes('Directions given about it'), 'a heading over nothing');
        equal((await give(other, { case: ref, words: 'Send the tanker' })).status, 303);
        const at = `href="/directions/${other}/1"`;
        match((await desk.get(`/cases/${ref}?lang=en`)).text, new RegExp(`Directions given about it[^]*${at}`));
        ok((await adc.get(`/cases/${ref}`)).text.includes(at), 'the ADC');
        const order1 = (await adc.get(`/directions/${other}/1`)).text;
        ok(order1.includes(`href="/cases/${ref}"`) && order1.includes(`href="/events/${other}"`), 'its case and event');
        const his = (await officer.get(`/directions/${other}/1`)).text; // his to do; the case was not given to him
        ok(his.includes('Send the tanker') && !his.includes(ref), 'a case that he does not reach');
        equal((await adc.submit(await adc.get(`/cases/${ref}`), `/cases/${ref}/act`, { action: 'assign', to: 'officer.nowshera' })).status, 303, 'given');
        const nowshera = await signedIn('officer.nowshera');
        ok(!(await nowshera.get(`/cases/${ref}`)).text.includes('/directions/'), 'the order of another office');
    });

    await suite.test('the record agrees with itself', async () => {
        const r = run('verify', '--data', server.data);
        equal([r.code, /directions 5 /.test(r.out)], [0, true], r.out + r.err);
    });
});
suite.done();
