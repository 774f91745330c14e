// event_test.mjs: an event from its plan to the public page: numbers, reach, moving, cancelling, letters, .ics.
//
// The calendar file is read line by line as RFC 5545 says: CRLF, at most 75 octets, no character cut in two.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';

const suite = new Suite('event');

// A day so many days from now, as forms and the API write it (in Pakistan).
function dayIn(days) {
    return new Date(Date.now() + 5 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
}
const VENUE = 'Government Girls High School No. 1, Pabbi; hall';
const plan = (more) => ({
    kind: 'khuli_kacheri', audience: 'women', unit: 'PK52602', venue: VENUE, venue_kind: 'school', day: dayIn(20),
    from: '10:00', to: '13:00', female_from: '10:00', female_to: '12:00', transport: '1', childcare: '1', purdah: '1',
    female_staff: '3', chair: 'Assistant Commissioner Pabbi', plan: 'OP-2.1', ...more,
});

// The lines of a calendar file, unfolded, as name → value; every rule of the form is asked.
function calendar(text) {
    ok(text.endsWith('\r\n'), 'ends with CRLF');
    const folded = text.slice(0, -2).split('\r\n');
    for (const line of folded) {
        ok(!/[\r\n]/.test(line), 'a bare line end');
        const octets = Buffer.from(line, 'utf8');
        ok(octets.length <= 75, `${octets.length} octets: ${line}`);
        ok(!line.includes('�'), `a character was cut: ${line}`);
    }
    const lines = text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
    equal([lines[0], lines[1], lines.at(-1)], ['BEGIN:VCALENDAR', 'VERSION:2.0', 'END:VCALENDAR']);
    return { folded, ...Object.fromEntries(lines.map((l) => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 1)])) };
}

await withServer({}, async (server) => {
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, 'sign-in');
        return visitor;
    };
    const desk = await signedIn('desk.nowshera');
    const supervisor = await signedIn('supervisor.nowshera');
    const officer = await signedIn('officer.nowshera');
    const made = run('user', 'add', '--data', server.data, '--login', 'officer.pabbi', '--role', 'officer', '--district', 'PK526', '--office', 'PK52602-TMA', '--name', 'Pabbi');
    server.logins.set('officer.pabbi', made.out.trim());
    const other = await signedIn('desk.haripur');
    const nobody = new Visitor(server);
    const planned = async (fields, by = desk) => by.submit(await by.get('/events/new'), '/events/new', fields);
    const codeOf = (r) => {
        equal(r.status, 303, r.text);
        return /\/events\/([^?]+)/.exec(r.headers.location)[1];
    };
    const act = async (code, what) => desk.submit(await desk.get(`/events/${code}`), `/events/${code}/act`, { do: what });
    let code;

    await suite.test('planned: a number of district and fiscal year without gaps, also behind a refused one', async () => {
        code = codeOf(await planned(plan({ summoned: 'PK52601-TMA' })));
        match(code, /^EDS-PK526-20\d\d-\d\d-001$/);
        const wrong = await planned(plan({ venue: 'Other', female_to: '15:00' }));
        equal(wrong.status, 422, 'hours for women beyond the event');
        match(wrong.text, /Other/);
        equal((await planned(plan({ venue: 'Other', plan: '' }))).status, 422, 'neither plan nor reason');
        equal((await planned(plan({ venue: 'Other', unit: 'PK51101' }))).status, 422, 'another district');
        equal((await planned(plan({ venue: 'Other', from: '25:00' }))).status, 422, 'no such hour');
        match(codeOf(await planned(plan({ venue: 'Council hall', kind: 'mobilisation', plan: '', why: 'Asked for by the women of Pabbi' }))), /-002$/);
    });
    await suite.test('held twice on one day: asked first, then taken', async () => {
        const twice = await planned(plan({}));
        equal(twice.status, 409, twice.text);
        match(twice.text, new RegExp(code));
        const again = await desk.submit(twice, '/events/new', { again: '1' });
        match(codeOf(again), /-003$/);
    });
    await suite.test('who reaches it', async () => {
        equal((await supervisor.get(`/events/${code}`)).status, 200);
        equal((await officer.get(`/events/${code}`)).status, 200, 'his office was summoned');
        equal((await other.get(`/events/${code}`)).status, 404);
        equal((await (await signedIn('officer.pabbi')).get(`/events/${code}`)).status, 404, 'not summoned');
        equal((await nobody.get(`/kacheri/${code}`)).status, 404, 'not announced');
        equal((await officer.get('/events/new')).status, 403);
        const seen = new Api(server, server.token('officer.nowshera'));
        equal((await seen.get('/events')).json.events.map((e) => e.code), [code], 'an officer lists what he was summoned to');
        const one = (await seen.get(`/events/${code}`)).json;
        equal([one.kind, one.female_to, one.summoned], ['khuli_kacheri', '12:00', [{ body: 'PK52601-TMA', came: 'not_known' }]]);
        equal(one.attendance.all, 0);
    });
    await suite.test('announced: the public page has no address unless it was ticked', async () => {
        equal((await act(code, 'announce')).status, 303);
        for (const lang of ['en', 'ur', 'ps']) {
            const page = await nobody.get(`/kacheri/${code}?lang=${lang}`);
            equal(page.status, 200);
            ok(!page.text.includes('Girls High School'), 'the venue');
            ok(!page.text.includes('Assistant Commissioner'), 'the chair');
            const list = await nobody.get(`/kacheri?lang=${lang}`);
            match(list.text, new RegExp(code));
            ok(!list.text.includes('Girls High School'), 'the venue in the list');
        }
        const form = await desk.get(`/events/${code}/plan`);
        equal((await desk.submit(form, `/events/${code}/plan`, { address_public: '1' })).status, 303);
        match((await nobody.get(`/kacheri/${code}?lang=en`)).text, /Girls High School/);
    });
    await suite.test('the calendar file, line by line', async () => {
        for (const lang of ['en', 'ur', 'ps']) {
            const r = await nobody.get(`/kacheri/${code}/invitation.ics?lang=${lang}`);
            match(r.headers['content-type'], /^text\/calendar; charset=utf-8/);
            const c = calendar(r.text);
            equal([c.UID, c.STATUS, c.METHOD], [`${code}@sunwai`, 'CONFIRMED', 'PUBLISH']);
            equal([c.DTSTART, c.DTEND], [`${dayIn(20).replaceAll('-', '')}T050000Z`, `${dayIn(20).replaceAll('-', '')}T080000Z`]);
            match(c.DTSTAMP, /^\d{8}T\d{6}Z$/);
            match(c.LOCATION, /School No\. 1\\, Pabbi\\; hall/);
            ok(c.folded.length > 14, 'something was folded');
        }
    });
    await suite.test('moved: reason needed, number up, the page and letters say what was before', async () => {
        const before = calendar((await nobody.get(`/kacheri/${code}/invitation.ics?lang=en`)).text);
        const form = await desk.get(`/events/${code}/move`);
        equal((await desk.submit(form, `/events/${code}/move`, { day: dayIn(25), why: '' })).status, 422);
        equal((await desk.submit(form, `/events/${code}/move`, { day: dayIn(25), why: 'The school has examinations' })).status, 303);
        const after = calendar((await nobody.get(`/kacheri/${code}/invitation.ics?lang=en`)).text);
        equal(Number(after.SEQUENCE), Number(before.SEQUENCE) + 1);
        equal(after.DTSTART.slice(0, 8), dayIn(25).replaceAll('-', ''));
        match((await nobody.get(`/kacheri/${code}?lang=en`)).text, /New day or place/);
        const letter = await desk.get(`/events/${code}/letters?lang=en`);
        match(letter.text, /replaces the earlier one/);
        match(letter.text, /examinations/);
        match((await desk.get(`/events/${code}`)).text, /The school has examinations/);
    });
    await suite.test('not opened before its day; on its day who came is noted', async () => {
        equal((await act(code, 'open')).status, 409);
        const today = codeOf(await planned(plan({ day: dayIn(0), venue: 'Today', summoned: 'PK52601-TMA' })));
        equal((await act(today, 'open')).status, 303);
        const page = await desk.get(`/events/${today}/summons`);
        equal((await desk.submit(page, `/events/${today}/came`, { came: 'sent_other', post: 'Sub Engineer' })).status, 303);
        match((await desk.get(`/events/${today}`)).text, /Sub Engineer/);
        equal((await desk.get(`/events/${today}/move`)).status, 200);
        const form = await desk.get(`/events/${today}/move`);
        equal((await desk.submit(form, `/events/${today}/move`, { day: dayIn(3), why: 'late' })).status, 409, 'an open one stays where it is');
    });
    await suite.test('cancelled: whoever has the file is told, departments get another letter', async () => {
        const form = await supervisor.get(`/events/${code}/cancel`);
        equal((await supervisor.submit(form, `/events/${code}/cancel`, { why: '' })).status, 422);
        equal((await supervisor.submit(form, `/events/${code}/cancel`, { why: 'Flood warning' })).status, 303);
        const c = calendar((await nobody.get(`/kacheri/${code}/invitation.ics?lang=ur`)).text);
        equal(c.STATUS, 'CANCELLED');
        const page = await nobody.get(`/kacheri/${code}?lang=en`);
        match(page.text, /Please do not come/);
        ok(!page.text.includes('Flood'), 'the reason is for the departments');
        match((await desk.get(`/events/${code}/letters?lang=en`)).text, /You need not attend/);
        equal((await desk.submit(await desk.get(`/events/${code}/plan`), `/events/${code}/plan`, {})).status, 409);
    });
    await suite.test('what was planned, moved and cancelled stands in the audit chain', async () => {
        const r = run('verify', '--data', server.data);
        equal(r.code, 0, r.err);
        match(r.out, /events 4 and steps/);
    });
});
suite.done();
