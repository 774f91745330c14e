// exchange_test.mjs: tables that come in: targets of a draft from CSV, workbooks and pasted rows, all or nothing, with every
// wrong cell named and the rows kept; what goes out beside IATI.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { wrongs } from '../adx/check.mjs';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor, formsOf, idemKey, unescapeHtml } from '../lib/client.mjs';
import { multipart, workerUp } from '../lib/media.mjs';
import { asciiDigits, sheetRows } from '../lib/papers.mjs';
import { workbook } from '../lib/zip.mjs';

const suite = new Suite('exchange');

// The most memory that a process and those it started ever held, in KiB.
function peaks(pid, all = new Map()) {
    all.set(pid, Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
    for (const child of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)) peaks(Number(child), all);
    return all;
}

await withServer({ cases: 60 }, async (server) => {
    await workerUp(server);
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, `sign-in of ${user}`);
        return visitor;
    };
    const monitor = await signedIn('monitor.nowshera');
    const manager = await signedIn('manager');
    const fill = async (who, at, fields) => {
        const page = await who.get(at);
        const form = formsOf(page.text).find((f) => f.action === at || f.action.startsWith(at));
        return who.post(form.action, new Map([...form.fields, ...Object.entries(fields), ['_key', idemKey()]]));
    };
    const made = await fill(monitor, '/plans/new', { programme: 'women-kacheri', kind: 'operational', unit: 'PK526', year: '2040' });
    equal(made.status, 303, made.text);
    const PLAN = made.headers.location;
    for (const [to, fields] of [['result', { kind: 'output', title: 'Women are heard' }], ['indicator', { result: '1', indicator: 'attendance' }], ['indicator', { result: '1', indicator: 'cases_women_share' }]]) {
        equal((await fill(monitor, `${PLAN}/${to}`, fields)).status, 303);
    }
    const AT = `/exchange/targets${PLAN.replace('/plans', '')}?lang=en`;
    // What the form answers to a file or to pasted rows; the rows that it gives back.
    const send = async (file, rows = '') => {
        const page = await monitor.get(AT);
        const form = formsOf(page.text).find((f) => f.action.startsWith('/exchange/targets/'));
        const fields = [['_token', form.fields.get('_token')], ['_key', idemKey()], ...(rows ? [['rows', rows]] : [])];
        const { body, headers } = multipart(fields, file ? [['file', Buffer.from(file), 'targets']] : []);
        return monitor.post(form.action, body, headers);
    };
    const kept = (r) => unescapeHtml(/<textarea id="rows"[^>]*>([\s\S]*?)<\/textarea>/.exec(r.text)[1]);
    const refused = async (words, ...what) => {
        const r = await send(...what);
        equal(r.status, 422, r.text);
        match(r.text, words);
        return r;
    };
    const targets = async () => {
        const csv = (await monitor.get(`${AT.replace('?lang=en', '')}/template.csv`)).text;
        return csv.replace(/^\uFEFF/, '').trim().split('\r\n').slice(1).map((line) => line.split(',')).filter((c) => c.at(-1) !== '').map((c) => [c[0], c[2], c[3], c.at(-1)].join(' '));
    };
    const HEAD = 'indicator,unit,period,role,sex,target\n';

    await suite.test('a draft leads to the form, which gives the table to begin with', async () => {
        match((await monitor.get(PLAN)).text, /href="\/exchange\/targets\//);
        const page = await monitor.get(AT);
        equal(page.status, 200, page.text);
        const csv = await monitor.get(`${AT.replace('?lang=en', '')}/template.csv`);
        match(csv.text, /Attendance|Women/i);
        equal(csv.text.trim().split('\r\n').length, 9, csv.text); // two indicators in four quarters
        match((await manager.get('/exchange?lang=en')).text, new RegExp(`href="/exchange/targets${PLAN.replace('/plans', '')}"`));
    });

    await suite.test('wrong cells are named by their place, the rows are kept, and nothing is written', async () => {
        const rows = `${HEAD}1,PK526,Q1,,,40\n1,PK511,Q2,,,5\n1,PK526,Q9,,,x\n`;
        const r = await refused(/Nothing was written/, rows);
        for (const place of ['B3', 'C4', 'F4']) match(r.text, new RegExp(`>${place}</bdi>`));
        match(r.text, /This place is not yours here/);
        equal(kept(r).trim(), rows.trim());
        ok(!/Please choose the file again/.test(r.text));
        equal(await targets(), []);
        // What was kept, mended and sent once more without a file.
        equal((await send(null, kept(r).replace('PK511', 'PK526').replace('Q9', 'Q3').replace(',x', ',7'))).status, 303);
        equal(await targets(), ['1 PK526 FY2040-41Q1 40', '1 PK526 FY2040-41Q2 5', '1 PK526 FY2040-41Q3 7']);
    });

    await suite.test('a workbook is read cell by cell: formulas, merged cells and days are seen', async () => {
        const head = HEAD.trim().split(',');
        const r = await refused(/A formula stands here/, workbook([['Targets of the year'], head, [1, 'PK526', 'Q1', '', '', { xml: '<f>20+20</f><v>40</v>' }], [1, 'PK526', { s: 1, xml: '<v>51500</v>' }, '', '', 4], [2, 'PK526', 'Q2', '', '', { s: 2, xml: '<v>1.5</v>' }]]));
        for (const place of ['F3', 'C4', 'F5']) match(r.text, new RegExp(`>${place}</bdi>`));
        match(kept(r), /=20\+20/);
        match(kept(r), /2040-12-30/);
        match(kept(r), /150%/);
        await refused(/merged with its neighbours/, workbook([head, [1, 'PK526', 'Q1', '', '', 3]], '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'));
        const said = await send(workbook([['Title'], head, [1, 'نوشہرہ', 'Q1', 'Citizen', 'خاتون', '۴۱'], [2, 'PK526', 'FY2040-41', '', '', { s: 2, xml: '<v>0.6</v>' }]]));
        equal(said.status, 303, said.text);
        ok((await targets()).includes('2 PK526 FY2040-41 60'));
        // The template as a workbook comes back as it went.
        const file = await monitor.get(`${AT.replace('?lang=en', '')}/template.xlsx`);
        equal(file.status, 200);
        const before = await targets();
        const back = await send(file.raw);
        equal(back.status, 303, back.text);
        equal(await targets(), before);
    });

    await suite.test('what is no table is refused in words', async () => {
        await refused(/CSV UTF-8/, Buffer.from('\ufeffindicator,unit\n', 'utf16le'));
        await refused(/saved in an older way/, Buffer.concat([Buffer.from(HEAD), Buffer.from([0xe4, 0xe6, 0xd4, 0xe5, 0xd1, 0xe5, 0x2c, 0x31])]));
        await refused(/These columns are missing: <bdi>indicator, period, target|These columns are missing: .*indicator, period, target/, 'unit,n\nPK526,4\n');
        await refused(/old kind|has a password/, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
        await refused(/cannot be read: it is damaged/, 'PK\x03\x04 and no more');
        await refused(/This file is no table/, Buffer.from('%PDF-1.4\n%%EOF'));
        await refused(/choose a file, or paste/, null);
        await refused(/too large/, workbook([['x'.repeat(40)], ...Array.from({ length: 7000 }, () => [1])]));
        // Refused as it comes: nothing of 60 MB is kept, in the program or in the worker.
        const before = peaks(server.child.pid);
        for (const large of [Buffer.alloc(60 << 20, 'a,'), Buffer.concat([workbook([['x']]), Buffer.alloc(60 << 20)])]) await refused(/too large/, large);
        const grown = [...peaks(server.child.pid)].map(([pid, peak]) => peak - (before.get(pid) ?? peak));
        ok(before.size >= 2 && Math.max(...grown) < 24 << 10, `grew by ${grown} KiB`); // the bound of a table is 8 MB
        await refused(/says the same place/, `${HEAD}1,PK526,Q1,,,4\n1,PK526,Q1,,,5\n`);
    });

    await suite.test('another district and a plan that is no draft are nobody’s to write in', async () => {
        equal((await (await signedIn('desk.haripur')).get(AT)).status, 403);
        const page = await monitor.get(AT);
        const token = formsOf(page.text).find((f) => f.action.startsWith('/exchange/targets/')).fields.get('_token');
        const send = (at, fields) => monitor.post(at, new Map([['_token', token], ['_key', idemKey()], ...Object.entries(fields)]));
        const [, step] = /name="step" value="(\d+)"/.exec((await monitor.get(PLAN)).text);
        equal((await send(`${PLAN}/act`, { do: 'drop', words: 'No more' })).status, 409, 'from no page');
        equal((await send(`${PLAN}/act`, { do: 'drop', words: 'No more', step })).status, 303);
        const late = await send(AT.replace('?lang=en', ''), { rows: `${HEAD}1,PK526,Q1,,,4` });
        equal(late.status, 409);
        match(late.text, /PK526,Q1,,,4/); // her rows are still there
        equal((await monitor.get(AT)).status, 404);
    });

    await suite.test('who reports in IATI is said by the manager, and stands in the file', async () => {
        equal((await fill(manager, '/exchange/reporter/women-kacheri', { ref: 'no hyphen', name: 'LG Department', type: '10', sector: '15150' })).status, 422);
        equal((await fill(manager, '/exchange/reporter/women-kacheri', { ref: 'PK-KP-0001', name: 'LG Department', type: '10', sector: '1515' })).status, 422);
        equal((await fill(manager, '/exchange/reporter/women-kacheri', { ref: 'PK-KP-0001', name: 'LG Department', type: '11', sector: '15170' })).status, 303);
        const xml = (await manager.get('/exchange/iati.xml')).text;
        match(xml, /<reporting-org ref="PK-KP-0001" type="11">/);
        match(xml, /<sector vocabulary="1" code="15170"/);
        match((await manager.get('/exchange?lang=en')).text, /PK-KP-0001/);
    });

    await suite.test('figures of the time before go through three hands, then count and go out', async () => {
        const rows = 'indicator,unit,period,role,sex,value\nattendance,PK526,2019-08,citizen,woman,40\n';
        const page = await monitor.get('/exchange/past?lang=en');
        const form = formsOf(page.text).find((f) => f.action === '/exchange/past');
        const sent = async (text) => {
            const { body, headers } = multipart([['_token', form.fields.get('_token')], ['_key', idemKey()], ['source', 'Report of 2021']], [['file', Buffer.from(text), 'past.csv']]);
            return monitor.post('/exchange/past', body, headers);
        };
        match((await sent(rows.replace('2019-08', '2019'))).text, />C2<\/bdi>/);
        const r = await sent(rows);
        equal(r.status, 303, r.text);
        const at = r.headers.location;
        match((await monitor.get(`${at}?lang=en`)).text, /Waits for verification/);
        ok(!(await manager.get('/exchange/adx.xml')).text.includes('period="2019-07-01/P3M"'));
        equal((await monitor.post(at, new Map([['_token', form.fields.get('_token')], ['_key', idemKey()], ['do', 'take']]))).status, 403, 'her own');
        const second = await signedIn('monitor.kp');
        equal((await fill(second, at, { do: 'take' })).status, 409, 'nobody verified it');
        equal((await fill(second, at, { do: 'verify' })).status, 303);
        match((await monitor.get(`${at}?lang=en`)).text, /Verified; waits for approval/);
        equal((await second.post(at, new Map([['_token', formsOf((await second.get('/exchange/past')).text).find((f) => f.action === '/exchange/past').fields.get('_token')], ['_key', idemKey()], ['do', 'take']]))).status, 403, 'verified by her');
        ok(!(await manager.get('/exchange/adx.xml')).text.includes('period="2019-07-01/P3M"'));
        equal((await fill(manager, at, { do: 'take' })).status, 303);
        match((await monitor.get(`${at}?lang=en`)).text, /Taken/);
        const adx = (await manager.get('/exchange/adx.xml')).text;
        match(/period="2019-07-01\/P3M"[\s\S]*?<\/group>/.exec(adx)[0], /dataElement="attendance" value="40"/);
        match((await manager.get('/reports/indicators/attendance?unit=PK526&period=FY2019-20Q1&lang=en')).text, /Figures of the time before/);
        // As of now, too: no record takes its place. The period can be chosen, and is told as approved.
        const figure = (await manager.get('/reports/indicators/attendance?unit=PK526&period=FY2019-20&lang=en')).text;
        match(figure, /As of now \(provisional\)[\s\S]{0,120}?40/);
        match((await manager.get('/reports/indicators/attendance?lang=en')).text, /<option value="FY2019-20"/);
        match((await manager.get('/figures?unit=PK526&period=FY2019-20Q1&lang=en')).text, /One district quarter/);
        const verified = run('verify', '--data', server.data);
        equal(verified.code, 0, verified.out + verified.err);
    });

    const toCompare = async (fields, file) => {
        const page = await monitor.get('/exchange/sheets?lang=en');
        const token = formsOf(page.text).find((f) => f.action === '/exchange/sheets').fields.get('_token');
        const { body, headers } = multipart([['_token', token], ['_key', idemKey()], ['programme', 'women-kacheri'], ...Object.entries(fields)], file ? [['file', file, 'events.xlsx']] : []);
        return monitor.post('/exchange/sheets', body, headers);
    };

    await suite.test('the programme’s own workbook is compared with what was counted, by a map that is kept', async () => {
        const event = [...(await monitor.get('/events?state=closed')).text.matchAll(/\/events\/(EDS-[^"?]+)"/g)][0][1];
        const book = workbook([['Our events'], ['Programme no.', 'Ladies', 'Everybody'], [event, 100000, 1], ['EDS-NONE-1', 2, 3]]);
        const send = toCompare;
        const asked = await send({}, book);
        equal(asked.status, 422, asked.text);
        match(asked.text, /Please choose the column with the number of the event/);
        match(asked.text, /Programme no\./);
        match(asked.text, /name="head" type="text" value="2"/);
        const compared = await send({ rows: kept(asked), head: '2', event: 'A', women: 'B' });
        equal(compared.status, 200, compared.text);
        match(compared.text, /Events compared: <bdi>1<\/bdi>|Events compared: 1/);
        match(compared.text, />100000<\/bdi>/);
        match(compared.text, />A4<\/bdi>/);
        // The next workbook is read at once; its columns may stand elsewhere.
        const again = await send({}, workbook([['Ladies', 'x', 'Programme no.'], [3, 1, event]]));
        equal(again.status, 200, again.text);
        match(again.text, />3<\/bdi>/);
    });

    await suite.test('approved event sheets go out in the columns of that workbook, and come back alike', async () => {
        const AT = '/exchange/sheets/women-kacheri/events';
        match((await monitor.get('/exchange/sheets?lang=en')).text, /href="\/exchange\/sheets\/women-kacheri\/events\.xlsx\?period=FY/);
        const linesOf = async (query = '') => (await monitor.get(`${AT}.csv${query}`)).text.replace(/^\uFEFF/, '').trim().split('\r\n').map((l) => l.split(','));
        const [head, ...rows] = await linesOf();
        equal(head, ['Ladies', 'Programme no.']); // as in the last workbook
        const above = (await manager.get(`${AT}.csv?lang=en`)).text.replace(/^\uFEFF/, '').split('\r\n')[0];
        ok(!above.includes('Ladies') && above.split(',').length > 2, `a district's map is its own: ${above}`);
        ok(rows.length > 0);
        const approved = async (code) => /<\/h1>\s*<p><span class="chip[\s\S]*?<\/span>/.exec((await monitor.get(`/sheets/event/${code}?lang=en`)).text)[0].includes('Approved');
        ok(await approved(rows[0][1]), rows[0][1]);
        const closed = [...(await monitor.get('/events?state=closed')).text.matchAll(/\/events\/(EDS-[^"?]+)"/g)].map((m) => m[1]);
        const left = closed.find((code) => !rows.some((r) => r[1] === code));
        ok(left && !(await approved(left)), 'one that nobody approved is not among them');
        const book = await monitor.get(`${AT}.xlsx`);
        equal(book.status, 200);
        equal(sheetRows(book.raw).map((r) => r.map(String)), [head, ...rows]);
        const back = await toCompare({}, book.raw);
        match(asciiDigits(back.text.replace(/<[^>]*>|[\u2066-\u2069]/g, '')), new RegExp(`Events compared: ${rows.length}\\. Of them alike: ${rows.length}\\.`));
        // Its totals are kept beside drafts, to be compared: nobody counts them, and what is approved does not move.
        match(back.text, /name="keep" value="1"/);
        const said = await toCompare({ keep: '1' }, workbook([['Ladies', 'Programme no.'], [98765, left], [98764, rows[0][1]]]));
        match(said.text, /Kept beside the sheet of <bdi>1<\/bdi> event|Kept beside the sheet of 1 event/);
        const sheet = (await monitor.get(`/sheets/event/${left}?lang=en`)).text;
        match(sheet, /The programme’s own workbook says another number/);
        match(sheet, />98,?765</);
        ok(!/98,?764/.test((await monitor.get(`/sheets/event/${rows[0][1]}?lang=en`)).text));
        equal((await linesOf()).slice(1), rows);
        equal(await linesOf('?period=FY1999-00'), [head]);
        equal((await monitor.get(`${AT}.csv?period=99`)).status, 404);
        equal((await monitor.get('/exchange/sheets/none/events.csv')).status, 404);
    });

    await suite.test('approved figures go out as ADX, by page and by command, with their code lists', async () => {
        const r = await manager.get('/exchange/adx.xml');
        equal(r.status, 200, r.text);
        match(r.headers['content-type'], /application\/adx\+xml/);
        const out = run('report', '--data', server.data, 'achievement', '--format', 'adx');
        const bare = (t) => t.replace(/exported="[^"]*"/, '');
        equal(bare(out.out), bare(r.text));
        const codes = (await manager.get('/exchange/codes.csv')).text;
        equal(wrongs(r.text, codes), []);
        const spoilt = (a, b, c = codes) => ok(r.text.includes(a) && wrongs(r.text.replace(a, b), c).length > 0, `${a} as ${b}`);
        spoilt('/P3M"', '/3M"');
        spoilt('<dataValue dataElement="attendance" value="', '<dataValue dataElement="attendance" value="some');
        spoilt('dataElement="attendance"', 'dataElement="visitors"');
        spoilt('<dataValue dataElement="attendance"', '<dataValue dataElement="attendance" SEX="woman"');
        spoilt(' PART="', ' PART="no_such_');
        spoilt('orgUnit="', 'place="');
        spoilt('PART="', 'PART="', codes.replace(/^"?PART"?,.*$/gm, ''));
        match(codes, /^PART,municipal,[^,]*unicipal[^,]*,/m);
        for (const code of ['indicator,attendance,', 'indicator,cases_women_share_num,', 'ROLE,citizen,', 'SEX,woman,']) ok(codes.includes(code), code);
        const groups = [...r.text.matchAll(/<group orgUnit="(\w+)" period="(\d{4}-\d\d-\d\d)\/P3M" dataSet="sunwai_figures" completeDate="\d{4}-\d\d-\d\d">([\s\S]*?)<\/group>/g)];
        ok(groups.length > 0, r.text.slice(0, 500));
        for (const [, , , inside] of groups) {
            const value = (element) => [...inside.matchAll(new RegExp(`dataElement="${element}"[^>]* value="(\\d+)"`, 'g'))].map((m) => Number(m[1]));
            const people = value('attendance_people');
            equal(value('attendance').length, 1);
            if (people.length > 0) equal(people.reduce((a, b) => a + b), value('attendance')[0]);
            for (const [, name] of inside.matchAll(/dataElement="([^"]+)"/g)) ok(codes.includes(`indicator,${name},`), name);
        }
    });
});
suite.done();
