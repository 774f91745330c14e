// lists_test.mjs: lists, figures and sheets over HTTP: every number that a page shows opens a list of just so many
// cases; filters are addresses; no telephone number stays in one.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, runFor } from '../lib/server.mjs';
import { Api, Visitor, idemKey, unescapeHtml } from '../lib/client.mjs';

const suite = new Suite('lists');
const server = new Server();
const loaded = runFor(120000, 'load', '--data', server.data, '--cases', '300', '--seed', '8');
if (loaded.code !== 0) throw new Error(loaded.err);
await server.start();

const people = new Map();
async function as(user) {
    if (!people.has(user)) {
        const visitor = new Visitor(server);
        const r = await visitor.signIn(user);
        if (r.status !== 303) throw new Error(`${user}: ${r.status}`);
        people.set(user, visitor);
    }
    return people.get(user);
}

// The references of a list, out of its file.
async function refsOf(who, path) {
    const r = await who.get(path.replace(/^\/cases(?=\?|$)/, '/cases.csv'));
    equal([r.status, r.headers['content-type']], [200, 'text/csv; charset=utf-8'], path);
    match(r.headers['content-disposition'], /^attachment; filename="[\w.-]+\.csv"$/);
    return [...r.text.matchAll(/^\uFEFF?"?(\d{3}-\d{3}-\d{4})/gm)].map((m) => m[1]);
}

// Numbers that open a list: [how many, address].
function numbersOf(html) {
    return [...html.matchAll(/<a href="(\/cases\?[^"]*)"[^>]*>\s*(?:<b>)?(?:<bdi[^>]*>)?([\d,]+)(?:<\/bdi>)?(?:<\/b>)?/g)]
        .map(([, path, n]) => [Number(n.replaceAll(',', '')), unescapeHtml(path)]);
}

async function agree(user, path, least) {
    const who = await as(user);
    const r = await who.get(path);
    equal(r.status, 200, path);
    const numbers = numbersOf(r.text);
    ok(numbers.length >= least, `${path} opens ${numbers.length} lists`);
    const step = Math.max(1, Math.floor(numbers.length / 40)); // every one of a short page, some of a long one
    for (let i = 0; i < numbers.length; i += step) {
        const [n, to] = numbers[i];
        equal((await refsOf(who, to)).length, n, to);
    }
}

const spans = 'from=202401&to=203012';
for (const kind of ['complaint', 'application', 'suggestion']) {
    await suite.test(`figures of each ${kind}`, () => agree('supervisor.nowshera', `/problems?kind=${kind}&${spans}`, 5));
}
await suite.test('figures of a tehsil', () => agree('ac.nowshera', `/problems?${spans}`, 5));
await suite.test('figures of a division', () => agree('commissioner.peshawar', `/problems?${spans}`, 20));
await suite.test('an overview', () => agree('adc.nowshera', '/overview', 5));
await suite.test('an overview of a division', () => agree('commissioner.peshawar', '/overview', 5));
for (const user of ['supervisor.nowshera', 'officer.nowshera', 'desk.nowshera', 'ac.nowshera', 'officer.lg', 'commissioner.peshawar']) {
    await suite.test(`numbers on top of the list of ${user}`, () => agree(user, '/cases', 4));
}

await suite.test('pages of a list go on until its end, each case once', async () => {
    const who = await as('supervisor.nowshera');
    for (const sort of ['due', 'newest']) {
        const all = await refsOf(who, `/cases?status=any&sort=${sort}`);
        const seen = [];
        for (let path = `/cases?status=any&sort=${sort}`; path;) {
            const page = await who.get(path);
            seen.push(...[...page.text.matchAll(/<th scope="row">[\s\S]*?(\d{3}-\d{3}-\d{4})/g)].map((m) => m[1]));
            const more = /<a class="button plain" href="(\/cases\?[^"]*after=[^"]*)"/.exec(page.text);
            path = more && unescapeHtml(more[1]);
        }
        equal(seen, all, sort);
        equal(new Set(seen).size, seen.length, 'twice');
    }
});

await suite.test('a filter narrows, and says what it is', async () => {
    const who = await as('supervisor.nowshera');
    const any = await refsOf(who, '/cases?status=any');
    const funds = await refsOf(who, '/cases?status=any&reason=no_funds');
    ok(funds.length > 0 && funds.length < any.length, `${funds.length} of ${any.length}`);
    const page = await who.get('/cases?status=any&reason=no_funds&lang=en');
    match(page.text, /Shown:[\s\S]{0,40}No funds/);
    match(page.text, /aria-sort="ascending"/);
    const api = new Api(server, server.token('supervisor.nowshera'));
    const r = await api.get('/cases?reason=no_funds&limit=200');
    equal(r.json.cases.map((c) => c.ref), funds, 'the API has the same filter');
});

await suite.test('age, sex, kind and date narrow to just those', async () => {
    const api = new Api(server, server.token('supervisor.nowshera'));
    const list = async (filter) => (await api.get(`/cases?limit=200&${filter}`)).json.cases;
    const all = await list('');
    const now = Date.now();
    const days = (c) => (now - Date.parse(c.filed)) / 86400000;
    const same = async (filter, is) => {
        const found = await list(filter);
        const want = all.filter(is).map((c) => c.ref);
        ok(want.length > 0 && want.length < all.length, `${filter}: ${want.length} of ${all.length}`);
        equal(found.map((c) => c.ref), want, filter);
    };
    ok(all.length < 200, 'all of them are here');
    await same('older=100', (c) => days(c) >= 100);
    await same('sex=man', (c) => c.sex === 'man');
    await same('due=late', (c) => c.due && Date.parse(c.due) < now && !['solved', 'closed_unconfirmed', 'withdrawn', 'rejected'].includes(c.status));
    await same('status=open', (c) => !['solved', 'closed_unconfirmed', 'withdrawn', 'rejected'].includes(c.status));
    equal((await list('sort=newest')).map((c) => c.ref), all.toSorted((a, b) => Date.parse(b.filed) - Date.parse(a.filed)).map((c) => c.ref), 'newest first');
});

await suite.test('a telephone number does not stay in an address', async () => {
    const who = await as('supervisor.nowshera');
    for (const path of ['/cases', '/cases.csv', '/cases/print']) {
        const r = await who.get(`${path}?q=0300-1234567`);
        equal(r.status, 303, path);
        ok(!/0300|1234567/.test(r.headers.location), r.headers.location);
        const page = await who.get(`${r.headers.location}&lang=en`);
        match(page.text, /looks like a telephone number/);
        ok(!page.text.includes('1234567'), 'shown');
    }
});

await suite.test('the same on paper', async () => {
    const who = await as('officer.nowshera');
    const paper = await who.get('/cases/print?status=open&lang=en');
    equal(paper.status, 200, 'paper');
    equal([...paper.text.matchAll(/<th scope="row">/g)].length, (await refsOf(who, '/cases?status=open')).length, 'rows');
    match(paper.text, /Printed[\s\S]*TMA officer/);
});

await suite.test('an office has its sheet, a supervisor one of each', async () => {
    const own = await (await as('officer.nowshera')).get('/digest?lang=en');
    equal([...own.text.matchAll(/class="duesheet"/g)].length, 1, 'sheets');
    match(own.text, /Late: \d/);
    const all = await (await as('supervisor.nowshera')).get('/digest?lang=en');
    ok([...all.text.matchAll(/class="duesheet"/g)].length >= 2, 'sheets of a district');
    match(all.text, /To be assigned: \d/);
});

// Other work of the server may write in between: what is sent again is awaited, not timed.
await suite.test('a list is sent again while nothing is written, and to her session alone', async () => {
    const again = async () => Number(/^sunwai_pages_again_total (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())[1]);
    const tokenOf = (page) => /name="_token" value="([^"]+)"/.exec(page.text)[1];
    const who = await as('supervisor.nowshera');
    const other = new Visitor(server);
    equal((await other.signIn('supervisor.nowshera')).status, 303, 'another session of hers');
    const from = await again();
    let pages;
    for (let i = 0; i < 50 && (i === 0 || (await again()) === from); i++) pages = [await who.get('/cases'), await who.get('/cases')];
    ok((await again()) > from, 'none was sent again');
    equal([pages[0].status, pages[1].status], [200, 200]);
    const others = await other.get('/cases');
    ok(tokenOf(others) !== tokenOf(pages[1]), 'the token of another session');
    const filed = await new Api(server, server.token('desk.nowshera')).post('/cases', {
        service: 'M-WAT-01', unit: 'PK52601', description: 'The pump stands still', complainant: { sex: 'woman', name: 'Nadia', consent_record: 'yes' },
    }, { 'Idempotency-Key': idemKey() });
    equal(filed.status, 201, filed.text);
    const newest = '/cases?sort=newest';
    ok((await who.get(newest)).text.includes(filed.json.ref), 'what was filed a moment ago');
    equal((await other.submit(others, '/logout', {})).status, 303, 'signed out');
    equal((await other.get('/cases')).status, 303, 'and over');
});

await suite.test('another district, and what is no place of hers, is not found', async () => {
    const who = await as('supervisor.nowshera');
    for (const unit of ['PK511', 'PK5', 'NONE']) equal((await who.get(`/problems?unit=${unit}`)).status, 404, unit);
    equal((await (await as('commissioner.peshawar')).get('/problems?unit=PK511')).status, 404, 'of another division');
});

const code = await server.stop();
await suite.test('the server ends well', () => equal(code, 0, server.said));
server.remove();
suite.done();
