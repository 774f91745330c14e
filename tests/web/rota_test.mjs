// rota_test.mjs: whose turn it is at a desk, what a member may do and when, and what goes past the desk.
//
// A complaint about the desk or its host is filed with words that stand nowhere else, by the desk, on the public page
// and through the API. Then the desk, its members and the host's officers follow every link that their pages have and
// ask everything that the API tells: none of those words and numbers come up, and no count moves. Whoever stands above
// finds it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey, unescapeHtml } from '../lib/client.mjs';
import { Device } from '../lib/device.mjs';
import { wav, workerUp } from '../lib/media.mjs';

const suite = new Suite('rota');
const CANARY = 'Pastcanary';
const DESK = 'PK526-WFD';
const dayOf = (days) => new Date(Date.now() + 5 * 3600e3 + days * 86400e3).toISOString().slice(0, 10); // Asia/Karachi

async function signedIn(server, user) {
    const v = new Visitor(server);
    equal((await v.signIn(user)).status, 303, `${user} signs in`);
    return v;
}

async function crawl(visitor, start) {
    const todo = [...start];
    const seen = new Map();
    while (todo.length && seen.size < 150) {
        const path = todo.shift();
        if (seen.has(path) || /^\/logout|[?&](lang|after|sort)=/.test(path)) continue;
        const r = await visitor.get(path);
        seen.set(path, r);
        if (r.headers.location) todo.push(r.headers.location);
        if (!/^text\/html/.test(r.headers['content-type'] ?? '')) continue;
        for (const [, href] of r.text.matchAll(/href="([^"#]+)/g)) {
            const to = unescapeHtml(href);
            if (to.startsWith('/') && !to.startsWith('/assets/')) todo.push(to);
        }
    }
    return seen;
}

function user(server, login, role, office) {
    const r = run('user', 'add', '--data', server.data, '--login', login, '--role', role, '--district', 'PK526', '--office', office, '--name', login);
    equal(r.code, 0, r.err);
    server.logins.set(login, r.out.trim());
}

// One change on the page of a desk; the answer.
async function manage(visitor, what, fields) {
    const page = await visitor.get(`/rota/manage?desk=${DESK}`);
    const form = formsOf(page.text).find((f) => f.action === '/rota/manage' && f.fields.get('do') === what);
    const all = new Map([...form.fields, ['_key', idemKey()]]);
    for (const [k, v] of Object.entries(fields)) all.set(k, v);
    return visitor.post('/rota/manage', all);
}

await withServer({}, async (server) => {
    const as = (u) => new Api(server, server.token(u));
    for (const m of ['member.one', 'member.two', 'member.three', 'member.four']) user(server, m, 'member', DESK);
    const supervisor = await signedIn(server, 'supervisor.nowshera');

    await suite.test('a member without a shift sees when she comes, and nothing else', async () => {
        const m = await signedIn(server, 'member.one');
        for (const path of ['/cases', '/rota', '/desk']) equal((await m.get(path)).status, 403, path);
        match((await m.get('/cases')).text, /No shift is planned for you/);
        equal((await as('member.one').get('/cases')).status, 403, 'API');
        equal((await m.get('/account')).status, 200, 'her own account');
    });

    await suite.test('members are put on the rota; behind the end of the council only with a letter', async () => {
        equal((await manage(supervisor, 'member', { member: 'desk.nowshera', seat: 'Seat', seat_to: dayOf(100) })).status, 422, 'no member by role');
        equal((await manage(supervisor, 'member', { member: 'member.one', seat: 'VC Pirpiai', seat_to: dayOf(100) })).status, 303);
        const over = await manage(supervisor, 'member', { member: 'member.two', seat: 'VC Pabbi', seat_to: dayOf(-200) });
        equal(over.status, 422, 'expired council');
        match(over.text, /letter by which she goes on/);
        match(over.text, /value="VC Pabbi"/, 'what was typed');
        equal((await manage(supervisor, 'member', { member: 'member.two', seat: 'VC Pabbi', seat_to: dayOf(-200), endorsed: 'DC/12' })).status, 303);
        equal((await manage(supervisor, 'member', { member: 'member.three', seat: 'VC Akora', seat_to: dayOf(100) })).status, 303);
        equal((await manage(supervisor, 'member', { member: 'member.four', seat: 'VC Taru', seat_to: dayOf(100) })).status, 303);
    });

    await suite.test('a week is planned on open days; three at most; absent and instead', async () => {
        equal((await manage(supervisor, 'week', { week_day: dayOf(-30), first: 'member.one' })).status, 422, 'past');
        equal((await manage(supervisor, 'week', { week_day: dayOf(14), first: 'member.one', second: 'member.two', third: 'member.three' })).status, 303);
        const day = dayOf(21);
        for (const m of ['one', 'two', 'three']) { const r = await manage(supervisor, 'shift', { shift_member: `member.${m}`, shift_day: day, shift_from: '09:00', shift_to: '15:00' }); equal(r.status, 303, /faults[\s\S]*?<\/ul>/.exec(r.text)?.[0]); }
        const full = await manage(supervisor, 'shift', { shift_member: 'member.four', shift_day: day, shift_from: '09:00', shift_to: '15:00' });
        match(full.text, /Three members come/);
        match((await manage(supervisor, 'shift', { shift_member: 'member.one', shift_day: day, shift_from: '09:00', shift_to: '10:00' })).text, /has a shift/);
        equal((await manage(supervisor, 'shift', { shift_member: 'member.one', shift_day: day, shift_do: 'instead', instead: 'member.four' })).status, 303, 'instead');
        equal((await manage(supervisor, 'shift', { shift_member: 'member.two', shift_day: day, shift_do: 'absent' })).status, 303, 'absent');
        match((await manage(supervisor, 'shift', { shift_member: 'member.two', shift_day: day, shift_do: 'absent' })).text, /no shift on that day/);
        equal((await manage(supervisor, 'shift', { shift_member: 'member.two', shift_day: day, shift_from: '15:00', shift_to: '09:00' })).status, 422, 'backwards');
    });

    // Now they work: all day long.
    for (const m of ['one', 'two']) equal((await manage(supervisor, 'shift', { shift_member: `member.${m}`, shift_day: dayOf(0), shift_from: '00:00', shift_to: '24:00' })).status, 303);
    const one = await signedIn(server, 'member.one');
    const two = await signedIn(server, 'member.two');
    const desk = as('desk.nowshera');
    const told = (more = {}) => ({ service: 'M-WAT-01', unit: 'PK52601', description: 'Water', complainant: { sex: 'woman' }, ...more });
    const usual = (await desk.post('/cases', told())).json;

    await suite.test('on shift she sees her desk, notes something, and takes no other step', async () => {
        match((await one.get('/cases?status=any')).text, new RegExp(usual.ref.replaceAll('-', '')));
        match((await one.get('/rota')).text, /member\.one/);
        const page = await one.get(`/cases/${usual.ref.replaceAll('-', '')}`);
        equal(page.status, 200);
        const api = as('member.one');
        equal((await api.post(`/cases/${usual.ref}/actions`, { action: 'comment', comment: 'She came again' })).status, 200, 'a note');
        equal((await api.post(`/cases/${usual.ref}/actions`, { action: 'withdraw', reason: 'x' })).status, 403, 'withdraw');
        for (const path of ['/cases/new', '/people', '/cases.csv', '/cases/print', '/staff', '/rota/manage', `/cases/${usual.ref.replaceAll('-', '')}/slip`]) equal((await one.get(path)).status, 403, path);
        const open = await new Visitor(server).get('/new');
        ok(open.status === 200, 'public');
    });

    await suite.test('what the public page brought is no matter of a member', async () => {
        const v = new Visitor(server);
        const page = await v.get('/new');
        const form = formsOf(page.text).find((f) => f.fields.has('_token'));
        const sent = await v.post('/new/send', new Map([['_token', form.fields.get('_token')], ['_key', idemKey()], ['step', '5'], ['kind', 'complaint'], ['service', 'M-WAT-01'], ['unit', 'PK52601'], ['description', 'Nodesk words'], ['sex', 'woman'], ['consent_hand_over', 'yes']]));
        equal(sent.status, 303, sent.text.slice(0, 300));
        ok(!(await one.get('/cases?status=any')).text.includes('Nodesk words'), 'not in her list');
        match((await (await signedIn(server, 'desk.nowshera')).get('/cases?status=any')).text, /Nodesk words/);
    });

    await suite.test('she is asked whom she wants out of the room: to that member her case is closed', async () => {
        const v = await signedIn(server, 'desk.nowshera');
        const page = await v.get('/cases/new');
        match(page.text, /shall a member leave the room/);
        const fields = { service: 'M-WAT-01', unit: 'PK52601', description: 'Roomcanary', sex: 'woman', language: 'ur', channel: 'desk', consent_record: 'yes', room: 'member.one' };
        const said = await v.submit(page, '/cases/new', fields);
        const done = await v.submit(said, '/cases/new', { step: 'register', agreed: '1' });
        equal(done.status, 303, done.text.slice(0, 500));
        const path = done.headers.location.replace('/filed', '');
        equal((await one.get(path)).status, 404, 'member.one');
        ok(!(await one.get('/cases?status=any')).text.includes('Roomcanary'), 'her list');
        ok(!(await one.get('/cases?status=any&q=Roomcanary')).text.includes(path), 'her search');
        equal((await two.get(path)).status, 200, 'member.two');
        equal((await v.get(path)).status, 200, 'the desk');
        equal((await desk.post('/cases', told({ room: 'officer.nowshera' }))).status, 422, 'no member');
    });

    // ---- past the desk ----
    const counts = async (v) => /<ul class="counts[\s\S]*?<\/ul>/.exec((await v.get('/cases?status=any')).text)?.[0].replaceAll(/<[^>]*>/g, ' ').replace(/\d+\s+New since/, 'New since') ?? '';
    const told_of = (page) => /<dt>Told of it<\/dt>[\s\S]*?<\/dd>/.exec(page.text)?.[0] ?? 'one';
    const deskPages = await signedIn(server, 'desk.nowshera');
    const before = { list: (await desk.get('/cases?limit=200')).json.cases.length, counts: await counts(deskPages), told: told_of(await deskPages.get(`/cases/${usual.ref.replaceAll('-', '')}`)) };
    const refs = [];

    await suite.test('the desk takes down what is about its host, gives number and PIN, and keeps nothing', async () => {
        const page = await deskPages.get('/cases/new');
        const fields = { service: 'M-WAT-01', unit: 'PK52601', description: `${CANARY} desk`, place: `${CANARY} street`, name: `${CANARY} Bibi`, phone: '0300 7770001', safe_call: '1', sex: 'woman', language: 'ur', channel: 'desk', consent_record: 'yes', past_desk: '1' };
        const said = await deskPages.submit(page, '/cases/new', fields);
        match(said.text, /ڈیسک سے آگے جائے گی/, 'it is read back');
        const done = await deskPages.submit(said, '/cases/new', { step: 'register', agreed: '1' });
        equal(done.status, 303);
        const given = await deskPages.get(done.headers.location);
        equal(given.status, 200);
        const ref = /(\d{3}-\d{3}-\d{4})/.exec(given.text)[1];
        match(given.text, /دفتر ڈپٹی کمشنر/, 'to whom it goes, in her language');
        ok(!given.text.includes(CANARY), 'nothing of the matter');
        refs.push(ref);
    });
    await suite.test('so does the public page, and a program of the desk', async () => {
        const v = new Visitor(server);
        const form = formsOf((await v.get('/new')).text).find((f) => f.fields.has('_token'));
        const sent = await v.post('/new/send', new Map([['_token', form.fields.get('_token')], ['_key', idemKey()], ['step', '5'], ['kind', 'complaint'], ['service', 'M-WAT-01'], ['unit', 'PK52601'], ['description', `${CANARY} public`], ['sex', 'woman'], ['consent_hand_over', 'yes'], ['past_desk', '1']]));
        equal(sent.status, 303, sent.text.slice(0, 300));
        const done = await v.get(sent.headers.location);
        match(done.text, /It has gone past the desk/);
        match(done.text, /Deputy Commissioner/);
        refs.push(/(\d{3}-\d{3}-\d{4})/.exec(done.text)[1]);
        const r = await desk.post('/cases', told({ description: `${CANARY} api`, past_desk: true, same_as: usual.ref, complainant: { sex: 'woman', phone: '0300 7770002', name: `${CANARY} Khan` } }));
        equal(r.status, 201, r.text);
        refs.push(r.json.ref);
    });

    await suite.test('so does what a tablet of the desk took down without a signal, and her voice is heard in the desk’s stead', async () => {
        const tablet = await Device.enrol(server, 'desk.nowshera', 'Tablet');
        const fields = { service: 'M-WAT-01', unit: 'PK52601', description: `${CANARY} tablet`, name: `${CANARY} Gul`, sex: 'woman', consent_record: 'yes', agreed: '1', past_desk: '1' };
        const made = await tablet.make('filing', fields);
        await workerUp(server);
        const voice = await tablet.bring('file', {}, { of: made.record }, wav());
        await tablet.send(made);
        const states = await tablet.settled([made.record, voice]);
        equal([states[made.record].state, states[voice].state], ['taken', 'taken'], JSON.stringify(states));
        const digits = states[voice].ref;
        const adc = await signedIn(server, 'adc.nowshera');
        const piece = /<audio[^>]*src="([^"]+)"/.exec((await adc.get(`/cases/${digits}/evidence`)).text)[1];
        equal([(await adc.get(piece)).status, (await deskPages.get(piece)).status, (await deskPages.get(`/cases/${digits}/evidence`)).status], [200, 404, 404]);
        refs.push(`${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`);
    });

    for (const who of ['desk.nowshera', 'member.one', 'officer.nowshera', 'officer2.nowshera']) {
        await suite.test(`${who} finds it on no page, in no list, search, file or count`, async () => {
            const v = await signedIn(server, who);
            const digits = refs.map((r) => r.replaceAll('-', ''));
            const start = ['/cases', '/cases?status=any', '/cases?status=any&order=newest', `/cases?status=any&q=${CANARY}`, '/desk', '/hand-overs', '/digest', '/rota', '/cases.csv?status=any', '/cases/print?status=any',
                ...digits.flatMap((d) => [`/cases/${d}`, `/cases/${d}/slip`, `/cases/${d}/filed`, `/cases/${d}/letter`, `/cases/${d}/call`, `/cases/${d}/pin`, `/cases/${d}/hand-over`])];
            for (const [path, page] of await crawl(v, start)) {
                const text = page.text.replaceAll(/(value|href|action)="[^"]*"|<p class="shown">[\s\S]*?<\/p>/g, '');
                ok(!text.includes(CANARY), `${CANARY} in ${path}`);
                for (const d of digits) if (page.status === 200) ok(!page.text.includes(`/cases/${d}"`), `${d} in ${path}`);
            }
            const api = as(who);
            for (const path of ['/cases?limit=200', `/cases?q=${CANARY}`, ...refs.map((r) => `/cases/${r}`), ...refs.map((r) => `/cases?q=${r}`)]) ok(!(await api.get(path)).text.includes(CANARY), path);
            for (const r of refs) equal((await api.post(`/cases/${r}/actions`, { action: 'comment', comment: 'x' })).status, 404, 'a step');
        });
    }
    await suite.test('the desk counts no more than before', async () => {
        equal((await desk.get('/cases?limit=200')).json.cases.length, before.list, 'list');
        equal(await counts(deskPages), before.counts, 'numbers on top');
        equal(told_of(await deskPages.get(`/cases/${usual.ref.replaceAll('-', '')}`)), before.told, 'how many told of the same fault');
        const known = await deskPages.submit(await deskPages.get('/people'), '/people', { phone: '0300 7770001' });
        ok(!known.text.includes('name="who"'), 'nobody came with that number');
    });
    await suite.test('whoever stands above reads it and gives it to another office, never to that one', async () => {
        const adc = as('adc.nowshera');
        for (const r of refs) {
            equal((await adc.get(`/cases/${r}`)).status, 200, r);
            equal((await adc.post(`/cases/${r}/actions`, { action: 'assign', to: 'officer.nowshera' })).status, 422, 'to the host');
            equal((await adc.post(`/cases/${r}/actions`, { action: 'assign', to: 'officer.dc.nowshera' })).status, 200, 'to another');
            match((await as('officer.dc.nowshera').get(`/cases/${r}`)).text, new RegExp(CANARY));
        }
        match((await supervisor.get(`/cases?status=any&q=${CANARY}`)).text, new RegExp(refs[0].replaceAll('-', '')));
    });
    await suite.test('nobody but the ADC of the office that looks into it can call her, and each look is recorded', async () => {
        const digits = refs[0].replaceAll('-', '');
        const adc = await signedIn(server, 'adc.nowshera');
        await as('officer.dc.nowshera').post(`/cases/${refs[0]}/actions`, { action: 'ask', comment: 'Which clerk?' });
        match((await adc.get('/overview')).text, new RegExp(`/cases/${digits}/call`), 'she is to be called');
        ok(!(await supervisor.get('/overview')).text.includes('/call"'), 'not by a supervisor');
        const page = await adc.get(`/cases/${digits}`);
        match(page.text, new RegExp(`/cases/${digits}/call`), 'the page says so');
        ok(!page.text.includes('777') && !page.text.includes(`${CANARY} Bibi`), 'and shows nobody');
        ok(!(await as('adc.nowshera').get(`/cases/${refs[0]}`)).text.includes('7770001'), 'nor does the API');
        const call = await adc.get(`/cases/${digits}/call`);
        equal(call.status, 200);
        match(call.text, /0300.7770001/);
        match(call.text, new RegExp(`${CANARY} Bibi`));
        equal((await adc.get(`/cases/${usual.ref.replaceAll('-', '')}/call`)).status, 404, 'no other case');
        equal((await supervisor.get(`/cases/${digits}/call`)).status, 403, 'supervisor');
        const looks = spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), `select count(*) from audit a join case_ref r on r.case_id = a.about_id where a.event_name = 'identity.viewed' and a.actor_name = 'adc' and r.ref_code = '${digits}'`], { encoding: 'utf8' });
        equal(looks.stdout.trim(), '1', `one look is recorded, ${looks.stderr}`);
        const told = await adc.submit(await adc.get(`/cases/${digits}`), `/cases/${digits}/act`, { action: 'amend', amend_words: 'The tall one' });
        equal(told.status, 303, /faults[\s\S]*?<\/ul>/.exec(told.text)?.[0]);
    });
    await suite.test('where the head of the district is the host, it goes to the Commissioner', async () => {
        equal((await manage(supervisor, 'profile', { host: 'PK526-DC', run_by: 'cso', operator: 'A women’s organisation', letter: 'DC/7', letter_day: dayOf(-10) })).status, 303);
        const r = await desk.post('/cases', told({ description: `${CANARY} head`, past_desk: true }));
        equal(r.status, 201, r.text);
        for (const who of ['desk.nowshera', 'supervisor.nowshera', 'adc.nowshera', 'dc.nowshera', 'ac.nowshera', 'officer.dc.nowshera']) {
            equal((await as(who).get(`/cases/${r.json.ref}`)).status, 404, who);
            ok(!(await as(who).get(`/cases?q=${CANARY}`)).text.includes(r.json.ref), `${who} searches`);
        }
        equal((await as('commissioner.peshawar').get(`/cases/${r.json.ref}`)).status, 200, 'the Commissioner');
    });

    // ---- the end of a shift ----
    await suite.test('a form that is sent when her shift is over is not done, and gives back what was typed', async () => {
        const page = await one.get('/rota');
        const form = formsOf(page.text).find((f) => f.action === '/rota/note');
        equal((await one.post('/rota/note', new Map([...form.fields, ['words', 'The printer has no paper'], ['_key', idemKey()]]))).status, 303, 'during it');
        match((await two.get('/rota')).text, /printer has no paper/);
        equal((await manage(supervisor, 'shift', { shift_member: 'member.one', shift_day: dayOf(0), shift_do: 'absent' })).status, 303);
        const late = await one.post('/rota/note', new Map([...form.fields, ['words', 'Two calls <b>to</b> make'], ['_key', idemKey()]]));
        equal(late.status, 403, 'behind it');
        match(late.text, /your shift is over/);
        match(late.text, /Two calls &lt;b&gt;to&lt;\/b&gt; make/, 'what she typed');
        match(late.text, /Your next shift/);
        ok(!(await two.get('/rota')).text.includes('Two calls'), 'nothing was noted');
        equal((await as('member.one').post(`/cases/${usual.ref}/actions`, { action: 'comment', comment: 'late' })).status, 403, 'API');
    });
    await suite.test('sunwai verify', () => equal(server.verify().code, 0));
});
suite.done();
