// reference_test.mjs: services and places as the API tells them, against the lists they were taken from
// (docs/catalogue), and what is only pointed to leaves no trace.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { root, withServer } from '../lib/server.mjs';
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

    suite.done();
});
