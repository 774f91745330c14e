// journey.mjs LANG WIDTH [nojs] [public]: one complaint through all hands, as people at screens would do it: filed by a woman
// in small steps, filed at the desk, given, asked about, acted on, answered, given again, solved by her word, reopened.
// Every page on the way, wrong answers included, is looked at (look.mjs).
// public: only those that are for her; pages.mjs walks all screens of staff in Urdu, the long set looks at their wrong answers too.
import { chromium } from 'playwright-core';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server } from '../lib/server.mjs';
import { Look, Watch } from './look.mjs';

const [lang = 'en', widthText = '360', ...more] = process.argv.slice(2);
const width = Number(widthText);
const scripts = !more.includes('nojs');
const suite = new Suite(`browser-${lang}-${width}${scripts ? '' : '-nojs'}`);
const look = new Look(suite, lang, width);

const words = {
    en: { water: 'No water for three days in our street', place: 'Behind the girls’ school', name: 'Shazia', ask: 'Which house is it?', told: 'The third one, green gate', did: 'The valve was opened', again: 'The water stopped again' },
    ur: { water: 'تین دن سے ہماری گلی میں پانی نہیں آ رہا', place: 'گرلز سکول کے پیچھے', name: 'شازیہ بی بی', ask: 'کون سا گھر ہے؟', told: 'تیسرا گھر، سبز گیٹ', did: 'والو کھول دیا گیا', again: 'پانی پھر بند ہو گیا' },
    ps: { water: 'درې ورځې کېږي چې زموږ په کوڅه کې اوبه نشته', place: 'د نجونو د ښوونځي شاته', name: 'شازیه بي بي', ask: 'کوم کور دی؟', told: 'درېیم کور، شنه دروازه', did: 'والو خلاص شو', again: 'اوبه بیا بندې شوې' },
}[lang];

const server = new Server();
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});

class Person {
    async open(options = {}) {
        this.context = await browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled: scripts, baseURL: server.url, ...options });
        this.context.setDefaultTimeout(60000);
        this.page = await this.context.newPage();
        this.watch = new Watch(this.page);
        return this;
    }

    async go(path) {
        await this.page.goto(path);
    }

    // Clicks what leads to another page, and waits until that is there.
    async follow(target) {
        const loaded = this.page.waitForEvent('load');
        await target.click();
        await loaded;
    }

    // Fills fields by name, whatever they are, inside `form`.
    async fill(form, values) {
        for (const [name, value] of Object.entries(values)) {
            const field = form.locator(`[name="${name}"]`).first();
            const kind = await field.evaluate((e) => e.type);
            if (kind === 'radio') await form.locator(`label:has(input[name="${name}"][value="${value}"])`).click();
            else if (kind === 'checkbox') await field.setChecked(value);
            else if (kind.startsWith('select')) await this.choose(field, value);
            else await field.fill(value);
        }
    }

    // A list that app.js made a field to type in: two digits lead to it.
    async choose(select, value) {
        const typed = await select.evaluate((e, v) => (e.hidden ? e.querySelector(`option[value="${v}"]`).textContent.slice(0, 2) : ''), value);
        if (!typed) return select.selectOption(value);
        const combo = this.page.locator(`#${await select.getAttribute('name')}`);
        await combo.fill(typed);
        await combo.press('Tab');
    }

    async send(form, values = {}) {
        await this.fill(form, values);
        await this.follow(form.locator('.buttons button[type=submit]:not(.plain), .buttons button[type=submit].plain').first());
    }

    // A tile that answers by one touch.
    async tap(name, value) {
        await this.follow(this.page.locator(`main button.tap[name="${name}"][value="${value}"]`));
    }

    form(selector) {
        return this.page.locator(`main form${selector}`).first();
    }

    async see(name, options = {}) {
        if (more.includes('public') && !options.touch) return;
        await look.at(this.watch, name, { scripts, ...options });
    }

    async text(selector) {
        return (await this.page.locator(selector).first().innerText()).trim();
    }

    async faults() {
        return this.page.locator('.faults a').count();
    }

    async signIn(user) {
        await this.go(`/login?lang=${lang}`);
        await this.send(this.form('#sign-in'), { login: user, password: server.logins.get(user) });
    }

    // What is closed is opened, as a hand would.
    async open_(selector) {
        const details = this.page.locator(selector).first();
        if (!(await details.evaluate((e) => e.open))) await details.locator('summary').click();
    }

    // An action on the page of a case: its form is opened when it is closed.
    async act(action, values) {
        const form = this.form(`:has(input[name=action][value=${action}])`);
        const details = this.page.locator(`details:has(form input[name=action][value=${action}])`).first();
        if (await details.count() && !(await details.evaluate((e) => e.open))) await details.locator('summary').click();
        await this.send(form, values);
    }
}

const publicLook = { touch: true };
const her = new Person();
const desk = new Person();
const supervisor = new Person();
const officer = new Person();
const filed = {};

const chip = (who) => who.page.locator('main .chip').first().innerText().then((t) => t.trim());
// What the page of a case calls a state, learned by its class; the API's words are not shown to people.
const chipKind = (who) => who.page.locator('main .chip').first().getAttribute('class');

async function opensCase(who, ref) {
    await who.go(`/cases/${ref.replaceAll('-', '')}`);
}

async function tracks(ref, pin) {
    await her.go(`/track?lang=${lang}`);
    await her.send(her.form('#track'), { ref, pin });
}

async function startPage() {
    await her.open();
    await her.go(`/?lang=${lang}`);
    await her.see('start', publicLook);
    await her.follow(her.page.locator('a[href="/help"]').first());
    await her.see('help', publicLook);
    await her.go('/desks');
    await her.see('desks', publicLook);
    await her.go('/');
}

// Languages are buttons of the form here: what was typed is kept.
async function otherLanguageAndBack() {
    const other = lang === 'en' ? 'ur' : 'en';
    const typed = words.place;
    await her.form('#new').locator('[name=place]').fill(typed);
    await her.follow(her.page.locator(`button[name=_lang][value=${other}]`));
    await her.see('where in another language', { ...publicLook, lang: other });
    await suite.test('another language keeps what was typed', async () => {
        equal(await her.form('#new').locator('[name=place]').inputValue(), typed);
        equal(await her.page.locator('html').getAttribute('lang'), other);
    });
    await her.follow(her.page.locator(`button[name=_lang][value=${lang}]`));
    await suite.test('and back again', async () => {
        equal(await her.form('#new').locator('[name=place]').inputValue(), typed);
        equal(await her.page.locator('html').getAttribute('lang'), lang);
    });
}

// What she touched before, seen again in another language, is still what she touched.
async function touchedKeeps() {
    const other = lang === 'en' ? 'ps' : 'en';
    await her.follow(her.page.locator('main button[name=to]').last());
    await her.follow(her.page.locator(`button[name=_lang][value=${other}]`));
    await her.follow(her.page.locator(`button[name=_lang][value=${lang}]`));
    await her.see('which tehsil, once more', publicLook);
    await suite.test('a touched answer outlives two languages', async () => {
        equal(await her.page.locator('button.tap[aria-current]').getAttribute('value'), 'PK52601');
    });
    await her.tap('unit', 'PK52601');
}

async function publicFiles() {
    await her.follow(her.page.locator('a.tile[href="/new"]'));
    await her.see('kind', publicLook);
    if (scripts) await suite.test('a page left at once leaves no trace of itself', async () => {
        const gone = await new Person().open();
        await gone.context.route(/^https:/, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' }));
        await gone.go(`/new?lang=${lang}`);
        await gone.page.locator('body').press('Shift');
        await gone.page.locator('body').press('Shift');
        await gone.page.locator('body').press('Shift');
        await gone.page.waitForURL(/^https:/);
        await gone.page.goBack();
        ok(!gone.page.url().includes('/new'), gone.page.url());
        await gone.context.close();
    });
    await her.tap('kind', 'complaint');
    await her.see('what about', publicLook);
    await her.tap('group', 'water');
    await her.see('what', publicLook);
    await her.tap('service', 'M-WAT-01');
    await her.see('which tehsil', publicLook);
    await her.tap('unit', 'PK52601');
    await touchedKeeps();
    await her.see('where', publicLook);
    await otherLanguageAndBack();
    await her.send(her.form('#new'), { place: words.place });
    await her.see('words', publicLook);
    await her.send(her.form('#new'));
    await her.see('words, none', publicLook);
    await suite.test('an unanswered question is asked again', async () => {
        ok(await her.faults() === 1, 'one fault');
        if (scripts) match(await her.page.evaluate(() => `${document.activeElement.id} ${document.activeElement.className}`), /fault/, 'focus');
    });
    const long = 'ا'.repeat(5000);
    await her.send(her.form('#new'), { description: long });
    await her.see('words, too many', publicLook);
    await suite.test('5,000 characters are given back, with the limit', async () => {
        equal(await her.faults(), 1, 'faults');
        equal((await her.form('#new').locator('[name=description]').inputValue()).length, 5000);
    });
    await her.send(her.form('#new'), { description: words.water });
    await her.see('reach', publicLook);
    await her.send(her.form('#new'), { phone: '12' });
    await her.see('reach, wrong', publicLook);
    await suite.test('a wrong number is named, and given back', async () => {
        equal(await her.faults(), 1);
        equal(await her.form('#new').locator('[name=phone]').inputValue(), '12');
    });
    await her.send(her.form('#new'), { name: words.name, phone: '۰۳۰۱ ۲۳۴۵۶۷۸', whose_phone: 'own', safe_call: true });
    await her.see('you', publicLook);
    await her.tap('sex', 'woman');
    await her.see('details', publicLook);
    await her.send(her.form('#new'), { age: '30_44', walking: 'lot' });
    await her.see('consent', publicLook);
    await her.send(her.form('#new'), { consent_call: 'yes' });
    await her.see('consent, not all', publicLook);
    await suite.test('each consent is asked for', async () => equal(await her.faults(), 3));
    await her.follow(her.page.locator('main button[name=agree]'));
    await her.see('check', publicLook);
    await suite.test('before sending, all of it can be read', async () => {
        const shown = await her.text('main');
        for (const part of [words.water, words.place, words.name]) ok(shown.includes(part), `${part} is missing`);
    });
    await her.follow(her.page.locator('main button[name=to][value="8"]').first());
    await suite.test('a change leads back to its question, filled', async () => {
        equal(await her.form('#new').locator('[name=description]').inputValue(), words.water);
    });
    await her.send(her.form('#new'));
    await suite.test('and from there to the end again', async () => equal(await her.form('#new[action="/new/send"]').count(), 1));
    await her.send(her.form('#new'));
    await her.see('done', publicLook);
    filed.public = { ref: await her.text('.panel .ref'), pin: await her.text('.panel .pin') };
    await suite.test('she gets a reference and a PIN', () => {
        match(filed.public.ref, /^\d{3}-\d{3}-\d{4}$/);
        match(filed.public.pin, /^\d{6}$/);
    });
    await suite.test('what is copied says neither who nor what', async () => {
        const keep = await her.text('#keep');
        ok(keep.includes(filed.public.ref) && keep.includes(filed.public.pin), keep);
        for (const part of [words.water, words.place, words.name]) ok(!keep.includes(part), part);
    });
}

// Her neighbour tells of the same: she need not say it again, and has a number of her own.
async function meToo() {
    const visitor = await new Person().open();
    await visitor.go(`/new?lang=${lang}`);
    for (const [name, value] of [['kind', 'complaint'], ['group', 'water'], ['service', 'M-WAT-01'], ['unit', 'PK52601']]) await visitor.tap(name, value);
    await visitor.send(visitor.form('#new'), {});
    await visitor.see('me too', publicLook);
    await suite.test('what others told is offered without their words, number or name', async () => {
        const html = await visitor.watch.html();
        for (const part of [words.water, words.name, words.place, filed.public.ref, filed.public.ref.replaceAll('-', '')]) ok(!html.includes(part), part);
    });
    await visitor.follow(visitor.page.locator('button.tap[name=same_as]').first());
    await visitor.send(visitor.form('#new'), {}); // no words
    await visitor.send(visitor.form('#new'), {}); // no way to reach her
    await visitor.tap('sex', 'woman');
    await visitor.follow(visitor.page.locator('main button[name=skip]'));
    await visitor.follow(visitor.page.locator('main button[name=agree]'));
    await visitor.see('me too, check', publicLook);
    await visitor.send(visitor.form('#new'), {});
    await suite.test('she has a number of her own', async () => {
        const ref = await visitor.text('.panel .ref');
        ok(/^\d{3}-\d{3}-\d{4}$/.test(ref) && ref !== filed.public.ref, ref);
    });
    await visitor.context.close();
}

// A paper that is missing is said, and stops nobody.
async function applies() {
    const visitor = await new Person().open();
    await visitor.go(`/new?lang=${lang}`);
    for (const [name, value] of [['kind', 'application'], ['group', 'papers'], ['service', 'M-CIV-01'], ['unit', 'PK52601']]) await visitor.tap(name, value);
    await visitor.send(visitor.form('#new'), {});
    await visitor.see('papers', publicLook);
    await visitor.page.locator('label.choice').first().click();
    await visitor.send(visitor.form('#new'), {});
    await visitor.send(visitor.form('#new'), { description: words.water });
    await visitor.send(visitor.form('#new'), { anonymous: true });
    await visitor.tap('sex', 'not_stated');
    await visitor.follow(visitor.page.locator('main button[name=skip]'));
    await visitor.follow(visitor.page.locator('main button[name=agree]'));
    await visitor.see('application, check', publicLook);
    await suite.test('missing papers are said before sending', async () => equal(await visitor.page.locator('main .note').count(), 1));
    await visitor.send(visitor.form('#new'), {});
    await visitor.see('application, done', publicLook);
    await suite.test('and on the acknowledgement', async () => equal(await visitor.page.locator('main .note').count(), 1));
    await visitor.context.close();
}

async function publicTracks() {
    const { ref, pin } = filed.public;
    await her.follow(her.page.locator('main a[href="/track"]').first());
    await her.see('track', publicLook);
    await her.send(her.form('#track'));
    await her.see('track, empty', publicLook);
    await suite.test('both are asked for', async () => equal(await her.faults(), 2));
    const slip = ref.slice(0, -1) + ((Number(ref.at(-1)) + 1) % 10);
    await her.send(her.form('#track'), { ref: slip, pin });
    await her.see('track, wrong check digit', publicLook);
    await suite.test('a wrong check digit is said', async () => equal(await her.faults(), 1));
    await her.send(her.form('#track'), { ref, pin: pin === '000000' ? '000001' : '000000' });
    await her.see('track, wrong PIN', publicLook);
    await suite.test('a wrong PIN opens nothing', async () => ok(await her.faults() === 1 && !(await her.text('main')).includes(words.water)));
    await her.send(her.form('#track'), { ref, pin });
    await her.see('status', publicLook);
    await suite.test('number and PIN open the complaint, and the address does not tell', async () => {
        ok((await her.text('main')).includes(words.water), 'her words');
        ok(!her.page.url().includes(pin) && !her.page.url().includes(ref), her.page.url());
        ok(!(await her.page.title()).includes(ref), 'title');
    });
}

async function deskFiles() {
    await desk.open();
    await desk.go(`/login?lang=${lang}`);
    await desk.see('sign in');
    await desk.send(desk.form('#sign-in'), { login: 'desk.nowshera', password: 'wrong password' });
    await desk.see('sign in, wrong');
    await suite.test('a wrong password is no way in', async () => ok(await desk.page.locator('#sign-in').count() === 1 && await desk.faults() > 0));
    await desk.signIn('desk.nowshera');
    await desk.go('/cases');
    await desk.see('list');
    await desk.follow(desk.page.locator('main a[href="/cases/new"]').first());
    await desk.see('desk');
    await desk.send(desk.form('#file'), { phone: '0', name: words.name });
    await desk.see('desk, wrong');
    await suite.test('the desk keeps what was typed', async () => {
        ok(await desk.faults() >= 4, 'faults');
        equal(await desk.form('#file').locator('[name=name]').inputValue(), words.name);
    });
    await desk.send(desk.form('#file'), {
        phone: '0301 7654321', name: words.name, sex: 'woman', service: 'M-SEW-01', unit: 'PK52601', place: words.place,
        description: words.water, whose_phone: 'family',
    });
    await desk.see('desk, not asked');
    await suite.test('consent and safe contact cannot be skipped', async () => equal(await desk.faults(), 2));
    await desk.open_('details:has([name=language])');
    await desk.send(desk.form('#file'), { consent_record: 'yes', safe_call: '0', language: lang });
    await suite.test('it is read to her first, in her language', async () => {
        equal(await desk.page.locator('section.ask').getAttribute('lang'), lang);
        ok((await desk.text('section.ask')).includes(words.water), 'her words');
    });
    await desk.see('read back');
    await desk.send(desk.form('#register'));
    await suite.test('without her agreement nothing is registered', async () => equal(await desk.faults(), 1));
    await desk.see('read back, not agreed');
    await desk.send(desk.form('#register'), { agreed: true });
    await suite.test('filing leads to the page that is read to her', () => match(desk.page.url(), /\/cases\/\d{10}\/filed$/));
    await desk.see('filed');
    filed.desk = { ref: await desk.text('.panel .ref'), pin: await desk.text('.panel .pin') };
    await suite.test('the desk sees number and PIN', () => {
        match(filed.desk.ref, /^\d{3}-\d{3}-\d{4}$/);
        match(filed.desk.pin, /^\d{6}$/);
    });
    await desk.follow(desk.page.locator('main a[href$="/slip"]').first());
    await desk.see('slip');
    await suite.test('the slip has the number, and neither matter nor name', async () => {
        const slip = await desk.text('.slip');
        ok(slip.includes(filed.desk.ref) && slip.includes(filed.desk.pin), 'number and PIN');
        for (const part of [words.water, words.name, words.place, '7654321']) ok(!slip.includes(part), `${part} on the slip`);
    });
}

// What else the desk opens in a day.
async function deskOpens() {
    const digits = filed.desk.ref.replaceAll('-', '');
    for (const [path, name] of [['/desk', 'today'], [`/cases/${digits}/call`, 'call'], [`/cases/${digits}/pin`, 'new PIN'], ['/people', 'people']]) {
        await desk.go(path);
        await desk.see(name);
    }
    await desk.go(`/cases/${digits}/letter?in=${lang === 'en' ? 'en' : 'ur'}`);
    await desk.see('letter', { lang: lang === 'en' ? 'en' : 'ur' });
    await desk.go('/people');
    await desk.send(desk.form('#people'), { phone: '0301 7654321' });
    await desk.see('candidates');
    await suite.test('a number leads to no name and no matter', async () => {
        const shown = await desk.text('main');
        for (const part of [words.name, words.water, filed.desk.ref]) ok(!shown.includes(part), part);
    });
    await desk.send(desk.form('#open'), { name: 'Nobody' });
    await desk.see('candidates, wrong name');
    await desk.send(desk.form('#open'), { name: words.name });
    await desk.see('person');
    await suite.test('her name opens her cases', async () => ok((await desk.text('main')).includes(filed.desk.ref)));
    await desk.send(desk.form('#again'));
    await suite.test('a new complaint begins with what is known', async () => equal(await desk.form('#file').locator('[name=name]').inputValue(), words.name));
    await desk.go('/cases/new');
    await desk.see('desk, with an unfinished form');
}

async function officeActs() {
    const { ref, pin } = filed.desk;
    await supervisor.open();
    await supervisor.signIn('supervisor.nowshera');
    await supervisor.go('/cases');
    await supervisor.see('supervisor’s list');
    await opensCase(supervisor, ref);
    await supervisor.see('supervisor’s case');
    await suite.test('the supervisor sees no name and no number', async () => {
        const html = await supervisor.watch.html();
        for (const part of [words.name, '7654321', pin]) ok(!html.includes(part), part);
    });
    await supervisor.act('assign', { to: 'officer.nowshera' });
    await supervisor.see('assigned');
    await officer.open();
    await officer.signIn('officer.nowshera');
    await officer.go('/cases');
    await officer.see('officer’s list');
    await officer.follow(officer.page.locator(`main a[href="/cases/${ref.replaceAll('-', '')}"]`).first());
    await officer.see('officer’s case');
    await officer.act('report_action', { report_words: '' });
    await officer.see('officer’s case, wrong');
    await suite.test('a report says what was done and how it ended', async () => ok(await officer.faults() >= 1));
    await opensCase(officer, ref);
    await officer.act('accept', {});
    await officer.act('ask', { ask_words: words.ask });
    await officer.see('asked');
    await tracks(ref, pin);
    await her.see('she is asked', publicLook);
    await suite.test('she sees the question', async () => ok((await her.text('main')).includes(words.ask)));
    await her.act('amend', { info: words.told });
    await her.see('she told', publicLook);
    await opensCase(officer, ref);
    await suite.test('the officer reads her answer', async () => ok((await officer.text('main')).includes(words.told)));
    await officer.act('report_action', { result: 'done', report_words: words.did });
    await officer.see('reported');
    await suite.test('after the report the officer has no way to close it', async () => {
        for (const action of ['answer', 'reject', 'reopen']) equal(await officer.page.locator(`input[name=action][value=${action}]`).count(), 0, action);
    });
}

async function sheAnswers() {
    const { ref, pin } = filed.desk;
    await tracks(ref, pin);
    await her.see('is it solved', publicLook);
    await her.tap('outcome', 'solved');
    await her.see('is that meant', publicLook);
    await her.follow(her.page.locator('main button.plain[name=back]'));
    await suite.test('a touch alone answers nothing', async () => ok(await her.page.locator('button.tap[name=outcome]').count() === 3));
    await her.tap('outcome', 'not_solved');
    const otherLang = lang === 'en' ? 'ur' : 'en';
    await her.form('#say').locator('[name=answer_words]').fill(words.again);
    await her.follow(her.page.locator(`button[name=_lang][value=${otherLang}]`));
    await her.follow(her.page.locator(`button[name=_lang][value=${lang}]`));
    await suite.test('her answer outlives two languages', async () => equal(await her.form('#say').locator('[name=answer_words]').inputValue(), words.again));
    await her.send(her.form('#say'));
    await her.see('not solved', publicLook);
    await opensCase(supervisor, ref);
    await supervisor.see('not solved, at the supervisor');
    await suite.test('the supervisor cannot close what she called not solved', async () => {
        equal(await supervisor.page.locator('input[name=action][value=answer]').count(), 0);
    });
    await supervisor.act('assign', { to: 'officer.nowshera' });
    await opensCase(officer, ref);
    await officer.act('report_action', { result: 'done', report_words: words.did });
    await opensCase(desk, ref);
    await desk.see('her answer at the desk');
    await desk.act('answer', { outcome: 'solved', taken_via: 'desk' });
    await desk.see('solved');
    await suite.test('it is solved by her word', async () => match(await chipKind(desk), /\bdone\b/));
    await tracks(ref, pin);
    await her.see('solved, as she sees it', publicLook);
    await suite.test('and she reads the same', async () => match(await chipKind(her), /\bdone\b/));
    await her.act('reopen', { reopen_words: words.again });
    await her.see('reopened', publicLook);
    await opensCase(supervisor, ref);
    await suite.test('reopened without a log-in, with her words, at the supervisor', async () => {
        ok((await supervisor.text('main')).includes(words.again), 'her words');
        match(await chipKind(supervisor), /\bnew\b/, await chip(supervisor));
        ok(await supervisor.page.locator('input[name=action][value=assign]').count() === 1, 'assign');
    });
}

async function otherPages() {
    await desk.go('/account');
    await desk.see('account');
    await desk.go('/account/password');
    await desk.see('own password');
    await desk.send(desk.form('#own-password'), { old: 'not the password', password: 'battery staple', again: 'battery staple' });
    await desk.see('own password refused');
    await desk.go('/cases?q=zzzz');
    await desk.see('nothing found');
    await desk.go('/cases/1112223334');
    await desk.see('not found');
    const admin = await new Person().open();
    await admin.signIn('admin');
    await admin.go('/staff');
    await admin.see('people');
    await admin.go('/staff/new');
    await admin.see('new user');
    await admin.go('/cases');
    await admin.see('refused');
    await admin.go('/staff/user/desk.haripur');
    await admin.see('user');
    await admin.send(admin.form('#new-code'), { slip: lang });
    await admin.see('one-time code');
    const code = await admin.text('.slip .ref');
    const given = await new Person().open();
    await given.go(`/login?lang=${lang}`);
    await given.send(given.form('#sign-in'), { login: 'desk.haripur', password: code });
    await given.see('a password of one’s own');
    await given.send(given.form('#own-password'), { password: code });
    await given.see('a password of one’s own, refused');
    await given.go('/login/code');
    await given.see('code and password');
    await given.send(given.form('#own-code'), { login: 'desk.haripur', code: 'wrong', password: 'battery staple' });
    await given.see('code and password, refused');
    await given.send(given.form('#own-code'), { login: 'desk.haripur', code, password: 'battery staple' });
    await given.go('/account');
    await given.see('account of a newcomer');
}

// The start page, cold: bytes on the wire and requests.
async function weight() {
    const visitor = await new Person().open();
    const session = await visitor.context.newCDPSession(visitor.page);
    let bytes = 0;
    const urls = [];
    await session.send('Network.enable');
    session.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
    session.on('Network.requestWillBeSent', (e) => urls.push(e.request.url));
    await visitor.page.goto(`/?lang=${lang}`, { waitUntil: 'networkidle' });
    console.log(`  start page in ${lang}: ${bytes} bytes, ${urls.length} requests`);
    await suite.test('the start page weighs at most 20 KB in at most 4 requests', () => {
        ok(bytes > 1000 && bytes <= 20 * 1024, `${bytes} bytes`);
        ok(urls.length <= 4, urls.join(' '));
    });
}

// Whatever hangs ends here: all waiting above has limits of its own.
setTimeout(() => {
    console.log(`${suite.name} did not end in time\n${suite.name}: ${suite.passed} passed, ${suite.failed + 1} failed`);
    process.exit(1);
}, Number(process.env.JOURNEY_MS ?? 420000)).unref();

// One part that cannot go on is one failure; what stands on it is not tried.
let began = performance.now();
try {
    await server.start();
    for (const part of [startPage, publicFiles, meToo, applies, publicTracks, deskFiles, deskOpens, officeActs, sheAnswers, otherPages, weight]) {
        if (!(await suite.test(`the journey: ${part.name}`, part))) break;
        if (process.env.TIMES) console.log(`  ${part.name} ${Math.round(performance.now() - began)} ms`);
        began = performance.now();
    }
} finally {
    await browser.close();
    await server.stop();
    server.remove();
}
suite.done();
