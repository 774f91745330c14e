// canary_test.mjs: of a matter that is only pointed to (violence, harassment, inheritance …) nothing is kept.
//
// For each such service of the catalogue its words, a name and a number are sent by every way in: the API, the desk's
// form and its kept copy, the public steps, a correction of a case, a hand-over. Each is refused in words. Afterwards
// no table has a row more but the few named below, and the words stand in no file of the data folder, no log, list,
// print, export or kept form.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, fail, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf } from '../lib/client.mjs';

const suite = new Suite('canary');
const CANARY = 'Wrencanary';
const words = { description: `${CANARY} said this`, place: `${CANARY} bend` };
const person = { name: `${CANARY} Woman`, phone: '0390-7311399', sex: 'woman', address: `${CANARY} house`, alias: `${CANARY} alias`, relation: 'wife', relation_name: `${CANARY} man`, cnic: '99999-7311399-1' };
const secrets = [/wrencanary/i, /7311399/];
// What may grow: who signed in, that something was asked and refused, the one neutral count, keys of ended drafts.
const MAY_GROW = new Set(['audit', 'session', 'api_token', 'idem', 'wrong_try', 'mark', 'pointed', 'seen', 'destroyed_key']);

function rows(server) {
    const sql = (q) => {
        const r = spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), q], { encoding: 'utf8' });
        if (r.status !== 0) throw new Error(r.stderr);
        return r.stdout.trim().split('\n').filter(Boolean);
    };
    // The index of words holds no text of its own and cannot be scanned; the tables that it is made of are among these.
    const tables = sql("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and sql not like 'create virtual%'");
    ok(tables.length > 30, 'tables');
    return Object.fromEntries(tables.map((t) => [t, sql(`select count(*) from "${t}"`)[0]]));
}

function none(text, where) {
    for (const secret of secrets) ok(!secret.test(text), `${secret} in ${where}`);
}

await withServer({}, async (server) => {
    const desk = new Api(server, server.token('desk.nowshera'));
    const supervisor = new Api(server, server.token('supervisor.nowshera'));
    const services = (await desk.get('/services')).json.services;
    const pointed = services.filter((s) => s.sensitivity === 'X').map((s) => s.code);
    const visitor = new Visitor(server);
    await visitor.signIn('desk.nowshera');
    const public_ = new Visitor(server);
    await public_.get('/new');
    const open = (await desk.post('/cases', { service: 'M-SEW-01', unit: 'PK52601', description: 'The drain', complainant: { sex: 'woman' } })).json;
    const digits = open.ref.replaceAll('-', '');
    await visitor.get(`/cases/${digits}`);
    const before = rows(server);

    await suite.test('the catalogue says which are only pointed to', () => {
        ok(pointed.length > 5, `only ${pointed.length}`);
        for (const s of services.filter((x) => x.sensitivity === 'X')) {
            equal(s.can_file, false, s.code);
            ok(typeof s.helpline === 'string' && s.helpline.length > 1, `${s.code} has no helpline`);
        }
    });

    for (const service of pointed) {
        await suite.test(`${service}: the API refuses it in words`, async () => {
            for (const kind of ['complaint', 'application', 'suggestion']) {
                const r = await desk.post('/cases', { service, unit: 'PK52601', kind, ...words, complainant: person, signatories: [`${CANARY} signs`] }, { 'Idempotency-Key': `canary-${service}-${kind}` });
                equal(r.status, 422, r.text);
                equal(r.json.errors?.[0]?.field ?? r.json.field, 'service', r.text);
                none(r.text, 'the answer');
            }
        });
        await suite.test(`${service}: neither is it taken by a correction`, async () => {
            const r = await desk.post(`/cases/${open.ref}/actions`, { action: 'amend', service, words: `${CANARY} adds`, description: `${CANARY} corrects`, phone: person.phone });
            equal(r.status, 422, r.text);
        });
        await suite.test(`${service}: the desk's form refuses it and keeps nothing of it`, async () => {
            const page = await visitor.get('/cases/new');
            const fields = { service, unit: 'PK52601', ...words, ...person, consent_record: 'yes', safe_call: '1' };
            const r = await visitor.submit(page, '/cases/new', fields);
            ok(r.status === 422 || r.status === 200, `${r.status}`);
            const again = formsOf(r.text).find((f) => f.action === '/cases/new');
            if (again) { // whatever is sent behind it, and agreed to
                again.fields.set('service', service).set('agreed', '1').set('step', 'register');
                const done = await visitor.post('/cases/new', again.fields);
                ok(done.status !== 303, 'it was filed');
            }
            const changed = new URLSearchParams(formsOf(page.text).find((f) => f.action === '/cases/new').fields);
            for (const [k, v] of Object.entries({ ...fields, step: 'change' })) changed.set(k, v);
            await visitor.post('/cases/new', changed.toString());
            // Her words were kept before it was said what they are about.
            const begun = new URLSearchParams(formsOf((await visitor.get('/cases/new')).text).find((f) => f.action === '/cases/new').fields);
            for (const [k, v] of Object.entries({ ...fields, service: '' })) begun.set(k, v);
            await visitor.post('/cases/new/keep', begun.toString());
            match((await visitor.get(`/cases/new?draft=${begun.get('draft')}`)).text, /Wrencanary/, 'kept while unknown');
            begun.set('service', service);
            begun.delete('consent_record');
            const refused = await visitor.post('/cases/new', begun.toString());
            equal(refused.status, 422, 'checked');
            equal((await visitor.get(`/cases/new?draft=${begun.get('draft')}`)).status, 303, 'the kept words are gone');
            const kept = new URLSearchParams(formsOf(page.text).find((f) => f.action === '/cases/new').fields);
            for (const [k, v] of Object.entries(fields)) kept.set(k, v);
            await visitor.post('/cases/new/keep', kept.toString());
            none((await visitor.get('/cases/new')).text, 'the kept form');
        });
        await suite.test(`${service}: the public steps refuse it`, async () => {
            const page = await public_.get('/new');
            for (const path of ['/new', '/new/send']) {
                const form = formsOf(page.text).find((f) => f.method === 'post' && f.action.startsWith('/new'));
                if (!form) fail('no form on /new');
                const fields = new URLSearchParams(form.fields);
                for (const [k, v] of Object.entries({ service, unit: 'PK52601', ...words, ...person })) fields.set(k, v);
                const r = await public_.post(path, fields.toString());
                ok(r.status !== 303 || !/done/.test(r.headers.location), `${path}: ${r.status} ${r.headers.location}`);
            }
        });
    }

    await suite.test('no table has a row of it', () => {
        const after = rows(server);
        const grown = Object.keys(after).filter((t) => after[t] !== before[t] && !MAY_GROW.has(t) && !/^case_search_/.test(t));
        equal(grown.map((t) => `${t}: ${before[t]} to ${after[t]}`), [], 'tables');
    });

    await suite.test('no list, page, print, export or kept form tells it', async () => {
        const routes = run('routes').out.trim().split('\n').map((l) => l.split('\t')).filter(([m, p, , f]) => m === 'GET' && !p.includes('{') && !/api|static/.test(f ?? '')).map(([, p]) => p);
        ok(routes.includes('/cases.csv') && routes.includes('/cases/print'), 'exports');
        for (const login of ['desk.nowshera', 'supervisor.nowshera', 'adc.nowshera']) {
            const who = new Visitor(server);
            await who.signIn(login);
            for (const path of [...routes, `/cases/${digits}`, `/cases/${digits}/slip`, '/cases?status=any', '/cases.csv?status=any']) {
                const r = await who.get(path);
                none(r.text.replaceAll(/(value|href|action)="[^"]*"/g, ''), `${path} for ${login}`);
            }
        }
        for (const path of ['/cases?status=any&limit=200', `/cases/${open.ref}`]) none((await supervisor.get(path)).text, path);
        equal((await supervisor.get(`/cases?status=any&q=${CANARY}`)).json.cases, [], 'found in the index');
    });

    await suite.test('one number grows when somebody was pointed elsewhere, and says nothing', async () => {
        const page = await visitor.get('/cases/new');
        const was = Number(rows(server).audit);
        const r = await visitor.submit(page, '/pointed', {});
        ok([200, 303].includes(r.status), `${r.status}`);
        const sum = spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), 'select sum(pointed_n), count(*) from pointed'], { encoding: 'utf8' }).stdout.trim();
        match(sum, /^[1-9]\d*\|1$/, 'the count');
        ok(Number(rows(server).audit) >= was, 'audit');
    });

    await suite.test('neither the log nor any file of the data folder holds it', () => {
        equal(run('jobs', '--data', server.data).code, 0, 'jobs');
        none(server.said, 'log');
        for (const name of readdirSync(server.data)) {
            if (name.endsWith('.sock')) continue;
            const text = readFileSync(join(server.data, name)).toString('latin1');
            none(text, name);
            for (const service of pointed) if (name !== 'sunwai.db' && name !== 'sunwai.db-wal') ok(!text.includes(`"${service}"`), `${service} in ${name}`);
        }
        for (const service of pointed) ok(!server.said.includes(service), `${service} in the log`);
    });
});

suite.done();
