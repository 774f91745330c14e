// privacy_test.mjs: name, number and home address are shown to the desk of her district and to nobody else.
//
// A complaint is filed with words that stand nowhere else, and is worked on. Then everybody else follows every link
// that their pages have and asks everything that the API tells: none of those words may come up. Nor do they stand
// in the log or, readable, in any file of the data folder.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, unescapeHtml } from '../lib/client.mjs';

const suite = new Suite('privacy');
const NAME = 'Zarmina Qanariwala';
const ADDRESS = 'Kanarigarh House 77';
const WORDS = 'The drain overflows at Wordcanary corner';
// A number however it is written; nine of its digits are enough.
const secrets = [/qanariwala/i, /zarmina/i, /kanarigarh/i, /345[\s-]?1239876/, /۳۴۵[\s-]?۱۲۳۹۸۷۶/, /5442331/];
const person = { name: NAME, phone: '0345-1239876', sex: 'woman', address: ADDRESS, whose_phone: 'own' };

function none(text, where) {
    for (const secret of secrets) ok(!secret.test(text), `${secret} in ${where}`);
}

// Every page that links lead to, from `start`, with every language; forms are not sent, nobody signs out.
async function crawl(visitor, start) {
    const todo = [...start];
    const seen = new Map();
    while (todo.length && seen.size < 300) {
        const path = todo.shift();
        if (seen.has(path)) continue;
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

await withServer({}, async (server) => {
    const as = (user) => new Api(server, server.token(user));
    const desk = as('desk.nowshera');
    const act = (who, ref, action, more) => who.post(`/cases/${ref}/actions`, { action, ...more });
    const r = await desk.post('/cases', { service: 'M-SEW-01', unit: 'PK52601', description: WORDS, complainant: person });
    equal(r.status, 201, r.text);
    const { ref, pin } = r.json;
    await act(as('supervisor.nowshera'), ref, 'assign', { to: 'officer.nowshera' });
    await act(as('officer.nowshera'), ref, 'ask', { words: 'Where?' });
    await act(desk, ref, 'amend', { words: 'At the corner', phone: '0345 1239876' });
    await act(as('officer.nowshera'), ref, 'report_action', { what: 'Cleaned', result: 'done' });
    const digits = ref.replaceAll('-', '');
    const paths = ['/', '/cases', '/cases?status=any', '/account', `/cases/${digits}`, `/cases/${digits}/filed`, `/cases/${digits}/slip`,
        `/cases?q=${encodeURIComponent('0345 1239876')}&status=any`, `/cases?q=${encodeURIComponent('Qanariwala')}&status=any`, '/cases?lang=ur', `/cases/${digits}?lang=ps`];
    // Exports, prints, digests, whatever there is: no address of a page is left out.
    paths.push(...run('routes').out.trim().split('\n').map((line) => line.split('\t'))
        .filter(([method, path, , flags]) => method === 'GET' && !path.includes('{') && !/api|static/.test(flags ?? '')).map(([, path]) => path));
    const searched = (text) => text.replaceAll(/(value|href|action)="[^"]*"|<p class="shown">[\s\S]*?<\/p>/g, ''); // what one typed oneself is given back

    for (const user of ['officer.nowshera', 'officer2.nowshera', 'officer.lg', 'supervisor.nowshera', 'adc.nowshera', 'dc.nowshera', 'ac.nowshera', 'commissioner.peshawar', 'desk.haripur', 'officer.haripur', 'supervisor.haripur', 'adc.haripur', 'admin', null]) {
        await suite.test(`${user ?? 'nobody'} finds neither name, number nor address on any page`, async () => {
            const visitor = new Visitor(server);
            if (user) equal((await visitor.signIn(user)).status, 303, 'sign-in');
            const seen = await crawl(visitor, paths);
            ok(seen.size >= paths.length, 'pages');
            const mayRead = /nowshera$|peshawar$/.test(user ?? '');
            ok([...seen.values()].some((page) => page.text.includes(WORDS)) === mayRead, mayRead ? 'never saw the case itself' : 'saw the case');
            for (const [path, page] of seen) none(searched(page.text), path);
        });
        if (!user) continue;
        await suite.test(`${user} is told none of it by the API`, async () => {
            const api = as(user);
            for (const path of ['/cases', '/cases?limit=200', `/cases/${ref}`, '/cases?q=Qanariwala', '/cases?q=03451239876', '/services', '/units',
                '/openapi.json', `/cases/${ref}?lang=ur`]) {
                const answer = await api.get(path);
                none(answer.text + JSON.stringify(answer.headers), path);
                if (path.includes('q=')) equal(answer.json.cases ?? [], [], `${path} finds`);
            }
            for (const action of ['comment', 'assign', 'accept', 'answer', 'amend', 'withdraw']) none((await act(api, ref, action, { to: 'x' })).text, action);
        });
    }

    await suite.test('the desk of her district sees all of it', async () => {
        const c = (await desk.get(`/cases/${ref}`)).json.complainant;
        equal([c.name, c.phone, c.address], [NAME, '+923451239876', ADDRESS]);
        const visitor = new Visitor(server);
        await visitor.signIn('desk.nowshera');
        const page = await visitor.get(`/cases/${digits}`);
        for (const part of [NAME, ADDRESS, '1239876']) ok(page.text.includes(part), part);
    });

    await suite.test('each look at identity is in the audit chain before it is shown', async () => {
        const rows = () => Number(/(\d+)/.exec(server.verify().out)?.[1]);
        const visitor = new Visitor(server);
        await visitor.signIn('desk.nowshera');
        const before = rows();
        await desk.get(`/cases/${ref}`);
        equal(rows() - before, 1, 'through the API');
        await visitor.get(`/cases/${digits}`);
        equal(rows() - before, 2, 'on the page');
        await as('officer.nowshera').get(`/cases/${ref}`);
        equal(rows() - before, 3, 'a token made is one more; an officer looks at no identity');
        const fields = formsOf((await visitor.get('/people')).text).find((f) => f.action === '/people').fields.set('phone', '0345-1239876');
        const known = await visitor.post('/people/known', fields);
        ok(known.status === 200 && known.text.length > 0, `${known.status}`);
        equal(rows() - before, 4, 'nor is it asked unseen whether anybody came with a number');
    });

    await suite.test('what her own number and PIN open says no name either', async () => {
        const visitor = new Visitor(server);
        const page = await visitor.follow(await visitor.submit(await visitor.get('/track'), '/track', { ref, pin }));
        ok(page.text.includes(WORDS), 'her words');
        none(page.text, 'the status page');
    });

    await suite.test('neither slip nor log tell the matter or the person', async () => {
        const visitor = new Visitor(server);
        await visitor.signIn('desk.nowshera');
        const slip = await visitor.get(`/cases/${digits}/slip`);
        none(slip.text, 'slip');
        ok(!slip.text.includes('Wordcanary') && !slip.text.includes('M-SEW'), 'matter on the slip');
        none(server.said, 'log');
        ok(!/Wordcanary/i.test(server.said), 'her words in the log');
        ok(!server.said.includes(pin) && !server.said.includes(digits) && !server.said.includes(ref), 'number or PIN in the log');
        match(server.said, /"event":"http.request"/, 'there is a log');
    });

    await suite.test('no file of the data folder tells it readably', async () => {
        equal(run('jobs', '--data', server.data).code, 0, 'jobs');
        let words = 0;
        for (const name of readdirSync(server.data)) {
            if (name.endsWith('.sock')) continue;
            const text = readFileSync(join(server.data, name)).toString('latin1');
            none(text, name);
            if (/Wordcanary/i.test(text)) words += 1;
        }
        ok(words > 0, 'the words of the case are looked for in the wrong place');
    });
});

suite.done();
