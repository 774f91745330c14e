// public_test.mjs: what the public pages promise beside the journey: a way out on every page, titles and addresses that
// say nothing, recorded questions, the women's share, lateness and hand-over in plain words, what counts as seen.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';
import { Api, Visitor, formsOf } from '../lib/client.mjs';

const suite = new Suite('public');
const words = (page) => page.text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const title = (page) => /<title>([^<]*)/.exec(page.text)[1];

const server = new Server();
mkdirSync(join(server.data, 'prompts'));
writeFileSync(join(server.data, 'prompts', 'new.kind.ur.ogg'), 'OggS of a question');
writeFileSync(join(server.data, 'prompts', 'new.kind.en.txt'), 'no sound');
process.env.SUNWAI_HELPLINE = '0923-9220098';
try {
    await server.start();
    const as = (user) => new Api(server, server.token(user));
    const desk = as('desk.nowshera');
    const file = async (more = {}) => {
        const r = await desk.post('/cases', { service: 'M-SAN-04', unit: 'PK52601', description: 'Public', complainant: { sex: 'woman' }, ...more });
        equal(r.status, 201, r.text);
        return r.json;
    };
    const act = async (who, ref, action, more) => {
        const r = await who.post(`/cases/${ref}/actions`, { action, ...more });
        equal(r.status, 200, r.text);
    };
    const opens = async ({ ref, pin }) => {
        const visitor = new Visitor(server);
        return visitor.follow(await visitor.submit(await visitor.get('/track'), '/track', { ref, pin }));
    };
    const visitor = new Visitor(server);
    const known = await file();

    await suite.test('every public page has the way out, the number and a title that says nothing', async () => {
        const pages = [await opens(known)];
        for (const path of ['/', '/help', '/desks', '/new', '/track']) pages.push(await visitor.get(path));
        for (const page of pages) {
            equal(page.status, 200);
            match(page.text, /<a class="leave" href="https:[^"]*" rel="noreferrer"/);
            match(page.text, /href="tel:0923-9220098"/);
            ok(!/complain|violence|harass|water|animal|problem/i.test(title(page)), title(page));
        }
    });

    await suite.test('staff who are signed in have no need of it', async () => {
        const officer = new Visitor(server);
        await officer.signIn('officer.nowshera');
        ok(!/class="leave"/.test((await officer.get('/cases')).text));
    });

    await suite.test('a recorded question is offered in its language only, and heard', async () => {
        const page = await visitor.get('/new?lang=ur');
        const src = /<audio[^>]* src="([^"]+)"/.exec(page.text)?.[1];
        equal(src, '/prompts/new.kind.ur.ogg');
        const sound = await visitor.get(src);
        equal([sound.status, sound.headers['content-type'], sound.text], [200, 'audio/ogg', 'OggS of a question']);
        match(page.headers['content-security-policy'], /media-src 'self'/);
        const english = await visitor.get('/new?lang=en');
        ok(!/<audio/.test(english.text) && /data-prompt="new\.kind"/.test(english.text), 'a place for it, and nothing else');
        for (const name of ['new.kind.en.txt', '..%2Fkey', 'key']) ok((await visitor.get(`/prompts/${name}`)).status >= 400, name);
    });

    await suite.test('the share of women is said when there are enough of both, and not before', async () => {
        ok(!/Of 100 complaints/.test(words(await visitor.get('/?lang=en'))), 'too early');
        for (let i = 0; i < 6; i += 1) await file({ complainant: { sex: 'man' } });
        for (let i = 0; i < 11; i += 1) await file();
        const said = /Of 100 complaints, (\d+) were brought by women/.exec(words(await visitor.get('/?lang=en')));
        ok(said && Number(said[1]) === 67, said?.[0]);
    });

    await suite.test('desks are listed by district, helplines for what is not taken down', async () => {
        const desks = words(await visitor.get('/desks?lang=en'));
        ok(/Nowshera/.test(desks) && /Haripur/.test(desks), desks);
        const help = await visitor.get('/help?lang=en');
        match(help.text, /href="tel:15"/);
        ok([...help.text.matchAll(/href="tel:[\d -]+"/g)].length > 4, 'helplines of the catalogue');
        ok(!formsOf(help.text).some((f) => f.method === 'post'), 'nothing is taken down there');
    });

    await suite.test('not possible now: why and until when, and it is hers to answer', async () => {
        const c = await file();
        await act(as('supervisor.nowshera'), c.ref, 'assign', { to: 'officer.nowshera' });
        const next = new Date(Date.now() + 40 * 86400000).toISOString().slice(0, 10);
        await act(as('officer.nowshera'), c.ref, 'report_action', { result: 'not_possible', what: 'No money this quarter', reason: 'no_funds', next_date: next });
        const page = await opens(c);
        ok(/<p class="note">[^<]*\d{4}/.test(page.text), 'reason and date');
        match(page.text, /No money this quarter/);
        equal([...page.text.matchAll(/name="outcome" value="(\w+)"/g)].map((m) => m[1]), ['solved', 'partly', 'not_solved']);
    });

    await suite.test('a touch asks once more, and only then it is her answer', async () => {
        const c = await file();
        await act(as('supervisor.nowshera'), c.ref, 'assign', { to: 'officer.nowshera' });
        await act(as('officer.nowshera'), c.ref, 'report_action', { result: 'done', what: 'Done' });
        const her = new Visitor(server);
        const page = await her.follow(await her.submit(await her.get('/track'), '/track', { ref: c.ref, pin: c.pin }));
        const say = await her.submit(page, '/track/say', { outcome: 'partly' });
        equal((await desk.get(`/cases/${c.ref}`)).json.status, 'awaiting_answer');
        equal((await her.submit(say, '/track/act', { answer_words: 'Half of it' })).status, 303);
        equal((await desk.get(`/cases/${c.ref}`)).json.status, 'partly');
    });

    await suite.test('what she has seen is not taken back behind her', async () => {
        const [seen, unseen] = [await file(), await file()];
        const supervisor = as('supervisor.nowshera');
        for (const c of [seen, unseen]) await act(supervisor, c.ref, 'assign', { to: 'officer.nowshera' });
        await opens(seen);
        equal((await supervisor.post(`/cases/${seen.ref}/actions`, { action: 'undo' })).status, 409);
        equal((await supervisor.post(`/cases/${unseen.ref}/actions`, { action: 'undo' })).status, 200);
        const page = await opens(unseen);
        ok(!/Given to the department|taken back/.test(words(page)), 'neither the step nor that it was taken back');
    });

    await suite.test('a new PIN also ends what was opened with the old one', async () => {
        const c = await file();
        const digits = c.ref.replaceAll('-', '');
        const his = new Visitor(server);
        const at = (await his.submit(await his.get('/track'), '/track', c)).headers.location;
        const page = await his.get(at);
        equal(page.status, 200);
        const officer = new Visitor(server);
        await officer.signIn('desk.nowshera');
        const renewed = await officer.submit(await officer.get(`/cases/${digits}/pin`), `/cases/${digits}/pin`, { unit: 'PK52601', service: 'M-SAN-04' });
        equal(renewed.status, 303, renewed.text);
        equal((await his.get(at)).headers.location, '/track', 'loaded again');
        const said = await his.submit(page, '/track/act', { action: 'withdraw', withdraw_words: 'gone' });
        ok(!/track\/case/.test(said.headers.location ?? ''), `${said.status} ${said.headers.location}`);
        equal((await desk.get(`/cases/${c.ref}`)).json.status, 'registered');
    });

    await suite.test('a form that is sent again shows the first PIN only while it is the one', async () => {
        const hers = new Visitor(server);
        const fields = new URLSearchParams(formsOf((await hers.get('/new')).text).find((f) => f.action === '/new').fields);
        for (const [k, v] of Object.entries({ kind: 'complaint', service: 'M-SAN-04', unit: 'PK52601', description: 'Sent twice', sex: 'woman', consent_hand_over: 'yes' })) fields.set(k, v);
        const first = await hers.post('/new/send', fields.toString());
        const shown = await hers.follow(first);
        const ref = /\d{3}-\d{3}-\d{4}/.exec(shown.text)[0].replaceAll('-', '');
        const officer = new Visitor(server);
        await officer.signIn('desk.nowshera');
        const renewed = await officer.submit(await officer.get(`/cases/${ref}/pin`), `/cases/${ref}/pin`, { unit: 'PK52601', service: 'M-SAN-04' });
        equal(renewed.status, 303, renewed.text);
        for (const r of [await hers.get(first.headers.location), await hers.follow(await hers.post('/new/send', fields.toString()))]) {
            equal(r.status, 303, r.text);
            equal(r.headers.location, '/track');
        }
    });

    await suite.test('who has it and since when; every end but her own word is no row of stages', async () => {
        const c = await file();
        match(words(await opens(c)), /The supervisor, since \d+ \w+ \d{4}/);
        match((await opens(c)).text, /<ol class="steps">/);
        await act(as('supervisor.nowshera'), c.ref, 'reject', { words: 'Not here' });
        const page = await opens(c);
        ok(!/<ol class="steps">/.test(page.text), 'stages');
        match(page.text, /name="action" value="reopen"/);
    });
    equal(await server.stop(), 0, 'the end of the server');
} finally {
    server.remove();
}
suite.done();
