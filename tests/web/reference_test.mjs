// reference_test.mjs: services and places as the API tells them, against the lists they were taken from
// (docs/catalogue), and what is only pointed to leaves no trace.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { root, run, withServer } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey } from '../lib/client.mjs';

// A CSV file as objects.
function csv(path) {
    const rows = [];
    let row = [''];
    let quoted = false;
    const text = readFileSync(join(root, path), 'utf8');
    for (let i = 0; i < text.length; i += 1) {
        const c = text[i];
        if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[i += 1];
        else if (c === '"') quoted = !quoted;
        else if (!quoted && c === ',') row.push('');
        else if (!quoted && c === '\n') {
            rows.push(row);
            row = [''];
        } else if (c !== '\r') row[row.length - 1] += c;
    }
    const [head, ...rest] = rows;
    return rest.map((r) => Object.fromEntries(head.map((name, i) => [name, r[i]])));
}

// Of a range the longer is the limit; "now" is the same day; "none" is no clock.
function limitOf(text) {
    if (text === 'none' || text === '') return null;
    if (text === 'now') return 0;
    return Math.max(...text.split(/[-/]/).map(Number));
}
const BASIS = { R22: /September 2022/, 'R22?': /September 2022/, R14: /2014/, P: /^Policy default$/, '': /^Policy default$/ };
const NOTES = /\*\*|V\[|\bG;|\bG$|R\d\d\b|->|\?$|^same$/; // what the sources noted for themselves

await withServer({}, async (server) => {
    const suite = new Suite('reference');
    const nobody = new Api(server, null);
    const desk = new Api(server, server.token('desk.nowshera'));
    const municipal = csv('docs/catalogue/municipal.csv');
    const routing = csv('docs/catalogue/routing.csv');
    const services = async (query = '') => (await nobody.get(`/services${query}`)).json.services;
    const kp = new Map((await services()).map((s) => [s.code, s]));
    const punjab = new Map((await services('?unit=PK62002')).map((s) => [s.code, s]));

    await suite.test('every service of both lists is there, and no other', async () => {
        equal(municipal.length, 43);
        equal(routing.length, 27);
        equal([...kp.keys()].sort(), [...municipal, ...routing].map((r) => r.code).sort());
        for (const [code, s] of kp) equal(s.municipal, code.startsWith('M-'), code);
    });

    await suite.test('municipal limits, their law and whether anybody has verified it', async () => {
        for (const r of municipal) {
            const s = kp.get(r.code);
            equal(s.limit_days, limitOf(r.limit), r.code);
            match(s.basis, BASIS[r.basis], r.code);
            equal(s.verify, !['R22', 'R14'].includes(r.basis), r.code);
            const p = punjab.get(r.code);
            equal(p.limit_days, limitOf(r.limit), `${r.code} in Punjab`);
            equal([p.basis, p.verify], ['Policy default', true], `${r.code} in Punjab`);
        }
    });

    await suite.test('limits of what is handed over', async () => {
        const limits = { 'N-DOM': 10, 'N-LND': 7, 'N-POL': 0, 'N-HLT': 0 };
        for (const r of routing.filter((x) => x.sensitivity !== 'X')) {
            equal(kp.get(r.code).limit_days, limits[r.code] ?? null, r.code);
            equal(punjab.get(r.code).limit_days, null, `${r.code} in Punjab`);
        }
    });

    await suite.test('sensitivity, and that a matter of violence cannot be filed', async () => {
        for (const r of [...municipal, ...routing]) {
            const s = kp.get(r.code);
            equal([s.sensitivity, s.can_file], [r.sensitivity, r.sensitivity !== 'X'], r.code);
        }
        equal([...kp.values()].filter((s) => !s.can_file).length, 11);
    });

    await suite.test('helplines: the number of the list, by province', async () => {
        for (const r of routing) {
            for (const [place, list, cell] of [['KP', kp, r.body_kp], ['Punjab', punjab, r.body_punjab === 'same' ? r.body_kp : r.body_punjab]]) {
                const numbers = `${cell};${r.route_and_limit}`.replace(/V\[\d+\]|\d+ ?(d|h|min|wd)\b|\*\*\d+ d\*\*|R\d\d|Act[^;]*|[A-Z]\d{4}|\d{4} Act/g, ' ')
                    .match(/\b0?\d{3}-\d{5,8}|\b\d{4}-\d{7}|\b1?\d{2,3}\b(?!\d)|\b8300|\b8787/g) ?? [];
                const told = list.get(r.code).helpline ?? '';
                for (const n of numbers.filter((x) => /^(1\d\d\d?|15|118|8300|8787|0\d.*)$/.test(x))) {
                    ok(told.split(', ').includes(n) || r.code === 'N-DV', `${r.code} in ${place}: ${n} is not in "${told}"`);
                }
            }
        }
        const x = [...kp.values(), ...punjab.values()].filter((s) => !s.can_file);
        for (const s of x) ok(/^[\d, -]+$/.test(s.helpline) && s.answered_by, `${s.code} names no help`);
        equal(kp.get('N-DV').helpline, '0800-22227, 1097, 15');
        equal(punjab.get('N-DV').helpline, '1737, 1043, 15');
        equal(kp.get('N-NAD').helpline, '1777');
        equal(kp.get('M-WAT-01').helpline, null);
    });

    await suite.test('who answers depends on the place, down to the district', async () => {
        const answers = async (unit, code) => (await services(`?unit=${unit}`)).find((s) => s.code === code).answered_by;
        equal(await answers('PK526', 'N-ELE'), 'PESCO');
        equal(await answers('PK51102', 'N-ELE'), 'HAZECO');
        equal(await answers('PK633', 'N-ELE'), 'LESCO');
        equal(await answers('PK617', 'N-ELE'), 'Electricity distribution company');
        match(await answers('PK526', 'M-STF-01'), /Deputy Commissioner/);
        const sindh = (await services('?unit=PK7')).find((s) => s.code === 'M-WAT-01');
        equal([sindh.limit_days, sindh.answered_by, sindh.verify], [null, null, true], 'where nothing is known');
        equal((await nobody.get('/services?unit=PK999')).status, 404);
        equal((await nobody.get('/services?unit=%3Cb%3E')).status, 422);
    });

    await suite.test('what can be applied for, and the papers that belong to it', async () => {
        const applied = [...kp.values()].filter((s) => s.application).map((s) => s.code).sort();
        equal(applied, ['M-BLD-01', 'M-BLD-04', 'M-CIV-01', 'M-CIV-02', 'M-CIV-03', 'M-CIV-04', 'M-LIC-01', 'M-MKT-02', 'M-WAT-04', 'N-DOM', 'N-LND']);
        for (const s of kp.values()) equal(s.documents.length > 0, s.application, s.code);
        const birth = (await services('?lang=ur')).find((s) => s.code === 'M-CIV-01').documents;
        ok(birth.length >= 2 && birth.every((d) => /^[a-z_]+$/.test(d.code) && /[\u0600-\u06ff]/.test(d.name)), 'papers in Urdu');
    });

    await suite.test('names in three languages, without the notes of the sources', async () => {
        for (const lang of ['en', 'ur', 'ps']) {
            for (const unit of ['PK526', 'PK511', 'PK615']) {
                for (const s of await services(`?lang=${lang}&unit=${unit}`)) {
                    for (const text of [s.name, s.answered_by, s.appeal_to, s.basis, s.helpline, ...s.documents.map((d) => d.name)]) {
                        ok(!NOTES.test(text ?? ''), `${s.code} ${lang}: ${text}`);
                    }
                    const mine = [s.name, s.answered_by, s.appeal_to ?? s.name].every((t) => /[\u0600-\u06ff]/.test(t) === (lang !== 'en'));
                    ok(mine, `${s.code} is not in ${lang}: ${s.name} / ${s.answered_by} / ${s.appeal_to}`);
                }
            }
        }
    });

    await suite.test('few pictures, each with something under it', async () => {
        const groups = new Map();
        for (const s of kp.values()) groups.set(s.group, [...(groups.get(s.group) ?? []), s]);
        ok(groups.size <= 11, `${groups.size} groups`);
        for (const [group, list] of groups) {
            ok(list.length <= 12, `${group} has ${list.length}`);
            equal(new Set(list.map((s) => s.can_file)).size, 1, `${group}: taken down, or pointed to`);
        }
    });

    // ---- places ----

    const units = async (query = '') => (await nobody.get(`/units${query}`)).json.units;

    await suite.test('all provinces, districts and tehsils of the P-code list, parents first', async () => {
        const all = await units();
        const count = (level) => all.filter((u) => u.level === level).length;
        equal([count('country'), count('province'), count('district'), count('tehsil')], [1, 7, 160, 577]);
        const seen = new Set();
        for (const u of all) {
            ok(u.parent === null || seen.has(u.parent), `${u.code} stands before its parent`);
            seen.add(u.code);
        }
        const of = (code) => all.find((u) => u.code === code);
        const divisions = { PK526: 'PK5-PESHAWAR', PK511: 'PK5-HAZARA', PK532: 'PK5-MALAKAND', PK514: 'PK5-KOHAT', PK620: 'PK6-GUJRAT',
            PK635: 'PK6-FAISALABAD', PK633: 'PK6-LAHORE', PK615: 'PK6-MULTAN' };
        for (const [district, division] of Object.entries(divisions)) equal(of(district).parent, division, district);
        equal(all.filter((u) => u.parent === 'PK532' && u.level === 'tehsil').length, 9, 'Swat as in the list');
        for (const u of all) if (u.invented) match(u.name, /invented/, u.code);
        ok(all.filter((u) => u.level === 'council').every((u) => u.invented && /^[NV]C$/.test(u.kind)), 'councils of the demonstration');
    });

    await suite.test('pilot districts have their names in three languages, down to the tehsil', async () => {
        for (const lang of ['ur', 'ps']) {
            for (const pilot of await units(`?group=pilot&lang=${lang}`)) {
                for (const u of await units(`?under=${pilot.code}&lang=${lang}`)) match(u.name, /[\u0600-\u06ff]/, u.code);
            }
        }
        equal((await units('?lang=ur')).find((u) => u.code === 'PK617').name, 'Lahore', 'elsewhere English');
    });

    await suite.test('groups, what lies in a place, and where a desk stands', async () => {
        const pilot = await units('?group=pilot');
        equal(pilot.map((u) => u.code).sort(), ['PK511', 'PK514', 'PK526', 'PK532', 'PK615', 'PK620', 'PK633', 'PK635']);
        ok(pilot.every((u) => u.groups.includes('pilot')), 'said of each');
        equal((await units('?group=merged')).length, 13);
        equal((await units('?group=merged&under=PK514')).map((u) => u.code), ['PK51404'], 'Darra Adam Khel, of Kohat');
        const hazara = await units('?under=PK5-HAZARA');
        equal(hazara.slice(0, 2).map((u) => u.code), ['PK5-HAZARA', 'PK511']);
        equal(hazara.filter((u) => u.level === 'tehsil').length, 3);
        equal((await units()).filter((u) => u.served && u.level === 'district').map((u) => u.code).sort(), ['PK511', 'PK526']);
        ok((await units('?under=PK526')).every((u) => u.served), 'all of it is served');
        for (const wrong of ['?under=PK999', '?group=poor']) equal((await nobody.get(`/units${wrong}`)).status, 404, wrong);
    });

    // ---- lists of a district's own, while the server runs ----

    const list = (name, text) => {
        const path = join(server.home, name);
        writeFileSync(path, text);
        return path;
    };
    const head = 'code,tehsil,kind,name_en,name_ur,name_ps,invented\n';

    await suite.test('councils come in beside a running server, and the same again changes nothing', async () => {
        const path = list('swat.csv', `${head}SW-1,PK53201,VC,Odigram,اوڈیگرام,,0\nSW-2,PK53201,NC,Saidu,سیدو,,0\n`);
        const first = run('import', 'councils', path, '--data', server.data);
        equal([first.code, first.out, first.err], [0, '2 new, 0 changed, 0 as before, 0 ended.\n', '']);
        equal(run('import', 'councils', path, '--data', server.data).out, '0 new, 0 changed, 2 as before, 0 ended.\n');
        const there = (await units('?under=PK53201&lang=ur')).filter((u) => u.level === 'council');
        equal(there.map((u) => [u.code, u.name, u.kind, u.invented]), [['SW-1', 'اوڈیگرام', 'VC', undefined], ['SW-2', 'سیدو', 'NC', undefined]]);
    });

    await suite.test('a list with a wrong line leaves nothing behind, and every line is named', async () => {
        const path = list('wrong.csv', `${head}SW-3,PK53202,VC,Bahrain,,,0\nSW-4,PK532,XX,,,,0\n`);
        const r = run('import', 'councils', path, '--data', server.data);
        equal([r.code, r.out], [1, '']);
        match(r.err, /^sunwai: Nothing was imported\.\nLine 3: "XX" is no kind of council.*\nLine 3: there is no name.*\nLine 3: there is no tehsil of the code PK532\.\n$/s);
        equal((await units('?under=PK53202')).filter((u) => u.level === 'council').length, 0);
    });

    await suite.test('a province of councils at once', async () => {
        const rows = Array.from({ length: 4000 }, (_, i) => `KP-${i},PK5${String(1 + (i % 8)).padStart(2, '0')}01,VC,Village Council ${i},ویلج کونسل ${i},,0`);
        const r = run('import', 'councils', list('kp.csv', `${head}${rows.join('\n')}\n`), '--data', server.data);
        equal([r.code, r.out], [0, '4000 new, 0 changed, 0 as before, 0 ended.\n'], r.err);
        const began = performance.now();
        ok((await units()).length > 4700, 'all are listed');
        ok(performance.now() - began < 2000, 'and that takes no time');
    });

    await suite.test('an office that comes in opens its district', async () => {
        const path = list('offices.csv', 'code,kind,unit,name_en,name_ur,name_ps\nPK532-WFD,desk,PK532,Women Facilitation Desk Swat,خواتین سہولت ڈیسک سوات,\n');
        equal(run('import', 'offices', path, '--data', server.data).out, '1 new, 0 changed, 0 as before, 0 ended.\n');
        ok((await units('?group=pilot')).find((u) => u.code === 'PK532').served, 'Swat is served');
    });

    // ---- what is only pointed to ----

    // Whether some words stand anywhere in the data folder or in what the server said.
    const kept = (words) => server.said.includes(words) || readdirSync(server.data).some((name) => {
        const path = join(server.data, name);
        return statSync(path).isFile() && readFileSync(path).includes(words);
    });

    await suite.test('the words of a matter of violence reach no table, index, message, log or list', async () => {
        const words = 'qanarividavi he beats me';
        const complaint = { service: 'M-WAT-01', unit: 'PK52601', description: 'kept words tanka', complainant: { sex: 'woman', name: 'Qanarinam' } };
        const refused = [];
        for (const service of [...kp.values()].filter((s) => !s.can_file).map((s) => s.code)) {
            const r = await desk.post('/cases', { ...complaint, service, description: words });
            equal(r.status, 422, service);
            refused.push(JSON.stringify(r.json));
        }
        ok(refused.every((t) => !t.includes('qanari') && /"field":"service"/.test(t)), 'refused at the service, without her words');
        const { ref } = (await desk.post('/cases', complaint)).json;
        const amended = await desk.post(`/cases/${ref}/actions`, { action: 'amend', service: 'N-DV', comment: 'other' });
        equal(amended.status, 422, 'amended to one');
        equal((await desk.get('/cases?q=qanarividavi')).json.cases.length, 0, 'found');
        ok(!kept('qanarividavi'), 'canary in the data folder or the log');
        ok(kept('kept words tanka'), 'the search itself works');
    });

    await suite.test('who was only pointed elsewhere is one number of the month', async () => {
        const visitor = new Visitor(server);
        await visitor.signIn('desk.nowshera');
        const token = formsOf((await visitor.get('/account')).text).find((f) => f.fields.has('_token')).fields.get('_token');
        for (let i = 0; i < 2; i += 1) {
            const r = await visitor.post('/pointed', new Map([['_token', token], ['_key', idemKey()]]));
            equal(r.status, 303);
            match(r.headers.location, /^\/cases\/new/);
            equal((await visitor.get(r.headers.location)).status, 200, 'back at the desk');
        }
    });

    await suite.test('the board of an office says its services in three languages', async () => {
        const visitor = new Visitor(server);
        const page = await visitor.get('/board/PK52601-TMA?sheet=a3&lang=en');
        equal(page.status, 200);
        const water = municipal.find((r) => r.code === 'M-WAT-02');
        ok(page.text.includes(kp.get(water.code).name) && page.text.includes(`${kp.get(water.code).name}: 7 days`), 'English');
        for (const [lang, days] of [['ur', /: 7 دن/], ['ps', /: ۷ ورځې/]]) match((await visitor.get(`/board/PK52601-TMA?sheet=a3&lang=${lang}`)).text, days, lang);
        const urdu = (await visitor.get('/board/PK52601-TMA?lang=ur')).text;
        ok(urdu.includes('ابھی تصدیق نہیں ہوئی') && urdu.includes('خدمات تک رسائی کے حق کا اعلامیہ، خیبر پختونخوا، ستمبر 2022'), 'the basis, and what nobody has verified');
        for (const s of kp.values()) ok(s.can_file || !page.text.includes(s.name), s.code);
        equal((await visitor.get('/board/PK52601-XXX')).status, 404);
        ok(!page.text.includes('/docx'), 'files are made for those who work here');
    });

    await suite.test('the same as a PDF and as a document, made by the worker', async () => {
        const visitor = new Visitor(server);
        await visitor.signIn('desk.nowshera');
        const pdf = await visitor.get('/board/PK52601-TMA/pdf?lang=ur');
        equal(pdf.status, 200);
        match(pdf.headers['content-type'], /^application\/pdf/);
        match(pdf.headers['content-disposition'], /filename="board-PK52601-TMA.pdf"/);
        for (const lang of ['ur', 'en', 'ps']) { // on a wall: in letters of 16 points, on four sheets at most
            const wall = await visitor.get(`/board/PK52601-TMA/pdf?sheet=a3&lang=${lang}`);
            const pages = (wall.raw.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length;
            ok(pages > 0 && pages <= 4, `${lang}: ${pages} sheets`);
        }
        const docx = await visitor.get('/board/PK52601-TMA/docx?sheet=a3&lang=ps');
        equal(docx.status, 200);
        ok(docx.text.startsWith('PK'), 'a zip');
    });

    suite.done();
});
