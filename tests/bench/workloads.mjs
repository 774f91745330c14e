// workloads.mjs: what is done to the program, as plans for the load client.
import { Api, Visitor, formsOf, idemKey } from '../lib/client.mjs';

const SERVICE = 'M-WAT-01';
const UNIT = 'PK52601';
const json = (token) => ({ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Accept: 'application/json' });
const cookieOf = (visitor) => [...visitor.cookies].map(([n, v]) => `${n}=${v}`).join('; ');

// The people of one district, and who sees one tehsil of another (the smallest unit with a list), signed in and with tokens.
export async function people(server) {
    const who = {};
    for (const role of ['desk', 'officer', 'supervisor', 'ac']) {
        const user = `${role}.${role === 'ac' ? 'haripur' : 'nowshera'}`;
        const visitor = new Visitor(server);
        await visitor.signIn(user);
        const token = server.token(user);
        who[role] = { user, visitor, token, api: new Api(server, token) };
    }
    return who;
}

// ---- writing ----

const filing = (run) => ({
    name: 'create',
    method: 'POST',
    path: '/api/v1/cases',
    status: 201,
    body: `{"service":"${SERVICE}","unit":"${UNIT}","description":"${run} @{n}: no water since Monday in street @{r}","place":"Mohalla @{r}",`
        + '"complainant":{"name":"Shazia @{r}","phone":"03901@{r}","sex":"woman","consent_record":"yes","safe_call":true}}',
    wants: ['"status":"registered"'],
    takes: { ref: ['"ref":"', '"'], pin: ['"pin":"', '"'] },
    note: 'ref',
});

export function register(desk, run) {
    return [[{ ...filing(run), heads: { ...json(desk.token), 'Idempotency-Key': `${run}-@{n}` } }]];
}

// Told, read back, agreed: the two pages of the desk. All that the form holds is sent.
export async function deskForm(desk, run) {
    const page = await desk.visitor.get('/cases/new');
    const form = formsOf(page.text).find((f) => f.fields.has('description'));
    const told = {
        service: SERVICE, unit: UNIT, description: `${run} @{n}: the drain is blocked`, place: 'Mohalla @{r}', name: 'Shazia @{r}', phone: '03901@{r}',
        whose_phone: 'own', safe_call: '1', consent_record: 'yes', consent_call: 'yes', sex: 'woman', step: 'check', _key: `${run}-c-@{n}`, draft: `${run}-@{n}`,
    };
    for (const [name, value] of Object.entries(told)) form.fields.set(name, value);
    const encoded = (fields) => new URLSearchParams([...fields]).toString().replaceAll(/%40%7B(\w+)%7D/g, '@{$1}');
    const check = encoded(form.fields);
    const fill = (text) => text.replaceAll('@{n}', '0').replaceAll('@{r}', '123456');
    const once = await desk.visitor.post('/cases/new', fill(check));
    const said = formsOf(once.text).find((f) => f.fields.has('said'));
    if (!said) throw new Error(`the form was not read back: ${once.status} ${once.text.slice(0, 2000)}`);
    said.fields.set('said', '@{said}').set('agreed', '1').set('step', 'register').set('_key', `${run}-r-@{n}`);
    for (const name of ['description', 'place', 'name', 'phone', 'draft']) if (said.fields.has(name)) said.fields.set(name, told[name]);
    const heads = { Cookie: cookieOf(desk.visitor), 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
    return [[
        { name: 'check', method: 'POST', path: '/cases/new', heads, body: check, wants: [`${run} @{n}: the drain`], takes: { said: ['name="said" value="', '"'] } },
        { name: 'register', method: 'POST', path: '/cases/new', status: 303, heads, body: encoded(said.fields), takes: { ref: ['/cases/', '/filed'] }, note: 'ref' },
    ]];
}

// Create, assign, report, answer, search: the shape of the load test that DIGIT has published. No pauses in it.
export function lifecycle(who, run) {
    const act = (role, name, want, body) => ({
        name,
        method: 'POST',
        path: '/api/v1/cases/@{ref}/actions',
        heads: { ...json(who[role].token), 'Idempotency-Key': `${run}-${name}-@{n}` },
        body: JSON.stringify(body),
        wants: [`"status":"${want}"`],
    });
    return [[
        { ...filing(run), note: undefined, heads: { ...json(who.desk.token), 'Idempotency-Key': `${run}-create-@{n}` } },
        act('supervisor', 'assign', 'assigned', { action: 'assign', to: who.officer.user }),
        act('officer', 'report', 'awaiting_answer', { action: 'report_action', what: 'Line mended @{n}', result: 'done' }),
        { ...act('desk', 'answer', 'solved', { action: 'answer', outcome: 'solved', taken_via: 'desk' }), note: 'ref' },
        { name: 'search', path: `/api/v1/cases?q=${run}%20@{n}&status=any`, heads: json(who.desk.token), wants: ['@{ref}', '"status":"solved"'] },
    ]];
}

// ---- reading ----

// A page as a script. What is asked again and again has to name the same cases as the first time.
async function reading(visitor, name, path) {
    const page = await visitor.get(path, { Accept: 'text/html' });
    if (page.status !== 200) throw new Error(`${path}: ${page.status}`);
    const links = [...page.text.matchAll(/href="\/cases\/(\d{10})"/g)].map(([all]) => all);
    const title = /<title>[^<]*<\/title>/.exec(page.text)[0];
    const wants = [title, ...(links.length ? [links[0], links.at(-1)] : []), '</html>'];
    return { page: page.text, cases: new Set(links).size, script: [{ name, path, heads: { Cookie: cookieOf(visitor), Accept: 'text/html' }, wants }] };
}

export const inbox = (who, role = 'officer') => reading(who[role].visitor, 'inbox', '/cases');
export const problems = (who) => reading(who.supervisor.visitor, 'problems', '/problems');
export const figures = (who) => reading(who.supervisor.visitor, 'figures', '/figures');

// Common and rare words in three languages, and two together.
const WORDS = ['پانی', 'سڑک', 'گلی پانی', 'نالی', 'اوبه', 'کوڅه', 'water', 'street light', 'pipe broken', 'school drain'];
export async function search(who, role = 'desk') {
    const all = [];
    for (const words of WORDS) {
        all.push(await reading(who[role].visitor, 'search', `/cases?status=any&q=${encodeURIComponent(words)}`));
    }
    return all;
}

// Behind the short session that one PIN opens.
export async function track(server, who, n) {
    const all = [];
    for (let i = 0; i < n; i++) {
        const filed = await who.desk.api.post('/cases', {
            service: SERVICE, unit: UNIT, description: `To be tracked ${i}`, complainant: { sex: 'woman', name: `Tracked ${i}`, consent_record: 'yes' },
        }, { 'Idempotency-Key': idemKey() });
        if (filed.status !== 201) throw new Error(`filing: ${filed.status} ${filed.text}`);
        const visitor = new Visitor(server);
        const opened = await visitor.submit(await visitor.get('/track'), '/track', { ref: filed.json.ref, pin: filed.json.pin });
        const page = await reading(visitor, 'track', opened.headers.location);
        page.script[0].wants.push(filed.json.ref);
        all.push(page);
    }
    return all;
}
