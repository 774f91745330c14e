// report_test.mjs: the figures of the earlier programme (`sunwai demo --fixture logo2`) are exactly what it reported:
// by the command, as a file, on the page; and its cases stand as it said, never as solved.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Suite, equal, match } from '../lib/suite.mjs';
import { Server, run } from '../lib/server.mjs';
import { Visitor } from '../lib/client.mjs';
import { workerUp } from '../lib/media.mjs';
import { docxText, pdfText, sheetRows } from '../lib/papers.mjs';

const suite = new Suite('report');
const home = mkdtempSync(join(tmpdir(), 'sunwai-report.'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
const data = join(home, 'data');
const made = run('demo', '--fixture', 'logo2', '--data', data);
if (made.code !== 0) throw new Error(made.err);

const rows = [
    ['Khyber Pakhtunkhwa', 327, 57, 702, 1086],
    ['Punjab', 288, 26, 734, 1048],
    ['Both provinces', 615, 83, 1436, 2134],
];
const csv = '\uFEFFProvince,Councillors,Officials,Women citizens,Total\r\n' + rows.map((r) => r.join(',') + '\r\n').join('');
const objects = rows.map(([province, councillors, officials, women_citizens, total]) => ({ province, councillors, officials, women_citizens, total }));

function report(...args) {
    return run('report', '--data', data, 'attendance', ...args);
}

await suite.test('the command writes the exact figures', () => {
    const file = join(home, 'attendance');
    for (const [format, check] of [['csv', (t) => equal(t, csv)], ['json', (t) => equal(JSON.stringify(JSON.parse(t)), JSON.stringify(objects))]]) {
        const done = report('--format', format, '--out', file);
        equal([done.code, done.out, done.err], [0, '', '']);
        check(readFileSync(file, 'utf8'));
    }
    equal(report().out, csv);
    const refused = (code, words, ...args) => {
        const done = run('report', '--data', data, ...args);
        equal([done.code, done.out], [code, '']);
        match(done.err, words);
    };
    refused(64, /xls is no format of a report; there are csv, json, xlsx, pdf and docx/, 'attendance', '--format', 'xls');
    refused(64, /no report presence; there is: attendance/, 'presence');
    refused(64, /sunwai report attendance --data DIR/);
    for (const asked of [['achievement', '--format', 'json'], ['annual', '--format', 'iati']]) {
        refused(64, /2020-01-01\/2020-01-15 does not begin and end with a month/, ...asked, '--period', '2020-01-01/2020-01-15');
    }
    refused(1, /nowhere.*No such file/, 'attendance', '--out', join(home, 'nowhere', 'file'));
});

const paper_rows = (text) => rows.every((r) => new RegExp(r.join('\\s+').replace(/\b(\d)(\d{3})\b/g, '$1,?$2')).test(text));
// All of it, but not by whole months: no approved figure is of that, so all is counted now.
const LOOSE = '2019-07-02/2021-06-29';

await suite.test('the command writes the same figures as workbook, PDF and DOCX, each marked provisional', () => {
    const file = join(home, 'attendance');
    const made = (...args) => {
        const done = report(...args, '--period', LOOSE, '--out', file);
        equal([done.code, done.out, done.err], [0, '', '']);
        return readFileSync(file);
    };
    const cells = sheetRows(made('--format', 'xlsx'));
    equal(cells.slice(-3), rows);
    match(cells[2][0], /^Provisional: /);
    for (const [format, text_of] of [['pdf', pdfText], ['docx', docxText]]) {
        const text = text_of(made('--format', format));
        equal(paper_rows(text), true);
        match(text, /Provisional: /);
    }
    const urdu = sheetRows(made('--format', 'xlsx', '--lang', 'ur'));
    equal(urdu.slice(-3).map((r) => r.slice(1)), rows.map((r) => r.slice(1)));
});

await suite.test('another fixture, or other cases with it, is refused', () => {
    equal(run('demo', '--fixture', 'other', '--data', join(home, 'x')).code, 64);
    equal(run('demo', '--fixture', 'logo2', '--cases', '5', '--data', join(home, 'x')).code, 64);
    equal(run('demo', '--fixture', 'logo2', '--data', data).code, 1);
});

await suite.test('nothing in it is called changed', () => equal(run('verify', '--data', data).code, 0));

const server = new Server({ existing: data });
await server.start();
async function as(user) {
    const visitor = new Visitor(server);
    equal((await visitor.signIn(user)).status, 303, user);
    return visitor;
}
const plain = (html) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

await suite.test('the page and its files say the same, beside the running server too', async () => {
    const who = await as('adc.punjab');
    await who.get('/lang/en');
    const page = await who.get('/reports/attendance?lang=en');
    equal(page.status, 200);
    const table = /<table[\s\S]*?<\/table>/.exec(page.text)[0];
    const got = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map((m) => [...m[1].matchAll(/<t[hd] (?!scope="col")[^>]*>([\s\S]*?)<\/t[hd]>/g)].map((c) => plain(c[1]).trim()));
    equal(got.filter((r) => r.length > 1).map((r) => r.map((c) => c.replace(/^.* (?=\d)/, '')).join(' ')), rows.map((r) => r.join(' ')));
    match(plain(page.text), /24 closed events/);
    match(plain(page.text), /illustrative/);
    equal((await who.get('/reports/attendance.csv?lang=en')).text, csv);
    equal(JSON.stringify(JSON.parse((await who.get('/reports/attendance.json?lang=en')).text)), JSON.stringify(objects));
    equal(report().out, csv);
});

await suite.test('what is to be printed or counted on says the same, and that nobody has approved it', async () => {
    await workerUp(server);
    const who = await as('adc.punjab');
    await who.get('/lang/en');
    const file = async (ending, type) => {
        const got = await who.get(`/reports/attendance.${ending}?lang=en&period=${LOOSE}`);
        equal([got.status, got.headers['content-type']], [200, type]);
        match(got.headers['content-disposition'], new RegExp(`attendance-provisional.${ending}`));
        return got.raw;
    };
    const office = 'application/vnd.openxmlformats-officedocument.';
    const cells = sheetRows(await file('xlsx', `${office}spreadsheetml.sheet`));
    equal(cells.slice(-3), rows);
    match(cells[2][0], /^Provisional: /);
    const pdf = pdfText(await file('pdf', 'application/pdf'));
    const docx = docxText(await file('docx', `${office}wordprocessingml.document`));
    equal([paper_rows(pdf), paper_rows(docx)], [true, true]);
    equal([/Provisional: /.test(pdf), /Provisional: /.test(docx)], [true, true]);
});

await suite.test('a district reads itself, not the programme', async () => {
    for (const user of ['desk.nowshera', 'officer.nowshera', 'supervisor.nowshera']) {
        const who = await as(user);
        const [one, ...more] = JSON.parse((await who.get('/reports/attendance.json?lang=en')).text);
        equal([one.district, one.total, more.length], ['Nowshera', 270, 0], user);
        match((await who.get('/reports/attendance.csv?lang=en')).text, /^\uFEFFDistrict,.*\r\nNowshera,\d+,\d+,\d+,\d+\r\n$/);
        const page = plain((await who.get('/reports/attendance?lang=en')).text);
        match(page, /Three closed events|3 closed events/);
        equal(/2134|Punjab|Haripur/.test(page), false, user);
    }
});

await suite.test('every report is a page, CSV and JSON, and says on each whether it is approved', async () => {
    const who = await as('adc.punjab');
    const list = await who.get('/reports?lang=en');
    const names = [...list.text.matchAll(/href="\/reports\/([a-z-]+)"/g)].map((m) => m[1]);
    for (const name of ['attendance', 'indicators', 'problem-services', 'complaint-funnel', 'events', 'changes']) equal(names.includes(name), true, name);
    for (const name of names) {
        const approved = ['attendance', 'indicators', 'changes'].includes(name);
        const page = await who.get(`/reports/${name}?lang=en&period=FY2020-21`);
        equal(page.status, 200, name);
        match(plain(page.text), approved ? /Fiscal year .?2020-21.? .*Approved figures/ : /Fiscal year .?2020-21.? .*Provisional: as of/);
        equal(JSON.parse((await who.get(`/reports/${name}.json`)).text).provisional ?? false, !approved, name);
        match((await who.get(`/reports/${name}.csv`)).headers['content-disposition'], approved ? new RegExp(`${name}\\.csv`) : /-provisional\.csv/);
    }
    equal((await who.get('/reports/attendance.csv?period=20')).status, 422);
    equal((await who.get('/reports/nothing')).status, 404);
    equal((await who.get('/reports/events?unit=XX')).status, 404);
    match(plain((await who.get('/reports/events?period=20&lang=en')).text), /This period is not known/);
});

await suite.test('years add up to the whole, and so do districts; each event leads to its page', async () => {
    const total = (...args) => JSON.parse(report('--format', 'json', ...args).out).at(-1).total;
    equal(total('--period', 'FY2019-20') + total('--period', 'FY2020-21'), 2134);
    equal(total('--unit', 'PK5') + total('--unit', 'PK6'), 2134);
    equal(run('report', '--data', data, 'attendance', '--unit', 'XX').code, 64);
    equal(run('report', '--data', data, 'attendance', '--period', '20').code, 64);
    const [funnel] = JSON.parse(run('report', '--data', data, 'complaint-funnel', '--format', 'json').out).rows;
    equal([funnel.filed_n, funnel.municipal_n, funnel.reported_n, funnel.open_n, funnel.handed_over_n, funnel.solved_n], [391, 250, 175, 75, 141, 0]);
    const of = Object.fromEntries(JSON.parse(run('report', '--data', data, 'indicators', '--format', 'json').out).rows.map((r) => [r.code, r]));
    equal([of.cases_resolved_reported.provisional, of.cases_resolved_reported.provisional_of, of.cases_resolved_reported.provisional_percent], [175, 250, 70]);
    const who = await as('desk.nowshera');
    const code = /href="\/events\/([^"]+)"/.exec((await who.get('/reports/events')).text)[1];
    equal((await who.get(`/events/${code}`)).status, 200);
    const one = plain((await who.get('/reports/indicators/cases_registered?lang=en&period=FY2021-22Q1')).text);
    match(one, /As of now \(provisional\): .*\d+.*Records it was counted from.*\d{3}-\d{3}-\d{4}/);
    equal((await who.get('/reports/indicators/cases_registered?unit=PK511')).status, 404);
});

await suite.test('an indicator over quarters: a line, and a table whose numbers add up to the approved figure', async () => {
    const who = await as('manager');
    const page = (await who.get('/reports/indicators/attendance?lang=en')).text;
    const [, part] = /<h2>Quarter by quarter, as approved<\/h2>([\s\S]*?)<h2>/.exec(page);
    match(part, /<svg class="lines" role="img" aria-label="[^"]*FY2019-20Q2[^"]*"/);
    const rows = [...part.matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map((r) => plain(r[1]).replace(/[\u2066-\u2069,]/g, '').trim());
    const numbers = rows.map((r) => /^(FY\d{4}-\d\dQ\d) (\d+|Nobody has approved it yet|.*) (\d+)$/.exec(r));
    equal(numbers.every(Boolean), true, rows.join(' | '));
    equal(numbers.reduce((n, r) => n + (Number(r[2]) || 0), 0), 2134);
    equal(numbers.map((r) => r[1]).join(), [...numbers.map((r) => r[1])].sort().join(), 'oldest first');
    equal(/Quarter by quarter/.test((await who.get('/reports/indicators/attendance?lang=en&unit=PK526&period=FY2019-20Q2')).text), false, 'one quarter is no line');
});

await suite.test('number and percent sign stay together in a text from the right', async () => {
    const page = (await (await as('manager')).get('/reports/indicators?lang=ur')).text;
    match(page, /\u206670%\u2069 \(\u2066250\u2069 میں سے \u2066175\u2069\)/);
});

await suite.test('four pilot districts of each province, three events in each, and seven desks as planned rows', () => {
    const ask = (sql) => execFileSync('sqlite3', ['-readonly', join(data, 'sunwai.db'), sql], { encoding: 'utf8' }).trim();
    equal(ask('select count(*), min(n), max(n) from (select count(*) as n from event group by home)'), '8|3|3');
    equal(ask("select group_concat(n) from (select count(distinct e.home) as n from event e join unit u on u.id = e.home group by u.province_id)"), '4,4');
    equal(ask("select count(*) from body where body_kind_code = 'desk' and valid_from_day > 20900000"), '7');
    equal(ask("select count(*) from body where body_kind_code = 'desk' and valid_from_day <= 20260101"), '1');
});

await suite.test('150 brochures on the right to information were given out', async () => {
    const text = plain((await (await as('desk.nowshera')).get('/desk/materials?lang=en')).text);
    match(text, /\(RTI\) Brochure · Urdu 0 are left/);
    equal(execFileSync('sqlite3', ['-readonly', join(data, 'sunwai.db'), "select move_n from material_move where move_code = 'given'"], { encoding: 'utf8' }), '150\n');
});

await suite.test('391 cases stand as the programme said, and none is solved', async () => {
    const desk = await as('supervisor.nowshera');
    const count = async (query) => ((await desk.get(`/cases.csv?lang=en&kind=complaint&${query}`)).text.match(/^\uFEFF?\d{3}-\d{3}-\d{4}/gm) ?? []).length;
    equal(await count('status=any'), 391);
    equal(await count('status=any&sex=woman'), 391);
    equal(await count('status=closed_unconfirmed'), 175);
    equal(await count('status=any&mark=reported_by_programme'), 175);
    equal(await count('status=in_progress'), 75);
    equal(await count('status=handed_over'), 141);
    equal(await count('status=solved'), 0);
    match((await desk.get('/cases.csv?lang=en&status=closed_unconfirmed')).text, /Resolved as reported by the programme/);
    const text = (await desk.get('/problems.csv?lang=en&kind=complaint&from=202108&to=202112')).text.replace(/^\uFEFF/, '').trim();
    const [head, ...lines] = text.split('\r\n').map((l) => [...l.matchAll(/"([^"]*)"|[^,]+|(?<=,)(?=,|$)/g)].map((m) => m[1] ?? m[0]));
    const sum = (column) => lines.reduce((all, l) => all + Number(l[head.indexOf(column)]), 0);
    equal(['Filed', 'Solved, they say', 'Closed, no answer', 'Passed to another office'].map(sum), [391, 0, 175, 141], text);
});

const code = await server.stop();
await suite.test('the server ends well', () => equal(code, 0, server.said));
server.remove();
suite.done();
