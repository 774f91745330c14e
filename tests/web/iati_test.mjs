// iati_test.mjs: approved figures as an IATI 2.03 file: valid by the official schema, code lists and rules, equal to what
// was approved, by page and by command, and nothing in it that nobody approved.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor } from '../lib/client.mjs';
import { wrongs } from '../iati/check.mjs';

const suite = new Suite('iati');
const now = new Date(Date.now() + 5 * 3600e3);
const ordinal = ((now.getUTCFullYear() * 12 + now.getUTCMonth() - 6) / 3 | 0) - 1; // the quarter that is over
const year = Math.floor(ordinal / 4);
const QUARTER = `FY${year}-${String((year + 1) % 100).padStart(2, '0')}Q${(ordinal % 4) + 1}`;

const lastMonth = new Date(Date.UTC(year, 6 + (ordinal % 4) * 3 + 2, 1)).toISOString().slice(0, 7);

// The actuals of an indicator in the period that begins then: [value, place, "role/sex/part"].
function actuals(xml, indicator, from) {
    const one = xml.split('<indicator ').find((i) => i.includes(`vocabulary="99" code="${indicator}"`)) ?? '';
    const period = one.split('<period>').find((p) => p.includes(`<period-start iso-date="${from}"`)) ?? '';
    return [...period.matchAll(/<actual value="([^"]+)"(?:\/>|>([\s\S]*?)<\/actual>)/g)].map(([, value, inside = '']) => [
        Number(value),
        /<location ref="([^"]+)"/.exec(inside)?.[1] ?? '',
        [...inside.matchAll(/<dimension name="[^"]+" value="([^"]+)"/g)].map((m) => m[1]).join('/'),
    ]);
}

await withServer({ cases: 400 }, async (server) => {
    const made = run('user', 'add', '--data', server.data, '--login', 'monitor2.kp', '--role', 'monitor', '--office', 'PK5-LG', '--name', 'Second');
    server.logins.set('monitor2.kp', made.out.trim());
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, `sign-in of ${user}`);
        return visitor;
    };
    const manager = await signedIn('manager');
    const file = async (at = '') => {
        const r = await manager.get(`/exchange/iati.xml${at}`);
        equal(r.status, 200, r.text);
        return r.text;
    };

    await suite.test('what nobody approved is not in it, and it is valid all the same', async () => {
        const xml = await file(`?period=${QUARTER}&unit=PK526`); // earlier quarters of the demonstration are approved
        equal(wrongs(xml), []);
        ok(!xml.includes('<actual'));
    });

    const sheet = `/sheets/quarter/PK526/${QUARTER}`;
    for (const [user, step] of [['desk.nowshera', 'submit'], ['monitor.kp', 'verify'], ['monitor2.kp', 'approve']]) {
        const who = await signedIn(user);
        const page = (await who.get(sheet)).text;
        const field = (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1];
        const sent = { _token: field('_token'), _key: `iati-${step}-${Date.now()}`, do: step, ...(field('seen') ? { seen: field('seen') } : {}), step: field('step') };
        equal((await who.post(sheet, new Map(Object.entries(sent)))).status, 303, step);
    }
    const shown = run('report', '--data', server.data, 'indicators', '--period', QUARTER, '--unit', 'PK526', '--format', 'json');
    const whole = await file();
    const xml = await file(`?period=${QUARTER}&unit=PK526`);
    const from = new Date(Date.UTC(year, 6 + (ordinal % 4) * 3, 1)).toISOString().slice(0, 10);

    await suite.test('it is valid by schema, code lists and rules, and a mistake in it would be found', () => {
        equal(wrongs(xml), []);
        equal(wrongs(whole), []);
        const spoilt = (a, b) => ok(xml.includes(a) && wrongs(xml.replace(a, b)).length > 0, `${a} as ${b}`);
        spoilt('<activity-status code="2"/>', '<activity-status code="9"/>');
        spoilt('code="15150"', 'code="1"');
        spoilt('<actual value="', '<actual value="some');
        spoilt('<recipient-country code="PK"/>', '');
        spoilt('<sector', '<sectors');
        spoilt('<dimension name="part" value="municipal"', '<dimension name="part" value="7"');
    });

    await suite.test('the figures are those that were approved: sums, cells and places agree', () => {
        match(xml, /<location ref="PK526">/);
        const all = actuals(xml, 'cases_registered', from);
        const total = all.find(([, place, cell]) => place === '' && cell === '')?.[0];
        ok(total > 0, JSON.stringify(all));
        equal(all.find(([, place, cell]) => place === 'PK526' && cell === '')?.[0], total);
        equal(shown.code, 0, shown.err);
        ok(shown.out.includes(String(total)), shown.out.slice(0, 2000));
        const types = actuals(xml, 'cases_by_type', from);
        for (const at of ['', 'PK5', 'PK526']) {
            const sum = types.find(([, place, cell]) => place === at && cell === '')[0];
            const cells = types.filter(([, place, cell]) => place === at && cell !== '');
            equal(cells.map(([, , cell]) => cell), ['municipal', 'other']);
            equal(cells[0][0] + cells[1][0], sum);
        }
        // Two or three people of one sex in a quarter are nobody's business outside: the whole breakdown is left out. Events
        // are no people.
        const people = xml.split('<indicator ').filter((i) => !i.includes('code="events_held"')).join('<indicator ');
        const cells = [...people.matchAll(/<actual value="(\d+)">(?:(?!<\/actual>)[\s\S])*<dimension /g)].map((m) => Number(m[1]));
        ok(cells.length > 0 && cells.every((n) => n >= 5), cells.join(' '));
        match(xml, /Approved sheets: 1 of \d+. SHA-256 of the figures: [0-9a-f]{64}/);
        const [share] = actuals(xml, 'cases_women_share', from);
        ok(share[0] > 0 && share[0] <= 100, String(share));
    });

    await suite.test('the command writes the same file; period and place narrow it; others are refused', async () => {
        const out = join(server.home, 'iati.xml');
        equal(run('report', '--data', server.data, 'achievement', '--format', 'iati', '--out', out).code, 0);
        const bare = (text) => text.replace(/generated-datetime="[^"]*"/, '');
        equal(bare(readFileSync(out, 'utf8')), bare(whole));
        const narrow = await file(`?period=${QUARTER}&unit=PK526`);
        equal(wrongs(narrow), []);
        equal([...narrow.matchAll(/<period-end iso-date="([^"]+)"/g)].every(([, day]) => day.slice(0, 7) === lastMonth), true);
        ok(narrow.includes('<actual'));
        equal((await file('?unit=PK6')).includes('<actual'), false);
        equal((await manager.get('/exchange/iati.xml?period=2026-02-03/2026-02-05')).status, 404);
        equal((await manager.get('/exchange/iati.xml?unit=NONE')).status, 404);
        equal(run('report', '--data', server.data, 'achievement', '--format', 'iati', '--unit', 'pilot', '--out', out).code, 0);
        const group = await file(`?unit=pilot`);
        equal(bare(group), bare(readFileSync(out, 'utf8')), 'a named group');
        equal([wrongs(group), group.includes('<actual')], [[], true]);
        equal((await manager.get(`/exchange/adx.xml?unit=pilot`)).text.includes('orgUnit="PK526"'), true);
        equal((await (await signedIn('desk.haripur')).get(`/exchange/iati.xml?unit=pilot`)).status, 404, 'not all of it is hers');
        equal((await (await signedIn('desk.haripur')).get('/exchange/iati.xml')).text.includes('PK526'), false);
        equal(run('report', '--data', server.data, 'problem-services', '--format', 'iati').code, 64);
    });

    await suite.test('a file for one district speaks of no other: not of its plan, not of what came of it', async () => {
        const nowshera = await signedIn('monitor.nowshera');
        const send = async (who, page, to, fields) => {
            const r = await who.submit(await who.get(page), to, fields);
            equal(r.status, 303, `${to}: ${r.text?.slice(0, 300)}`);
            return r.headers.location?.replace(/[?#].*/, '');
        };
        const at = await send(nowshera, '/plans/new', '/plans/new', { programme: 'women-kacheri', kind: 'operational', unit: 'PK526', year: String(year) });
        for (const [path, fields] of [['result', { kind: 'output', title: 'Nowshera heron' }], ['indicator', { result: '1', indicator: 'events_held' }],
            ['activity', { result: '1', title: 'Hear women', target: 'gender_centric', from_day: `${year}-07-01`, to_day: `${year + 1}-06-30`, post: 'Desk officer', units: 'PK526' }]]) {
            await send(nowshera, `${at}/${path}`, `${at}/${path}`, fields);
        }
        await send(nowshera, `${at}/indicators/1`, `${at}/indicators/1/target`, { unit: 'PK526', n: '40' });
        await send(nowshera, at, `${at}/act`, { do: 'submit' });
        await send(manager, at, `${at}/act`, { do: 'approve' });
        ok((await file()).includes('Nowshera heron'));
        ok((await file('?unit=PK526')).includes('Nowshera heron'));
        equal((await file('?unit=PK511')).includes('Nowshera heron'), false);
        equal((await (await signedIn('monitor.haripur')).get('/exchange/iati.xml')).text.includes('Nowshera heron'), false);
    });
});
suite.done();
