// handover_test.mjs: no wrong door: a case is handed to another institution, looked up there, and she is asked.
//
// Who she is stands on the desk's sheet and nowhere else: not on lists, files, addresses, other roles' sheets, or in
// the log; and nowhere at all when she did not agree.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf } from '../lib/client.mjs';

const suite = new Suite('handover');
const NAME = 'Palwasha Nehrwali';
const secrets = [/nehrwali/i, /palwasha/i, /345[\s-]?7654321/, /17301-?7654321-?8/, /Nehrgarh/];
const person = { name: NAME, phone: '0345-7654321', cnic: '17301-7654321-8', sex: 'woman', address: 'Nehrgarh 12', whose_phone: 'own', safe_call: true };

function none(text, where) {
    for (const secret of secrets) ok(!secret.test(text), `${secret} in ${where}`);
}

await withServer({}, async (server) => {
    const as = (user) => new Api(server, server.token(user));
    const desk = as('desk.nowshera');
    const supervisor = as('supervisor.nowshera');
    const file = async (service) => {
        const r = await desk.post('/cases', { service, unit: 'PK52601', description: 'The transformer burnt', complainant: person });
        equal(r.status, 201, r.text);
        return r.json;
    };
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, 'sign-in');
        return visitor;
    };
    const visitor = await signedIn('desk.nowshera');
    const { ref, pin } = await file('N-ELE');
    const digits = ref.replaceAll('-', '');

    await suite.test('what takes the matter stands first, another province\'s portals nowhere', async () => {
        const page = await visitor.get(`/cases/${digits}/hand-over`);
        equal(page.status, 200);
        const portals = [...page.text.matchAll(/portal=([a-z-]+)"/g)].map((m) => m[1]);
        equal(portals.slice(0, 3), ['disco', 'pcp', 'mohtasib'], 'first portals');
        ok(!portals.includes('suthra'), 'a portal of Punjab in Khyber Pakhtunkhwa');
    });
    await suite.test('handed over on the page: consent, account, sheet', async () => {
        const form = await visitor.get(`/cases/${digits}/hand-over?portal=pcp`);
        const lent = await visitor.submit(form, new RegExp(`/cases/${digits}/hand-over$`), { consent: 'yes', account: 'desk' });
        equal(lent.status, 422, 'the desk lends its account');
        match(lent.text, /does not lend/);
        const r = await visitor.submit(lent, new RegExp(`/cases/${digits}/hand-over$`), { consent: 'yes', account: 'hers', code_taken: '1' });
        equal(r.status, 303, r.text);
        equal(r.headers.location, `/cases/${digits}/hand-over/1?done=1`);
        const sheet = await visitor.get(`/cases/${digits}/hand-over/1/sheet`);
        match(sheet.text, new RegExp(NAME));
        match(sheet.text, /0345-7654321/);
        match(sheet.text, /17301-7654321-8/);
        const order = ['Category', 'What happened', 'Name', 'CNIC', 'Telephone', 'Our number'].map((label) => sheet.text.indexOf(`<dt>${label}</dt>`));
        equal(order, [...order].sort((a, b) => a - b), 'the portal\'s order');
        ok(order[0] > 0, 'lines');
    });
    await suite.test('the number is typed back, looked at once a day', async () => {
        let page = await visitor.get(`/cases/${digits}/hand-over/1`);
        const refused = await visitor.submit(page, new RegExp('/hand-over/1$'), { number: '0345 7654321' });
        equal(refused.status, 422, 'her own number');
        page = await visitor.get(`/cases/${digits}/hand-over/1`);
        const r = await visitor.post(`/cases/${digits}/hand-over/1`, fieldsOf(page, 'number', { number: 'PU221126-77' }));
        equal(r.status, 303, r.text);
        page = await visitor.get(`/cases/${digits}/hand-over/1`);
        match(page.text, /PU221126-77/);
        equal((await visitor.post(`/cases/${digits}/hand-over/1`, fieldsOf(page, 'look_up', {}))).status, 303);
        page = await visitor.get(`/cases/${digits}/hand-over/1`);
        equal((await visitor.post(`/cases/${digits}/hand-over/1`, fieldsOf(page, 'look_up', {}))).status, 409);
    });
    await suite.test('the list and its file name the office and the number there, and nobody', async () => {
        for (const path of ['/hand-overs', '/hand-overs.csv', '/hand-overs?lang=ur', '/hand-overs?lang=ps']) {
            const r = await visitor.get(path);
            equal(r.status, 200, path);
            match(r.text, /PU221126-77/);
            none(r.text, path);
        }
        const other = await signedIn('desk.haripur');
        const r = await other.get('/hand-overs.csv');
        ok(!r.text.includes('PU221126-77'), 'another district\'s list');
    });
    await suite.test('the supervisor\'s sheet has no name; the department has no sheet', async () => {
        const above = await signedIn('supervisor.nowshera');
        for (const path of ['', '/1', '/1/sheet']) {
            const r = await above.get(`/cases/${digits}/hand-over${path}`);
            equal(r.status, 200, path);
            none(r.text, `supervisor's ${path}`);
        }
        const department = await signedIn('officer.nowshera');
        equal((await department.get(`/cases/${digits}/hand-over/1/sheet`)).status, 403);
        equal((await department.get('/hand-overs')).status, 403);
        const elsewhere = await signedIn('desk.haripur');
        equal((await elsewhere.get(`/cases/${digits}/hand-over/1/sheet`)).status, 404);
    });
    await suite.test('two out: she is asked after the second came back', async () => {
        const body = { portal: 'disco', number: '118-4455', warm: true, receiver: 'Complaint clerk' };
        const key = { 'Idempotency-Key': 'a-key-of-this-hand-over' };
        const given = await supervisor.post(`/cases/${ref}/hand-overs`, body, key);
        equal(given.status, 201, given.text);
        equal([given.json.status, given.json.no], ['handed_over', 2]);
        equal((await supervisor.post(`/cases/${ref}/hand-overs`, body, key)).json.no, 2, 'the same again');
        const back = async (no, outcome, words) => (await desk.post(`/cases/${ref}/hand-overs/${no}/outcome`, { outcome, words }));
        equal((await back(1, 'solved')).status, 422);
        equal((await back(1, 'not_granted', 'Relief cannot be granted, not our area')).json.status, 'handed_over');
        equal((await back(1, 'granted')).status, 409, 'twice');
        equal((await back(7, 'granted')).status, 404);
        equal((await desk.post(`/cases/${ref}/actions`, { action: 'answer', outcome: 'solved', taken_via: 'desk' })).status, 409, 'closed while it is out');
        equal((await back(2, 'granted')).json.status, 'awaiting_answer');
        const all = await desk.get(`/cases/${ref}/hand-overs`);
        equal(all.json.hand_overs.map((h) => [h.portal, h.outcome]), [['pcp', 'not_granted'], ['disco', 'granted']]);
        none(all.text, 'the API');
        equal((await as('officer.nowshera').get(`/cases/${ref}/hand-overs`)).status, 403);
        equal((await as('desk.haripur').get(`/cases/${ref}/hand-overs`)).status, 404);
    });
    await suite.test('her own timeline says where it went and what came back', async () => {
        const her = new Visitor(server);
        const r = await her.submit(await her.get('/track'), '/track', { ref, pin });
        const page = await her.get(r.headers.location);
        match(page.text, /Relief cannot be granted, not our area/);
    });
    await suite.test('a private matter stays here when she says no', async () => {
        const c = await file('N-POL');
        const path = `/cases/${c.ref.replaceAll('-', '')}/hand-over`;
        equal((await desk.post(`/cases/${c.ref}/hand-overs`, { portal: 'police' })).status, 422, 'not asked');
        const refused = await desk.post(`/cases/${c.ref}/hand-overs`, { portal: 'police', consent: 'no' });
        equal(refused.status, 409);
        match(refused.text, /does not want/);
        const form = await visitor.get(`${path}?portal=police`);
        const r = await visitor.submit(form, new RegExp(`${path}$`), { consent: 'no' });
        equal(r.status, 303, r.text);
        const page = await visitor.get(`${r.headers.location}&lang=en`);
        match(page.text, /does not want this passed on/);
        equal((await desk.get(`/cases/${c.ref}`)).json.status, 'registered');
        equal((await desk.get(`/cases/${c.ref}/hand-overs`)).json.hand_overs, []);
    });
    await suite.test('what she agreed to and took back is on no sheet any more', async () => {
        const c = await file('N-GAS');
        equal((await desk.post(`/cases/${c.ref}/hand-overs`, { portal: 'sngpl', consent: 'yes' })).status, 201);
        const path = `/cases/${c.ref.replaceAll('-', '')}/hand-over/1/sheet`;
        match((await visitor.get(path)).text, new RegExp(NAME));
        const r = await desk.post(`/cases/${c.ref}/actions`, { action: 'amend', consent_hand_over: 'no' });
        equal(r.status, 200, r.text);
        none((await visitor.get(path)).text, 'the sheet afterwards');
    });
    await suite.test('elsewhere it goes without her name', async () => {
        const c = await file('N-GAS');
        equal((await desk.post(`/cases/${c.ref}/hand-overs`, { portal: 'sngpl', consent: 'no' })).status, 201);
        const sheet = await visitor.get(`/cases/${c.ref.replaceAll('-', '')}/hand-over/1/sheet`);
        equal(sheet.status, 200);
        none(sheet.text, 'a sheet without her name');
    });
    await suite.test('a portal that is not there, and a form full of nonsense', async () => {
        const c = await file('N-GAS');
        const post = (body) => desk.post(`/cases/${c.ref}/hand-overs`, body);
        equal((await post({ portal: 'suthra', consent: 'yes' })).status, 422, 'of another province');
        equal((await post({ consent: 'yes' })).status, 422, 'none');
        equal((await post({ portal: 'pcp', consent: 'yes', account: 'hers', account_phone: '12' })).status, 422);
        equal((await post({ portal: 'pcp', consent: 'yes', account: 'none' })).status, 422);
        equal((await post({ portal: 'sngpl', consent: 'yes', number: '9'.repeat(61) })).status, 422);
        equal((await visitor.get(`/cases/${c.ref.replaceAll('-', '')}/hand-over/99`)).status, 404);
        equal((await visitor.get(`/cases/${c.ref.replaceAll('-', '')}/hand-over/x`)).status, 404);
    });
    await suite.test('nothing of her in the log', () => none(server.said, 'the log'));
});

// The form of one of the three records, with what is typed.
function fieldsOf(page, what, typed) {
    const form = formsOf(page.text).find((f) => f.fields.get('do') === what);
    return new Map([...form.fields, ...Object.entries(typed)]);
}

suite.done();
