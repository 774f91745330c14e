// logo_test.mjs: what an earlier programme reported (`sunwai demo --fixture logo2`), planned, put forward and approved as
// anything is here: read from page, CSV, JSON, workbook, PDF, DOCX, IATI and API it is the same everywhere. Then a draft
// moves nothing, and what was unlocked and approved again is listed as changed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, run } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';
import { asciiDigits, docxText, pdfText, sheetRows } from '../lib/papers.mjs';

const suite = new Suite('logo');
const home = mkdtempSync(join(tmpdir(), 'sunwai-logo.'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
const data = join(home, 'data');
const made = run('demo', '--fixture', 'logo2', '--data', data);
if (made.code !== 0) throw new Error(made.err);

// Reviewed by hand: what the programme said of itself, and how the fixture spreads it over its two fiscal years.
const KP = 'Khyber Pakhtunkhwa';
const spans = {
    all: [[KP, 327, 57, 702, 1086], ['Punjab', 288, 26, 734, 1048], ['Both provinces', 615, 83, 1436, 2134]],
    'FY2019-20': [[KP, 218, 38, 468, 724], ['Punjab', 192, 16, 488, 696], ['Both provinces', 410, 54, 956, 1420]],
    'FY2020-21': [[KP, 109, 19, 234, 362], ['Punjab', 96, 10, 246, 352], ['Both provinces', 205, 29, 480, 714]],
};
const head = ['Province', 'Councillors', 'Officials', 'Women citizens', 'Total'];
const numbers = (rows) => rows.map((r) => r.slice(1));

// The rows whose numbers stand in a text on one line, one after another from either side, whatever follows them.
function rowsIn(text, rows) {
    const lines = asciiDigits(text).split('\n').map((l) => ` ${(l.match(/\d+/g) ?? []).join(' ')} `);
    return rows.filter((r) => lines.some((l) => [r.slice(1), r.slice(1).reverse()].some((n) => l.includes(` ${n.join(' ')} `))));
}
// What a file says is asked once; after a change they are made anew.
const kept = new Map();
function file(...args) {
    const key = args.join(' ');
    if (!kept.has(key)) kept.set(key, fileMade(...args));
    return kept.get(key);
}
function fileMade(...args) {
    const out = join(home, 'out');
    const done = run('report', '--data', data, ...args, '--out', out);
    equal([done.code, done.out, done.err], [0, '', ''], args.join(' '));
    return readFileSync(out);
}

// A document as lines: of a table each row is one.
const docxLine = (bytes) => docxText(bytes, true);

await suite.test('each way out of the command says the same, for the whole and for each of its two years', () => {
    for (const [period, rows] of Object.entries(spans)) {
        const at = period === 'all' ? [] : ['--period', period];
        equal(file('attendance', '--format', 'csv', ...at).toString(), `\uFEFF${[head, ...rows].map((r) => r.join(',') + '\r\n').join('')}`);
        const json = JSON.parse(file('attendance', '--format', 'json', ...at));
        equal(json.map((r) => [r.province, r.councillors, r.officials, r.women_citizens, r.total]), rows);
        equal(sheetRows(file('attendance', '--format', 'xlsx', ...at)).slice(-3), rows);
    }
    equal(numbers(spans['FY2019-20']).map((r, i) => r.map((n, k) => n + spans['FY2020-21'][i][k + 1])), numbers(spans.all));
});

await suite.test('papers in both languages say the same, as approved', () => {
    const en = pdfText(file('attendance', '--format', 'pdf'));
    equal(rowsIn(en, spans.all), spans.all);
    match(en, /Approved figures/);
    equal(/Provisional: as of/.test(en), false);
    equal(rowsIn(pdfText(file('attendance', '--format', 'pdf', '--lang', 'ur')), spans.all), spans.all);
    equal(rowsIn(docxLine(file('attendance', '--format', 'docx')), spans.all), spans.all);
});

// Achievement Document and Annual Report: the same figures in each form, besides what only they have.
const years = [['FY2019-20', 410, 54, 956, 1420, 16], ['FY2020-21', 205, 29, 480, 714, 8], ['FY2021-22', 0, 0, 0, 0, 0], ['all', 615, 83, 1436, 2134, 24]];
const fate = ['Both provinces', 391, 391, 250, 0, 175, 70, 141, 75];
await suite.test('Achievement Document and Annual Report say the same in every form', () => {
    for (const name of ['achievement', 'annual']) {
        const whole = JSON.parse(file(name, '--format', 'json'));
        equal([whole.provisional, whole.quarters_approved], [false, 40], name);
        equal(whole.parts.attendance.map((r) => [r.place, r.councillors, r.officials, r.women_citizens, r.total]), spans.all, name);
        equal(whole.parts.years.map((r) => Object.values(r).slice(1)), years, name);
        const last = whole.parts.funnel.at(-1);
        equal([last.received, last.women, last.municipal, last.solved_confirmed, last.resolved_reported, last.resolved_reported_percent, last.handed_over, last.pending], fate.slice(1), name);
        const rows = file(name, '--format', 'csv').toString().split('\r\n').map((l) => l.split(','));
        const cell = (unit, period, role, sex) => Number(rows.find((r) => r[0] === 'attendance' && r[2] === unit && r[4] === period && r[5] === role && r[6] === sex)[7]);
        for (const [unit, row] of [['PK5', 0], ['PK6', 1], ['', 2]]) {
            equal([cell(unit, 'all', 'councillor', 'not_stated'), cell(unit, 'all', 'official', 'not_stated'), cell(unit, 'all', 'citizen', 'woman'), cell(unit, 'all', '', '')], spans.all[row].slice(1), name);
        }
        equal(sheetRows(file(name, '--format', 'xlsx')).slice(-3).map((r) => [r[0], ...r.slice(2, 6)]), spans.all, name);
        for (const text of [pdfText(file(name, '--format', 'pdf')), docxLine(file(name, '--format', 'docx'))]) {
            equal(rowsIn(text, [...spans.all, ...years, fate]).length, spans.all.length + years.length + 1, name);
        }
    }
    const urdu = pdfText(file('annual', '--format', 'pdf', '--lang', 'ur'));
    equal(rowsIn(urdu, [...spans.all, ...years]).length, 7);
    const year = JSON.parse(file('annual', '--format', 'json', '--period', 'FY2020-21'));
    equal(year.parts.attendance.map((r) => r.total), [362, 352, 714]);
    const of = year.parts.indicators.find((i) => i.code === 'attendance');
    equal([of.num, of.since_num], [714, 2134]);
});

// The actuals of an indicator in the period that begins then: [value, place, "role/sex/part"].
function actuals(xml, indicator, from, to) {
    const one = xml.split('<indicator ').findLast((i) => i.includes(`vocabulary="99" code="${indicator}"`)) ?? '';
    const period = one.split('<period>').find((p) => p.includes(`<period-start iso-date="${from}"`) && p.includes(`<period-end iso-date="${to}"`)) ?? '';
    return new Map([...period.matchAll(/<actual value="([^"]+)"(?:\/>|>([\s\S]*?)<\/actual>)/g)].map(([, value, inside = '']) => [
        [/<location ref="([^"]+)"/.exec(inside)?.[1] ?? '', ...[...inside.matchAll(/<dimension name="[^"]+" value="([^"]+)"/g)].map((m) => m[1])].join('/'),
        Number(value),
    ]));
}

await suite.test('so does IATI', () => {
    const xml = file('attendance', '--format', 'iati').toString();
    const days = { all: ['2019-07-01', '2022-06-30'], 'FY2019-20': ['2019-07-01', '2020-06-30'], 'FY2020-21': ['2020-07-01', '2021-06-30'] };
    for (const [period, [from, to]] of Object.entries(days)) {
        const is = actuals(xml, 'attendance', from, to);
        for (const [unit, row] of [['PK5', spans[period][0]], ['PK6', spans[period][1]], ['', spans[period][2]]]) {
            const cells = ['councillor/not_stated', 'official/not_stated', 'citizen/woman'].map((c) => is.get(`${unit}/${c}`));
            equal([...cells, is.get(unit)], row.slice(1), `${period} ${unit}`);
        }
    }
    equal(actuals(xml, 'cases_resolved_reported', '2021-07-01', '2022-06-30').get(''), 70);
});

await suite.test('so does ADX, quarter by quarter', () => {
    for (const [period, rows] of Object.entries(spans)) {
        const xml = file('attendance', '--format', 'adx', ...(period === 'all' ? [] : ['--period', period])).toString();
        const groups = [...xml.matchAll(/<group orgUnit="(\w+)"[^>]*>([\s\S]*?)<\/group>/g)];
        const sum = (unit, element) => groups.filter((g) => g[1].startsWith(unit)).flatMap((g) => [...g[2].matchAll(new RegExp(`dataElement="${element}" value="(\\d+)"`, 'g'))]).reduce((n, m) => n + Number(m[1]), 0);
        for (const [unit, row] of [['PK5', rows[0]], ['PK6', rows[1]], ['PK', rows[2]]]) equal(sum(unit, 'attendance'), row.at(-1), `${period} ${unit}`);
        equal(xml.includes('attendance_people'), false, 'of a district and quarter some cells are too small to give');
    }
});

await suite.test('391 cases, 250 of them municipal, 175 resolved as reported (70 %), 75 in hand, 141 handed over', () => {
    const of = Object.fromEntries(JSON.parse(file('indicators', '--format', 'json')).rows.map((r) => [r.code, r]));
    const is = (code) => [of[code].approved, of[code].approved_of, of[code].approved_percent];
    equal(is('cases_registered'), [391, null, null]);
    equal(is('cases_women_share'), [391, 391, 100]);
    equal(is('cases_municipal'), [250, null, null]);
    equal(is('cases_resolved_reported'), [175, 250, 70]);
    equal(is('cases_pending'), [75, null, null]);
    equal(is('cases_handed_over'), [141, null, null]);
    equal(is('cases_solved_confirmed').slice(0, 2), [0, 0]);
    equal(is('materials_given'), [150, null, null]);
    equal(is('attendance'), [2134, null, null]);
    equal(is('events_held'), [24, null, null]);
    equal(is('desks_opened'), [1, null, null]);
    for (const r of Object.values(of)) equal([r.provisional, r.provisional_of], [r.approved, r.approved_of], r.code);
});

/* ---- every named figure in every form ---- */

// Reviewed by hand: by planning year and in all: complaints, by women, municipal, solved (nobody asked), resolved as reported,
// per cent of the municipal ones, in progress, handed over, brochures, desks opened, desks planned. Before the desk: none.
const keys = ['received', 'women', 'municipal', 'solved_confirmed', 'resolved_reported', 'resolved_reported_percent', 'pending', 'handed_over', 'materials', 'desks_opened', 'desks_planned'];
const desks = {
    'FY2019-20': [0, 0, 0, 0, 0, null, 0, 0, 0, 0, 0],
    'FY2020-21': [0, 0, 0, 0, 0, null, 0, 0, 0, 0, 0],
    'FY2021-22': [391, 391, 250, 0, 175, 70, 75, 141, 150, 1, 7],
    all: [391, 391, 250, 0, 175, 70, 75, 141, 150, 1, 7],
};
const cameBy = Object.fromEntries(years.map((y) => [y[0], y.slice(1)]));
const handedDown = { en: /Illustrative: an earlier programme/, ur: /بطور مثال\s*:\s*ایک پہلے پروگرام/ };
const illustrative = { en: 'illustrative', ur: 'بطور مثال' };
// Where a form knows figures by indicator: what each of the keys is. [indicator, which of its numbers].
const counted = {
    received: ['cases_women_share', 'of'], women: ['cases_women_share', 'value'], municipal: ['cases_municipal', 'value'],
    solved_confirmed: ['cases_solved_confirmed', 'value'], resolved_reported: ['cases_resolved_reported', 'value'],
    resolved_reported_percent: ['cases_resolved_reported', 'percent'], pending: ['cases_pending', 'value'], handed_over: ['cases_handed_over', 'value'],
    materials: ['materials_given', 'value'], desks_opened: ['desks_opened', 'value'], desks_planned: ['desks_opened', 'target'],
};
const byIndicator = (ask) => keys.map((k) => ask(...counted[k]) ?? (k === 'resolved_reported_percent' ? null : 0));
const noIsolates = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

// Each form as it comes out of the command: by period [who came, complaints and desks], and whether it says what is illustrative.
const forms = {
    json: (bytes) => {
        const of = JSON.parse(bytes);
        const row = (part, period) => of.parts[part].find((r) => r.code === period);
        return { said: of.note, at: (period) => [Object.values(row('years', period)).slice(2), keys.map((k) => row('desks', period)[k])] };
    },
    csv: (bytes, lang) => {
        const rows = bytes.toString().split('\r\n').map((l) => l.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)).filter((r) => r[2] === '');
        const at = (code, period, role = '', sex = '') => rows.find((r) => r[0] === code && r[4] === period && r[5] === role && r[6] === sex);
        const n = (row, k) => (row === undefined || row[k] === '' ? null : Number(row[k]));
        const columns = { value: 7, of: 8, percent: 9, target: 10 };
        const said = ['attendance', 'cases_registered', 'cases_municipal', 'cases_pending', 'cases_handed_over', 'cases_resolved_reported'];
        return {
            said: said.every((code) => at(code, 'all')[11] === illustrative[lang]) ? handedDown[lang].source : '',
            at: (period) => [
                [n(at('attendance', period, 'councillor', 'not_stated'), 7) ?? 0, n(at('attendance', period, 'official', 'not_stated'), 7) ?? 0, n(at('attendance', period, 'citizen', 'woman'), 7) ?? 0, n(at('attendance', period), 7), n(at('events_held', period), 7)],
                byIndicator((code, what) => n(at(code, period), columns[what])),
            ],
        };
    },
    xlsx: (bytes) => {
        const [came, heard] = [3, 4].map((n) => sheetRows(bytes, n));
        const row = (rows, period) => rows.find((r) => r[1] === period).slice(2).map((n) => (n === '' ? null : n));
        const share = (cells) => cells.map((n, k) => (keys[k] === 'resolved_reported_percent' && n !== null ? Math.round(n * 100) : n));
        return { said: came.flat().join('\n'), at: (period) => [row(came, period), share(row(heard, period))] };
    },
    pdf: (bytes) => read(pdfText(bytes)),
    docx: (bytes) => read(docxLine(bytes)),
};
// Of a paper: the rows that stand in it as they should.
function read(text) {
    const is = (period, row) => (rowsIn(text, [[period, ...row.filter((n) => n !== null)]]).length === 1 ? row : `no line of ${row}`);
    return { said: noIsolates(text).replace(/\s+/g, ' '), at: (period) => [is(period, cameBy[period]), is(period, desks[period])] };
}
await suite.test('every named figure stands in every file, in both languages, in all and by its years, and says what is illustrative', () => {
    for (const [form, of] of Object.entries(forms)) {
        for (const lang of ['en', 'ur']) {
            const is = of(file('annual', '--format', form, '--lang', lang), lang);
            for (const period of Object.keys(desks)) equal(is.at(period), [cameBy[period], desks[period]], `${form} ${lang} ${period}`);
            ok(form === 'csv' ? is.said !== '' : handedDown[lang].test(is.said), `${form} ${lang} says that it is illustrative`);
        }
    }
});

await suite.test('so they do in IATI', () => {
    const xml = file('annual', '--format', 'iati').toString();
    const days = { all: ['2019-07-01', '2022-06-30'], 'FY2019-20': ['2019-07-01', '2020-06-30'], 'FY2020-21': ['2020-07-01', '2021-06-30'], 'FY2021-22': ['2021-07-01', '2022-06-30'] };
    for (const [period, [from, to]] of Object.entries(days)) {
        // What plans aim at in all is one target without a place; a plan is of a year.
        const plans = xml.split('<indicator ').filter((i) => i.includes('vocabulary="99" code="desks_opened"')).flatMap((i) => i.split('<period>').slice(1));
        const planned = plans.filter((p) => /period-start iso-date="([^"]+)"/.exec(p)[1] >= from && /period-end iso-date="([^"]+)"/.exec(p)[1] <= to).map((p) => Number(/<target value="(\d+)"\/>/.exec(p)?.[1] ?? 0));
        // Undimensioned: of a share "175 of 250" beside it.
        const whole = (code) => {
            const one = xml.split('<indicator ').findLast((i) => i.includes(`vocabulary="99" code="${code}"`)) ?? '';
            const p = one.split('<period>').find((t) => t.includes(`iso-date="${from}"`) && t.includes(`iso-date="${to}"`)) ?? '';
            const found = [...p.matchAll(/<actual value="([^"]+)"[^>]*>([\s\S]*?)<\/actual>/g)].find((m) => !/<location|<dimension/.test(m[2]));
            if (found === undefined) return {};
            if (!['materials_given', 'desks_opened'].includes(code) && Number(found[1]) > 0) match(found[2], handedDown.en, `${code} ${period}`);
            if (!one.startsWith('measure="2"')) return { value: Number(found[1]) };
            const [, num, den] = /(\d+) of (\d+)/.exec(found[2]);
            return { value: Number(num), of: Number(den), percent: Number(found[1]) };
        };
        const is = byIndicator((code, what) => (what === 'target' ? planned.reduce((n, m) => n + m, 0) : whole(code)[what]));
        equal(is, desks[period], period);
        const cells = actuals(xml, 'attendance', from, to);
        const came = ['/councillor/not_stated', '/official/not_stated', '/citizen/woman', ''].map((c) => cells.get(c) ?? 0);
        equal([...came, actuals(xml, 'events_held', from, to).get('') ?? 0], cameBy[period], period);
    }
});

await suite.test('a named group has an IATI file of its own', () => {
    const whole = (unit) => actuals(file('annual', '--format', 'iati', '--unit', unit).toString(), 'attendance', '2019-07-01', '2022-06-30').get('');
    equal([whole('pilot'), whole('merged')], [2134, 271]); // of the eight Kohat alone has a merged tehsil
});

await suite.test('what was approved stands behind its hashes', () => {
    const r = run('verify', '--data', data);
    equal(r.code, 0, r.out + r.err);
});

const server = new Server({ existing: data });
await server.start();
const as = async (user) => {
    const visitor = new Visitor(server);
    equal((await visitor.signIn(user)).status, 303, user);
    return visitor;
};
const manager = await as('manager');
const api = new Api(server, server.token('manager'));
const figure = async (code, query = '') => {
    const r = await api.get(`/figures?indicator=${code}${query}`);
    equal(r.status, 200, r.text);
    return r.json.figures[0];
};
const plain = (html) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

await suite.test('page and API say the same, and whether somebody approved it', async () => {
    const adc = await as('adc.kp');
    const page = await adc.get('/reports/attendance?lang=en');
    const table = /<table[\s\S]*?<\/table>/.exec(page.text)[0];
    const rows = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map((r) => asciiDigits(plain(r[1])));
    for (const r of spans.all) ok(rows.some((row) => new RegExp(`${r[0]}.*${r.slice(1).join('\\D+')}\\D*$`).test(row)), r.join(' '));
    match(plain(page.text), /Approved figures/);
    for (const [period, want] of Object.entries(spans)) {
        for (const [unit, row] of [['&unit=PK5', want[0]], ['&unit=PK6', want[1]], ['', want[2]]]) {
            const f = await figure('attendance', `&period=${period}${unit}`);
            const cell = (role, sex) => f.cells.find((c) => c.role === role && c.sex === sex).num;
            equal([cell('councillor', 'not_stated'), cell('official', 'not_stated'), cell('citizen', 'woman'), f.value], row.slice(1), period + unit);
        }
    }
    for (const period of Object.keys(desks)) {
        const all = await api.get(`/figures?period=${period}`);
        const of = Object.fromEntries(all.json.figures.map((f) => [f.indicator, f]));
        equal(byIndicator((code, what) => of[code][what]), desks[period], period);
        equal([of.attendance.value, of.events_held.value], cameBy[period].slice(3), period);
        for (const code of ['cases_registered', 'cases_municipal', 'cases_pending', 'cases_handed_over', 'cases_resolved_reported']) {
            equal(handedDown.en.test(of[code].note ?? ''), desks[period][0] > 0, `${code} ${period}`);
        }
    }
    for (const lang of ['en', 'ur']) {
        const annual = (await manager.get(`/documents/view?kind=annual&lang=${lang}`)).text;
        const lines = [...annual.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map((r) => plain(r[1])).join('\n');
        const shown = read(lines);
        for (const period of Object.keys(desks)) equal(shown.at(period), [cameBy[period], desks[period]], `page ${lang} ${period}`);
        match(noIsolates(plain(annual)), handedDown[lang]);
    }
    const now = await api.get('/figures?standing=provisional&indicator=attendance');
    equal([now.json.provisional, now.json.figures[0].value], [true, 2134]);
    equal((await api.get('/figures?indicator=none')).status, 404);
    equal((await api.get('/figures?period=20')).status, 422);
});

await suite.test('seven desks are planned, one each in seven districts, and none is met', async () => {
    const plan = plain((await manager.get('/plans/OP-PK-2021-22-V1?lang=en')).text);
    match(plan, /Seven more Women Facilitation Desks/);
    match(plan, /Illustrative plan/);
    const targets = readFileSync(new URL('../../src/app/seed/logo2_plan_targets.csv', import.meta.url), 'utf8').trim().split('\n').filter((l) => l.startsWith('2021,3,')).map((l) => l.split(','));
    equal([targets.length, targets.reduce((n, t) => n + Number(t[5]), 0)], [7, 7]);
    for (const t of targets) equal((await figure('desks_opened', `&unit=${t[2]}`)).value, 0, t[2]);
    equal((await figure('desks_opened', '&unit=PK526')).value, 1);
    const annual = JSON.parse(file('annual', '--format', 'json'));
    const met = annual.parts.targets.filter((t) => t.code === 'desks_opened');
    equal(met.map((t) => [t.unit, t.target, t.num]), targets.map((t) => [t[2], 1, 0]));
    match(annual.narrative[0].words, /391 complaints.*250 municipal ones with 175 resolved, 75 in progress and 141 handed over, is illustrative/);
});

/* ---- what changes, and what does not ---- */

const people = { desk: await as('desk.nowshera'), supervisor: await as('supervisor.nowshera'), monitor: await as('monitor.nowshera'), province: await as('monitor.kp') };
let posts = 0;
async function act(who, at, fields) {
    const page = await who.get(at);
    const one = (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1];
    const sent = { _token: one('_token'), _key: `logo-${++posts}-${Date.now()}`, ...(one('seen') ? { seen: one('seen') } : {}), ...(one('step') ? { step: one('step') } : {}), ...fields };
    const r = await who.post(at, new Map(Object.entries(sent)));
    equal(r.status, 303, `${at} ${JSON.stringify(fields)}: ${plain(r.text).slice(0, 1500)}`);
}
const carried = async (at) => {
    await act(people.desk, at, { do: 'submit' });
    await act(people.monitor, at, { do: 'verify' });
    await act(people.province, at, { do: 'approve' });
};
const stand = async () => [(await figure('attendance')).value, (await figure('attendance', '&period=FY2019-20&unit=PK526')).value, (await figure('attendance')).sha256];
const event = 'EDS-PK526-2019-20-001';
const before = await stand();

await suite.test('a draft moves nothing; what is approved again is the next version, and listed', async () => {
    const QUARTER = '/sheets/quarter/PK526/FY2019-20Q2';
    await act(people.province, `/sheets/event/${event}`, { do: 'unlock', words: 'Five women came late' });
    await act(people.supervisor, `/events/${event}/close`, { do: 'reopen', why: 'Five women came late' });
    const desk = new Api(server, server.token('desk.nowshera'));
    const counted = await desk.post(`/events/${event}/counts`, { role: 'citizen', sex: 'woman', people: 5, device: 'logo' }, { 'Idempotency-Key': 'logo-five' });
    equal(counted.status < 300, true, counted.text);
    equal(await stand(), before, 'while it is open');
    await act(people.supervisor, `/events/${event}/close`, { do: 'paper', explained: 'The paper is with the earlier programme' });
    await act(people.supervisor, `/events/${event}/close`, { do: 'sign', post: 'Women officer', how: 'signature' });
    await act(people.supervisor, `/events/${event}/close`, { do: 'close', sure: '1' });
    equal(await stand(), before, 'closed, and a draft');
    await carried(`/sheets/event/${event}`);
    equal(await stand(), before, 'until the quarter is approved again');
    await act(people.province, QUARTER, { do: 'unlock', words: 'Five women came late in November' });
    equal(await stand(), before, 'unlocked: the old figure stands');
    kept.clear();
    equal(JSON.parse(file('changes', '--format', 'json')).rows.length, 0);
    await carried(QUARTER);
    const after = await stand();
    kept.clear();
    equal(after.slice(0, 2), [before[0] + 5, before[1] + 5]);
    ok(after[2] !== before[2], 'another hash');
    const changes = JSON.parse(file('changes', '--format', 'json', '--lang', 'en'));
    equal(changes.provisional, false);
    const row = changes.rows.find((r) => r.is_n - r.was_n === 5 && r.version_no === 2);
    equal([row.district_text, row.from_day, row.why_text], ['Nowshera', '2019-10-01', 'Five women came late in November']);
    equal(JSON.parse(file('attendance', '--format', 'json')).at(-1).total, 2139);
    const annual = JSON.parse(file('annual', '--format', 'json'));
    equal(annual.parts.attendance.at(-1).total, 2139);
    ok(annual.parts.changes.some((r) => JSON.stringify(r).includes('Five women came late in November')), JSON.stringify(annual.parts.changes.slice(0, 3)));
    equal(run('verify', '--data', data).code, 0);
});

const code = await server.stop();
await suite.test('the server ends well', () => equal(code, 0, server.said));
server.remove();
suite.done();
