// certificate.mjs: a certificate that ends while a tablet is out, in real Chromium before the real program: the page opens and
// takes down as without a signal, what was recorded stays and is said to wait, and a new certificate lets all of it go, once.
// At the end the server takes nothing more of it: it says why, and the record stays.
//
// Chromium here trusts one key, whatever else is said of it; so the certificate that has ended has another. To a page both are
// the same: a line that does not stand.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { ulid } from '../lib/device.mjs';
import { Server } from '../lib/server.mjs';

const PIN = '246810';
const SOON_S = 20; // what is left of the certificate that ends
const suite = new Suite('certificate');
const server = new Server({ cases: 0 });

function openssl(before, ...words) {
    const r = spawnSync(before[0] ?? 'openssl', before.length ? [...before.slice(1), 'openssl', ...words] : words, { encoding: 'buffer' });
    if (r.status !== 0) throw new Error(`openssl ${words[0]}: ${r.stderr}`);
    return r.stdout;
}

function keyMade(name) {
    const key = join(server.home, `${name}.key`);
    openssl([], 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', key);
    chmodSync(key, 0o600);
    return key;
}

// A certificate of this key; `left`: seconds until it ends (it is a day old then), else a year.
function certificate(name, key, left) {
    const cert = join(server.home, `${name}.crt`);
    const then = left === undefined ? [] : ['faketime', '-f', `-${86400 - left}s`];
    openssl(then, 'req', '-x509', '-new', '-key', key, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
        '-days', left === undefined ? '365' : '1', '-out', cert);
    return { cert, key };
}

const served = ({ cert, key }) => { server.args = ['--tls-cert', cert, '--tls-key', key]; };
const ends = () => new Promise((done, failed) => {
    const s = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false }, () => { done(Date.parse(s.getPeerCertificate().valid_to)); s.destroy(); });
    s.on('error', failed);
});

const good = keyMade('good');
const spki = createHash('sha256').update(openssl([], 'pkey', '-in', good, '-pubout', '-outform', 'DER')).digest('base64');
served(certificate('first', good));
await server.start();
const { port } = server;
const home = join(server.home, 'tablet');
const context = await chromium.launchPersistentContext(home, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [`--ignore-certificate-errors-spki-list=${spki}`, '--disable-gpu', '--disable-background-networking', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});
const page = context.pages()[0] ?? await context.newPage();
const refusals = [];
context.on('requestfailed', (r) => refusals.push(r.failure()?.errorText ?? ''));
const url = `https://localhost:${port}`;
const unsent = () => page.evaluate(() => new Promise((done) => {
    const asked = indexedDB.open('sunwai-offline');
    asked.onsuccess = () => {
        const n = asked.result.transaction('queue').objectStore('queue').index('open').count();
        n.onsuccess = () => { asked.result.close(); done(n.result); };
    };
}));

async function unlock() {
    await page.goto(`${url}/offline`);
    await page.fill('#pin', PIN);
    await page.click('#pin-open button');
    await page.locator('[data-put=numbers]').waitFor();
}

async function filing(words) {
    await page.evaluate(() => { location.hash = 'file'; });
    await page.fill('input#service', '01');
    await page.keyboard.press('Enter');
    await page.selectOption('#unit', 'PK52601');
    await page.fill('#description', words);
    if (await page.locator('#sex').inputValue() === '') await page.selectOption('#sex', 'woman');
    await page.locator('[name=consent_record][value=yes]').check({ force: true });
    await page.click('#file [data-key=Enter]');
    await page.check('#agreed', { force: true });
    await page.click('#register [data-key=Enter]');
    await page.locator('.slip').waitFor();
    return (await page.locator('[data-put=ref]').textContent()).replaceAll('-', '');
}
const filed = (ref) => spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), `select count(*) from cases where ref_code = '${ref}'`], { encoding: 'utf8' }).stdout.trim();
async function until(what, body) {
    for (const end = Date.now() + 120000; Date.now() < end; await sleep(200)) if (await body()) return;
    throw new Error(what);
}

await suite.test('a tablet is made known over TLS, and what it records goes', async () => {
    await page.goto(`${url}/login?lang=en`);
    await page.fill('[name=login]', 'desk.nowshera');
    await page.fill('[name=password]', server.logins.get('desk.nowshera'));
    await page.locator('#sign-in .buttons button').first().click();
    await page.waitForURL((u) => !u.pathname.startsWith('/login'));
    await page.goto(`${url}/devices/here`);
    await page.fill('#here [name=name]', 'Tablet');
    await Promise.all([page.waitForEvent('load'), page.locator('#here .buttons button').click()]);
    await page.goto(`${url}/offline?lang=en#begin`);
    await page.fill('#pin', PIN);
    await page.fill('#pin2', PIN);
    await page.click('#pin-new button');
    await page.locator('[data-put=numbers]', { hasText: /[1-9]/ }).waitFor();
    await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        while (!(await caches.match('/last'))) await new Promise((done) => { setTimeout(done, 20); });
    });
    const ref = await filing('Before it ended');
    await until('sent', async () => await unsent() === 0);
    equal(filed(ref), '1');
});

const refs = [];
await suite.test('its certificate ends while it is out: the page opens, takes down, keeps, and says that it waits', async () => {
    await server.stop();
    served(certificate('ended', keyMade('other'), SOON_S));
    await server.start();
    const end = await ends();
    while (Date.now() <= end) await sleep(500);
    ok(Date.now() > end, 'it has ended, and the server goes on');
    refusals.length = 0;
    await unlock();
    refs.push(await filing('While it had ended'), await filing('And another'));
    await until('it was tried', () => refusals.some((e) => /CERT/.test(e)));
    equal(await unsent(), 2);
    await page.evaluate(() => { location.hash = ''; });
    match(await page.locator('body').innerText(), /2 records? (on this device )?(are|wait)|not sent/i);
    equal(refs.map(filed), ['0', '0']);
    await page.reload();
    equal(await unsent(), 2, 'and stays over a new start of the page');
});

await suite.test('a new certificate lets all of it go, once, without anybody doing anything on the tablet', async () => {
    await server.stop();
    served(certificate('second', good));
    await server.start();
    await until('sent', async () => await unsent() === 0);
    await until('taken in', async () => refs.every((r) => filed(r) === '1'));
    equal(refs.map(filed), ['1', '1']);
});

await suite.test('a tablet that left too much there is told so, and keeps what it records', async () => {
    const names = Array.from({ length: 128 }, () => ulid());
    await page.evaluate(async (all) => {
        for (const record of all) {
            await fetch(`/api/v1/device/records/${record}`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ clock: String(Date.now()), offset: 0, total: 2097152, hash: 'ab'.repeat(32), bytes: 'AAAA' }) });
        }
    }, names);
    await unlock();
    await filing('Behind too much');
    await page.evaluate(() => { location.hash = 'records'; });
    await page.getByText('What you record stays on the device').waitFor();
    equal(await unsent(), 1);
});

await context.close();
equal(await server.stop(), 0);
equal(server.verify().code, 0);
server.remove();
suite.done();
