// offline.mjs [long] [SEED]: the page that works without a signal, in real Chromium behind a line that breaks at random bytes:
// several devices take matters, voices and counts down with the line cut, browsers are killed (SIGKILL, all processes of them)
// between and while they send; in the end everything that the page said it had kept is on the server exactly once, and no
// file of the browsers' profiles holds a word that was typed. `long`: five devices, 200 records, 50 voices, 50 kills; or as $SIZE says (records/voices/devices/kills).
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, root, run } from '../lib/server.mjs';
import { Api, Visitor, send } from '../lib/client.mjs';

const LONG = process.argv[2] === 'long';
const SEED = Number(process.argv[LONG ? 3 : 2] ?? Date.now() % 1e6);
const [records, voices, count, kills] = (process.env.SIZE ?? (LONG ? '200/50/5/50' : '12/3/2/3')).split('/').map(Number);
const SIZE = { devices: count, records, voices, kills };
const PIN = '246810';
const CANARIES = ['ZQXWORDS', 'ZQXNAME', '0301765', '301-765', '+92301765', 'ZQXNEED'];
const PATIENCE_MS = LONG ? 600000 : 120000;
const suite = new Suite('offline');
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

// The same dice for the same seed.
let dice = SEED || 1;
const roll = (n) => {
    dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0;
    return Math.floor(dice / 4294967296 * n);
};

// A line to the server: up, down, one that breaks each connection after so many bytes, or (once, and then so) within the first
// answer to something that was sent.
class Line {
    constructor(server) {
        this.mode = 'up';
        this.cuts = 0;
        this.sockets = new Set();
        this.listener = createServer((near) => {
            if (this.mode === 'down') { near.destroy(); return; }
            const far = connect(server.port, '127.0.0.1');
            let left = this.mode === 'cut' ? 300 + roll(40000) : Infinity;
            const pass = (to) => (piece) => {
                left -= piece.length;
                if (left < 0) { this.cuts += 1; near.destroy(); far.destroy(); } else { to.write(piece); }
            };
            near.on('data', pass(far));
            far.on('data', (piece) => {
                const at = this.mode === 'answer' ? piece.indexOf('{"have"') : -1;
                if (at < 0) { pass(near)(piece); return; }
                this.mode = 'cut';
                this.cuts += 1;
                near.end(piece.subarray(0, at + 4));
                far.destroy();
            });
            for (const [a, b] of [[near, far], [far, near]]) {
                this.sockets.add(a);
                a.on('error', () => {});
                a.on('close', () => { this.sockets.delete(a); b.destroy(); });
            }
        });
    }

    async open() {
        await new Promise((done) => { this.listener.listen(0, '127.0.0.1', done); });
        this.url = `http://127.0.0.1:${this.listener.address().port}`;
    }

    set(mode) {
        this.mode = mode;
        for (const s of this.sockets) s.destroy();
    }

    close() {
        this.set('down');
        this.listener.close();
    }
}

// A browser with a folder of its own, that can be killed.
class Device {
    constructor(server, name) {
        this.name = name;
        this.home = join(server.home, name);
        this.line = new Line(server);
        this.kept = []; // what the page said it had kept: { words, ref, voice }
        this.maybe = []; // what was sent off when the browser was killed
        this.taps = 0;
        mkdirSync(this.home);
    }

    async start() {
        rmSync(join(this.home, 'DevToolsActivePort'), { force: true });
        this.child = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.home}`,
            '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
            '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', ...(process.getuid() === 0 ? ['--no-sandbox'] : []), 'about:blank'],
        { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
        const address = await new Promise((done, failed) => {
            let said = '';
            this.child.stderr.on('data', (piece) => {
                said += piece;
                const found = /DevTools listening on (ws:\S+)/.exec(said);
                if (found) done(found[1]);
            });
            this.child.on('exit', () => failed(new Error(`chromium ended: ${said.slice(-500)}`)));
        });
        this.browser = await chromium.connectOverCDP(address);
        const context = this.browser.contexts()[0];
        this.page = context.pages()[0] ?? await context.newPage();
        this.page.setDefaultTimeout(60000);
        this.page.on('dialog', (d) => (this.answer?.(d) ?? d.accept()).catch(() => {}));
        this.faults = [];
        this.page.on('pageerror', (e) => this.faults.push(e.message));
    }

    async stop() {
        const ended = new Promise((done) => { this.child.once('exit', done); });
        const session = await this.browser.newBrowserCDPSession();
        await session.send('Browser.close').catch(() => {});
        await ended;
    }

    async kill() {
        const ended = new Promise((done) => { this.child.once('exit', done); });
        try { process.kill(-this.child.pid, 'SIGKILL'); } catch { /* gone already */ }
        await ended;
        await this.browser.close().catch(() => {});
        rmSync(join(this.home, 'SingletonLock'), { force: true });
    }

    go(hash) {
        return this.page.evaluate((h) => { location.hash = h; }, hash);
    }

    async enrol(server) {
        await this.line.open();
        await this.start();
        const { page } = this;
        await page.goto(`${this.line.url}/login?lang=en`);
        await page.fill('[name=login]', 'desk.nowshera');
        await page.fill('[name=password]', server.logins.get('desk.nowshera'));
        await page.locator('#sign-in .buttons button').first().click();
        await page.waitForURL((u) => !u.pathname.startsWith('/login'));
        await page.goto(`${this.line.url}/devices/here`);
        await page.fill('#here [name=name]', this.name);
        await Promise.all([page.waitForEvent('load'), page.locator('#here .buttons button').click()]);
        await page.goto(`${this.line.url}/offline?lang=en#begin`);
        await page.fill('#pin', PIN);
        await page.fill('#pin2', PIN);
        await page.click('#pin-new button');
        await page.locator('[data-put=numbers]', { hasText: /[1-9]/ }).waitFor();
        await page.evaluate(async () => {
            await navigator.serviceWorker.ready;
            while (!(await caches.match('/last'))) await new Promise((done) => { setTimeout(done, 20); });
        });
        await this.stop(); // so that cookies are on the disk
    }

    // Opens the page and its PIN.
    async unlock() {
        await this.page.goto(`${this.line.url}/offline`);
        await this.page.fill('#pin', PIN);
        await this.page.click('#pin-open button');
        await this.page.locator('[data-put=numbers]').waitFor();
    }

    unsent() {
        return this.page.evaluate(() => new Promise((done, failed) => {
            const asked = indexedDB.open('sunwai-offline');
            asked.onerror = () => failed(asked.error);
            asked.onsuccess = () => {
                const n = asked.result.transaction('queue').objectStore('queue').index('open').count();
                n.onsuccess = () => { asked.result.close(); done(n.result); };
            };
        }));
    }

    // A matter by rapid capture; `kill`: the browser goes some milliseconds after it was sent off.
    async capture(event, no, { voice = false, kill = false } = {}) {
        const { page } = this;
        const matter = { words: `ZQXWORDS ${this.name} ${no}: no water for ${no} days`, voice };
        await this.go('');
        await page.locator('[data-do=lock]').waitFor(); // else the view would be shown twice, the second over what is typed
        await this.go(`capture=${event}`);
        await page.locator('#capture').waitFor();
        await page.fill('input#service', '01');
        await page.keyboard.press('Enter');
        await page.fill('#description', matter.words);
        await page.fill('#phone', `0301765${String(1000 + no).slice(-4)}`);
        await page.locator('[name=safe_call][value="1"]').check({ force: true });
        await page.locator('[name=consent_record][value=yes]').check({ force: true });
        if (await page.locator('#sex').inputValue() === '') await page.selectOption('#sex', 'woman');
        if (voice) {
            await page.click('[data-do=record]');
            await page.locator('[data-put=seconds]', { hasText: /0:0[1-9]/ }).waitFor();
            await page.click('[data-do=stop]');
            await page.locator('[data-do=play]').waitFor();
        }
        if (kill) {
            this.maybe.push(matter);
            await page.click('#capture [data-key=Enter]', { noWaitAfter: true });
            await wait(roll(120));
            await this.kill();
            return;
        }
        await page.click('#capture [data-key=Enter]');
        await page.locator('[data-put=filed]').waitFor();
        matter.ref = (await page.locator('[data-put=filed] bdi').textContent()).replaceAll('-', '');
        this.kept.push(matter);
    }

    // Everything that a file of the profile holds of what was typed.
    leaks() {
        const found = [];
        const needles = CANARIES.flatMap((c) => [Buffer.from(c), Buffer.from(c, 'utf16le')]);
        const walk = (dir) => {
            for (const entry of readdirSync(dir, { withFileTypes: true })) {
                const path = join(dir, entry.name);
                if (entry.isDirectory()) walk(path);
                else if (entry.isFile()) {
                    const bytes = readFileSync(path);
                    for (const n of needles) if (bytes.includes(n)) found.push(`${path.slice(this.home.length)}: ${n.toString()}`);
                }
            }
        };
        walk(this.home);
        return found;
    }
}

const dump = (page) => page.evaluate(async () => {
    const db = await new Promise((done) => { const a = indexedDB.open('sunwai-offline'); a.onsuccess = () => done(a.result); });
    const out = [];
    for (const name of db.objectStoreNames) {
        const rows = await new Promise((done) => { const a = db.transaction(name).objectStore(name).getAll(); a.onsuccess = () => done(a.result); });
        const latin = (v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? Array.from(new Uint8Array(v.buffer ?? v), (b) => String.fromCharCode(b)).join('') : v;
        out.push(...rows.map((r) => JSON.stringify(r, (k, v) => latin(v))));
    }
    db.close();
    return out.join('\n');
});

const tool = (name, ...args) => spawnSync(name, args, { encoding: 'utf8' }).stdout;
const server = new Server();
writeFileSync(join(server.data, 'sunwai.ini'), 'public_url = https://sunwai.example\n', { flag: 'a' });
const devices = Array.from({ length: SIZE.devices }, (_, i) => new Device(server, `tablet${i + 1}`));
console.log(`  seed ${SEED}`);

async function openEvent() {
    const desk = new Visitor(server);
    await desk.signIn('desk.nowshera');
    const today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
    const plan = { kind: 'khuli_kacheri', audience: 'women', unit: 'PK52602', venue: 'School', venue_kind: 'school', day: today, from: '10:00', to: '13:00', chair: 'ADC', plan: 'OP-1' };
    const made = await desk.submit(await desk.get('/events/new'), '/events/new', plan);
    const code = /\/events\/([^?]+)/.exec(made.headers.location)[1];
    await desk.submit(await desk.get(`/events/${code}`), `/events/${code}/act`, { do: 'open' });
    return code;
}

// The form of the desk, read back, and its slip on three papers.
async function filing(d) {
    const { page } = d;
    await d.go('file');
    await page.fill('#phone', '03017650001');
    await page.fill('#name', 'ZQXNAME Gulalai');
    await page.fill('input#service', '01');
    await page.keyboard.press('Enter');
    await page.selectOption('#unit', 'PK52601');
    const words = `ZQXWORDS ${d.name} at the desk`;
    await page.fill('#description', words);
    await page.click('#file [data-key=Enter]');
    await suite.test('consent and a safe number cannot be skipped', async () => equal(await page.locator('.fault').count(), 2));
    await page.locator('[name=consent_record][value=yes]').check({ force: true });
    await page.locator('[name=safe_call][value="1"]').check({ force: true });
    await page.evaluate(() => { const { same_as } = document.forms.file.elements; same_as.closest('details')?.setAttribute('open', ''); same_as.value = '123-456-7890'; });
    await page.click('#file [data-key=Enter]');
    await suite.test('a number whose check digit is wrong is refused at its field', async () => match(await page.locator('.fault').textContent(), /check its ten digits/));
    await page.fill('[name=same_as]', '');
    await page.click('#file [data-key=Enter]');
    await page.locator('#register').waitFor();
    await suite.test('it is read back in her language', async () => {
        equal(await page.locator('.ask').getAttribute('lang'), 'ur');
        match(await page.locator('.ask').textContent(), /ZQXNAME Gulalai/);
        equal(await page.locator('.facts [data-fact=call_when]').isVisible(), false, 'nothing was said of when');
    });
    await page.click('#register [data-key=Enter]');
    await suite.test('and registered only when she agrees', async () => equal(await page.locator('.fault').count(), 1));
    await page.check('#agreed', { force: true });
    await page.click('#register [data-key=Enter]');
    await page.locator('.slip').waitFor();
    const ref = (await page.locator('[data-put=ref]').textContent()).replaceAll('-', '');
    d.kept.push({ words, ref });
    await suite.test('her slip is in her language', async () => {
        equal([await page.locator('.slip').getAttribute('lang'), await page.locator('.slip h2').textContent()], ['ur', 'رسید']);
        match(await page.locator('.slip [data-put=day]').textContent(), /^\d+ [\u0600-\u06ff]+ \d{4}$/);
    });
    for (const [paper, width] of [['w58', 58], ['w80', 80], ['a6', 105]]) {
        await page.click(`[data-paper=${paper}]`);
        const file = join(server.home, `${paper}.pdf`);
        const session = await page.context().newCDPSession(page);
        const { data } = await session.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: true });
        writeFileSync(file, Buffer.from(data, 'base64'));
        const info = tool('pdfinfo', file);
        await suite.test(`the slip on ${paper} is one page, its code is read, and it says nothing of her`, () => {
            equal([Number(/Pages:\s+(\d+)/.exec(info)[1]), Math.round(Number(/Page size:\s+([\d.]+)/.exec(info)[1]) / 72 * 25.4)], [1, width]);
            tool('pdftoppm', '-r', '203', '-png', '-singlefile', file, join(server.home, paper));
            equal(tool('zbarimg', '-q', '--raw', join(server.home, `${paper}.png`)).trim(), `https://sunwai.example/track?ref=${ref}`);
            const text = tool('pdftotext', file, '-');
            ok(!/ZQX|0301765|water/i.test(text), text);
        });
    }
}

async function roster(d, event) {
    const { page } = d;
    await d.go(`roster=${event}`);
    const plus = page.locator('[data-role=citizen] [data-tap="1"][data-sex=woman]');
    await plus.waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const times = [];
    for (let i = 0; i < 5; i += 1) {
        times.push(await plus.evaluate((b) => new Promise((done) => {
            const from = performance.now();
            b.click();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
        })));
        d.taps += 1;
    }
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const slow = times.sort((a, b) => a - b)[2];
    console.log(`  a touch is painted after ${slow.toFixed(0)} ms with a quarter of the speed`);
    await suite.test('a touch is painted at once', () => ok(slow <= (LONG ? 100 : 500), `${slow} ms`));
    await d.go('');
    await page.locator('[data-do=lock]').waitFor();
}

// Rapid capture with keys alone, counted as in keys.mjs.
async function byKeys(d, event) {
    const { page } = d;
    await d.go(`capture=${event}`);
    await page.locator('#capture').waitFor();
    let keys = 0;
    const at = () => page.evaluate(() => document.activeElement.name || document.activeElement.id);
    const on = async (name) => equal(await at(), name, 'the field that has the keys');
    const type = async (text) => { await page.keyboard.type(text); keys += text.length; };
    const press = async (...all) => { for (const k of all) { await page.keyboard.press(k); keys += k.split('+').length; } };
    await until('the first field', async () => (await at()) === 'service');
    await type('01');
    await press('Enter');
    await on('description');
    const words = 'No water for three days';
    await type(words);
    await press('Tab');
    await on('phone');
    await type('03017654321');
    await press('Tab');
    await on('whose_phone');
    await type('H');
    await press('Tab');
    await on('safe_call');
    await press('Space', 'Tab');
    await on('consent_record');
    await press('Space', 'Tab');
    await on('sex');
    await type('W');
    await press('Control+Enter');
    await page.locator('[data-put=filed]').waitFor();
    d.kept.push({ words, ref: (await page.locator('[data-put=filed] bdi').textContent()).replaceAll('-', '') });
    await until('the first field', async () => (await at()) === 'service');
    // Keystroke-level model: 0.28 s a key; 1.35 s where one thinks: service, words, number, whether it is safe.
    const seconds = keys * 0.28 + 4 * 1.35;
    console.log(`  a matter without a signal: ${keys} keys, ${seconds.toFixed(1)} s`);
    ok(seconds <= 20, `${seconds.toFixed(1)} s`);
    await d.go('places');
    await page.fill('#find', 'Risal Pur');
    equal(await page.locator('[data-list=units] li:visible b').allTextContents(), ['Risalpur'], 'found under another spelling');
    await page.fill('#find', 'zzzz');
    equal([await page.locator('[data-put=none]').isVisible(), await page.locator('#view h2:visible').count()], [true, 0]);
}

// All devices at once: while one of them waits, another one works.
const together = (body) => Promise.all(devices.map(body));

// What else is told at an event: a name, a need, a token, what an officer answered.
async function small(d, event) {
    const { page } = d;
    const kept = () => page.locator('#said', { hasText: 'Saved' }).waitFor();
    await d.go(`name=${event}`);
    await page.fill('#name-add [name=name]', 'ZQXNAME Gul');
    await page.selectOption('#name-add [name=role]', 'cso');
    await page.selectOption('#name-add [name=sex]', 'woman');
    await page.locator('#name-add button[type=submit], #name-add .button').last().click();
    await page.locator('[data-list=names] li').waitFor();
    await d.go(`roster=${event}`);
    await page.locator('[data-role=cso] [data-named]').waitFor();
    equal(await page.locator('[data-role]:has([data-named]:not([hidden]))').evaluateAll((l) => l.map((s) => [s.dataset.role, s.querySelector('.tallies').hidden])),
        [['cso', true]], 'who stands on the list of names is not touched');
    await d.go(`name=${event}`);
    await page.locator('#name-add').waitFor();
    await page.fill('#name-add [name=name]', 'ZQXNAME Noor');
    await page.selectOption('#name-add [name=role]', 'citizen');
    await page.selectOption('#name-add [name=sex]', 'woman');
    d.answer = (asked) => asked.dismiss();
    const [asked] = await Promise.all([page.waitForEvent('dialog'), page.locator('#name-add .button').last().click()]);
    d.answer = undefined;
    match(asked.message(), /^Counted by touch on this device\. .*: \u20685\u2069$/);
    equal(await page.locator('[data-list=names] li').count(), 1, 'a name that would take five touches away');
    await page.fill('#name-add [name=name]', '');
    await d.go(`need=${event}`);
    await page.locator('#need-add').waitFor();
    await page.fill('#need-add [name=words]', 'ZQXNEED a wall');
    await page.fill('#need-add [name=women]', '20001');
    await page.locator('#need-add .button').last().click();
    match(await page.locator('.fault').textContent(), /from 0 to 20,000/);
    await page.fill('#need-add [name=women]', '12');
    await page.locator('#need-add .button').last().click();
    await page.locator('[data-list=needs] li').waitFor();
    await d.go(`token=${event}`);
    await page.locator('[data-give=woman]').click();
    await page.locator('[data-put=no]', { hasText: /[0-9]/ }).waitFor();
    await d.go(`answer=${event}`);
    await page.locator('#answer-add').waitFor();
    await page.locator('#answer-add [name=ref]').evaluate((s) => { s.selectedIndex = s.options.length - 1; });
    await page.locator('#answer-add label:has([name=answer][value=not_ours])').click();
    await page.fill('#answer-add [name=words]', 'ZQXWORDS it is repaired');
    await page.locator('#answer-add .button').last().click();
    await kept();
    await d.go('');
    await page.locator('[data-do=lock]').waitFor();
}

// Forms that are begun and left, or cut off; what is not known yet to be none of those that are only pointed to stays in memory.
const kept = (page, name) => page.evaluate(async (key) => (await import('/assets/offline-store.js')).get(key), name);
async function until(what, body) {
    for (const end = Date.now() + PATIENCE_MS; !(await body()); await wait(50)) ok(Date.now() < end, `waited for ${what}`);
}
async function drafts(d, event) {
    const { page } = d;
    const home = async () => { await d.go(''); await page.locator('[data-do=lock]').waitFor(); };
    const rows = () => d.page.locator('[data-list=drafts] li:visible');
    const begin = async (hash, service, words) => {
        await home();
        await d.go(hash);
        await page.locator('#description').waitFor();
        await page.fill('#description', words);
        if (!service) return;
        await page.fill('input#service', service);
        await page.keyboard.press('Enter');
    };
    await begin('file', '', 'ZQXWORDS nobody knows yet what about');
    await home();
    await suite.test('and the browser asks before it is lost', async () => {
        d.answer = (asked) => asked.dismiss();
        const [asked] = await Promise.all([page.waitForEvent('dialog'), page.locator('.langs a[lang=ur]').click()]);
        d.answer = undefined;
        equal([asked.type(), await page.locator('[data-do=lock]').isVisible()], ['beforeunload', true]);
    });
    await suite.test('what is typed before it is known what it is about is not on the device, and not gone', async () => {
        equal([(await kept(page, 'drafts')) ?? [], await rows().count()], [[], 0]);
        await d.go('file');
        await page.locator('#description').waitFor();
        equal(await page.locator('#description').inputValue(), 'ZQXWORDS nobody knows yet what about');
    });
    await page.fill('input#service', '01');
    await page.keyboard.press('Enter');
    await home();
    await begin('file', '02', 'ZQXWORDS the second');
    await begin(`capture=${event}`, '03', 'ZQXWORDS the third');
    await home();
    await suite.test('each form that is left stays, under its own line', async () => {
        equal(await rows().count(), 3);
        await rows().nth(0).locator('a').click();
        await page.locator('#file').waitFor();
        equal(await page.locator('#description').inputValue(), 'ZQXWORDS nobody knows yet what about');
        await home();
        await rows().nth(2).locator('a').click();
        await page.locator('#capture').waitFor();
        equal(await page.locator('#description').inputValue(), 'ZQXWORDS the third');
    });
    await suite.test('another language goes back to the form, with what was typed a moment ago', async () => {
        await page.fill('#description', 'ZQXWORDS the third, in Urdu');
        await Promise.all([page.waitForEvent('load'), page.locator('.langs a[lang=ur]').click()]);
        await page.fill('#pin', PIN);
        await page.click('#pin-open button');
        await page.locator('#capture').waitFor();
        equal(await page.locator('#description').inputValue(), 'ZQXWORDS the third, in Urdu');
        await page.fill('#description', 'ZQXWORDS the third');
        await Promise.all([page.waitForEvent('load'), page.locator('.langs a[lang=en]').click()]);
        await page.fill('#pin', PIN);
        await page.click('#pin-open button');
        await page.locator('#capture').waitFor();
    });
    await page.fill('#phone', '03017650077');
    await page.click('[data-do=record]');
    await page.locator('[data-put=seconds]', { hasText: /0:0[1-9]/ }).waitFor();
    await page.click('[data-do=stop]');
    await until('the draft', async () => (await kept(page, 'drafts')).some((x) => x.fields.phone) && (await page.evaluate(async (id) => (await (await import('/assets/offline-store.js')).get(`files:${id}`))?.sound, (await kept(page, 'drafts'))[2].id)));
    await d.kill();
    await d.start();
    await d.unlock();
    await suite.test('what was kept of a form stands after the browser was killed, with its voice', async () => {
        equal(await rows().count(), 3);
        await d.page.locator('[data-list=drafts] li:visible').nth(2).locator('a').click();
        await d.page.locator('#capture').waitFor();
        equal([await d.page.locator('#phone').inputValue(), await d.page.locator('#description').inputValue(), await d.page.locator('[data-do=play]').isVisible()],
            ['03017650077', 'ZQXWORDS the third', true]);
    });
    await suite.test('what turns out to be only pointed to takes its draft along', async () => {
        await d.page.evaluate(() => {
            const select = document.querySelector('#capture select[name=service]');
            select.value = [...select.options].find((o) => o.dataset.pointed).value;
            select.dispatchEvent(new Event('input', { bubbles: true }));
        });
        await d.page.locator('[data-list=points] li').first().waitFor();
        const calls = await d.page.locator('[data-list=points] a[href^="tel:"]').evaluateAll((list) => list.map((a) => a.getAttribute('href')));
        ok(calls.includes('tel:1097') && calls.includes('tel:15') && calls.every((to) => /^tel:\+?\d{2,11}$/.test(to)), `one number a touch: ${calls.join(' ')}`);
        await until('the draft to go', async () => (await kept(d.page, 'drafts')).length === 2);
        await d.go('');
        await d.page.locator('[data-list=drafts] li:visible').nth(1).locator('button').click();
        await until('the draft to go', async () => (await kept(d.page, 'drafts')).length === 1);
    });
    await suite.test('whoever has the tablet next finds no form that another began', async () => {
        const [{ by }] = await kept(d.page, 'drafts');
        const shown = async (code) => {
            await d.page.evaluate(async (whose) => {
                const store = await import('/assets/offline-store.js');
                await store.commit({ drafts: (await store.get('drafts')).map((x) => ({ ...x, by: whose })) });
            }, code);
            await d.go('places');
            await d.page.locator('#find').waitFor();
            await d.go('');
            await d.page.locator('[data-do=lock]').waitFor();
            return rows().count();
        };
        equal([by, await shown('desk2.nowshera'), await shown(by)], ['desk.nowshera', 0, 1]);
    });
}

// A record that was not sent goes only by the PIN, and its number in `seq` is told of.
async function gone(d, event) {
    await d.capture(event, 8000);
    const { page } = d;
    const ref = d.kept.pop().ref;
    const before = await d.unsent();
    await d.go('records');
    await page.locator('[data-list=records] li').first().waitFor();
    await page.locator('[data-list=records] li', { hasText: 'Matter at an event' }).first().locator('[data-do=drop]').click();
    await page.locator('#gone').waitFor();
    await suite.test('a record that is not sent goes only with a reason and the PIN', async () => {
        equal((await page.locator('[data-put=what]').textContent()).replace(/\D/g, ''), ref);
        await page.click('#gone [type=submit]');
        await page.locator('.fault').waitFor();
        await page.selectOption('#why', 'test');
        await page.fill('#pin', '135799');
        await page.click('#gone [type=submit]');
        await page.locator('.fault', { hasText: 'not right' }).waitFor();
        equal(await d.unsent(), before);
        await page.fill('#pin', PIN);
        await page.click('#gone [type=submit]');
        await page.locator('#said', { hasText: 'The desk is told' }).waitFor();
        equal([await d.unsent(), await page.locator('[data-list=records] li', { hasText: 'A deleted record' }).count()], [before, 1]);
    });
}

// The server serves another version while records wait here.
async function newer(d, event) {
    const { page, line } = d;
    const shells = () => page.evaluate(() => caches.keys());
    const [old] = await shells();
    const before = { unsent: await d.unsent(), drafts: await kept(page, 'drafts'), refs: (await kept(page, 'leases')).refs.length };
    await page.evaluate(() => { navigator.locks.request('sunwai-sync', () => new Promise(() => {})); });
    await server.stop();
    writeFileSync(join(server.data, 'sunwai.ini'), 'helpline = 1043\n', { flag: 'a' });
    await server.start();
    line.set('up');
    await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update(); });
    await page.locator('#fresh').waitFor();
    await suite.test('the page that is open goes on while a newer one waits', async () => {
        equal((await shells()).length, 2);
        await d.capture(event, 8100);
        equal(await d.unsent(), before.unsent + 1);
    });
    line.set('down');
    await Promise.all([page.waitForEvent('load'), page.click('[data-do=fresh]')]);
    await d.unlock();
    await suite.test('the newer one has the records, forms and numbers of the older', async () => {
        const now = await shells();
        equal([now.length, now.includes(old)], [1, false]);
        match(await page.content(), /1043/);
        equal({ unsent: await d.unsent(), drafts: await kept(page, 'drafts'), refs: (await kept(page, 'leases')).refs.length },
            { ...before, unsent: before.unsent + 1, refs: before.refs - 1 });
    });
}

// Numbers come again by themselves as soon as there is a line; and another tab, that asked the same question, has them already.
async function renewed(d) {
    const { page } = d;
    await page.evaluate(async () => {
        const store = await import('/assets/offline-store.js');
        const leases = await store.get('leases');
        await store.commit({ leases: { ...leases, refs: leases.refs.slice(0, 99) } });
        const { fetch } = window;
        window.fetch = async (to, asked) => {
            const answer = await fetch(to, asked);
            if (!String(to).endsWith('/device/lease')) return answer;
            const now = await store.get('leases');
            now.refs.push(...(await answer.clone().json()).refs);
            await store.commit({ leases: now, 'lease-key': undefined });
            window.fetch = fetch;
            window.answered = true;
            return answer;
        };
        dispatchEvent(new Event('online'));
    });
    await suite.test('numbers are leased again once fewer than half are left, and none of them twice', async () => {
        await page.waitForFunction(() => window.answered);
        await page.waitForTimeout(300); // what would take them in again has had its turn
        await until('numbers', async () => (await kept(page, 'leases')).refs.length >= 200);
        const refs = (await kept(page, 'leases')).refs.map((r) => r.ref);
        equal([refs.length, new Set(refs).size], [200, 200]);
    });
}

// A record is not begun where there is no room, and a microphone that is refused leaves the words.
async function refusals(d) {
    const { page } = d;
    await suite.test('a full device says so before a record starts', async () => {
        await page.evaluate(() => { navigator.storage.estimate = async () => ({ quota: 100 << 20, usage: 99 << 20 }); });
        await d.go('file');
        await page.locator('[data-do=export]').waitFor();
        match(await page.locator('#said').textContent(), /almost full/);
        equal(await page.locator('#file').count(), 0);
        await page.evaluate(() => { delete navigator.storage.estimate; });
    });
    await suite.test('without a microphone she writes', async () => {
        await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); });
        await d.go('file');
        await page.click('[data-do=record]');
        await page.locator('#said:not([hidden])').waitFor();
        equal(await page.evaluate(() => document.activeElement.name), 'description');
        await page.evaluate(() => { delete navigator.mediaDevices.getUserMedia; });
    });
}

// A file of what waits, brought by hand: what comes over the line later is the same records.
async function byHand(d) {
    const { page } = d;
    await d.go('records');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-do=export]')]);
    const path = join(server.home, 'kept.sealed');
    await file.saveAs(path);
    const n = await d.unsent();
    const r = run('import', 'sealed', path, '--data', server.data);
    equal([r.code, r.out.trim().split(' ')[0]], [0, String(n)], r.err);
}

// Sends over the line that breaks, until nothing waits; the browser is killed meanwhile.
async function empty(d, kills) {
    const until = Date.now() + PATIENCE_MS;
    d.line.set('answer');
    for (let left = 1; left > 0;) {
        ok(Date.now() < until, `${left} records wait still on ${d.name}`);
        await d.page.evaluate(() => dispatchEvent(new Event('online')));
        await wait(300 + roll(500));
        if (kills > 0) {
            kills -= 1;
            await d.kill();
            await d.start();
            await d.unlock();
        }
        left = await d.unsent();
    }
    d.line.set('up');
}

try {
    await server.start();
    const event = await openEvent();
    const api = new Api(server, server.token('desk.nowshera'));
    await together((d) => d.enrol(server));
    for (const d of devices) d.line.set('down');
    await together(async (d) => { await d.start(); await d.unlock(); });
    await suite.test('each event says where and when it is, and how many tokens are aboard', async () => {
        match(await devices[0].page.locator('.what').first().textContent(), /\u2068School\u2069 \u00b7 \u206810:00\u2069$/);
        equal(await devices[0].page.locator('[data-of]').first().textContent(), '200');
    });
    await suite.test('it opens without a line', async () => equal(await devices[0].page.locator('#at').textContent(), 'Without signal'));
    await filing(devices[0]);
    for (const d of devices) await roster(d, event);
    let kills = Math.ceil(SIZE.kills / 2);
    await together(async (d, own) => {
        for (let i = own; i < SIZE.records; i += devices.length) {
            await d.capture(event, i, { voice: i < SIZE.voices });
            if (kills > 0 && i % 3 === 2) {
                kills -= 1;
                await d.capture(event, 5000 + i, { kill: true });
                await d.start();
                await d.unlock();
            }
        }
    });
    await suite.test('what is only pointed to leaves nothing behind', async () => {
        const { page } = devices[0];
        await devices[0].go('file');
        await page.fill('#description', 'ZQXWORDS never');
        await page.evaluate(() => {
            const select = document.querySelector('#file select[name=service]');
            const option = [...select.options].find((o) => o.dataset.pointed);
            select.value = option.value;
            select.dispatchEvent(new Event('input', { bubbles: true }));
        });
        await page.locator('[data-list=points] li').first().waitFor();
        await devices[0].go('');
        await page.locator('[data-do=lock]').waitFor();
        equal(await page.locator('[data-list=drafts]').isVisible(), false, 'a draft is offered');
    });
    await suite.test('nobody signs out while records wait', async () => {
        const { page, line } = devices[0];
        line.set('up');
        await page.evaluate(() => navigator.locks.request('sunwai-sync', () => new Promise(() => {})) && undefined);
        const other = await page.context().newPage();
        await other.goto(`${line.url}/desk`);
        await other.locator('[data-unsent]').waitFor();
        await other.locator('form[data-sign-out] button').click();
        await other.locator('#unsent-stay').waitFor();
        match(other.url(), /\/desk$/);
        await other.close();
        line.set('down');
    });
    await suite.test('any other page leads here while there is no signal', async () => {
        const other = await devices[0].page.context().newPage();
        await other.goto(`${devices[0].line.url}/cases`);
        match(other.url(), /\/offline$/);
        await other.close();
    });
    await suite.test('a name, a need, a token and an answer are kept', () => small(devices[0], event));
    await suite.test('a matter is taken down in twenty seconds, and a village found as it is spelt', () => byKeys(devices[0], event));
    await refusals(devices[0]);
    await drafts(devices[0], event);
    await gone(devices[0], event);
    await newer(devices[0], event);
    const waiting = devices.map((d) => d.unsent());
    await suite.test('all of it waits here', async () => ok((await Promise.all(waiting)).reduce((a, b) => a + b) >= SIZE.records + SIZE.voices));
    for (const d of devices) {
        const text = await dump(d.page);
        await suite.test(`${d.name}: IndexedDB holds no word that was typed`, () => equal(CANARIES.filter((c) => text.includes(c)), []));
    }
    await suite.test('what waits comes by a file, too', () => byHand(devices[0]));
    kills = SIZE.kills - Math.ceil(SIZE.kills / 2);
    await together((d, i) => suite.test(`${d.name} sends all over a line that breaks`, () => empty(d, Math.floor(kills / devices.length) + (i < kills % devices.length ? 1 : 0))));
    for (const d of devices) d.line.set('up');
    await renewed(devices[0]);
    console.log(`  the line broke ${devices.reduce((n, d) => n + d.line.cuts, 0)} times`);

    const cases = new Map();
    for (const d of devices) {
        for (const m of d.kept) {
            const r = await api.get(`/cases/${m.ref}`);
            cases.set(m.ref, { ...m, status: r.status, description: r.json?.description });
        }
    }
    await suite.test('every matter stands under the number that was said', () => {
        equal([...cases.values()].filter((m) => m.status !== 200 || m.description !== m.words).map((m) => [m.words, m.status, m.description]), []);
        equal(cases.size, devices.reduce((n, d) => n + d.kept.length, 0), 'numbers');
    });
    await suite.test('and once; of those that were cut off in the middle at most once', async () => {
        const all = [];
        for (let next = '/cases?limit=100'; next;) {
            const r = await api.get(next);
            equal(r.status, 200, r.text);
            all.push(...r.json.cases);
            next = r.json.next ? `/cases?limit=100&after=${encodeURIComponent(r.json.next)}` : '';
        }
        const extra = all.length - cases.size;
        ok(extra >= 0 && extra <= devices.reduce((n, d) => n + d.maybe.length, 0), `${all.length} cases, ${cases.size} kept`);
    });
    await suite.test('who came is counted once', async () => {
        const r = await api.get(`/events/${event}/day`);
        equal([r.json.people, r.json.needs.length, r.json.tokens.waiting], [devices.reduce((n, d) => n + d.taps, 1), 1, 1]);
    });
    await suite.test('every voice and every answer is there, and the chain is whole', () => {
        const sql = (query) => Number(spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), query], { encoding: 'utf8' }).stdout);
        equal(sql("select count(*) from attachment where media_code = 'voice'"), SIZE.voices);
        equal(sql("select count(*) from device_record where record_state_code = 'taken' and kind_code in ('answer', 'person', 'need', 'token', 'gone')"), 5);
        equal(sql("select count(*) from device_record where record_state_code <> 'taken'"), 0, 'all of them were taken');
        equal(server.verify().code, 0);
    });
    await suite.test('a device that is revoked forgets all but what is sealed', async () => {
        const d = devices.at(-1);
        d.line.set('down');
        await d.capture(event, 9000);
        const rows = (name) => d.page.evaluate((store) => new Promise((done) => {
            const asked = indexedDB.open('sunwai-offline');
            asked.onsuccess = () => {
                const all = asked.result.transaction(store).objectStore(store).getAll();
                all.onsuccess = () => { asked.result.close(); done(all.result.map((r) => ({ key: r.key, code: r.code, state: r.state, open: r.open }))); };
            };
        }), name);
        const { code } = (await rows('meta')).find((r) => r.key === 'device');
        const supervisor = new Visitor(server);
        await supervisor.signIn('supervisor.nowshera');
        const address = `/devices/one/${code}`;
        equal((await supervisor.submit(await supervisor.get(address), address, { why: 'It was lost' })).status, 303);
        await d.go('');
        await d.page.locator('[data-do=lock]').waitFor();
        d.line.set('up');
        await d.page.evaluate(() => dispatchEvent(new Event('online')));
        await d.page.locator('#said', { hasText: 'not in use any more' }).waitFor();
        equal(await d.page.locator('#view').getAttribute('data-view'), 'records', 'what is shown');
        equal((await rows('box')).length, 0, 'what stood under its PIN');
        equal((await rows('queue')).filter((r) => r.open || r.state === 'quarantined').length, 1, 'sealed records');
    });
    for (const d of devices) {
        await suite.test(`${d.name}: no fault in a script`, () => equal(d.faults, []));
        await d.stop();
        await suite.test(`${d.name}: no file of the profile holds a word that was typed`, () => equal(d.leaks(), []));
    }
    await suite.test('its scripts are at most 25 KB, compressed', async () => {
        const packed = async (path) => {
            const r = await send(server.url + path, { headers: { 'Accept-Encoding': 'gzip' } });
            equal([r.status, r.headers['content-encoding']], [200, 'gzip'], path);
            return r.raw.length;
        };
        const scripts = readdirSync(join(root, 'src/page/assets/offline')).filter((f) => f.endsWith('.js'));
        let bytes = 0;
        for (const f of scripts) bytes += await packed(f === 'sw.js' ? '/sw.js' : `/assets/${f}`);
        console.log(`  scripts ${bytes} bytes, page ${await packed('/offline')} bytes, compressed`);
        ok(bytes <= 25 * 1024, `${bytes} bytes`);
    });
} finally {
    for (const d of devices) { d.line.close(); if (d.child && d.child.exitCode === null) await d.kill().catch(() => {}); }
    await server.stop();
    server.remove();
}
suite.done();
