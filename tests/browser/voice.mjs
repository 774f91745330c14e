// voice.mjs: a voice note in chromium with a microphone that only beeps: recorded, heard, recorded anew, sent, at most
// 120 KiB a minute; a microphone that is refused leaves the words to be written; without scripts a file is chosen.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';
import { workerUp } from '../lib/media.mjs';

const SECONDS = 8; // long enough for the wrapping of the file to count for little
const suite = new Suite('voice');
const server = new Server();
const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])];
const launch = (more) => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...args, ...more] });
const sql = (query) => spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), query], { encoding: 'utf8' }).stdout.trim();

// The page of a case of the demonstration on which the desk adds a voice note.
async function evidencePage(browser, options = {}) {
    const page = await (await browser.newContext({ baseURL: server.url, ...options })).newPage();
    page.setDefaultTimeout(30000);
    await page.goto('/login?lang=en');
    await page.fill('[name=login]', 'desk.nowshera');
    await page.fill('[name=password]', server.logins.get('desk.nowshera'));
    await Promise.all([page.waitForEvent('load'), page.locator('#sign-in .buttons button').first().click()]);
    const ref = sql('select ref_code from cases where home = (select home from body where body_code = \'PK526-WFD\') limit 1');
    await page.goto(`/cases/${ref}/evidence`);
    return page;
}
// The last page of filing for herself, by posting what she answered so far.
async function lastPage(page) {
    await page.goto('/new?lang=en');
    await page.evaluate(() => {
        const form = document.getElementById('new');
        const told = { kind: 'complaint', group: 'water', service: 'M-WAT-01', unit: 'PK52601', description: 'Dry since Eid', sex: 'woman', consent_hand_over: 'yes', step: '13', to: '13' };
        for (const [name, value] of Object.entries(told)) {
            form.querySelectorAll(`[name=${name}]`).forEach((old) => old.remove());
            const hidden = document.createElement('input');
            Object.assign(hidden, { type: 'hidden', name, value });
            form.append(hidden);
        }
        HTMLFormElement.prototype.submit.call(form);
    });
    await page.locator('#voice').waitFor({ state: 'attached' });
}
const files = (page) => page.locator('#voice').evaluate((i) => [...i.files].map((f) => ({ type: f.type, size: f.size })));
const button = (page, what) => page.locator(`[data-voice-for=voice] [data-do=${what}]`);

try {
    await server.start();
    await workerUp(server);
    const api = await import('../lib/client.mjs');
    await new api.Api(server, server.token('desk.nowshera')).post('/cases', { service: 'M-WAT-01', unit: 'PK52601', description: 'Voice', complainant: { sex: 'woman' } });
    let browser = await launch(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
    await suite.test('recorded, heard, recorded anew and sent, at most 120 KiB a minute', async () => {
        const page = await evidencePage(browser);
        const faults = [];
        page.on('pageerror', (e) => faults.push(String(e)));
        await button(page, 'record').click();
        await page.waitForFunction((s) => { const [, t] = document.querySelector('[data-put=seconds]').textContent.split(':'); return Number(t) >= s; }, SECONDS);
        await button(page, 'stop').click();
        await button(page, 'play').waitFor();
        const [first] = await files(page);
        console.log(`  ${first.size} bytes of ${SECONDS} s: ${Math.round(first.size * 60 / SECONDS / 1024)} KiB a minute`);
        ok(first.size * 60 / SECONDS <= 120 * 1024, `${first.size} bytes`);
        match(first.type, /^audio\//);
        await button(page, 'play').click();
        await button(page, 'forget').click();
        await page.waitForFunction(() => /0:0[1-9]/.test(document.querySelector('[data-put=seconds]').textContent));
        await button(page, 'stop').click();
        await button(page, 'play').waitFor();
        const [second] = await files(page);
        ok(second.size < first.size, 'the new one');
        await page.fill('#evidence [name=words]', 'Her own words');
        await Promise.all([page.waitForEvent('load'), page.locator('#evidence button[type=submit]').click()]);
        equal(sql('select count(*) from attachment where media_code = \'voice\''), '1', 'voices kept');
        equal(faults, []);
        await page.context().close();
    });
    await browser.close();
    browser = await launch(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
    await suite.test('a microphone that is refused: words say so, and the field for words has the keys', async () => {
        const page = await evidencePage(browser);
        await button(page, 'record').click();
        await page.locator('[data-voice-for=voice] [role=status]:not(:empty)').waitFor();
        match(await page.locator('[data-voice-for=voice] [role=status]').textContent(), /write the words/);
        equal(await page.evaluate(() => document.activeElement.name), 'words');
        await page.context().close();
    });
    await suite.test('refused where she files for herself: words say so, and she still sends', async () => {
        const page = await (await browser.newContext({ baseURL: server.url })).newPage();
        page.setDefaultTimeout(30000);
        await lastPage(page);
        await button(page, 'record').click();
        await page.locator('[data-voice-for=voice] [role=status]:not(:empty)').waitFor();
        match(await page.locator('[data-voice-for=voice] [role=status]').textContent(), /write the words/);
        equal([await button(page, 'record').isVisible(), (await files(page)).length], [true, 0], 'nothing was recorded, it may be tried again');
        await Promise.all([page.waitForEvent('load'), page.locator('#new .buttons [type=submit]').first().click()]);
        match(page.url(), /\/new\/done/);
        await page.context().close();
    });
    await suite.test('without scripts a file is chosen', async () => {
        const page = await evidencePage(browser, { javaScriptEnabled: false });
        equal([await button(page, 'record').isVisible(), await page.locator('#voice').isVisible()], [false, true]);
        ok(await page.locator('#voice[capture]').count() === 1, 'a telephone opens its recorder');
        await page.context().close();
    });
    await browser.close();
} finally {
    await server.stop();
    server.remove();
}
suite.done();
