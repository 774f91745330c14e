// office_test.mjs: what the program writes for office programs opens in one (LibreOffice), and says the same figures
// there: papers (DOCX) with their charts, workbooks (XLSX) sheet by sheet, in both directions.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run } from '../lib/server.mjs';

const suite = new Suite('office');
const home = mkdtempSync(join(tmpdir(), 'sunwai-office.'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
const data = join(home, 'data');
const made = run('demo', '--fixture', 'logo2', '--data', data);
if (made.code !== 0) throw new Error(made.err);

const rows = [
    ['Khyber Pakhtunkhwa', 327, 57, 702, 1086],
    ['Punjab', 288, 26, 734, 1048],
    ['Both provinces', 615, 83, 1436, 2134],
];
// A number with or without separators of thousands.
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',?');

function report(name, format, lang) {
    const file = join(home, `${name}-${lang}.${format}`);
    const done = run('report', '--data', data, name, '--format', format, '--lang', lang, '--out', file);
    equal([done.code, done.out, done.err], [0, '', '']);
    return file;
}

// A file as the office program writes it anew; in a profile of its own, which has no settings of anybody.
function converted(file, to) {
    const out = mkdtempSync(join(home, 'out.'));
    execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${home}/profile`, '--convert-to', to, '--outdir', out, file], {
        stdio: 'ignore', timeout: 180000, env: { ...process.env, HOME: home },
    });
    return readdirSync(out).sort().map((name) => join(out, name));
}

function pdf_text(file) {
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}
function pictures(file) {
    return execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' }).split('\n').filter((l) => /\bimage\b/.test(l)).length;
}

await suite.test('a paper opens with its figures and its chart', () => {
    const [pdf] = converted(report('attendance', 'docx', 'en'), 'pdf');
    const text = pdf_text(pdf);
    for (const row of rows) match(text, new RegExp(row.slice(1).map(grouped).join('\\s+')));
    match(text, /Approved figures/);
    equal(pictures(pdf), 1);
});

await suite.test('a paper in Urdu has the same, from the right', () => {
    const [pdf] = converted(report('attendance', 'docx', 'ur'), 'pdf');
    const text = pdf_text(pdf).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
    for (const row of rows) match(text, new RegExp(row.slice(1).reverse().map(grouped).join('\\s+')));
    equal(pictures(pdf), 1);
});

// Every sheet as a CSV of its own: separated by commas, quoted, UTF-8, as shown: no.
const sheets = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';

await suite.test('a workbook has a sheet as reported, and one with a row for each figure', () => {
    for (const lang of ['en', 'ur']) {
        const all = converted(report('attendance', 'xlsx', lang), sheets).map((f) => readFileSync(f, 'utf8'));
        const lines = all.map((text) => text.trim().split('\n').map((l) => l.replace(/"/g, '').split(',')));
        const matrix = lines.find((l) => l.at(-1).includes('2134'));
        ok(matrix, 'the sheet as reported');
        equal(matrix.slice(-3).map((r) => r.slice(1).map(Number)), rows.map((r) => r.slice(1)));
        const tidy = lines.find((l) => l !== matrix && l.at(-1).includes('1048'));
        ok(tidy, 'the sheet with a row for each figure');
        const figures = tidy.slice(-8).map((r) => Number(r.at(-1)));
        equal(figures, [...rows[0].slice(1), ...rows[1].slice(1)]);
    }
});

await suite.test('what leaves as a workbook comes back as the same numbers, without a formula', () => {
    const [again] = converted(report('complaint-funnel', 'xlsx', 'en'), 'xlsx');
    const xml = execFileSync('unzip', ['-p', again, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    equal(/<f[ >]/.test(xml), false);
    for (const n of [391, 250]) match(xml, new RegExp(`<v>${n}</v>`));
});

suite.done();
