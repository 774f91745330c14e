// dialogue_test.mjs: a dialogue is three-sided only when all were there and every point was answered; a training
// keeps scores by number; a twinning shows what both can do, before and after; figures move only when an event closes.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';

const suite = new Suite('dialogue');
const server = new Server();
await server.start();
const desk = new Visitor(server);
equal((await desk.signIn('desk.nowshera')).status, 303);
const api = new Api(server, server.token('desk.nowshera'));
const today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
const plain = (html) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

async function send(page, action, fields) {
    return desk.submit(await desk.get(page), action, fields);
}
let venues = 0;
async function opened(kind) {
    const made = await send('/events/new', '/events/new', { kind, audience: 'mixed', unit: 'PK52601', venue: `Hall ${++venues}`, venue_kind: 'tma_hall', day: today, from: '10:00', to: '13:00', plan: 'OP-1', series: 'RTI', curriculum: 'How to ask' });
    equal(made.status, 303, plain(made.text).slice(0, 400));
    const at = made.headers.location.split('?')[0];
    equal((await send(at, `${at}/act`, { do: 'open' })).status, 303);
    return at;
}
async function counted(at, role, sex, people) {
    const r = await api.post(`${at}/counts`, { role, sex, people });
    ok(r.status < 300, `${role}: ${r.status}`);
}
const said = async (at) => plain((await desk.get(`${at}?lang=en`)).text);

await suite.test('three sides, decisions and points', async () => {
    const at = await opened('dialogue');
    await counted(at, 'councillor', 'woman', 2);
    match(await said(`${at}/dialogue`), /Not yet three-sided.*No woman of the place.*No official was there/);
    await counted(at, 'citizen', 'woman', 9);
    await counted(at, 'official', 'man', 1);
    match(await said(`${at}/dialogue`), /Not yet three-sided.*No action point was agreed/);
    equal((await send(`${at}/dialogue`, `${at}/points`, { side: 'women', post: 'Her group', words: 'Tell the others', horizon: 'short', due_day: today })).status, 303);
    const told = await api.post(`/directions/${at.split('/')[2]}/1/steps`, { do: 'report', result: 'done', words: 'They know' });
    ok(told.status < 300, told.text);
    match(await said(`${at}/dialogue`), / Three-sided /);
    equal((await send(`${at}/dialogue`, `${at}/decisions`, { brought_by: 'women', decision: 'The tap <first>' })).status, 303);
    equal((await send(`${at}/dialogue`, `${at}/decisions`, { brought_by: 'women', decision: '' })).status, 422);
    equal((await send(`${at}/dialogue`, `${at}/points`, { side: 'women', post: 'Her group', words: 'Ask again', horizon: 'short', due_day: today })).status, 303);
    const text = await said(`${at}/dialogue`);
    match(text, /Women: 1 of 2 action points have no answer\./);
    match(text, /The tap &lt;first&gt;/);
    match(await said(`${at}/minutes`), /Not yet three-sided.*Women: 1 of 2 action points have no answer/);
});

await suite.test('a training names the curriculum it followed', async () => {
    const teach = (fields) => send('/curricula', '/curricula', { title: 'Right <to> know', topics: 'How to ask\nWhere to appeal', from: '2026-01-01', ...fields });
    equal((await teach({})).status, 303);
    equal((await teach({ no: '1', from: '2026-01-01' })).status, 422, 'a version begins behind the one before');
    equal((await teach({ no: '1', title: 'Right to know, again', from: today })).status, 303);
    const plan = (fields) => send('/events/new', '/events/new', { kind: 'training', audience: 'mixed', unit: 'PK52601', venue: `Hall ${++venues}`, venue_kind: 'tma_hall', day: today, from: '10:00', to: '13:00', plan: 'OP-1', ...fields });
    const ended = await plan({ taught: '1.1' });
    equal(ended.status, 422);
    match(ended.text, /not in use on that day/);
    const at = (await plan({ taught: '1.2' })).headers.location.split('?')[0];
    match(await said(at), /No\. 1, version 2: .?Right to know, again/);
    match(await said(`${at}/training`), /version 2[\s\S]*Where to appeal/);
    match(await said(`${at}/data-sheet`), /No\. 1, version 2: .?Right to know, again/);
    equal((await send('/curricula', '/curricula/end', { ended: '1', ended_on: '2020-01-01' })).status, 422);
    const ids = [...(await desk.get('/curricula')).text.matchAll(/ id="([^"]*)"/g)].map((m) => m[1]);
    equal(ids.length, new Set(ids).size, 'each id once');
});

await suite.test('scores by number', async () => {
    const at = await opened('training');
    await counted(at, 'councillor', 'woman', 3);
    equal((await send(`${at}/training`, `${at}/numbers`, {})).status, 303);
    equal(/\/numbers"/.test((await desk.get(`${at}/training`)).text), false, 'everybody has a number: nothing is asked');
    match((await desk.get(`${at}/training`)).text, /<textarea[^>]*>\s*1 - -\n2 - -\n3 - -\n/);
    equal((await send(`${at}/training`, `${at}/scores`, { scores: '1 40 75\n2 50 45' })).status, 303);
    match(await said(`${at}/training`), /45 before, 60 after, of 2 people with both; 1 did better/);
    const above = new Visitor(server);
    await above.signIn('supervisor.nowshera');
    const seen = plain((await above.get(`${at}/training?lang=en`)).text);
    match(seen, /Not shown: fewer than 5 people have both scores.*by the desk alone/);
    equal(/45 before|People by number|>75</.test(seen), false);
    const wrong = await send(`${at}/training`, `${at}/scores`, { scores: '1 40 75\n9 1 2' });
    equal(wrong.status, 422);
    match(wrong.text, /9 1 2/);
});

await suite.test('what a device planned comes once', async () => {
    const plan = { kind: 'training', audience: 'mixed', unit: 'PK52601', venue: `Hall ${++venues}`, venue_kind: 'tma_hall', day: today, from: '10:00', to: '13:00', plan: 'OP-1', record: '01J000000000000000000EVENT' };
    const first = await api.post('/events', plan);
    equal(first.status, 201, first.text);
    const again = await api.post('/events', plan);
    equal([again.status, again.json.code], [201, first.json.code]);
    equal((await api.post('/events', { ...plan, to: '14:00' })).status, 409);
    equal((await send('/events/new', '/events/new', { ...plan, to: '14:00' })).status, 409, 'by the form too');
});

await suite.test('the boards of the district stand in one list', async () => {
    const anybody = await new Visitor(server).get('/boards?district=PK526&lang=en');
    for (const office of ['PK526-WFD', 'PK52601-TMA']) match(anybody.text, new RegExp(`href="/board/${office}"`));
    equal((await new Visitor(server).get('/boards?district=PK99')).status, 404);
    match((await desk.get('/library')).text, /href="\/boards"/);
});

await suite.test('figures do not move while an event is open', async () => {
    equal(JSON.parse((await desk.get('/reports/attendance.json?lang=en')).text).at(-1).total, 0);
});

await suite.test('a twinning with its list', async () => {
    const made = await send('/twinning/new', '/twinning/new', { host: 'PK526-WFD', partner_name: 'Desk of Mardan', goals: 'Learn', from_day: '2027-01-01', to_day: '2027-06-30' });
    equal(made.status, 303);
    const at = made.headers.location;
    equal((await send(at, `${at}/exchange`, { planned: '2027-02-01', what: 'A visit' })).status, 303);
    equal((await send(at, `${at}/held`, { no: '1', event: 'EDS-NONE' })).status, 422);
    equal((await send(`${at}/check?part=host&when=before`, `${at}/check`, { item_register: '1', item_room: '0' })).status, 303);
    equal((await send(`${at}/check?part=host&when=after`, `${at}/check`, { item_register: '3', item_room: '2' })).status, 303);
    match(await said(at), /Sum of the points that have both 1 → 5 \(\+4\) –/);
    match(await said(at), /0 of 1 took place/);
    const made2 = await send('/twinning/new', '/twinning/new', { host: 'PK526-WFD', partner: 'PK52601-TMA', partner_name: 'Both <kept>', goals: 'Learn', from_day: '2027-01-01', to_day: '2027-06-30' });
    equal(made2.status, 422);
    match(made2.text, /not both[\s\S]*value="Both &lt;kept&gt;"/);
    for (const [paper, words] of [['agreement', /Both offices learn from each other as equals[\s\S]*A visit/], ['progress', /0 of 1 took place[\s\S]*Sum of the points that have both/]]) {
        match(await said(`${at}/${paper}`), words);
        const pdf = await desk.get(`${at}/${paper}.pdf?lang=en`);
        equal([pdf.status, pdf.raw.subarray(0, 5).toString()], [200, '%PDF-']);
        const docx = await desk.get(`${at}/${paper}.docx?lang=ur`);
        equal([docx.status, docx.raw.subarray(0, 2).toString()], [200, 'PK']);
    }
});

await suite.test('a group meets under its name', async () => {
    const made = await send('/groups/new', '/groups/new', { kind: 'training', series: 'RTI' });
    equal(made.status, 303);
    match(await said(made.headers.location), /EDS-PK526/);
    equal((await send('/groups/new', '/groups/new', { kind: 'training', series: 'RTI' })).status, 409);
});

const code = await server.stop();
await suite.test('the server ends well', () => equal(code, 0, server.said));
server.remove();
suite.done();
