// access_test.mjs: who gets what answer from which address: access.tsv is the reviewed file, this walks it.
//
// Rows: every route that `sunwai routes` prints (one without a row fails, and so does a row without a route); routes
// with a case in them stand once for each of four states of a case, those of hand-overs for one that is out. Columns: who asks, from the district of the
// case and from another one. Every request is one that would succeed if it were allowed, and concerns Nowshera.
// Cells: the status; for lists also whether the case is in it ("200 lists").
// `access_test.mjs --write` prints what the program answers now, in the form of the file: for reviewing, never to
// be taken over unread.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringKit, kitOf } from '../lib/kits.mjs';
import { Suite, equal, fail } from '../lib/suite.mjs';
import { root, run, withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey, unescapeHtml } from '../lib/client.mjs';
import { Device } from '../lib/device.mjs';
import { jpeg, multipart, wav, workerUp } from '../lib/media.mjs';

const WHO = {
    nobody: null,
    desk: 'desk.nowshera',
    officer: 'officer.nowshera',
    'officer of another office': 'officer.pabbi',
    supervisor: 'supervisor.nowshera',
    adc: 'adc.nowshera',
    admin: 'admin',
    'desk elsewhere': 'desk.haripur',
    'officer elsewhere': 'officer.haripur',
    'supervisor elsewhere': 'supervisor.haripur',
    'adc elsewhere': 'adc.haripur',
    member: 'member.nowshera',
    monitor: 'monitor.nowshera',
    'monitor above': 'monitor.kp',
    manager: 'manager',
};
const STATES = ['registered', 'assigned', 'awaiting_answer', 'solved'];
const LISTS = ['GET /cases', 'GET /cases/print', 'GET /cases.csv', 'GET /api/v1/cases'];
const complaint = { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', complainant: { sex: 'woman' } };

const letter = { portal: 'office', consent: 'yes' };

function userAdd(server, login, role, office) {
    const r = run('user', 'add', '--data', server.data, '--login', login, '--role', role, '--district', 'PK526', '--office', office, '--name', login);
    if (r.code !== 0) throw new Error(r.err);
    return r.out.trim();
}

// One case in each state, with the PIN for the public pages.
async function casesOf(server) {
    const as = (user) => new Api(server, server.token(user));
    const desk = as('desk.nowshera');
    const act = async (who, ref, action, more) => {
        const r = await who.post(`/cases/${ref}/actions`, { action, ...more });
        if (r.status !== 200) throw new Error(`${action}: ${r.text}`);
    };
    const cases = {};
    const hers = new Person(server, 'desk.nowshera');
    await hers.come();
    await workerUp(server);
    for (const [i, state] of STATES.entries()) {
        const r = await desk.post('/cases', complaint);
        cases[state] = r.json;
        const { ref } = r.json;
        // A picture that the desk has not opened to the department, and her voice.
        const added = await hers.files(`/cases/${ref}/evidence`, { words: 'Hers' }, [['photos', jpeg(), 'a.jpg'], ['voice', wav(), 'b.wav']]);
        if (added.status !== 303) throw new Error(`evidence: ${added.status} ${added.text}`);
        if (i > 0) await act(as('supervisor.nowshera'), ref, 'assign', { to: 'officer.nowshera' });
        if (i > 1) await act(as('officer.nowshera'), ref, 'report_action', { what: 'Done', result: 'done' });
        if (i > 2) await act(desk, ref, 'answer', { outcome: 'solved', taken_via: 'desk' });
    }
    // One that another institution has, given to the department before.
    const out = await desk.post('/cases', complaint);
    await act(as('supervisor.nowshera'), out.json.ref, 'assign', { to: 'officer.nowshera' });
    const given = await desk.post(`/cases/${out.json.ref}/hand-overs`, letter);
    if (given.status !== 201) throw new Error(`hand over: ${given.text}`);
    cases.handed_over = out.json;
    // One that goes past the desk: a picture of hers and her voice, taken by the ADC, who looks into it.
    const past = await desk.post('/cases', { ...complaint, past_desk: true });
    const adc = new Person(server, 'adc.nowshera');
    await adc.come();
    const taken = await adc.files(`/cases/${past.json.ref}/evidence`, { words: 'Hers' }, [['photos', jpeg(), 'a.jpg'], ['voice', wav(), 'b.wav']]);
    if (taken.status !== 303) throw new Error(`past the desk: ${taken.status} ${taken.text}`);
    cases.past_desk = past.json;
    return cases;
}

// The member is on the rota of her desk, and it is her turn.
async function onShift(server) {
    const visitor = new Visitor(server);
    await visitor.signIn('supervisor.nowshera');
    const now = new Date(Date.now() + 5 * 3600e3); // Asia/Karachi
    const set = async (what, fields) => {
        const page = await visitor.get('/rota/manage?desk=PK526-WFD');
        const form = formsOf(page.text).find((f) => f.fields.get('do') === what);
        const r = await visitor.post('/rota/manage', new Map([...form.fields, ...Object.entries(fields), ['_key', idemKey()]]));
        if (r.status !== 303) throw new Error(`rota: ${r.text}`);
    };
    await set('member', { member: 'member.nowshera', seat: 'Village council', seat_to: '2099-01-01' });
    for (const days of [0, 1]) await set('shift', { shift_member: 'member.nowshera', shift_day: new Date(now.getTime() + days * 86400e3).toISOString().slice(0, 10), shift_do: 'comes', shift_from: '00:00', shift_to: '24:00' });
}

// What the desk took down about its own host: the page that gives number and PIN.
let past = null;
async function pastPage(server) {
    if (past) return past;
    const visitor = new Visitor(server);
    await visitor.signIn('desk.nowshera');
    const fields = { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', sex: 'woman', language: 'ur', channel: 'desk', consent_record: 'yes', past_desk: '1' };
    const said = await visitor.submit(await visitor.get('/cases/new'), '/cases/new', fields);
    past = (await visitor.submit(said, '/cases/new', { step: 'register', agreed: '1' })).headers.location;
    return past;
}

// A pad of paper forms of the desk, and the number of its next one.
const onPaper = { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', sex: 'woman', consent_record: 'yes', day: '2026-01-02', taken: 'M1', read: 'yes' };
let pads = null;
async function padOf(server, fresh = false) {
    if (pads && !fresh) return pads;
    const visitor = new Visitor(server);
    await visitor.signIn('desk.nowshera');
    const path = (await visitor.submit(await visitor.get('/paper'), '/paper', { forms: '10', language: 'ur' })).headers.location;
    const numbers = [...(await visitor.get(`${path}?lang=en`)).text.matchAll(/\d{3}-\d{3}-\d{4}/g)].map((m) => m[0]);
    const pad = { path, number: (p) => (p.user === 'desk.nowshera' ? numbers.shift() : numbers[0]) };
    if (!fresh) pads = pad;
    return pad;
}

// Somebody with whatever she has: a browser that is signed in, and a token.
class Person {
    constructor(server, user) {
        Object.assign(this, { server, user });
    }

    async come() {
        this.browser = new Visitor(this.server);
        this.api = new Api(this.server, this.user ? this.server.token(this.user) : null);
        if (this.user) {
            const r = await this.browser.signIn(this.user);
            if (r.status !== 303) throw new Error(`${this.user} could not sign in: ${r.status}`);
        }
    }

    // A token for a form: of her session, or of the public forms.
    async formToken() {
        const page = await this.browser.get(this.user ? '/account' : '/new');
        return formsOf(page.text).find((f) => f.fields.has('_token')).fields.get('_token');
    }

    async post(path, fields) {
        return this.browser.post(path, new Map([['_token', await this.formToken()], ['_key', idemKey()], ...Object.entries(fields)]));
    }

    // A step of something, with what its page says of where it stands now.
    async step(path, fields, page = path) {
        const text = (await this.browser.get(page)).text;
        const marks = ['step', 'seen'].map((name) => [name, new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1]]).filter(([, value]) => value);
        return this.post(path, { ...Object.fromEntries(marks), ...fields });
    }

    async files(path, fields, files) {
        const { body, headers } = multipart([['_token', await this.formToken()], ['_key', idemKey()], ...Object.entries(fields)], files);
        return this.browser.post(path, body, headers);
    }

    async publicPost(path, from, fields) {
        if (this.user) return this.post(path, fields); // the page offers her no form
        const page = await this.browser.get(from);
        const form = formsOf(page.text).find((f) => f.fields.has('_token') && f.action.startsWith(from));
        return this.browser.post(path, new Map([['_token', form.fields.get('_token')], ['_key', idemKey()], ...Object.entries(fields)]));
    }
}

// A case opened by its PIN: the address of its page, and what stands for it in forms.
async function opened(server, c) {
    const visitor = new Visitor(server);
    const r = await visitor.submit(await visitor.get('/track'), '/track', { ref: c.ref, pin: c.pin });
    const page = await visitor.get(r.headers.location);
    return { path: r.headers.location, token: formsOf(page.text).find((f) => f.action === '/track/act').fields.get('case') };
}

// The request of each route that needs more than its address.
const requests = {
    'POST /login': (p) => new Visitor(p.server).signIn('desk.haripur'), // who is signed in already is sent on
    'POST /login/password': async (p, c, fresh, server) => {
        const login = fresh();
        const password = userAdd(server, login, 'desk', 'PK526-WFD');
        const visitor = new Visitor(server);
        const page = await visitor.submit(await visitor.get('/login'), /^\/login/, { login, password });
        return visitor.chooseOwn(login, page);
    },
    'POST /account/password': async (p) => {
        if (!p.user) return p.post('/account/password', {});
        const password = `${p.user} and ${idemKey()}`;
        const page = await p.browser.get('/account/password');
        const r = await p.browser.submit(page, '/account/password', { old: p.server.logins.get(p.user), password, again: password });
        p.server.logins.set(p.user, password);
        await p.come();
        return r;
    },
    'POST /logout': async (p) => {
        const r = await p.post('/logout', {});
        await p.come();
        return r;
    },
    'POST /login/code': async (p, c, fresh, server) => { // who is signed in already is sent on
        const login = fresh();
        const visitor = new Visitor(server);
        return visitor.submit(await visitor.get('/login/code'), '/login/code', { login, code: userAdd(server, login, 'desk', 'PK526-WFD'), password: 'battery staple' });
    },
    'POST /account/session': async (p) => {
        if (!p.user) return p.post('/account/session', {});
        const other = new Visitor(p.server);
        await other.signIn(p.user);
        return p.browser.submit(await p.browser.get('/account'), '/account/session');
    },
    'POST /account/sessions': (p) => p.post('/account/sessions', { others: '1' }),
    'POST /account/token': async (p) => (p.user ? p.browser.submit(await p.browser.get('/account'), '/account/token').finally(() => p.come()) : p.post('/account/token', {})),
    'POST /account/contact': (p) => p.post('/account/contact', { phone: '0300 7654321' }),
    'POST /staff/new': (p, c, fresh) => p.post('/staff/new', { login: fresh(), name: 'Somebody', role: 'desk', office: 'PK526-WFD', slip: 'ur' }),
    'GET /staff/user/{login}': (p, c, fresh, server) => p.browser.get(`/staff/user/${subject(server, fresh)}`),
    'POST /staff/user/{login}/code': (p, c, fresh, server) => p.post(`/staff/user/${subject(server, fresh)}/code`, { slip: 'ur' }),
    'POST /staff/user/{login}/sign-out': (p, c, fresh, server) => p.post(`/staff/user/${subject(server, fresh)}/sign-out`, {}),
    'POST /staff/user/{login}/disable': (p, c, fresh, server) => p.post(`/staff/user/${subject(server, fresh)}/disable`, {}),
    'POST /staff/user/{login}/enable': (p, c, fresh, server) => {
        const login = subject(server, fresh);
        run('user', 'disable', '--data', server.data, '--login', login);
        return p.post(`/staff/user/${login}/enable`, {});
    },
    'GET /board/{office}': (p) => p.browser.get('/board/PK52601-TMA'),
    'GET /board/{office}/pdf': (p) => p.browser.get('/board/PK52601-TMA/pdf'),
    'GET /board/{office}/docx': (p) => p.browser.get('/board/PK52601-TMA/docx'),
    'GET /rota': (p) => p.browser.get('/rota?desk=PK526-WFD'),
    'POST /rota/note': (p) => p.post('/rota/note', { desk: 'PK526-WFD', words: 'The printer has no paper' }),
    'GET /rota/manage': (p) => p.browser.get('/rota/manage?desk=PK526-WFD'),
    'POST /rota/manage': (p) => p.post('/rota/manage', { desk: 'PK526-WFD', do: 'hours', weekday: '6', open_from: '09:00', open_to: '12:00' }),
    'GET /cases/past': async (p, c, fresh, server) => p.browser.get(await pastPage(server)),
    'POST /pointed': (p) => p.post('/pointed', {}),
    'POST /cases/new': (p) => p.post('/cases/new', { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', sex: 'woman', language: 'ur', channel: 'desk', consent_record: 'yes' }), // and is read back
    'POST /cases/new/keep': (p) => p.post('/cases/new/keep', { draft: 'access', description: 'Access' }),
    'POST /cases/new/drop': (p) => p.post('/cases/new/drop', { draft: 'access' }),
    'POST /cases/{ref}/pin': (p, c) => p.post(`/cases/${c.ref}/pin`, { service: 'M-WAT-01' }),
    'POST /people': (p) => p.post('/people', { phone: '0300 5550001' }),
    'POST /people/known': (p) => p.post('/people/known', { phone: '0300 5550001' }),
    'POST /people/open': async (p) => p.post('/people/open', { who: (await knownPerson(p.server)).who, name: 'Zarmina' }),
    'POST /people/new': async (p) => p.post('/people/new', { hers: (await knownPerson(p.server)).hers, draft: idemKey() }),
    'POST /cases/{ref}/act': (p, c) => p.post(`/cases/${c.ref}/act`, { action: 'comment', comment_words: 'Seen' }),
    'POST /cases/{ref}/evidence': (p, c) => p.files(`/cases/${c.ref}/evidence`, { words: 'Seen' }, [['photos', jpeg(), 'a.jpg']]),
    'POST /api/v1/cases/{ref}/evidence': (p, c) => {
        const { body, headers } = multipart([['words', 'Seen']], [['photos', jpeg(), 'a.jpg']]);
        return p.api.post(`/cases/${c.ref}/evidence`, body, headers);
    },
    'GET /cases/{ref}/evidence/{piece}': (p, c) => p.browser.get(`/cases/${c.ref}/evidence/1`),
    'GET /cases/{ref}/evidence/{piece}/small': (p, c) => p.browser.get(`/cases/${c.ref}/evidence/1/small`),
    'GET /cases/{ref}/voice/{piece}': (p, c) => p.browser.get(`/cases/${c.ref}/voice/2`),
    'POST /cases/{ref}/evidence-see': (p, c) => p.post(`/cases/${c.ref}/evidence-see`, { piece: '1', open: '1' }),
    'POST /cases/{ref}/evidence-typed': (p, c) => p.post(`/cases/${c.ref}/evidence-typed`, { typed: 'What she said', step: '1' }),
    'GET /cases': (p, c) => p.browser.get(`/cases?status=any&q=${c.ref}`),
    'GET /cases/print': (p, c) => p.browser.get(`/cases/print?status=any&q=${c.ref}`),
    'GET /cases.csv': (p, c) => p.browser.get(`/cases.csv?status=any&q=${c.ref}`),
    'GET /api/v1/cases': (p, c) => p.api.get(`/cases?q=${c.ref}`),
    'POST /api/v1/cases': (p) => p.api.post('/cases', complaint),
    'POST /api/v1/cases/{ref}/actions': (p, c) => p.api.post(`/cases/${c.ref}/actions`, { action: 'comment', comment: 'Seen' }),
    'POST /cases/{ref}/hand-over': (p, c) => p.post(`/cases/${c.ref}/hand-over`, letter),
    'GET /cases/{ref}/hand-over/{no}': (p, c) => p.browser.get(`/cases/${c.ref}/hand-over/1`),
    'POST /cases/{ref}/hand-over/{no}': (p, c) => p.post(`/cases/${c.ref}/hand-over/1`, { do: 'number', number: 'A-1' }),
    'GET /cases/{ref}/hand-over/{no}/sheet': (p, c) => p.browser.get(`/cases/${c.ref}/hand-over/1/sheet`),
    'POST /api/v1/cases/{ref}/hand-overs': (p, c) => p.api.post(`/cases/${c.ref}/hand-overs`, letter),
    // On one of its own: an outcome comes back once.
    'POST /api/v1/cases/{ref}/hand-overs/{no}/outcome': async (p, c, fresh, server) => {
        const more = await new Api(server, server.token('desk.nowshera')).post(`/cases/${c.ref}/hand-overs`, letter);
        return p.api.post(`/cases/${c.ref}/hand-overs/${more.json.no}/outcome`, { outcome: 'no_answer' });
    },
    'POST /new': (p) => p.publicPost('/new', '/new', { step: '1', service: 'M-WAT-01' }),
    'POST /new/send': (p) => p.publicPost('/new/send', '/new', { step: '5', service: 'M-WAT-01', unit: 'PK52601', description: 'Access', sex: 'woman' }),
    'POST /track': (p, c) => p.publicPost('/track', '/track', { ref: c.ref, pin: c.pin }),
    'GET /new/done': async (p) => {
        const r = await requests['POST /new/send'](p);
        return p.browser.get(r.headers.location);
    },
    // What her PIN opened for herself, in somebody else's browser.
    'GET /track/case': async (p, c) => p.browser.get((await opened(p.server, c)).path),
    'POST /track/say': async (p, c) => p.publicPost('/track/say', '/track', { case: (await opened(p.server, c)).token, outcome: 'solved' }),
    'POST /track/act': async (p, c) => p.publicPost('/track/act', '/track', { case: (await opened(p.server, c)).token, action: 'comment', comment_words: 'Mine' }),
    'POST /desk/visits': (p) => p.post('/desk/visits', { sex: 'woman', outcome: 'information' }),
    'POST /desk/visits/undo': async (p) => p.post('/desk/visits/undo', { no: (await requests['POST /desk/visits'](p)).status === 303 ? (await lastIn(p, '/desk/visits', '/desk/visits/undo')) : '1' }),
    'POST /desk/tokens': (p) => p.post('/desk/tokens', { turn: 'usual' }),
    'POST /desk/tokens/next': async (p) => { await p.post('/desk/tokens', { turn: 'usual' }); return p.post('/desk/tokens/next', {}); },
    'POST /desk/tokens/left': async (p) => p.post('/desk/tokens/left', { no: (await requests['POST /desk/tokens'](p)).status === 303 ? (await lastIn(p, '/desk/visits', '/desk/tokens/left')) : '1' }),
    'GET /desk/tokens/{no}/slip': async (p) => { await requests['POST /desk/tokens'](p); return p.browser.get('/desk/tokens/1/slip'); },
    'POST /desk/materials': (p) => p.post('/desk/materials', { name: 'RTI brochure', kind: 'brochure', stock: '5' }),
    'POST /desk/materials/move': async (p) => { await requests['POST /desk/materials'](p); return p.post('/desk/materials/move', { material: '1', move: 'given', n: '1' }); },
    'GET /messages/{code}': async (p, c, fresh, server) => p.browser.get(`/messages/${await messageOf(server)}`),
    'GET /messages/{code}/file/{language}/{version}': async (p, c, fresh, server) => p.browser.get(`/messages/${await messageOf(server)}/file/ur/1`), // a text has none
    'POST /library/new': (p) => p.post('/library/new', aMessage),
    'GET /library/message/{code}': async (p, c, fresh, server) => p.browser.get(`/library/message/${await messageOf(server)}`),
    'POST /library/message/{code}/version': async (p, c, fresh, server) => p.post(`/library/message/${await messageOf(server)}/version`, { ...said, language: 'ps' }),
    'POST /library/message/{code}/approve': async (p, c, fresh, server) => p.post(`/library/message/${await messageOf(server, true)}/approve`, { ...firstVersion, ...approval }),
    'POST /library/message/{code}/withdraw': async (p, c, fresh, server) => p.post(`/library/message/${await messageOf(server, true)}/withdraw`, firstVersion),
    'POST /library/message/{code}/reach': async (p, c, fresh, server) => p.post(`/library/message/${await messageOf(server)}/reach`, { which: 'ur.1', unit: 'PK526', channel: 'leaflet', on: approval.day, n: '10' }),
    'GET /exit': async (p) => p.browser.get(await doorOf(p.server)),
    'POST /exit': async (p) => p.browser.submit(await p.browser.get(await doorOf(p.server)), '/exit', { face: 'good' }),
    'GET /paper': (p) => p.browser.get('/paper'),
    'POST /paper': (p) => p.post('/paper', { forms: '10', language: 'ur' }),
    'GET /paper/{pad}': async (p) => p.browser.get((await padOf(p.server)).path),
    'POST /paper/{pad}': async (p) => { const pad = await padOf(p.server); return p.post(pad.path, { ...onPaper, number: pad.number(p) }); },
    'POST /paper/{pad}/spoilt': async (p) => { const pad = await padOf(p.server); return p.post(`${pad.path}/spoilt`, { spoilt_number: pad.number(p), why: 'damaged' }); },
    'POST /paper/{pad}/lost': async (p) => p.post(`${(await padOf(p.server, true)).path}/lost`, { loss: 'lost' }),
    'GET /paper/{pad}/print': async (p) => p.browser.get(`${(await padOf(p.server)).path}/print`),
    'GET /prompts': (p) => p.browser.get('/prompts'),
    'POST /prompts': (p) => p.files('/prompts', { prompt: 'new.kind', language: 'ur', speaker: 'M1' }, [['sound', wav(), 'a.wav']]),
    'POST /prompts/end': async (p) => { await requests['POST /prompts'](p); return p.post('/prompts/end', { prompt: 'new.kind', language: 'ur' }); },
    'GET /registers/{register}': (p) => p.browser.get('/registers/needs'),
    'GET /now/{desk}': (p) => p.browser.get('/now/PK526-WFD'),
    'GET /directions/{event}/{no}': async (p) => p.browser.get(`/directions/${await directionOf(p.server)}`),
    'POST /directions/{event}/{no}': async (p) => p.post(`/directions/${await directionOf(p.server)}`, { do: 'note', words: 'Half way' }),
    'GET /api/v1/directions/{event}/{no}': async (p) => p.api.get(`/directions/${await directionOf(p.server)}`),
    'POST /api/v1/directions/{event}/{no}/steps': async (p) => p.api.post(`/directions/${await directionOf(p.server)}/steps`, { do: 'note', words: 'Half way' }),
    ...Object.fromEntries(['directions', 'close', 'follow-up', ...['minutes', 'closing-sheet', 'data-sheet', 'letters-directions'].flatMap((n) => [n, `${n}.pdf`, `${n}.docx`])]
        .map((n) => [`GET /events/{code}/${n}`, async (p) => p.browser.get(`/events/${await openEventOf(p.server)}/${n}`)])),
    'POST /events/{code}/directions': async (p) => p.post(`/events/${await openEventOf(p.server)}/directions`, orderOf(dayIn(15))),
    'POST /events/{code}/close': async (p) => p.post(`/events/${await openEventOf(p.server)}/close`, { do: 'minutes', minutes: 'Water was asked for.' }),
    'POST /events/{code}/follow-up': async (p) => p.post(`/events/${await followUpOf(p.server)}/follow-up`, { no: '1', answer: 'not_done', words: 'Not yet', women_agree: 'not_asked' }),
    'POST /api/v1/events': (p) => p.api.post('/events', eventPlan()),
    'POST /events/new': (p) => p.post('/events/new', eventPlan()),
    'GET /reports/{name}': (p) => p.browser.get('/reports/attendance'),
    'GET /reports/indicators/{name}': (p) => p.browser.get('/reports/indicators/attendance'),
    'GET /events/{code}': async (p) => p.browser.get(`/events/${await eventOf(p.server)}`),
    'POST /events/{code}/act': async (p) => p.post(`/events/${await eventOf(p.server, true)}/act`, { do: 'hide' }),
    'GET /events/{code}/plan': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/plan`),
    'POST /events/{code}/plan': async (p) => p.post(`/events/${await eventOf(p.server)}/plan`, eventPlan()),
    'GET /events/{code}/move': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/move`),
    'POST /events/{code}/move': async (p) => p.post(`/events/${await eventOf(p.server)}/move`, { ...eventPlan(), why: 'Rain' }),
    'GET /events/{code}/ties': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/ties`),
    'POST /events/{code}/ties': async (p) => p.post(`/events/${await eventOf(p.server)}/ties`, {}),
    'GET /events/{code}/cancel': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/cancel`),
    'POST /events/{code}/cancel': async (p) => p.post(`/events/${await eventOf(p.server, true)}/cancel`, { why: 'Rain' }),
    'GET /events/{code}/summons': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/summons`),
    'POST /events/{code}/summons': async (p) => p.post(`/events/${await eventOf(p.server, true)}/summons`, { summoned: 'PK52601-TMA' }),
    'POST /events/{code}/came': async (p) => p.post(`/events/${await openEventOf(p.server)}/came`, { body: 'PK52601-TMA', came: 'came' }),
    'GET /events/{code}/letters': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/letters`),
    ...Object.fromEntries(['letters.pdf', 'letters.docx', 'poster.pdf', 'poster.docx'].map((n) => [`GET /events/{code}/${n}`, async (p) => p.browser.get(`/events/${await eventOf(p.server)}/${n}`)])),
    'GET /events/{code}/poster': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/poster`),
    'GET /events/{code}/roster': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/roster`),
    'POST /events/{code}/roster': async (p) => p.post(`/events/${await openEventOf(p.server)}/roster`, { role: 'citizen', tap: 'woman' }),
    'GET /events/{code}/told': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/told`),
    'POST /events/{code}/told': async (p) => p.post(`/events/${await crowdOf(p.server)}/told`, { role: 'citizen', tap: 'age.18_29' }),
    'GET /events/{code}/names': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/names`),
    'POST /events/{code}/names': async (p) => p.post(`/events/${await openEventOf(p.server)}/names`, { name: 'Access', role: 'cso', sex: 'woman' }),
    'POST /events/{code}/names/change': async (p) => p.post(`/events/${await openEventOf(p.server)}/names/change`, { spoke_no: '1' }),
    'GET /events/{code}/names/print': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/names/print`),
    'GET /events/{code}/files': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/files`),
    'POST /events/{code}/files': async (p) => p.files(`/events/${await openEventOf(p.server)}/files`, { paper: 'minutes', seen: 'district' }, [['files', jpeg(), 'a.jpg']]),
    'POST /events/{code}/files-shown': async (p) => p.post(`/events/${await filedEventOf(p.server)}/files-shown`, { piece: '1', now_seen: 'district' }),
    'POST /events/{code}/files-removed': async (p) => p.post(`/events/${await filedEventOf(p.server, true)}/files-removed`, { gone: '1', why: 'Twice' }),
    'GET /events/{code}/files/{piece}': async (p) => p.browser.get(`/events/${await filedEventOf(p.server)}/files/1`),
    'GET /events/{code}/files/{piece}/held': async (p) => p.browser.get(`/events/${await filedEventOf(p.server)}/files/2/held`),
    'GET /events/{code}/needs': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/needs`),
    'POST /events/{code}/needs': async (p) => p.post(`/events/${await openEventOf(p.server)}/needs`, { words: 'Water' }),
    'POST /events/{code}/needs/change': async (p) => p.post(`/events/${await openEventOf(p.server)}/needs/change`, { plus: '1' }),
    'GET /events/{code}/needs/print': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/needs/print`),
    'GET /events/{code}/tokens': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/tokens`),
    'POST /events/{code}/tokens': async (p) => p.post(`/events/${await openEventOf(p.server)}/tokens`, { sex: 'woman' }),
    'GET /events/{code}/now': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/now`),
    'GET /events/{code}/capture': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/capture`),
    'POST /events/{code}/capture': async (p) => p.post(`/events/${await openEventOf(p.server)}/capture`, matter),
    'GET /events/{code}/cases': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/cases`),
    'GET /events/{code}/cases/{ref}': async (p) => p.browser.get(await matterOf(p.server)),
    'POST /events/{code}/cases/{ref}': async (p) => p.post(await matterOf(p.server), { answer: 'solved_now', words: 'The valve is open' }),
    'POST /events/{code}/cases/{ref}/hers': async (p) => p.post(`${await matterOf(p.server, true)}/hers`, { outcome: 'partly' }),
    'GET /api/v1/events/{code}/day': async (p) => p.api.get(`/events/${await eventOf(p.server)}/day`),
    'POST /api/v1/events/{code}/counts': async (p) => p.api.post(`/events/${await openEventOf(p.server)}/counts`, { role: 'citizen', sex: 'woman', people: 1 }),
    'POST /api/v1/events/{code}/needs': async (p) => p.api.post(`/events/${await openEventOf(p.server)}/needs`, { words: 'Water' }),
    'POST /api/v1/events/{code}/tokens': async (p) => p.api.post(`/events/${await openEventOf(p.server)}/tokens`, { sex: 'woman' }),
    'POST /api/v1/events/{code}/matters': async (p) => p.api.post(`/events/${await openEventOf(p.server)}/matters`, { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', complainant: { sex: 'woman' } }),
    'GET /events/{code}/dialogue': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/dialogue`),
    'POST /events/{code}/decisions': async (p) => p.post(`/events/${await openEventOf(p.server)}/decisions`, { brought_by: 'women', decision: 'The tap first' }),
    'POST /events/{code}/points': async (p) => p.post(`/events/${await openEventOf(p.server)}/points`, { side: 'women', post: 'Her group', words: 'Ask again', horizon: 'short', due_day: eventPlan().day }),
    'GET /events/{code}/training': async (p) => p.browser.get(`/events/${await eventOf(p.server)}/training`),
    'POST /events/{code}/numbers': async (p) => p.post(`/events/${await countedEventOf(p.server)}/numbers`, {}),
    'POST /events/{code}/scores': async (p) => p.post(`/events/${await openEventOf(p.server)}/scores`, {}),
    'POST /twinning/new': (p) => p.post('/twinning/new', twinning()),
    'GET /twinning/{code}': async (p) => p.browser.get(await partnerOf(p.server, 'twinning')),
    ...Object.fromEntries(['agreement', 'progress'].flatMap((paper) => ['', '.pdf', '.docx'].map((form) => [`GET /twinning/{code}/${paper}${form}`, async (p) => p.browser.get(`${await partnerOf(p.server, 'twinning')}/${paper}${form}`)]))),
    'POST /twinning/{code}/exchange': async (p) => p.post(`${await partnerOf(p.server, 'twinning')}/exchange`, { planned: '2027-02-01', what: 'A visit' }),
    'POST /twinning/{code}/held': async (p) => p.post(`${await partnerOf(p.server, 'twinning')}/held`, { no: '1', event: await exchangeOf(p.server) }),
    'GET /twinning/{code}/check': async (p) => p.browser.get(`${await partnerOf(p.server, 'twinning')}/check?part=host&when=before`),
    'POST /twinning/{code}/check': async (p) => p.post(`${await partnerOf(p.server, 'twinning')}/check`, { part: 'host', when: 'before', item_register: '2' }),
    'POST /curricula': (p) => p.post('/curricula', { title: 'RTI', topics: 'How to ask', from: '2026-01-01' }),
    'POST /curricula/end': (p) => p.post('/curricula/end', { ended: '1', ended_on: '2099-01-01' }), // of the row above, in her own district
    'POST /groups/new': (p) => p.post('/groups/new', group()),
    'GET /groups/{code}': async (p) => p.browser.get(await partnerOf(p.server, 'groups')),
    'POST /groups/{code}/join': async (p) => p.post(`${await partnerOf(p.server, 'groups')}/join`, { side: 'women', post: 'One of the women' }),
    'POST /groups/{code}/leave': async (p) => p.post(`${await partnerOf(p.server, 'groups')}/leave`, { no: await memberNo(p.server) }),
    'POST /documents': (p) => p.post('/documents', { kind: 'achievement', period: lastQuarter(), unit: 'PK526', lang_of: 'en' }),
    'GET /documents/view': (p) => p.browser.get('/documents/view?kind=achievement&unit=PK526'),
    'GET /documents/{code}': async (p) => p.browser.get(await documentOf(p.server)),
    'POST /documents/{code}/cancel': async (p) => p.post(`${await documentOf(p.server)}/cancel`, {}),
    'GET /documents/{code}/{form}': async (p) => p.browser.get(`${await documentOf(p.server)}/json`),
    'POST /plans/new': (p) => p.post('/plans/new', aPlan()),
    'POST /plans/programmes': (p) => p.post('/plans/programmes', { what: 'funder', funder: 'partner-1', funder_en: 'Development partner 1' }),
    'GET /plans/needs/{event}/{need}': async (p) => p.browser.get(`/plans/needs/${await needOf(p.server)}`),
    'POST /plans/needs/{event}/{need}': async (p) => p.post(`/plans/needs/${await needOf(p.server)}`, { answer: 'declined', words: 'No funds' }),
    'GET /plans/{code}': async (p) => p.browser.get(await planOf(p.server)),
    'POST /plans/{code}/act': async (p) => { const at = await planOf(p.server, true); return p.step(`${at}/act`, { do: 'submit' }, at); },
    'POST /plans/{code}/add': async (p) => p.post(`${await planOf(p.server)}/add`, { what: 'risk', risk: 'Rain' }),
    'POST /plans/{code}/drop': async (p) => p.post(`${await planOf(p.server, true)}/drop`, { drop: 'indicator.1' }),
    'GET /plans/{code}/result': async (p) => p.browser.get(`${await planOf(p.server)}/result`),
    'POST /plans/{code}/result': async (p) => p.post(`${await planOf(p.server)}/result`, { kind: 'outcome', title: 'Heard' }),
    'GET /plans/{code}/indicator': async (p) => p.browser.get(`${await planOf(p.server)}/indicator`),
    'POST /plans/{code}/indicator': async (p) => p.post(`${await planOf(p.server)}/indicator`, { result: '1', indicator: 'attendance' }),
    'GET /plans/{code}/indicators/{no}': async (p) => p.browser.get(`${await planOf(p.server)}/indicators/1`),
    'POST /plans/{code}/indicators/{no}/target': async (p) => p.post(`${await planOf(p.server)}/indicators/1/target`, { unit: 'PK526', n: '40' }),
    'GET /plans/{code}/activity': async (p) => p.browser.get(`${await planOf(p.server)}/activity`),
    'POST /plans/{code}/activity': async (p) => { const at = await planOf(p.server); return p.post(`${at}/activity`, activity(at)); },
    'GET /plans/{code}/activities/{no}': async (p) => p.browser.get(`${await planOf(p.server)}/activities/1`),
    'POST /plans/{code}/activities/{no}/people': async (p) => p.post(`${await planOf(p.server)}/activities/1/people`, { citizen_woman: '40' }),
    'POST /plans/{code}/activities/{no}/add': async (p) => p.post(`${await planOf(p.server)}/activities/1/add`, { what: 'partner', name: 'A group' }),
    'POST /plans/{code}/activities/{no}/drop': async (p) => { const at = await planOf(p.server, true); await planner.get('monitor').post(`${at}/activities/1/add`, { what: 'partner', name: 'A group' }); return p.post(`${at}/activities/1/drop`, { drop: 'partner.1' }); },
    'POST /plans/{code}/activities/{no}/act': async (p) => { const at = `${await approvedPlan(p.server)}/activities/1`; return p.step(`${at}/act`, { do: 'note', words: 'Half way' }, at); },
    'POST /plans/{code}/activities/{no}/event': async (p) => p.post(`${await approvedPlan(p.server)}/activities/1/event`, { tie: await openEventOf(p.server) }),
    ...Object.fromEntries(['', '/template.csv', '/template.xlsx'].map((rest) => [`GET /exchange/targets/{plan}${rest}`, async (p) => p.browser.get(`/exchange/targets${(await planOf(p.server)).replace('/plans', '')}${rest}`)])),
    ...Object.fromEntries(['csv', 'xlsx'].map((end) => [`GET /exchange/sheets/{programme}/events.${end}`, (p) => p.browser.get(`/exchange/sheets/women-kacheri/events.${end}`)])),
    'GET /exchange/reporter/{programme}': (p) => p.browser.get('/exchange/reporter/women-kacheri'),
    'POST /exchange/reporter/{programme}': (p) => p.post('/exchange/reporter/women-kacheri', { ref: 'PK-KP-0001', name: 'LG Department', type: '10', sector: '15150' }),
    ...Object.fromEntries(['csv', 'xlsx'].map((end) => [`GET /exchange/activities/{programme}/activities.${end}`, (p) => p.browser.get(`/exchange/activities/women-kacheri/activities.${end}`)])),
    // Nothing is said of the line: the columns are kept, and no sheet is written.
    'POST /exchange/activities': async (p) => { const [plan, , unit, quarter] = (await lineOf(p.server)).split('/').slice(3); return p.post('/exchange/activities', { programme: 'women-kacheri', rows: `Plan,No,When,Where,How\n${plan},1,${quarter},${unit},`, plan: 'A', line: 'B', quarter: 'C', unit: 'D', progress: 'E' }); },
    'POST /exchange/sheets': (p) => p.post('/exchange/sheets', { programme: 'women-kacheri', rows: 'Event,Women\nEDS-1,4', event: 'A', women: 'B' }),
    'POST /exchange/past': (p) => p.post('/exchange/past', pastTable()),
    'GET /exchange/past/{code}': async (p) => p.browser.get(await pastOf(p.server)),
    'POST /exchange/past/{code}': async (p) => p.post(await pastOf(p.server, true), { do: 'decline', why: 'Not known' }),
    'POST /exchange/targets/{plan}': async (p) => p.post(`/exchange/targets${(await planOf(p.server)).replace('/plans', '')}`, { rows: 'indicator,unit,period,target\n1,PK526,Q1,40' }),
    'GET /documents/narrative': (p) => p.browser.get('/documents/narrative?unit=PK526'),
    'GET /documents/narrative/{section}': (p) => p.browser.get('/documents/narrative/lessons?unit=PK526'),
    'POST /documents/narrative/{section}': (p) => p.post('/documents/narrative/lessons', { kind: 'annual', unit: 'PK526', language: 'en', period: String((texts += 1)), seen: '0', words: 'Buses help' }),
    'GET /documents/lessons': (p) => p.browser.get('/documents/lessons?unit=PK526'),
    'POST /kit': async (p) => bringKit(p.browser, nextKit(p.server)),
    'GET /kit/{no}': (p) => { nextKit(p.server); return p.browser.get('/kit/1'); },
    'GET /kit/{no}/sounds/{hash}': (p) => { nextKit(p.server); return p.browser.get(`/kit/1/sounds/${'0'.repeat(64)}`); }, // none in it: kit_test.mjs hears one
    'POST /kit/{no}': async (p) => {
        const r = await bringKit(await kitsAdmin(p.server), nextKit(p.server));
        return p.post(r.headers.location.replace(/\?.*/, ''), { do: 'leave' });
    },
    'POST /bylaws/new': (p) => p.post('/bylaws/new', { unit: 'PK52601', model: 'women-heard' }),
    ...Object.fromEntries(['', '/paper', '/paper.pdf', '/paper.docx'].map((rest) => [`GET /bylaws/{code}${rest}`, async (p) => p.browser.get(`${await bylawOf(p.server)}${rest}`)])),
    'POST /bylaws/{code}': async (p) => p.post(await bylawOf(p.server), { do: 'write', language: 'en', title: 'Women are heard', words: 'On Mondays.' }),
    'GET /readiness/{unit}': (p) => p.browser.get('/readiness/PK526'),
    'POST /readiness/{unit}': (p) => p.post('/readiness/PK526', { item: 'room', met: 'yes', day: approval.day, evidence: 'A letter', who: 'Assistant commissioner' }),
    'POST /documents/stories/new': (p) => p.post('/documents/stories/new', aStory()),
    'GET /documents/stories/{code}': async (p) => p.browser.get(await storyOf(p.server)),
    'GET /documents/stories/{code}/photo': async (p) => p.browser.get(`${await storyOf(p.server)}/photo`), // it has none
    'GET /documents/stories/{code}/poster.pdf': async (p) => p.browser.get(`${await storyOf(p.server)}/poster.pdf`),
    'GET /documents/stories/{code}/speaker': async (p) => p.browser.get(`${await storyOf(p.server)}/speaker`),
    'POST /documents/stories/{code}/consent': async (p) => { const at = await storyOf(p.server); return p.post(`${at}/consent`, { ...aStory(), ...await seenBy(storyDesk, at) }); },
    'POST /documents/stories/{code}/withdraw': async (p) => { const at = await storyOf(p.server, true); return p.post(`${at}/withdraw`, await seenBy(storyDesk, at)); },
    'GET /kacheri/{code}': async (p) => p.browser.get(`/kacheri/${await eventOf(p.server)}`),
    'GET /kacheri/{code}/invitation.ics': async (p) => p.browser.get(`/kacheri/${await eventOf(p.server)}/invitation.ics`),
    'GET /api/v1/events/{code}': async (p) => p.api.get(`/events/${await eventOf(p.server)}`),
    'GET /sheets/event/{code}': async (p) => p.browser.get(`/sheets/event/${await heldEventOf(p.server)}`),
    'POST /sheets/event/{code}': async (p) => { await sheetBack(p.server, `/sheets/event/${await heldEventOf(p.server)}`); return p.step(`/sheets/event/${await heldEventOf(p.server)}`, { do: 'submit' }); },
    'GET /sheets/activity/{plan}/{no}/{unit}/{period}': async (p) => p.browser.get(await lineOf(p.server)),
    'POST /sheets/activity/{plan}/{no}/{unit}/{period}': async (p) => p.post(await lineOf(p.server), { do: 'write', progress: 'on_track' }),
    'GET /sheets/quarter/{unit}/{period}': (p) => p.browser.get(`/sheets/quarter/PK526/${lastQuarter()}`),
    'POST /sheets/quarter/{unit}/{period}': async (p) => { await sheetBack(p.server, `/sheets/quarter/PK526/${lastQuarter()}`); return p.step(`/sheets/quarter/PK526/${lastQuarter()}`, { do: 'submit' }); },
    'GET /sheets/together/{unit}/{period}': (p) => p.browser.get(`/sheets/together/PK5/${lastQuarter()}`),
    'POST /sheets/together/{unit}/{period}': async (p) => {
        const at = `/sheets/together/PK5/${lastQuarter()}`;
        await sheetReady(p.server, `/sheets/quarter/PK526/${lastQuarter()}`);
        const page = await p.browser.get(at);
        return p.post(at, { seen: /name="seen" value="([0-9a-f]{64})"/.exec(page.text)?.[1] ?? '' });
    },
    // A browser that may be a device of its desk is one first.
    'GET /device/pack': async (p) => { await p.post('/devices/here', { name: 'Tablet' }); return p.browser.get('/device/pack'); },
    'POST /devices/here': (p) => p.post('/devices/here', { name: 'Tablet' }),
    'GET /devices/one/{code}': async (p) => p.browser.get(`/devices/one/${(await deviceOf(p.server)).pack.device.code}`),
    'POST /devices/one/{code}': async (p) => p.post(`/devices/one/${(await deviceOf(p.server, true)).pack.device.code}`, { why: 'Lost' }),
    // Whoever holds the device: its cookie says which it is, and nothing else is asked.
    'POST /api/v1/device/lease': async (p) => (await deviceOf(p.server)).lease({ refs: 1 }),
    'POST /api/v1/device/return': async (p) => { const d = await deviceOf(p.server); return d.call('POST', '/return', { ticket: d.pack.ticket, refs: ['412-806-3359'] }); },
    'POST /api/v1/device/records/{record}': async (p) => { const d = await deviceOf(p.server); return d.part(await d.make('count', {}), 0, 10); },
    'GET /api/v1/device/records/{record}': async (p) => { const d = await deviceOf(p.server); const made = await d.make('count', {}); await d.part(made, 0, 10); return d.call('GET', `/records/${made.record}`); },
    'POST /api/v1/device/states': async (p) => (await deviceOf(p.server)).call('POST', '/states', { records: ['01JXW3C5M0ABCDEFGHJKMNPQRS'] }),
    'GET /devices/waiting/{record}': async (p) => p.browser.get(`/devices/waiting/${await stoppedOf(p.server)}`),
    'POST /devices/waiting/{record}/again': async (p) => { const record = await stoppedOf(p.server); const r = await p.post(`/devices/waiting/${record}/again`, {}); await (await deviceOf(p.server)).settled([record]); return r; },
    'GET /devices/waiting/{record}/file': async (p) => p.browser.get(`/devices/waiting/${await heardOf(p.server)}/file`),
    'GET /devices/waiting/{record}/mend': async (p) => p.browser.get(`/devices/waiting/${await stoppedOf(p.server)}/mend`),
    'POST /devices/waiting/{record}/mend': async (p) => p.post(`/devices/waiting/${await stoppedOf(p.server, true)}/mend`, { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', sex: 'woman', language: 'ur', consent_record: 'yes', agreed: '1' }),
    'POST /devices/waiting/{record}/drop': async (p) => p.post(`/devices/waiting/${await stoppedOf(p.server, true)}/drop`, { why: 'A trial' }),
    'GET /prompts/{name}': (p) => p.browser.get('/prompts/none.ogg'), // nobody recorded anything here
    'GET /assets/{name}': (p) => p.browser.get('/assets/site.css'),
};

// A device of the desk of Nowshera; `anew`: one of its own.
let device = null;
async function deviceOf(server, anew = false) {
    if (anew) return Device.enrol(server, 'desk.nowshera');
    device ??= await Device.enrol(server, 'desk.nowshera');
    return device;
}

// A record of hers that was refused: it is about another district.
let stopped = null;
async function stoppedOf(server, anew = false) {
    if (stopped && !anew) return stopped;
    const d = await deviceOf(server);
    const record = await d.bring('filing', { service: 'M-WAT-01', unit: 'PK511', description: 'Access', sex: 'woman', consent_record: 'yes', agreed: '1' });
    await d.settled([record]);
    if (!anew) stopped = record;
    return record;
}

// A voice that waits for one that was refused; it is opened before that.
let heard = null;
async function heardOf(server) {
    if (heard) return heard;
    await workerUp(server);
    const d = await deviceOf(server);
    const made = await d.make('filing', { service: 'M-WAT-01', unit: 'PK511', description: 'Access', sex: 'woman', consent_record: 'yes', agreed: '1' });
    heard = await d.bring('file', {}, { of: made.record }, wav());
    await d.send(made);
    await d.settled([made.record]);
    return heard;
}

// An event of Nowshera: announced, planned for next month, with the office of officer.nowshera summoned; `anew`: one of
// its own, for requests that change where it stands. The open one is of today.
let venues = 0;
function eventPlan(day = 30) {
    venues += 1;
    const date = new Date(Date.now() + 5 * 3600e3 + day * 86400e3).toISOString().slice(0, 10);
    return { kind: 'khuli_kacheri', audience: 'women', unit: 'PK52601', venue: `School ${venues}`, venue_kind: 'school', day: date, from: '10:00', to: '13:00', plan: 'OP-1', summoned: 'PK52601-TMA' };
}
const eventDesk = new Map(); // the desk's browser, the shared events
async function eventMade(server, day, what, more = {}) {
    if (!eventDesk.has('desk')) {
        eventDesk.set('desk', new Person(server, 'desk.nowshera'));
        await eventDesk.get('desk').come();
    }
    const desk = eventDesk.get('desk');
    const r = await desk.post('/events/new', { ...eventPlan(day), ...more });
    const code = /\/events\/([^?]+)/.exec(r.headers.location ?? '')?.[1];
    if (!code) throw new Error(`no event: ${r.status}`);
    const done = await desk.post(`/events/${code}/act`, { do: what });
    if (done.status !== 303) throw new Error(`event ${what}: ${done.status}`);
    return code;
}
async function eventOf(server, anew = false) {
    if (anew) return eventMade(server, 30, 'announce');
    if (!eventDesk.has('announced')) eventDesk.set('announced', await eventMade(server, 30, 'announce'));
    return eventDesk.get('announced');
}
async function openEventOf(server) {
    if (!eventDesk.has('open')) eventDesk.set('open', await eventMade(server, 0, 'open'));
    return eventDesk.get('open');
}

// One with a letter that the district opens and a photo that is the desk's alone; `anew`: one of its own.
async function filedEventOf(server, anew = false) {
    if (!anew && eventDesk.has('filed')) return eventDesk.get('filed');
    const code = await eventMade(server, 0, 'announce');
    for (const fields of [{ paper: 'letter', seen: 'district' }, { paper: 'photo', seen: 'desk' }]) {
        const r = await eventDesk.get('desk').files(`/events/${code}/files`, fields, [['files', jpeg(), 'a.jpg']]);
        if (r.status !== 303) throw new Error(`file of an event: ${r.status}`);
    }
    if (!anew) eventDesk.set('filed', code);
    return code;
}

// One that was held and closed; the last quarter that is over. Their sheets go back to a draft before each request that
// puts them forward, and on to "verified" before each that approves.
async function heldEventOf(server) {
    if (!eventDesk.has('held')) {
        const held = await eventMade(server, 0, 'open', { from: '14:00', to: '16:00' }); // in hours of its own: nothing else is held then
        for (const fields of [{ do: 'paper', explained: 'There is none' }, { do: 'sign', post: 'Assistant Commissioner', how: 'signature' }, { do: 'close', sure: '1' }]) {
            const r = await eventDesk.get('desk').post(`/events/${held}/close`, fields);
            if (r.status !== 303) throw new Error(`close ${fields.do}: ${r.status}`);
        }
        await eventDesk.get('desk').step(`/sheets/event/${held}`, { do: 'justify', rule: 'no_official', words: 'None was asked to come' });
        eventDesk.set('held', held);
    }
    return eventDesk.get('held');
}
function lastQuarter() {
    const now = new Date(Date.now() + 5 * 3600e3);
    const quarter = (Math.floor(now.getUTCMonth() / 3) + 2) % 4; // of the planning year, from 0
    const year = now.getUTCFullYear() - (now.getUTCMonth() < 6 ? 1 : 0) - (quarter === 0 ? 1 : 0);
    return `FY${year}-${String((year + 1) % 100).padStart(2, '0')}Q${quarter === 0 ? 4 : quarter}`;
}
async function monitorOf(server, user) {
    if (!eventDesk.has(user)) {
        eventDesk.set(user, new Person(server, user));
        await eventDesk.get(user).come();
    }
    return eventDesk.get(user);
}
// What a form says of the page that it stands on, as somebody sees it who may take the step.
async function seenBy(who, at) {
    return { step: /name="step" value="(\d+)"/.exec((await who.browser.get(at)).text)?.[1] ?? '0' };
}
async function sheetBack(server, at) {
    await (await monitorOf(server, 'monitor.kp')).step(at, { do: 'unlock', words: 'For the next one' });
    await (await monitorOf(server, 'monitor.nowshera')).step(at, { do: 'return', words: 'For the next one' });
}
async function sheetReady(server, at) {
    await eventOf(server);
    await sheetBack(server, at);
    await eventDesk.get('desk').step(at, { do: 'submit' });
    const r = await (await monitorOf(server, 'monitor.nowshera')).step(at, { do: 'verify' });
    if (r.status !== 303) throw new Error(`verify: ${r.status} ${r.text.slice(0, 300)}`);
}

// A direction of the open one, to the office of officer.nowshera; and an event that follows it up and has not answered.
const dayIn = (days) => new Date(Date.now() + 5 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const orderOf = (day) => ({ words: 'Clear the drain', side: 'official', office: 'PK52601-TMA', post: 'Sanitary Inspector', horizon: 'short', due_day: day });
async function directionOf(server) {
    const code = await openEventOf(server);
    if (!eventDesk.has('direction')) {
        const r = await eventDesk.get('desk').post(`/events/${code}/directions`, orderOf(dayIn(15)));
        if (r.status !== 303) throw new Error(`direction: ${r.status}`);
        eventDesk.set('direction', `${code}/1`);
    }
    return eventDesk.get('direction');
}
async function followUpOf(server) {
    await directionOf(server);
    if (!eventDesk.has('follow-up')) eventDesk.set('follow-up', await eventMade(server, 0, 'open', { parent: await openEventOf(server) }));
    return eventDesk.get('follow-up');
}

// Of the open one: enough people for one more to have told something; and a matter, answered on the spot or not.
const matter = { service: 'M-WAT-01', unit: 'PK52601', description: 'Access', sex: 'woman' };
async function crowdOf(server) {
    const code = await openEventOf(server);
    if (!eventDesk.has('crowd')) eventDesk.set('crowd', await eventDesk.get('desk').api.post(`/events/${code}/counts`, { role: 'citizen', sex: 'woman', people: 50 }));
    return code;
}
async function matterOf(server, answered = false) {
    const code = await openEventOf(server);
    const desk = eventDesk.get('desk');
    const r = await desk.post(`/events/${code}/capture`, matter);
    const path = `/events/${code}/cases/${/filed=(\d+)/.exec(r.headers.location ?? '')?.[1]}`;
    if (answered) await desk.post(path, { answer: 'solved_now', words: 'The valve is open' });
    return path;
}

// One of its own, with people who have no number yet.
async function countedEventOf(server) {
    const code = await eventMade(server, 0, 'open');
    await eventDesk.get('desk').api.post(`/events/${code}/counts`, { role: 'citizen', sex: 'woman', people: 3 });
    return code;
}

// A twinning and a group of Nowshera's desk; the twinning has an exchange, the group a member for whoever ends one.
const twinning = () => ({ host: 'PK526-WFD', partner_name: 'A desk elsewhere', goals: 'Learn', from_day: '2027-01-01', to_day: '2027-06-30' });
let groups = 0;
const group = () => ({ kind: 'coordination', series: `Group ${++groups}` });
async function partnerOf(server, which) {
    if (!eventDesk.has(which)) {
        await eventOf(server);
        const desk = eventDesk.get('desk');
        const r = await desk.post(`/${which}/new`, which === 'twinning' ? twinning() : group());
        if (r.status !== 303) throw new Error(`${which}: ${r.status}`);
        eventDesk.set(which, r.headers.location);
        if (which === 'twinning') await desk.post(`${r.headers.location}/exchange`, { planned: '2027-02-01', what: 'A visit' });
    }
    return eventDesk.get(which);
}
let members = 0;
async function memberNo(server) {
    const at = await partnerOf(server, 'groups');
    const r = await eventDesk.get('desk').post(`${at}/join`, { side: 'member', post: `Councillor ${++members}` });
    if (r.status !== 303) throw new Error(`join: ${r.status}`);
    const page = (await eventDesk.get('desk').browser.get(`${at}?lang=en`)).text;
    const row = new RegExp(`<option value="(\\d+)"[^>]*>Councillor ${members}<`).exec(page);
    return row[1];
}
async function exchangeOf(server) {
    if (!eventDesk.has('exchange')) {
        await eventOf(server);
        const r = await eventDesk.get('desk').post('/events/new', { ...eventPlan(), kind: 'exchange' });
        eventDesk.set('exchange', /\/events\/([^?]+)/.exec(r.headers.location)[1]);
    }
    return eventDesk.get('exchange');
}

// Plans of Nowshera, as its monitor writes them: a shared draft, a fresh one, one in force; and a need stated at the open event.
const planner = new Map();
let planYears = 2030;
const aPlan = (year = (planYears += 1)) => ({ programme: 'women-kacheri', kind: 'operational', unit: 'PK526', year: String(year) });
const activity = (at) => { const year = Number(/-(20\d\d)-\d\d-V/.exec(at)[1]); return { result: '1', title: 'Hear women', target: 'gender_centric', from_day: `${year}-07-01`, to_day: `${year + 1}-06-30`, post: 'Desk officer', units: 'PK526' }; };
async function planMade(server, year) {
    for (const [name, user] of [['monitor', 'monitor.nowshera'], ['manager', 'manager']]) {
        if (planner.has(name)) continue;
        planner.set(name, new Person(server, user));
        await planner.get(name).come();
    }
    const monitor = planner.get('monitor');
    const made = await monitor.post('/plans/new', aPlan(year));
    if (made.status !== 303) throw new Error(`plan: ${made.status}`);
    const at = made.headers.location;
    for (const [to, fields] of [['result', { kind: 'output', title: 'Women are heard' }], ['indicator', { result: '1', indicator: 'attendance' }], ['indicators/1/target', { unit: 'PK526', n: '40' }], ['activity', activity(at)]]) {
        const r = await monitor.post(`${at}/${to}`, fields);
        if (r.status !== 303) throw new Error(`plan ${to}: ${r.status} ${r.text}`);
    }
    return at;
}
async function planOf(server, fresh = false) {
    if (fresh) return planMade(server);
    if (!planner.has('draft')) planner.set('draft', await planMade(server));
    return planner.get('draft');
}
async function approvedPlan(server) {
    if (planner.has('approved')) return planner.get('approved');
    const now = new Date(Date.now() + 5 * 3600e3);
    const at = await planMade(server, now.getUTCMonth() >= 6 ? now.getUTCFullYear() : now.getUTCFullYear() - 1);
    await planner.get('monitor').step(`${at}/act`, { do: 'submit' }, at);
    const r = await planner.get('manager').step(`${at}/act`, { do: 'approve' }, at);
    if (r.status !== 303) throw new Error(`approve: ${r.status}`);
    planner.set('approved', at);
    return at;
}
// The sheet of its line in the quarter that runs, begun.
async function lineOf(server) {
    if (!planner.has('line')) {
        const now = new Date(Date.now() + 5 * 3600e3);
        const year = now.getUTCFullYear() - (now.getUTCMonth() < 6 ? 1 : 0);
        const quarter = (Math.floor(now.getUTCMonth() / 3) + 2) % 4 + 1;
        const plan = (await approvedPlan(server)).replace('/plans/', '');
        const at = `/sheets/activity/${plan}/1/PK526/FY${year}-${String((year + 1) % 100).padStart(2, '0')}Q${quarter}`;
        const r = await planner.get('monitor').post(at, { do: 'follow', follow_words: 'A ramp', follow_post: 'Tehsil officer', follow_due: dayIn(30) });
        if (r.status !== 303) throw new Error(`line: ${r.status}`);
        planner.set('line', at);
    }
    return planner.get('line');
}
// A document of Nowshera that is ready.
async function documentOf(server) {
    if (planner.has('document')) return planner.get('document');
    const monitor = new Person(server, 'monitor.nowshera');
    await monitor.come();
    const at = (await monitor.post('/documents', { kind: 'achievement', period: lastQuarter(), unit: 'PK526', lang_of: 'en' })).headers.location;
    while (/<progress/.test((await monitor.browser.get(at)).text)) await new Promise((go) => setTimeout(go, 200));
    planner.set('document', at);
    return at;
}
// Figures of the time before that Nowshera's monitor brought in; `fresh`: one that nobody decided on.
const pastTable = () => ({ source: 'Report of 2021', rows: 'indicator,unit,period,role,sex,value\nattendance,PK526,2019-08,citizen,woman,40' });
async function pastOf(server, fresh = false) {
    if (fresh || !planner.has('past')) {
        await planOf(server);
        const r = await planner.get('monitor').post('/exchange/past', pastTable());
        if (r.status !== 303) throw new Error(`past: ${r.status} ${r.text}`);
        planner.set('past', r.headers.location);
    }
    return planner.get('past');
}
async function needOf(server) {
    const code = await openEventOf(server);
    if (!planner.has('need')) {
        await eventDesk.get('desk').post(`/events/${code}/needs`, { words: 'A tap' });
        planner.set('need', `${code}/1`);
    }
    return planner.get('need');
}

// What the first form to an address would send as its number.
async function lastIn(p, page, action) {
    return formsOf((await p.browser.get(page)).text).find((f) => f.action === action).fields.get('no');
}

// The question at the door, as the desk of Nowshera opens it for a tablet.
let door = null;
async function doorOf(server) {
    if (door) return door;
    const desk = new Visitor(server);
    await desk.signIn('desk.nowshera');
    door = unescapeHtml(/href="(\/exit\?[^"]+)"/.exec((await desk.get('/desk/door')).text)[1]);
    return door;
}

// A message for the district of Nowshera; the one that is asked for is approved, a fresh one is not.
const said = { language: 'ur', title: 'Access', words: 'Ask.' };
const aMessage = { ...said, unit: 'PK526', topic: 'rti', form: 'text', author: 'The commission', channel: 'leaflet', audience: 'women' };
const firstVersion = { language: 'ur', version: '1' };
const approval = { post: 'Secretary', day: new Date(Date.now() + 5 * 3600000).toISOString().slice(0, 10) };
let message = null;
async function messageOf(server, fresh = false) {
    if (message && !fresh) return message;
    const supervisor = new Person(server, 'supervisor.nowshera');
    await supervisor.come();
    const made = await supervisor.post('/library/new', aMessage);
    const code = made.headers.location.split('/').at(-1);
    if (fresh) return code;
    await supervisor.post(`/library/message/${code}/approve`, { ...firstVersion, ...approval });
    message = code;
    return code;
}

// Somebody with a number and a name, as the desk of her district finds her: what stands for her in its forms.
let known = null;
async function knownPerson(server) {
    if (known) return known;
    const made = await new Api(server, server.token('desk.nowshera')).post('/cases', { ...complaint, complainant: { sex: 'woman', name: 'Zarmina', phone: '0300 5550001' } });
    if (made.status !== 201) throw new Error(made.text);
    const visitor = new Visitor(server);
    await visitor.signIn('desk.nowshera');
    const found = await visitor.submit(await visitor.get('/people'), '/people', { phone: '0300 5550001' });
    const opened = await visitor.submit(found, '/people/open', { name: 'Zarmina' });
    const value = (page, name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)[1];
    known = { who: value(found, 'who'), hers: value(opened, 'hers') };
    return known;
}

// What somebody of Nowshera said and agreed to; a text of a document for each year that is asked for.
let texts = 2000;
let story = null;
let bylaw = null;
async function bylawOf(server) {
    if (!bylaw) {
        const supervisor = new Visitor(server);
        await supervisor.signIn('supervisor.nowshera');
        const r = await supervisor.submit(await supervisor.get('/bylaws/new'), '/bylaws/new', { unit: 'PK52601', model: 'women-heard' });
        bylaw = r.headers.location.replace(/\?.*/, '');
    }
    return bylaw;
}
// Kits of other places each time, or the same file would only be shown again; their key is known, and one was taken.
const kitPlaces = ['PK1', 'PK2', 'PK3', 'PK4', 'PK5', 'PK6', 'PK7', 'PK526', 'PK511', 'PK514', 'PK532'];
const kits = [];
function nextKit(server) {
    if (!kits.length) {
        const file = `${server.home}/first.kit`;
        const first = kitOf(server.data);
        writeFileSync(file, first.text);
        const r = run('kit', 'import', '--data', server.data, '--from', file, '--fingerprint', first.print);
        if (r.code !== 0) throw new Error(r.err);
    }
    kits.push(kitOf(server.data, '--for', kitPlaces[kits.length % kitPlaces.length]));
    return kits.at(-1);
}
let kitAdmin = null;
async function kitsAdmin(server) {
    if (!kitAdmin) {
        kitAdmin = new Visitor(server);
        await kitAdmin.signIn('admin');
    }
    return kitAdmin;
}
const aStory = () => ({ unit: 'PK526', kind: 'quote', about: 'desk', section: 'successes', role: 'citizen', sex: 'woman', spoken: 'ur', day: approval.day, words: 'It was quick', name: 'Somebody', consent_day: approval.day, to: 'The desk', how: 'thumb', report: '1', poster: '1' });
let storyDesk = null;
async function storyOf(server, fresh = false) {
    if (story && !fresh) return story;
    storyDesk = new Person(server, 'desk.nowshera');
    await storyDesk.come();
    const made = await storyDesk.post('/documents/stories/new', aStory());
    if (made.status !== 303) throw new Error(made.text);
    if (!fresh) story = made.headers.location;
    return made.headers.location;
}

let subjects = 0;
function subject(server, fresh) {
    const login = fresh();
    userAdd(server, login, 'desk', 'PK526-WFD');
    subjects += 1;
    return login;
}

function plain(route, person, c) {
    const [method, pattern] = route.split(' ');
    const path = pattern.replace('{ref}', c.ref);
    if (method !== 'GET' || path.includes('{')) throw new Error(`no request is known for ${route}: add one to requests`);
    return path.startsWith('/api/v1') ? person.api.get(path.slice('/api/v1'.length)) : person.browser.get(path);
}

async function answer(route, person, c, server) {
    const fresh = () => `made.${process.pid}.${(subjects += 1)}`;
    const r = requests[route] ? await requests[route](person, c, fresh, server) : await plain(route, person, c);
    if ([200, 422].includes(r.status) && /html/.test(r.headers['content-type'] ?? '')) leadsOf(route, person.user, r.text);
    if (LISTS.includes(route) && r.status === 200) {
        const shown = route.endsWith('.csv') ? c.ref : route.includes('/api/') ? `"${c.ref}"` : `href="/cases/${c.ref.replaceAll('-', '')}"`;
        return `200 ${r.text.includes(shown) ? 'lists' : 'without'}`;
    }
    return String(r.status);
}

const handOvers = (route) => /\/hand-over/.test(route) && route.includes('{ref}');
const perState = (route) => (route.includes('{ref}') && !route.includes('/events/')) || LISTS.includes(route) || /^GET \/track\/case|^POST \/track/.test(route);

// The page of a case and its steps are asked in the state in which somebody else has it, too.
const ofCase = (route) => !route.includes('/events/') && /^GET \S*\/cases\/\{ref\}$|^POST \S*\/cases\/\{ref\}\/act(ions)?$/.test(route);
// What she showed and said is asked of one that goes past the desk, too.
const ofEvidence = (route) => /\/cases\/\{ref\}\/(evidence|voice)/.test(route);
const statesOf = (route) => {
    if (handOvers(route)) return ['handed_over'];
    if (ofEvidence(route)) return [...STATES, 'past_desk'];
    if (!perState(route)) return ['-'];
    return ofCase(route) ? [...STATES, 'handed_over'] : STATES;
};

function rowsOf(routes) {
    return routes.flatMap((route) => statesOf(route).map((state) => [route, state]));
}

function reviewed() {
    const lines = readFileSync(join(root, 'tests/web/access.tsv'), 'utf8').split('\n').filter((l) => l && !l.startsWith('#'));
    const [head, ...rows] = lines.map((l) => l.split('\t'));
    equal(head, ['route', 'state', ...Object.keys(WHO)], 'columns of access.tsv');
    return new Map(rows.map(([route, state, ...cells]) => [`${route}\t${state}`, cells]));
}

const table = run('routes').out.trimEnd().split('\n').map((l) => l.split('\t'));
const routes = table.map((l) => l.slice(0, 2).join(' '));

// ---- where each page leads those to whom it is shown: nobody is offered what access.tsv refuses to her role ----

const leads = new Map(); // "who\tpage\troute" -> the address
const shapes = routes.map((route) => {
    const [method, pattern] = route.split(' ');
    return { route, method, weight: pattern.split('{').length, at: new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`) };
}).sort((a, b) => a.weight - b.weight);

function leadsOf(page, user, html) {
    const to = (method, address) => {
        const path = unescapeHtml(address).split(/[?#]/)[0];
        const shape = path.startsWith('/') && shapes.find((s) => s.method === method && s.at.test(path));
        if (shape) leads.set([user, page, shape.route].join('\t'), path);
    };
    for (const [, address] of html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)) to('GET', address);
    for (const [form] of html.matchAll(/<form\b[^>]*>/g)) {
        to(/method="post"/.test(form) ? 'POST' : 'GET', /\baction="([^"]*)"/.exec(form)?.[1] ?? '');
    }
}

// The file says 403 of a role when it may never: in every state alike.
async function checkLeads(file) {
    const users = Object.values(WHO);
    for (const [i, user] of users.entries()) {
        await suite.test(`no page leads ${user ?? 'nobody'} to what she may not do`, () => {
            const refused = new Set([...file].filter(([, cells]) => ['403', '401'].includes(cells[i])).map(([key]) => key.split('\t')[0]));
            equal([...leads].filter(([key]) => key.startsWith(`${user}\t`) && refused.has(key.split('\t')[2])).map(([key, path]) => `${key.split('\t')[1]}: ${path}`), [], 'pages, and where they lead');
        });
    }
}

// ---- what each route that writes, or shows who somebody is, leaves in the audit chain: audit.tsv ----

const traced = table.filter(([method, , , flags = '']) => method === 'POST' || /\b(identity|taken)\b/.test(flags)).map((l) => l.slice(0, 2).join(' '));
const traces = new Map(); // route -> the events of its first success
const DONE = ['200', '201', '303'];

function chain(server, sql) {
    const r = spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), sql], { encoding: 'utf8' });
    if (r.status !== 0) throw new Error(r.stderr);
    return r.stdout.trim();
}

// The answer, and what it left in the chain when it is the first of its route that went well.
async function tracedCell(server, route, user, ask) {
    if (!traced.includes(route) || traces.has(route) || (!user && !open.has(route))) return ask();
    const before = chain(server, 'select coalesce(max(seq_no), 0) from audit');
    const got = await ask();
    if (DONE.includes(got.slice(0, 3))) traces.set(route, chain(server, `select distinct event_name from audit where seq_no > ${before} order by 1`).split('\n').filter(Boolean));
    return got;
}

function reviewedTraces() {
    const lines = readFileSync(join(root, 'tests/web/audit.tsv'), 'utf8').split('\n').filter((l) => l && !l.startsWith('#'));
    return new Map(lines.map((l) => l.split('\t')).map(([route, events, why]) => [route, { events, why }]));
}

async function checkTraces() {
    const file = reviewedTraces();
    for (const route of traced) {
        const row = file.get(route);
        file.delete(route);
        await suite.test(`${route} leaves its trace`, () => {
            if (!row) fail('audit.tsv has no row for it: think, then add one');
            if (row.events === '?' && row.why && !traces.has(route)) return;
            if (!traces.has(route)) fail('no request of it went well: nothing is known of its trace');
            if (row.events === '-') equal([traces.get(route), Boolean(row.why)], [[], true], 'events; reviewed with a reason');
            else for (const event of row.events.split(' ')) equal(traces.get(route).includes(event), true, `${event} among ${traces.get(route).join(' ') || 'nothing'}`);
        });
    }
    for (const key of file.keys()) await suite.test(key, () => fail('a row of audit.tsv for which there is no route that writes'));
}
const open = new Set(table.filter(([, , permission]) => permission === 'public').map((l) => l.slice(0, 2).join(' ')));
const write = process.argv.includes('--write');
const suite = new Suite('access');

await withServer({}, async (server) => {
    server.logins.set('officer.pabbi', userAdd(server, 'officer.pabbi', 'officer', 'PK52602-TMA'));
    await onShift(server);
    const cases = await casesOf(server);
    const people = [];
    for (const user of Object.values(WHO)) {
        const person = new Person(server, user);
        await person.come();
        people.push(person);
    }
    const cell = (route, state, person) => answer(route, person, cases[state === '-' ? 'assigned' : state], server);
    if (write) {
        console.log(['route', 'state', ...Object.keys(WHO)].join('\t'));
        for (const [route, state] of rowsOf(routes)) {
            const cells = [];
            for (const person of people) cells.push(await cell(route, state, person));
            console.log([route, state, ...cells].join('\t'));
        }
        return;
    }
    const file = reviewed();
    const cellsOf = new Map(file);
    const names = Object.keys(WHO);
    for (const [route, state] of rowsOf(routes)) {
        const key = `${route}\t${state}`;
        const cells = file.get(key);
        file.delete(key);
        if (!cells) {
            await suite.test(`${route} (${state})`, () => fail('the reviewed file has no row for it: think, then add one'));
            continue;
        }
        for (const [i, person] of people.entries()) {
            await suite.test(`${route} (${state}) for ${names[i]}`, async () => equal(await tracedCell(server, route, person.user, () => cell(route, state, person)), cells[i], 'answer'));
        }
    }
    for (const key of file.keys()) await suite.test(key, () => fail('a row of the reviewed file for which there is no route'));
    await checkTraces();
    await checkLeads(cellsOf);
    // Behind all these writes every case still stands as the chain says.
    await suite.test('sunwai verify', () => equal(server.verify().code, 0));
});

if (!write) suite.done();
