// look.mjs: what is asked of every page that a journey comes to: accessible, valid, within the screen, in one
// language, without a word from the console. Each fault is one failed check named by page, language and width.
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { root } from '../lib/server.mjs';
import { ok } from '../lib/suite.mjs';
import { clipped } from './clip.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const validator = new HtmlValidate(JSON.parse(readFileSync(join(here, 'htmlvalidate.json'), 'utf8')));

// Message keys, so that one that was shown instead of its text is found.
const keys = new Set([...readFileSync(join(root, 'src/text/en.po'), 'utf8').matchAll(/^msgid "([^"]+)"/gm)].map((m) => m[1]));
const own = { en: 'ltr', ur: 'rtl', ps: 'rtl' };
const shots = join(root, 'build/shots');
const everyPicture = process.env.SHOTS === '1'; // else only of pages with a fault: they cost as much as axe does

// Watches a page of the browser: its documents as they came, and what it complained of.
export class Watch {
    constructor(page) {
        this.page = page;
        this.documents = new Map();
        this.complaints = [];
        page.on('response', (r) => {
            if (r.request().resourceType() !== 'document') return;
            this.status = r.status();
            this.documents.set(r.url().split('#')[0], r.body().then((b) => b.toString('utf8'), () => ''));
        });
        page.on('pageerror', (e) => this.complaints.push(`script: ${e.message}`));
        page.on('console', (m) => {
            // A form given back with its faults is an answer of 422: Chromium calls that an error.
            const ofDocument = /Failed to load resource: the server responded with a status of 4\d\d/.test(m.text())
                && this.documents.has(m.location().url.split('#')[0]);
            if (m.type() === 'error' && !ofDocument) this.complaints.push(`console: ${m.text()} ${m.location().url}`);
        });
        page.on('requestfailed', (r) => {
            // A page that is left while something loads says so: no fault.
            if (!/ERR_ABORTED/.test(r.failure()?.errorText ?? '')) this.complaints.push(`request: ${r.url()} ${r.failure()?.errorText}`);
        });
        page.on('request', (r) => {
            if (!r.url().startsWith('http://127.0.0.1:')) this.complaints.push(`foreign address: ${r.url()}`);
        });
    }

    async html() {
        return (await this.documents.get(this.page.url().split('#')[0])) ?? '';
    }
}

async function axe(page) {
    await page.evaluate(axeSource);
    // Of what it would load again only sound matters to a rule of these: style sheets are asked by an experimental one.
    const found = await page.evaluate((tags) => globalThis.axe.run(document, {
        runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: { assets: ['media'] },
    }), AXE_TAGS);
    return found.violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 4).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join('\n  ')}`);
}

// Faults that only the laid out page shows. Runs in the page.
function measure({ lang, dir, touch }) {
    const faults = [];
    const html = document.documentElement;
    if (html.lang !== lang || html.dir !== dir) faults.push(`html is lang=${html.lang} dir=${html.dir}`);
    if (html.scrollWidth > html.clientWidth) {
        const wide = [...document.querySelectorAll('body *')].filter((e) => {
            const r = e.getBoundingClientRect();
            return r.width > 0 && (r.right > html.clientWidth + 1 || r.left < -1);
        });
        faults.push(`scrolls sideways: ${html.scrollWidth} in ${html.clientWidth}: ${wide.slice(0, 3).map((e) => `${e.tagName}.${e.className}`).join(', ')}`);
    }
    const away = (e) => e.closest('.away') && document.activeElement !== e;
    const seen = (e) => {
        const r = e.getBoundingClientRect();
        return r.width > 1 && r.height > 1 && getComputedStyle(e).visibility !== 'hidden' && !away(e);
    };
    const name = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${e.className ? `.${e.className}` : ''} "${(e.innerText || e.name || '').trim().slice(0, 30)}"`;
    const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, label.choice, label.tick')].filter(seen);
    for (const e of targets) {
        const r = (e.matches('input[type=radio], input[type=checkbox]') && e.closest('label') ? e.closest('label') : e).getBoundingClientRect();
        const inText = e.matches('a') && getComputedStyle(e).display === 'inline' && (e.parentElement.innerText.trim().length > e.innerText.trim().length);
        if (!inText && (r.width < 24 || r.height < 24)) faults.push(`target of ${Math.round(r.width)} × ${Math.round(r.height)} px: ${name(e)}`);
        const big = touch && e.matches('.button, .tile, label.choice, label.tick, select, input.line, summary');
        if (big && r.height < 44) faults.push(`target for a thumb of ${Math.round(r.height)} px: ${name(e)}`);
    }
    const ids = new Set();
    for (const e of document.querySelectorAll('[id]')) {
        if (ids.has(e.id)) faults.push(`id twice: ${e.id}`);
        ids.add(e.id);
    }
    return { faults, text: document.body.innerText, title: document.title };
}

export class Look {
    // `set`: the pictures' folder.
    constructor(suite, lang, width, set = '') {
        Object.assign(this, { suite, lang, width, set, count: 0 });
        mkdirSync(join(shots, set), { recursive: true });
    }

    // `touch`: a public page, for thumbs. `lang`: when the page is in another language than the journey.
    async at(watch, name, { touch = false, lang = this.lang, scripts = true } = {}) {
        const { page } = watch;
        this.count += 1;
        const label = `${lang} ${this.width} px ${name}`;
        const number = String(this.count).padStart(2, '0');
        const check = (what, body) => this.suite.test(`${label}: ${what}`, body);
        const faultsBefore = this.suite.failed;
        const picture = { path: join(shots, this.set, `${this.lang}-${this.width}${scripts ? '' : '-nojs'}-${number}-${name.replaceAll(/\W+/g, '-')}.png`), fullPage: true };
        const { faults, text, title } = await page.evaluate(measure, { lang, dir: own[lang], touch });
        await check('measures', () => ok(faults.length === 0, faults.join('\n')));
        const cut = await page.evaluate(clipped);
        await check('no letter is cut off', () => ok(cut.length === 0, cut.join('\n')));
        await check('no key for a text', () => {
            const shown = `${title}\n${text}`.match(/\b[a-z]+(?:\.[a-z_0-9]+)+\b/g)?.filter((w) => keys.has(w)) ?? [];
            ok(shown.length === 0, `shown as it is: ${shown.join(' ')}`);
        });
        // axe waits on timers of the page, which do not run without scripts; the same document was seen with them.
        if (scripts) await check('axe', async () => {
            const violations = await axe(page);
            ok(violations.length === 0, violations.join('\n'));
        });
        // Without scripts it is the same document as with them.
        if (scripts) await check('html-validate', async () => {
            const html = await watch.html();
            ok(html.length > 0, 'the document was not kept');
            const report = await validator.validateString(html, `${name}.html`);
            const said = report.results.flatMap((r) => r.messages).map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message} | ${html.split('\n')[m.line - 1].slice(0, 160)}`);
            ok(said.length === 0, said.slice(0, 8).join('\n'));
        });
        await check('nothing in the console', () => {
            const said = watch.complaints.splice(0);
            ok(said.length === 0, said.join('\n'));
        });
        // A busy Chromium gives none at times.
        if (everyPicture || this.suite.failed > faultsBefore) await page.screenshot(picture).catch(() => page.screenshot(picture));
    }
}
