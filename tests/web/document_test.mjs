// document_test.mjs: the Achievement Document and the Annual Report: every form holds the figures that JSON holds, in both
// languages, each sheet of paper says on what it stands; they are made beside the pages, kept, and cancelled.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor, idemKey } from '../lib/client.mjs';
import { workerUp } from '../lib/media.mjs';

const suite = new Suite('document');
const home = mkdtempSync(join(tmpdir(), 'sunwai-document.'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

const pdf_pages = (bytes) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' }).split('\f').filter((p) => p.trim());
const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/(\d),(?=\d{3})/g, '$1');
const lines = (text) => plain(text).split('\n').map((l) => (l.match(/\d+/g) ?? []).join(' '));
function docx_text(bytes) {
    const file = join(home, 'paper.docx');
    writeFileSync(file, bytes);
    return execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8', maxBuffer: 1 << 26 }).replace(/<\/w:t>/g, ' ').replace(/<[^>]+>/g, '');
}
function xlsx_cells(bytes) {
    const file = join(home, 'book.xlsx');
    writeFileSync(file, bytes);
    const names = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8' }).split('\n').filter((n) => n.startsWith('xl/worksheets/sheet'));
    return names.map((n) => execFileSync('unzip', ['-p', file, n], { encoding: 'utf8', maxBuffer: 1 << 26 }));
}
// The numbers of a row, in the order of the table for people.
const numbers = (row, keys) => keys.map((k) => row[k]).join(' ');
const ATTENDANCE = ['councillors', 'officials', 'women_citizens', 'total', 'others', 'events'];
const FUNNEL = ['received', 'women', 'municipal', 'solved_confirmed', 'resolved_reported'];
// Rows in which every number is given.
const whole = (rows, keys) => rows.filter((r) => keys.every((k) => r[k] !== null));

await withServer({ cases: 400 }, async (server) => {
    const report = (name, format, ...args) => {
        const file = join(home, `${name}.${format}`);
        const done = run('report', '--data', server.data, name, '--format', format, '--out', file, ...args);
        equal([done.code, done.err], [0, '']);
        return readFileSync(file);
    };
    const json = (name, ...args) => JSON.parse(report(name, 'json', ...args).toString());
    const of = json('achievement');

    await suite.test('what was approved is in it, and it says how much of it', () => {
        ok(of.quarters_approved > 0 && of.quarters_owed >= of.quarters_approved);
        equal(of.provisional, false);
        match(of.sha256, /^[0-9a-f]{64}$/);
        equal(of.standing, of.quarters_owed === of.quarters_approved ? 'approved' : 'partly');
        equal(of.parts.quarters.length, of.quarters_approved);
        for (const q of of.parts.quarters) match(q.sha256, /^[0-9a-f]{64}$/);
        const total = of.parts.attendance.at(-1);
        const indicator = of.parts.indicators.find((i) => i.code === 'attendance');
        equal(indicator.num, total.total + total.others);
        const shown = JSON.parse(run('report', '--data', server.data, 'indicators', '--format', 'json').out).rows;
        for (const i of of.parts.indicators) {
            const row = shown.find((r) => r.code === i.code);
            // Nobody's number stands on a roster: different people were not counted, and are not none.
            const uncounted = i.code === 'persons' && row.approved === 0;
            equal([i.num, i.den], row.approved_of === 0 || uncounted ? [null, null] : [row.approved, row.approved_of], i.code);
        }
        const sum = of.parts.figures.filter((f) => f.indicator === 'attendance' && f.role && f.unit === '' && f.period === 'all').reduce((n, f) => n + f.num, 0);
        equal(sum, indicator.num);
    });

    for (const lang of ['en', 'ur']) {
        await suite.test(`paper, document and workbook hold the same figures (${lang})`, () => {
            const here = json('achievement', '--lang', lang);
            equal(here.parts.attendance.map((r) => numbers(r, ATTENDANCE)), of.parts.attendance.map((r) => numbers(r, ATTENDANCE)));
            const pages = pdf_pages(report('achievement', 'pdf', '--lang', lang));
            ok(pages.length > 2);
            for (const page of pages) match(plain(page), new RegExp(of.sha256));
            const rows = lines(pages.join('\n'));
            const turned = (r) => (lang === 'ur' ? r.split(' ').reverse().join(' ') : r);
            for (const r of of.parts.attendance) ok(rows.some((l) => l.includes(turned(numbers(r, ATTENDANCE)))), numbers(r, ATTENDANCE));
            for (const r of whole(of.parts.funnel, FUNNEL)) ok(rows.some((l) => l.includes(turned(numbers(r, FUNNEL)))), numbers(r, FUNNEL));
            const words = plain(docx_text(report('achievement', 'docx', '--lang', lang))).replace(/\s+/g, ' ');
            for (const r of of.parts.attendance) ok(words.includes(numbers(r, ATTENDANCE)), numbers(r, ATTENDANCE));
            const sheets = xlsx_cells(report('achievement', 'xlsx', '--lang', lang));
            for (const r of of.parts.attendance) ok(sheets[0].includes(`<v>${r.women_citizens}</v>`) && sheets[0].includes(`<v>${r.total}</v>`));
            equal(sheets.every((s) => s.includes('rightToLeft="1"') === (lang === 'ur')), true);
        });
    }

    await suite.test('a document of a quarter speaks of its quarter, and reports no share of nought', () => {
        const quarter = of.parts.quarters[0].period;
        const { parts } = json('achievement', '--period', quarter);
        equal(parts.years.map((y) => [y.code, y.total]), [[quarter, parts.attendance.at(-1).total]]);
        equal(parts.desks.map((y) => [y.code, y.received]), [[quarter, parts.funnel.at(-1).received]]);
        equal(/iscal/.test(parts.years[0].period), false);
        equal(/planning year/.test(pdf_pages(report('achievement', 'pdf', '--period', quarter)).join(' ')), false);
        equal([parts.desks[0].resolved_reported, parts.desks[0].resolved_reported_percent], [0, null]);
    });

    await suite.test('the annual report has all time beside its year; the years add up', () => {
        const years = of.parts.years.filter((y) => y.code !== 'all');
        const year = years.at(-1).code;
        const annual = json('annual', '--period', year);
        equal(annual.parts.years.at(-1).code, 'all');
        equal(annual.parts.years.at(-1).total, years.reduce((n, y) => n + y.total, 0));
        for (const i of annual.parts.indicators.filter((x) => x.den === null)) equal(i.since_num, of.parts.indicators.find((x) => x.code === i.code).num, i.code);
        match(report('annual', 'csv', '--period', year).toString(), /^\ufeff/);
        match(report('annual', 'iati').toString(), /iati-activities/);
        equal(run('report', '--data', server.data, 'annual', '--period', '2026-01-05/2026-02-10').code, 64);
    });

    const as = async (user) => {
        const who = new Visitor(server);
        equal((await who.signIn(user)).status, 303, user);
        return who;
    };
    const token = async (who) => /name="_token" value="([^"]+)"/.exec((await who.get('/documents/view?kind=achievement')).text)[1];
    const order = async (who, fields) => {
        const r = await who.post('/documents', new Map(Object.entries({ _token: await token(who), _key: idemKey(), kind: 'achievement', period: 'all', lang_of: 'en', ...fields })));
        equal(r.status, 303, r.text);
        return r.headers.location;
    };
    const ready = async (who, at) => {
        for (;;) {
            const page = (await who.get(`${at}?lang=en`)).text;
            if (!/<progress/.test(page)) return page;
            await new Promise((go) => setTimeout(go, 200));
        }
    };

    await suite.test('a document is made beside the pages and kept: its files are what their hashes say', async () => {
        await workerUp(server);
        const monitor = await as('monitor.kp');
        const at = await order(monitor, { unit: 'PK5' });
        const page = await ready(monitor, at);
        match(page, /Ready/);
        const said = [...page.matchAll(/href="([^"]+\/(pdf|docx|xlsx|csv|json|iati))"[\s\S]*?([0-9a-f]{64})/g)];
        equal(said.map((s) => s[2]), ['pdf', 'docx', 'xlsx', 'csv', 'json', 'iati']);
        for (const [, to, form, hash] of said) {
            const file = await monitor.get(to);
            equal([file.status, createHash('sha256').update(file.raw).digest('hex')], [200, hash], form);
        }
        const kept = JSON.parse((await monitor.get(`${at}/json`)).text);
        match(page, new RegExp(kept.sha256));
        for (const leaf of pdf_pages((await monitor.get(`${at}/pdf`)).raw)) match(leaf, new RegExp(kept.sha256));
        const desk = await as('desk.nowshera');
        equal((await desk.get(at)).status, 404);
        equal((await desk.get(`${at}/pdf`)).status, 404);
        equal(/AD-PK5-/.test((await desk.get('/documents')).text), false);
        match((await (await as('manager')).get('/documents')).text, /AD-PK5-1/);
    });

    await suite.test('what is asked for can be cancelled, and then there is nothing of it', async () => {
        const monitor = await as('monitor.nowshera');
        const ats = [];
        for (let i = 0; i < 6; i += 1) ats.push(await order(monitor, { lang_of: 'ur' }));
        const last = ats.at(-1);
        const r = await monitor.post(`${last}/cancel`, new Map(Object.entries({ _token: await token(monitor), _key: idemKey() })));
        equal(r.status, 303);
        const page = await ready(monitor, last);
        const cancelled = /Cancelled/.test(page);
        equal([cancelled, /\/pdf"/.test(page)], [true, false]);
        equal((await monitor.get(`${last}/pdf`)).status, 404);
        match(await ready(monitor, ats[0]), /Ready/);
    });

    await suite.test('a look at it shows the same figures, and each leads to its records', async () => {
        const manager = await as('manager');
        const page = await manager.get('/documents/view?kind=achievement&lang=en');
        equal(page.status, 200);
        match(page.text, new RegExp(of.sha256));
        const total = of.parts.attendance.at(-1);
        match(plain(page.text), new RegExp(`>${total.women_citizens}<`));
        const to = /href="(\/reports\/indicators\/attendance\?[^"]+)"/.exec(page.text)[1].replace(/&amp;/g, '&');
        equal((await manager.get(to)).status, 200);
        const desk = await as('desk.nowshera');
        equal((await desk.get('/documents/view?kind=achievement&unit=PK511')).status, 404);
        equal(/Make and keep/.test((await desk.get('/documents/view?kind=achievement&lang=en')).text), false);
    });
});
suite.done();
