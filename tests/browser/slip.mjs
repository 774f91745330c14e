// slip.mjs: what is printed at the desk: a slip is one page of its size, its code is read from a raster of 203 dpi (as
// thermal printers have), and nothing on it says who or what about; the letter is one sheet of A4.
import { chromium } from 'playwright-core';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';

const suite = new Suite('slip');
const server = new Server();
writeFileSync(join(server.data, 'sunwai.ini'), 'public_url = https://sunwai.example\n', { flag: 'a' });
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});

const tool = (name, ...args) => {
    const r = spawnSync(name, args, { encoding: 'utf8' });
    if (r.error) throw r.error;
    return r.stdout;
};
const hers = { name: 'Gulalai Canary', phone: '0301 7654321', alias: 'Canaryalias', address: 'Canary street', cnic: '17301-1234567-1' };
const words = 'Canarywords: the drain is open';

async function printed(page, path, name) {
    await page.goto(path);
    const file = join(server.home, `${name}.pdf`);
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
    const info = tool('pdfinfo', file);
    return {
        file,
        pages: Number(/Pages:\s+(\d+)/.exec(info)[1]),
        size: /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info).slice(1).map((pt) => Math.round(Number(pt) / 72 * 25.4)),
        text: tool('pdftotext', file, '-'),
    };
}

try {
    await server.start();
    const made = await new Api(server, server.token('desk.nowshera')).post('/cases', {
        service: 'M-SEW-01', unit: 'PK52601', place: 'Canaryplace', description: words, language: 'en',
        complainant: { sex: 'woman', ...hers, safe_call: true },
    });
    equal(made.status, 201, made.text);
    const digits = made.json.ref.replaceAll('-', '');
    const visitor = new Visitor(server);
    await visitor.signIn('desk.nowshera');
    const context = await browser.newContext({ baseURL: server.url });
    await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: server.url })));
    const page = await context.newPage();

    for (const [paper, width] of [['w58', 58], ['w80', 80], ['a6', 105]]) {
        const slip = await printed(page, `/cases/${digits}/slip?paper=${paper}`, paper);
        await suite.test(`${paper} is one page of its width`, () => equal([slip.pages, slip.size[0]], [1, width]));
        await suite.test(`${paper} has number and PIN, and neither name nor matter`, () => {
            match(slip.text, new RegExp(`${digits.slice(0, 3)}.?${digits.slice(3, 6)}.?${digits.slice(6)}`), 'number');
            ok(slip.text.includes(made.json.pin), 'PIN');
            for (const part of ['Canary', 'Gulalai', '7654321', 'sewer', '17301']) ok(!slip.text.includes(part), `${part} on the slip`);
        });
        await suite.test(`the code on ${paper} is read from 203 dpi`, () => {
            tool('pdftoppm', '-r', '203', '-png', '-singlefile', slip.file, join(server.home, paper));
            const read = tool('zbarimg', '-q', '--raw', join(server.home, `${paper}.png`)).trim();
            equal(read, `https://sunwai.example/track?ref=${digits}`);
        });
    }
    const urdu = await new Api(server, server.token('desk.nowshera')).post('/cases', {
        service: 'M-SEW-01', unit: 'PK52601', description: words, language: 'ur', complainant: { sex: 'woman' },
    });
    const tall = await printed(page, `/cases/${urdu.json.ref.replaceAll('-', '')}/slip?paper=a6`, 'a6-ur');
    await suite.test('a6 is one page in Urdu, too', () => equal(tall.pages, 1));
    await suite.test('the size is remembered at this machine', async () => {
        await page.goto(`/cases/${digits}/slip?paper=w58`);
        await page.goto(`/cases/${digits}/slip`);
        ok(await page.locator('.slip.w58').count() === 1);
    });
    for (const lang of ['ur', 'en']) {
        const letter = await printed(page, `/cases/${digits}/letter?in=${lang}`, `letter-${lang}`);
        await suite.test(`the letter in ${lang} is one sheet of A4`, () => equal([letter.pages, letter.size], [1, [210, 297]]));
        await suite.test(`the letter in ${lang} has her name and words, and no number to call`, () => {
            ok(letter.text.includes('Gulalai') && letter.text.includes('Canarywords'), 'hers');
            ok(!letter.text.includes('7654321'), 'her number');
        });
    }
    await suite.test('two facts make a new PIN, and the old one opens nothing', async () => {
        const wrong = await visitor.submit(await visitor.get(`/cases/${digits}/pin`), `/cases/${digits}/pin`, { name: 'Somebody', phone: hers.phone });
        equal(wrong.status, 422, 'a wrong fact');
        const few = await visitor.submit(await visitor.get(`/cases/${digits}/pin`), `/cases/${digits}/pin`, { phone: hers.phone });
        equal(few.status, 422, 'one fact');
        const done = await visitor.submit(await visitor.get(`/cases/${digits}/pin`), `/cases/${digits}/pin`, { name: hers.name, phone: hers.phone });
        equal([done.status, done.headers.location], [303, `/cases/${digits}/filed`]);
        const filed = await visitor.get(`/cases/${digits}/filed`);
        ok(!filed.text.includes(made.json.pin), 'the old PIN is shown no more');
        const her = new Visitor(server);
        const old = await her.submit(await her.get('/track'), '/track', { ref: digits, pin: made.json.pin });
        ok(old.status !== 303, 'the old PIN opens it');
    });
} finally {
    await browser.close();
    await server.stop();
    server.remove();
}
suite.done();
