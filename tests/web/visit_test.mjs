// visit_test.mjs: the visitors of a desk and the library of messages, as people use them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Visitor, formsOf, unescapeHtml } from '../lib/client.mjs';

const suite = new Suite('visit');
const sql = (server, query) => spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), query], { encoding: 'utf8' }).stdout.trim();
const VISITS = '/desk/visits';
const today = new Date(Date.now() + 5 * 3600000).toISOString().slice(0, 10);
const twice = async (who, page, action, values) => {
    const form = formsOf(page.text).find((f) => f.action === action);
    for (const [k, v] of Object.entries(values)) form.fields.set(k, v);
    return [await who.post(form.action, form.fields), await who.post(form.action, form.fields)];
};

await withServer({}, async (server) => {
    const desk = new Visitor(server);
    await desk.signIn('desk.nowshera');
    const supervisor = new Visitor(server);
    await supervisor.signIn('supervisor.nowshera');
    const anybody = new Visitor(server);
    const csv = async (who = supervisor) => (await who.get('/desk/figures.csv')).text.replace(/^\uFEFF/, '').trim().split('\r\n').map((l) => l.split(','));
    const figure = async (...key) => Number((await csv()).find((l) => key.every((k, i) => l[2 + i] === k))?.[5] ?? 0);

    await suite.test('a number that was given twice by one form is one, and says nothing of a matter', async () => {
        const [first, again] = await twice(desk, await desk.get(VISITS), '/desk/tokens', { turn: 'usual' });
        equal([first.status, first.headers.location], [303, '/desk/visits?given=1']);
        equal(again.headers.location, '/desk/visits?given=1');
        const slip = await desk.get('/desk/tokens/1/slip');
        match(slip.text, /<p class="big num">1<\/p>/);
        equal((await desk.get('/desk/tokens/2/slip')).status, 404);
    });

    await suite.test('the wall shows numbers to everybody and comes anew by itself, but not to whoever is signed in', async () => {
        await desk.submit(await desk.get(VISITS), '/desk/tokens', { turn: 'first' });
        equal((await desk.submit(await desk.get(VISITS), '/desk/tokens/next')).status, 303);
        const wall = await anybody.get('/now/PK526-WFD');
        match(wall.text, /<p class="big num">2<\/p>/, 'who cannot stand long is called first');
        equal(wall.headers.refresh, '15');
        equal((await desk.get('/now/PK526-WFD')).headers.refresh, undefined, 'her session ends when she is away');
        equal((await anybody.get('/now/PK526-DC')).status, 404, 'no desk');
    });

    await suite.test('a visit ends its number, is counted by outcome and sex, and can be taken back', async () => {
        const bad = await desk.submit(await desk.get(VISITS), VISITS, { sex: 'woman', outcome: 'online', minutes: '12' });
        equal(bad.status, 422);
        match(bad.text, /Please choose which online service it was/);
        match(bad.text, /name="minutes"[^>]*value="12"/, 'what was typed');
        const done = await desk.submit(bad, VISITS, { outcome: 'online', online: 'identity', self: '1', token: '2' });
        equal(done.status, 303, done.text);
        equal((await desk.submit(await desk.get(VISITS), VISITS, { outcome: 'information', token: '2' })).status, 409, 'that number is served');
        equal([await figure('visit', 'online', 'woman'), await figure('shown', 'identity', 'woman'), await figure('served', 'first')], [1, 1, 1]);
        equal((await desk.submit(await desk.get(VISITS), '/desk/visits/undo')).status, 303);
        equal(await figure('visit', 'online', 'woman'), 0);
    });

    await suite.test('materials are never fewer than none', async () => {
        const materials = '/desk/materials';
        equal((await desk.submit(await desk.get(materials), materials, { name: '<b>RTI</b> brochure', kind: 'brochure', language: 'ur', stock: '150' })).status, 303);
        const page = await desk.get(materials);
        match(page.text, /&lt;b&gt;RTI&lt;\/b&gt; brochure/);
        const late = await desk.submit(page, `${materials}/move`, { material: '1', move: 'given', n: '151' });
        equal(late.status, 409);
        match(late.text, /not so many left/);
        equal((await desk.submit(late, `${materials}/move`, { n: '150' })).status, 303);
        equal(await figure('material_given'), 150);
        equal(await figure('material_stock'), 0);
    });

    await suite.test('the question at the door needs no log-in, counts one form once, and shows nothing of today', async () => {
        const door = unescapeHtml(/href="(\/exit\?[^"]+)"/.exec((await desk.get('/desk/door')).text)[1]);
        const [first, again] = await twice(anybody, await anybody.get(door), '/exit', { face: 'bad' });
        equal([first.status, again.status], [303, 303]);
        const thanks = await anybody.follow(first);
        match(thanks.text, /Thank you/);
        match(thanks.headers.refresh, /^8; url=\/exit\?exit=/);
        equal(sql(server, 'select coalesce(sum(answers_n), 0) from exit_answer'), '1');
        equal(sql(server, "select count(*) from audit where event_name like '%exit%'"), '0');
        equal(await figure('exit'), 0);
        equal((await anybody.get('/exit?exit=made.up')).status, 404);
    });

    await suite.test('a desk sees the figures of its own alone', async () => {
        const other = new Visitor(server);
        await other.signIn('desk.haripur');
        equal((await other.get('/desk/figures?desk=PK526-WFD')).status, 404);
        ok((await csv(other)).slice(1).every((l) => l[0] === 'PK511-WFD'));
    });

    const said = { unit: 'PK526', topic: 'rti', form: 'text', author: 'A commission', channel: 'leaflet', audience: 'women', language: 'en', title: 'Ask them', words: 'Ask.\nThey answer.' };
    let code;

    await suite.test('nobody but staff sees a message before it is approved', async () => {
        const made = await supervisor.submit(await supervisor.get('/library/new'), '/library/new', said);
        equal(made.status, 303, made.text);
        code = made.headers.location.split('/').at(-1);
        equal((await anybody.get(`/messages/${code}`)).status, 404);
        ok(!(await anybody.get('/messages')).text.includes('Ask them'));
        const step = `/library/message/${code}/approve`;
        const early = await supervisor.submit(await supervisor.get(`/library/message/${code}`), step, { post: 'Secretary', day: '2099-01-01' });
        equal(early.status, 422);
        equal((await supervisor.submit(early, step, { day: today })).status, 303);
        match((await anybody.get(`/messages/${code}`)).text, /Approved by <bdi>?|Approved by/);
        match((await anybody.get('/messages')).text, /Ask them/);
    });

    await suite.test('a poster is made anew, and everybody sees it once it is approved', async () => {
        const png = picture(64, 48);
        const send = (file, type, more) => multipart(supervisor, '/library/new', { ...said, form: 'poster', title: 'Poster', ...more }, file, type);
        const refused = await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'image/png');
        equal(refused.status, 422, 'it is no picture, whatever it says');
        equal((await send(null)).status, 422, 'a poster without one');
        const made = await send(png, 'image/png');
        equal(made.status, 303, made.text);
        const poster = made.headers.location.split('/').at(-1);
        const file = `/messages/${poster}/file/en/1`;
        equal((await anybody.get(file)).status, 404);
        equal((await supervisor.submit(await supervisor.get(`/library/message/${poster}`), `/library/message/${poster}/approve`, { post: 'Secretary', day: today })).status, 303);
        const shown = await anybody.get(file);
        equal([shown.status, shown.headers['content-type']], [200, 'image/jpeg']);
        equal(shown.raw.subarray(0, 2).toString('hex'), 'ffd8');
        match((await anybody.get('/messages')).text, new RegExp(`${file}\\?small=1`));
    });

    await suite.test('whom it reached is written down with its version', async () => {
        const page = await desk.get(`/library/message/${code}`);
        const reach = { which: 'en.1', unit: 'PK52602', channel: 'event', on: today, n: '40', women: '41' };
        const more = await desk.submit(page, `/library/message/${code}/reach`, reach);
        equal(more.status, 422);
        equal((await desk.submit(more, `/library/message/${code}/reach`, { women: '39' })).status, 303);
        match((await desk.get(`/library/message/${code}`)).text, /Reached in all: (<bdi>)?40/);
    });
});

// A grey picture as PNG.
function picture(wide, high) {
    const crc = (bytes) => {
        let c = ~0;
        for (const b of bytes) {
            c ^= b;
            for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
        }
        return ~c >>> 0;
    };
    const number = (n) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
    const piece = (name, body) => {
        const all = Buffer.concat([Buffer.from(name), body]);
        return Buffer.concat([number(body.length), all, number(crc(all))]);
    };
    const rows = Buffer.concat(Array.from({ length: high }, (_, y) => Buffer.concat([Buffer.from([0]), Buffer.alloc(wide, 2 * y)])));
    const head = Buffer.concat([number(wide), number(high), Buffer.from([8, 0, 0, 0, 0])]);
    return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), piece('IHDR', head), piece('IDAT', deflateSync(rows)), piece('IEND', Buffer.alloc(0))]);
}

// A form with a file, sent as a browser does.
async function multipart(who, path, values, file, type) {
    const form = formsOf((await who.get(path)).text).find((f) => f.action === path);
    for (const [k, v] of Object.entries(values)) form.fields.set(k, v);
    const edge = `edge${Date.now()}`;
    const part = (head, body) => Buffer.concat([Buffer.from(`--${edge}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
    const parts = [...form.fields].filter(([k]) => k !== 'file').map(([k, v]) => part(`name="${k}"`, v));
    if (file) parts.push(part(`name="file"; filename="her name.png"\r\nContent-Type: ${type}`, file));
    return who.go('POST', path, Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)]), { 'Content-Type': `multipart/form-data; boundary=${edge}` });
}

suite.done();
