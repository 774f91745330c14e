// readback_test.mjs: every field that filing takes is found again, by the desk and through the API; what says who she is
// by nobody else.
//
// The fields are those that the program itself declares (OpenAPI of POST /cases, the desk's form): one that has no
// value here fails, so that a field which is added and never shown is noticed.
import { Suite, equal, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, unescapeHtml } from '../lib/client.mjs';

const suite = new Suite('readback');
const SERVICE = 'M-CIV-01'; // it can be applied for, with papers

// What is told, and what of it must not be seen by the department. No value is the first of its choices.
const told = {
    service: SERVICE, unit: 'PK52602', description: 'Readback words, nineteen geese', place: 'Readback bridge',
    kind: 'application', language: 'ps', channel: 'event', same_as: null /* below */, signatories: ['Readback Signer One', 'Readback Signer Two'],
    documents: null /* below */, past_desk: false /* else she reads nothing of it: rota_test.mjs */, room: 'nobody',
};
const person = {
    name: 'Readback Nameholder', phone: '0390-4455667', whose_phone: 'neighbour', safe_call: true, safe_sms: true, sex: 'transgender',
    brought_by: 'group', anonymous: false, alias: 'Readbackalias', call_when: 'afternoon', spoken: 'khowar', age: '45_59', minority: 'yes',
    seeing: 'some', hearing: 'lot', walking: 'cannot', remembering: 'none', self_care: 'some', speaking: 'lot', consent_record: 'yes',
    consent_call: 'yes', consent_hand_over: 'no', consent_figures: 'yes', address: 'Readback Lane 88', cnic: '99999-7654321-9',
    relation: 'widow', relation_name: 'Readback Husbandname',
};
const identity = [/Nameholder/, /4455667/, /Readbackalias/, /Readback Lane/, /7654321/, /Husbandname/, /Readback Signer/];

const plain = (html) => unescapeHtml(html.replaceAll(/<[^>]+>/g, ' ')).replaceAll(/[\u2066-\u2069]/g, '').replaceAll(/\s+/g, ' ').trim();
// The page of a case without its forms: what is shown, not what could be entered.
const shown = (html) => plain(/<main[\s\S]*<\/main>/.exec(html)[0].replaceAll(/<form\b[\s\S]*?<\/form>/g, ''));
function facts(html) {
    const found = [];
    for (const [, dt, dd] of html.matchAll(/<dt\b[^>]*>([\s\S]*?)<\/dt>\s*<dd\b[^>]*>([\s\S]*?)<\/dd>/g)) found.push([plain(dt), plain(dd)]);
    return found;
}
// How a form calls each choice of a field: { field: { value: words } }.
function choiceWords(html) {
    const words = {};
    for (const [, name, options] of html.matchAll(/<select\b[^>]*\bname="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)) {
        words[name] = Object.fromEntries([...options.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)/g)].map(([, v, t]) => [v, plain(t)]));
    }
    for (const [, name, value, label] of html.matchAll(/<input type="radio" name="([^"]+)" value="([^"]*)"[^>]*>([\s\S]*?)<\/label>/g)) {
        (words[name] ??= {})[value] = plain(label);
    }
    return words;
}

// Each value on the page of the desk, in its own words.
function allShown(html, form) {
    const text = shown(html);
    const pairs = facts(html);
    const words = choiceWords(form);
    const values = pairs.map(([, dd]) => dd.toLowerCase());
    const missing = [];
    const wanted = new Map(); // two fields of one value are shown twice
    for (const [field, value] of Object.entries({ ...person, ...told })) {
        if (['documents', 'past_desk', 'signatories', 'same_as', 'anonymous', 'service', 'unit', 'safe_call', 'safe_sms'].includes(field)) continue;
        const choice = words[field]?.[value];
        if (choice === undefined) {
            if (!text.includes(value)) missing.push(`${field} = ${value}`);
            continue;
        }
        const word = choice.toLowerCase();
        wanted.set(word, (wanted.get(word) ?? 0) + 1);
        const found = values.filter((v) => v.includes(word)).length;
        if (found < wanted.get(word) && !(found === 0 && text.toLowerCase().includes(word) && word.length > 6)) missing.push(`${field} = ${choice}`);
    }
    for (const name of told.signatories) if (!text.includes(name)) missing.push(name);
    equal(missing, [], 'not on the page');
}

await withServer({}, async (server) => {
    const as = (user) => new Api(server, server.token(user));
    const desk = as('desk.nowshera');
    const visitor = new Visitor(server);
    await visitor.signIn('desk.nowshera');
    const form = (await visitor.get('/cases/new')).text;
    const schema = (await desk.get('/openapi.json')).json.paths['/api/v1/cases'].post.requestBody.content['application/json'].schema.properties;
    const papers = [...form.matchAll(/name="documents" value="([^"]+)"/g)].map(([, code]) => code);
    const first = (await desk.post('/cases', { service: SERVICE, unit: 'PK52602', description: 'The first', complainant: { sex: 'man' } })).json;
    told.same_as = first.ref;
    const known = (await desk.get('/services')).json.services.find((s) => s.code === SERVICE);
    told.documents = papers.length ? [papers[0]] : (known?.documents ?? []).slice(0, 1).map((d) => d.code ?? d);

    await suite.test('every field that POST /cases declares has a value here', () => {
        const declared = [...Object.keys(schema).filter((k) => k !== 'complainant'), ...Object.keys(schema.complainant.properties)];
        equal(declared.filter((k) => !(k in told) && !(k in person)), [], 'declared and not tested');
        equal([...Object.keys(told), ...Object.keys(person)].filter((k) => !declared.includes(k)), [], 'tested and not declared');
    });

    let ref;
    await suite.test('what the API was told it tells again, field by field', async () => {
        const r = await desk.post('/cases', { ...told, kind: 'application', same_as: undefined, complainant: person });
        equal(r.status, 201, r.text);
        ref = r.json.ref;
        const got = (await desk.get(`/cases/${ref}`)).json;
        const differs = [];
        for (const [k, v] of Object.entries(told)) {
            const back = k === 'documents' ? got.documents.filter((d) => d.given ?? d.brought ?? true).map((d) => d.code ?? d) : got[k];
            if (k !== 'same_as' && JSON.stringify(back) !== JSON.stringify(v)) differs.push(`${k}: ${JSON.stringify(back)}`);
        }
        for (const [k, v] of Object.entries(person)) {
            const back = k === 'phone' ? got.complainant.phone.replace('+92', '0').replace(/^(\d{4})/, '$1-') : got.complainant[k];
            if (back !== v) differs.push(`${k}: ${back}`);
        }
        equal(differs, [], 'told otherwise');
    });

    await suite.test('the desk reads every field on the page of the case', async () => {
        allShown((await visitor.get(`/cases/${ref.replaceAll('-', '')}`)).text, form);
    });

    await suite.test('one who joined a case of the same fault is shown with it', async () => {
        const r = await desk.post('/cases', { service: SERVICE, unit: 'PK52602', description: 'Me too', same_as: first.ref, complainant: { sex: 'woman' } });
        equal((await desk.get(`/cases/${r.json.ref}`)).json.same_as, first.ref);
        equal((await desk.get(`/cases/${first.ref}`)).json.told, 2);
    });

    await suite.test('nothing is kept of her who stays anonymous', async () => {
        const r = await desk.post('/cases', { ...told, same_as: undefined, kind: 'complaint', documents: undefined, signatories: undefined, complainant: { ...person, anonymous: true } });
        const got = (await desk.get(`/cases/${r.json.ref}`)).text;
        for (const secret of identity.slice(0, 6)) ok(!secret.test(got), `${secret}`);
    });

    await suite.test('the form of the desk keeps every field that it has', async () => {
        const page = await visitor.get('/cases/new');
        const flat = { ...told, ...person };
        const values = {};
        for (const [, name] of page.text.matchAll(/name="([a-z_]+)"/g)) {
            if (/^(_|draft|said|agreed|step|next|viewport)/.test(name) || !(name in flat)) continue;
            const v = flat[name];
            values[name] = Array.isArray(v) ? v.join('\n') : v === true ? '1' : v === false ? null : v;
        }
        values.same_as = null;
        values.documents = null;
        const back = await visitor.submit(page, '/cases/new', values);
        ok(back.status === 200, `the first step: ${back.status}`);
        const second = formsOf(back.text).find((f) => f.action === '/cases/new');
        second.fields.set('agreed', '1').set('step', 'register');
        const done = await visitor.post('/cases/new', second.fields);
        equal(done.status, 303, plain(done.text).slice(0, 400));
        const digits = /\d{10}/.exec(done.headers.location)[0];
        allShown((await visitor.get(`/cases/${digits}`)).text, page.text);
    });

    await suite.test('no department, supervisor or other district reads who she is', async () => {
        const supervisor = as('supervisor.nowshera');
        equal((await supervisor.post(`/cases/${ref}/actions`, { action: 'assign', to: 'officer.nowshera' })).status, 200, 'assign');
        for (const login of ['officer.nowshera', 'supervisor.nowshera', 'adc.nowshera', 'desk.haripur']) {
            const other = new Visitor(server);
            await other.signIn(login);
            const digits = ref.replaceAll('-', '');
            const page = await other.get(`/cases/${digits}`);
            const told_ = await as(login).get(`/cases/${ref}`);
            equal(told_.status, login === 'desk.haripur' ? 404 : 200, login);
            for (const secret of identity) ok(!secret.test(page.text) && !secret.test(told_.text), `${secret} for ${login}`);
        }
    });
});

suite.done();
