// scope_test.mjs: who stands where sees what: a tehsil, a district, a division, a province. Cases, lists and people.
//
// Rows are those who ask, columns what there is: a case of tehsil Nowshera with its TMA, one of tehsil Pabbi, one of
// Haripur, one that was given to the provincial department; and whose accounts she is shown.
import { Suite, equal, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Api, Visitor } from '../lib/client.mjs';

const suite = new Suite('scope');
//                          nowshera pabbi haripur lg
const CASES = {
    'desk.nowshera': '        x        x     .      x',
    'officer.nowshera': '     x        .     .      .',
    'officer2.nowshera': '    x        .     .      .',
    'officer.pabbi': '        .        x     .      .',
    'officer.lg': '           .        .     .      x',
    'supervisor.nowshera': '  x        x     .      x',
    'adc.nowshera': '         x        x     .      x',
    'dc.nowshera': '          x        x     .      x',
    'ac.nowshera': '          x        .     .      x', // the department's one lies in her tehsil
    'ac.haripur': '           .        .     x      .',
    'supervisor.haripur': '   .        .     x      .',
    'commissioner.peshawar': 'x        x     .      x',
    'adc.province': '         x        x     x      x',
};
const PEOPLE = {
    'supervisor.nowshera': { manages: ['desk.nowshera', 'officer.nowshera', 'officer2.nowshera', 'officer.pabbi'], sees: ['adc.nowshera', 'dc.nowshera', 'ac.nowshera'] },
    'dc.nowshera': { manages: ['desk.nowshera', 'officer.nowshera', 'supervisor.nowshera', 'ac.nowshera'], sees: ['adc.nowshera'] },
    'ac.nowshera': { manages: ['officer.nowshera', 'officer2.nowshera'], sees: [] },
    'commissioner.peshawar': { manages: ['officer.nowshera', 'supervisor.nowshera', 'dc.nowshera', 'ac.nowshera'], sees: ['desk.nowshera'] },
};

await withServer({}, async (server) => {
    const add = (...args) => {
        const r = run('user', 'add', '--data', server.data, ...args);
        equal(r.code, 0, r.err);
        server.logins.set(args[1], r.out.trim());
    };
    add('--login', 'officer.pabbi', '--role', 'officer', '--office', 'PK52602-TMA');
    add('--login', 'adc.province', '--role', 'adc', '--unit', 'PK5');
    const apis = new Map();
    const as = (user) => {
        if (!apis.has(user)) apis.set(user, new Api(server, server.token(user)));
        return apis.get(user);
    };
    const file = async (desk, unit, giver, to) => {
        const r = await as(desk).post('/cases', { service: 'M-WAT-01', unit, description: 'Scope', complainant: { sex: 'woman', name: 'Scopecanary' } });
        equal(r.status, 201, r.text);
        if (giver) equal((await as(giver).post(`/cases/${r.json.ref}/actions`, { action: 'assign', to })).status, 200, `given to ${to}`);
        return r.json.ref;
    };
    const cases = [
        await file('desk.nowshera', 'PK52601', 'supervisor.nowshera', 'officer.nowshera'),
        await file('desk.nowshera', 'PK52602', 'supervisor.nowshera', 'officer.pabbi'),
        await file('desk.haripur', 'PK51102'),
        await file('desk.nowshera', 'PK52601', 'supervisor.nowshera', 'officer.lg'),
    ];

    for (const [user, row] of Object.entries(CASES)) {
        await suite.test(`${user} reaches and lists the cases of her place, and no other`, async () => {
            const want = row.replaceAll(' ', '');
            const visitor = new Visitor(server);
            equal((await visitor.signIn(user)).status, 303, 'signs in');
            const list = (await visitor.get('/cases?status=any')).text;
            for (const [i, ref] of cases.entries()) {
                const may = want[i] === 'x';
                const path = `/cases/${ref.replaceAll('-', '')}`;
                equal((await as(user).get(`/cases/${ref}`)).status, may ? 200 : 404, `API, case ${i}`);
                equal((await visitor.get(path)).status, may ? 200 : 404, `page, case ${i}`);
                equal(list.includes(`href="${path}"`), may, `list, case ${i}`);
            }
            ok(user.startsWith('desk') || !list.includes('Scopecanary'), 'a name');
        });
    }

    for (const [user, { manages, sees }] of Object.entries(PEOPLE)) {
        await suite.test(`${user} sees the people of her place, and looks after those below her`, async () => {
            const visitor = new Visitor(server);
            equal((await visitor.signIn(user)).status, 303, 'signs in');
            const list = (await visitor.get('/staff')).text;
            for (const login of manages) ok(list.includes(`href="/staff/user/${login}"`), `no link to ${login}`);
            for (const login of sees) {
                ok(list.includes(`>${login}<`), `${login} is not shown`);
                ok(!list.includes(`href="/staff/user/${login}"`), `a link to ${login}`);
            }
            for (const login of [...Object.keys(CASES), 'admin']) {
                const status = (await visitor.get(`/staff/user/${login}`)).status;
                if (manages.includes(login)) equal(status, 200, login);
                else if (sees.includes(login) || /haripur|province|admin/.test(login)) equal(status, 404, login);
            }
        });
    }
});

suite.done();
