// keys.mjs: how many keys a case at the desk costs, pressed one by one in chromium, the mouse never touched: at most
// 100 for a new person with 48 characters of words, at most 80 for a known one (typed with one's name again). Every key
// counts, those held down too.
import { chromium } from 'playwright-core';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';

const suite = new Suite('keys');
const server = new Server();
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});
const WORDS = 'The water tap in our street is dry for three day';

class Hands {
    constructor(page) {
        this.page = page;
        this.count = 0;
    }

    async type(text) {
        await this.page.keyboard.type(text);
        this.count += text.length;
    }

    async press(...keys) {
        for (const key of keys) {
            await this.page.keyboard.press(key);
            this.count += key.split('+').length;
        }
    }

    // What leads to another page.
    async go(...keys) {
        const loaded = this.page.waitForEvent('load');
        await this.press(...keys);
        await loaded;
    }

    at() {
        return this.page.evaluate(() => document.activeElement.name || document.activeElement.id || document.activeElement.tagName);
    }

    async on(name) {
        equal(await this.at(), name, 'the field that has the keys');
    }
}

// From "what is it about" to "registered".
async function matter(hands, { unit }) {
    await hands.on('service');
    await hands.type('01');
    await hands.press('Enter');
    if (unit) {
        await hands.on('unit');
        await hands.type(unit);
        await hands.press('Tab');
    }
    await hands.on('place');
    await hands.press('Tab');
    await hands.on('description');
    await hands.type(WORDS);
    await hands.press('Tab', 'Tab'); // past the box for what the host must not see
    await hands.on('consent_record');
    await hands.press('Space', 'Tab');
    await hands.on('safe_call');
    await hands.press('Space');
    await hands.go('Control+Enter');
    await suite.test('it is read back first', async () => ok(await hands.page.locator('#register').count() === 1));
    await hands.on('agreed');
    await hands.go('Enter');
    await suite.test('and then registered', () => match(hands.page.url(), /\/cases\/\d{10}\/filed$/));
}

try {
    await server.start();
    const page = await (await browser.newContext({ baseURL: server.url })).newPage();
    page.setDefaultTimeout(60000);
    await page.goto('/login?lang=en');
    await page.fill('[name=login]', 'desk.nowshera');
    await page.fill('[name=password]', server.logins.get('desk.nowshera'));
    await page.locator('#sign-in .buttons button').first().click();
    await page.waitForLoadState();

    await suite.test('a new person', async () => {
        await page.goto('/cases/new');
        const hands = new Hands(page);
        await hands.on('phone');
        await hands.type('03017654321');
        await hands.press('Enter');
        await hands.on('name');
        await hands.type('Shazia');
        await hands.press('Tab', 'Tab');
        await matter(hands, { unit: 'N' });
        console.log(`  a new person: ${hands.count} keys`);
        ok(hands.count <= 100, `${hands.count} keys`);
    });
    await suite.test('a known person', async () => {
        await page.goto('/cases/new');
        const hands = new Hands(page);
        await page.locator('[name=phone]:focus').waitFor();
        await hands.type('03017654321');
        await page.locator('.known [role=status]:not(:empty)').waitFor();
        await hands.go('Enter');
        await hands.on('name');
        await hands.type('Shazia');
        await hands.go('Enter');
        await page.locator('#again button:focus').waitFor();
        await hands.go('Enter');
        equal(await page.locator('[name=name]').inputValue(), 'Shazia', 'her name');
        equal(await page.locator('[name=unit]').inputValue(), 'PK52601', 'her place');
        await matter(hands, {});
        console.log(`  a known person: ${hands.count} keys`);
        ok(hands.count <= 80, `${hands.count} keys`);
    });
    await suite.test('a matter at an event, in twenty seconds', async () => {
        const today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10);
        await page.goto('/events/new');
        for (const [name, value] of Object.entries({ kind: 'khuli_kacheri', unit: 'PK52602', venue_kind: 'school' })) await page.selectOption(`[name=${name}]`, value);
        for (const [name, value] of Object.entries({ venue: 'School', day: today, from: '10:00', to: '13:00', plan: 'OP-1' })) await page.fill(`[name=${name}]`, value);
        await page.locator('[name=audience][value=women]').check({ force: true });
        await Promise.all([page.waitForEvent('load'), page.locator('main form .button').last().click()]);
        const event = new URL(page.url()).pathname;
        await Promise.all([page.waitForEvent('load'), page.locator('[name=do][value=open]').click()]);
        await page.goto(`${event}/capture`);
        const hands = new Hands(page);
        await hands.on('service');
        await hands.type('01');
        await hands.press('Enter');
        await hands.on('description');
        await hands.type('No water for three days');
        await hands.press('Tab');
        await hands.on('phone');
        await hands.type('03017654321');
        await hands.press('Tab');
        await hands.on('whose_phone');
        await hands.type('H');
        await hands.press('Tab');
        await hands.on('safe_call');
        await hands.press('Space', 'Tab');
        await hands.on('consent_record');
        await hands.press('Space');
        await hands.go('Control+Enter');
        match(page.url(), /\/capture\?filed=\d{10}$/);
        // Keystroke-level model: 0.28 s a key; 1.35 s where one thinks: service, words, number, whether it is safe.
        const seconds = hands.count * 0.28 + 4 * 1.35;
        console.log(`  a matter at an event: ${hands.count} keys, ${seconds.toFixed(1)} s`);
        ok(seconds <= 20, `${seconds.toFixed(1)} s`);
        await hands.on('service');
    });
    await suite.test('a form on paper is typed without the mouse', async () => {
        await page.goto('/paper');
        await page.fill('[name=forms]', '10');
        await Promise.all([page.waitForEvent('load'), page.locator('main form .button').first().click()]);
        const pad = new URL(page.url()).pathname;
        const numbers = (await page.locator('main table').last().textContent()).match(/\d{3}-\d{3}-\d{4}/g);
        equal(numbers.length, 10, 'numbers');
        const hands = new Hands(page);
        for (const [at, number] of numbers.slice(0, 2).entries()) {
            hands.count = 0;
            await page.goto(pad);
            if (at === 0) await page.fill('[name=taken]', 'M2'); // the second form has it from the first
            await page.locator('[name=number]').focus();
            await hands.type(number.replaceAll('-', ''));
            await page.locator('[name=taken]').focus(); // the day stands there: three Tabs in its parts
            hands.count += 4;
            await hands.press('Tab');
            await hands.on('phone');
            await hands.type('03017654321');
            await hands.press('Tab');
            await hands.on('name');
            await hands.type('Shazia');
            await hands.press('Tab', 'Tab');
            await hands.on('service');
            await hands.type('01');
            await hands.press('Enter');
            await hands.on('unit');
            await hands.type('N');
            await hands.press('Tab', 'Tab');
            await hands.on('description');
            await hands.type('Tap dry');
            await hands.press('Tab', 'Tab');
            await hands.on('consent_record');
            await hands.press('Space', 'Tab');
            await hands.on('safe_call');
            await hands.press('Space', 'Tab', 'Tab', 'Tab');
            await hands.on('age');
            await hands.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
            await hands.on('read');
            await hands.press('Space');
            await hands.go('Control+Enter');
            equal(new URL(page.url()).pathname, pad);
            match(await page.locator('main [role=status]').first().textContent(), new RegExp(number));
        }
        console.log(`  a form on paper: ${hands.count} keys`);
        ok(hands.count <= 100, `${hands.count} keys`);
    });
    await suite.test('Enter never sends half a form, and no key by itself does anything', async () => {
        await page.goto('/cases/new');
        const hands = new Hands(page);
        await hands.type('0333');
        await hands.press('Enter');
        await hands.on('name');
        await hands.type('knps');
        match(page.url(), /\/cases\/new$/);
        equal(await page.locator('[name=name]').inputValue(), 'knps');
    });
} finally {
    await browser.close();
    await server.stop();
    server.remove();
}
suite.done();
