// sheet_test.mjs: sheets over HTTP: what is owed, an event's sheet and a quarter's from draft to approved by three people,
// a province's quarter in one go, and a version that is unlocked and says what it changed.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor, formsOf, idemKey, unescapeHtml } from '../lib/client.mjs';
import { multipart, workerUp } from '../lib/media.mjs';
import { wrongs } from '../iati/check.mjs';
import { workbook } from '../lib/zip.mjs';

const suite = new Suite('sheet');
// The quarter that is over, by its code; and the one before it.
const now = new Date(Date.now() + 5 * 3600e3);
const ordinal = (now.getUTCFullYear() * 12 + now.getUTCMonth() - 6) / 3 | 0; // quarters since July of year 0
const code = (o) => {
    const year = Math.floor(o / 4);
    return `FY${year}-${String((year + 1) % 100).padStart(2, '0')}Q${o % 4 + 1}`;
};
const LAST = code(ordinal - 1);

await withServer({ cases: 60 }, async (server) => {
    await workerUp(server);
    const made = run('user', 'add', '--data', server.data, '--login', 'monitor2.kp', '--role', 'monitor', '--office', 'PK5-LG', '--name', 'Second');
    equal(made.code, 0, made.err);
    server.logins.set('monitor2.kp', made.out.trim());
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, `sign-in of ${user}`);
        return visitor;
    };
    const desk = await signedIn('desk.nowshera');
    const district = await signedIn('monitor.nowshera');
    const province = await signedIn('monitor.kp');
    const second = await signedIn('monitor2.kp');
    // As a form sends it that stands on the page: `page` is an older one, from a tab that was left open.
    const act = async (who, at, fields, to = at, page = null) => {
        page ??= await who.get(at);
        const token = /name="_token" value="([^"]+)"/.exec(page.text)?.[1];
        const key = `sheet-${Math.random().toString(36).slice(2)}-${Date.now()}`;
        const hidden = {};
        for (const name of ['seen', 'step']) {
            const value = new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1];
            if (value !== undefined) hidden[name] = value;
        }
        return who.post(to, new Map(Object.entries({ _token: token, _key: key, ...hidden, ...fields })));
    };
    const took = async (who, at, fields, to = at) => {
        const r = await act(who, at, fields, to);
        equal(r.status, 303, `${JSON.stringify(fields)}: ${r.text?.slice(0, 1500)}`);
        return r.headers.location;
    };
    const event = [...(await desk.get('/events?state=closed')).text.matchAll(/\/events\/(EDS-[^"?]+)"/g)].at(-1)[1]; // the last that was held
    const EVENT = `/sheets/event/${event}`;

    await suite.test('what is owed is on the list, with a way to it from the event', async () => {
        const list = await desk.get('/sheets?lang=en');
        equal(list.status, 200, list.text);
        match(list.text, new RegExp(`href="${EVENT}"`));
        match(list.text, new RegExp(`href="/sheets/quarter/PK526/${LAST}"`));
        match((await desk.get(`/events/${event}?lang=en`)).text, new RegExp(`href="${EVENT}"`));
        match((await desk.get('/figures?lang=en')).text, /href="\/sheets"/);
    });

    await suite.test('each number of the dashboard opens a list of as many', async () => {
        const running = (await desk.get('/figures?lang=en')).text.split('id="approved"')[0].split('id="running"')[1];
        const numbers = [...running.matchAll(/<a href="((?:\/cases|\/reports\/[a-z-]+)\?[^"]+)"><b>(\d+)(%?)<\/b>[\s\S]*?<\/a>/g)];
        equal(numbers.length, 6, running);
        for (const [inner, href, number, share] of numbers) {
            const list = await desk.get(href.replaceAll('&amp;', '&').replace('?', '.csv?'));
            equal(list.status, 200, href);
            const wanted = share ? Number(/<small>\D*(\d+)/.exec(inner)[1]) : Number(number);
            equal(list.text.trim().split('\n').length - 1, wanted, href);
        }
        match(running, /href="\/sheets\?quarter=/);
    });

    await suite.test('an event sheet goes through three hands, and a fourth sees what stands', async () => {
        const page = await desk.get(EVENT);
        match(page.text, /Provisional/);
        match(page.text, />38</);
        await took(desk, EVENT, { do: 'submit' });
        equal((await act(desk, EVENT, { do: 'verify' })).status, 403);
        equal((await act(province, EVENT, { do: 'approve' })).status, 409, 'not verified yet');
        const silent = await act(district, EVENT, { do: 'return', words: ' ' });
        equal(silent.status, 422);
        await took(district, EVENT, { do: 'return', words: 'Count the officials again' });
        match((await desk.get(EVENT)).text, /Count the officials again/);
        await took(desk, EVENT, { do: 'submit' });
        await took(district, EVENT, { do: 'verify' });
        equal((await act(district, EVENT, { do: 'approve' })).status, 403, 'of the district');
        await took(province, EVENT, { do: 'approve' });
        match((await desk.get(EVENT)).text, /Official: approved/);
        equal((await (await signedIn('desk.haripur')).get(EVENT)).status, 404);
    });

    // What was decided over a page that is no longer so: told what happened, and what was typed is kept.
    const stale = (r, words) => {
        equal(r.status, 409, r.text?.slice(0, 800));
        match(r.text, /has changed since you opened it/);
        match(r.text, /id="meanwhile"/);
        if (words) match(r.text, new RegExp(`<textarea[^>]*>\\s*${words}<`));
    };
    await suite.test('an event sheet is approved, verified, returned or unlocked as it was seen, never from an old tab', async () => {
        const at = EVENT;
        const official = await province.get(at);
        await took(province, at, { do: 'unlock', words: 'Five came late' });
        stale(await act(province, at, { do: 'lock' }, at, official));
        const draft = await desk.get(at);
        await took(desk, at, { do: 'submit' });
        await took(district, at, { do: 'return', words: 'Not signed' });
        stale(await act(desk, at, { do: 'submit' }, at, draft));
        await took(desk, at, { do: 'submit' });
        const first = await district.get(at);
        await took(district, at, { do: 'return', words: 'Count the officials again' });
        await took(desk, at, { do: 'submit' });
        stale(await act(district, at, { do: 'verify' }, at, first));
        stale(await act(district, at, { do: 'return', words: 'Not yet' }, at, first), 'Not yet');
        await took(district, at, { do: 'verify' });
        const verified = await province.get(at);
        await took(district, at, { do: 'return', words: 'One more' });
        await took(desk, at, { do: 'submit' });
        await took(district, at, { do: 'verify' });
        const late = await act(province, at, { do: 'approve' }, at, verified);
        stale(late);
        match(late.text, /One more/, 'why it went back');
        equal((await act(province, at, { do: 'approve' }, at, late)).status, 303, 'having looked again, she may');
        const approved = await province.get(at);
        await took(province, at, { do: 'unlock', words: 'Five came late' });
        for (const [who, step] of [[desk, 'submit'], [district, 'verify'], [province, 'approve']]) await took(who, at, { do: step });
        stale(await act(province, at, { do: 'unlock', words: 'Once more' }, at, approved), 'Once more');
        // A form that does not say where it stood is held for one that stood elsewhere; whoever may not at all is told so.
        const unmarked = { text: approved.text.replace(/<input type="hidden" name="(step|seen)"[^>]*>/g, '') };
        const silent = await act(province, at, { do: 'unlock', words: 'Once more' }, at, unmarked);
        equal(silent.status, 409, silent.text?.slice(0, 800));
        match(silent.text, /has changed since you opened it/);
        equal((await act(desk, at, { do: 'unlock', words: 'Once more' }, at, unmarked)).status, 403);
    });

    const QUARTER = `/sheets/quarter/PK526/${LAST}`;
    const TOGETHER = `/sheets/together/PK5/${LAST}`;
    await suite.test('a quarter is approved as it was seen, never by who verified it', async () => {
        const page = await desk.get(QUARTER);
        equal(page.status, 200, page.text);
        match(page.text, /Complaints and suggestions taken down/);
        await took(desk, QUARTER, { do: 'submit' });
        const before = await second.get(QUARTER);
        await took(province, QUARTER, { do: 'verify' });
        stale(await act(second, QUARTER, { do: 'return', words: 'Look again' }, QUARTER, before), 'Look again');
        match((await province.get(QUARTER)).text, /Another person has to do this/);
        equal((await act(province, QUARTER, { do: 'approve', seen: '0'.repeat(64) })).status, 403);
        const other = await act(second, QUARTER, { do: 'approve', seen: '0'.repeat(64) });
        equal(other.status, 409);
        match(other.text, /figures changed/);
        await took(second, QUARTER, { do: 'approve' });
        match((await desk.get(QUARTER)).text, /Official: approved/);
        match((await desk.get('/sheets')).text, />Approved</);
    });

    await suite.test('what is unlocked keeps its version and says why; a province approves in one go', async () => {
        equal((await act(district, QUARTER, { do: 'unlock', words: 'A mistake' })).status, 403);
        await took(province, QUARTER, { do: 'unlock', words: 'A mistake in July' });
        const page = await desk.get(QUARTER);
        match(page.text, /A mistake in July/);
        match(page.text, /As approved last/);
        match((await second.get(TOGETHER)).text, /0 districts are verified/);
        equal((await act(second, TOGETHER, { seen: '0'.repeat(64) })).status, 409, 'nothing to approve');
        await took(desk, QUARTER, { do: 'submit' });
        await took(district, QUARTER, { do: 'verify' });
        match((await second.get(TOGETHER)).text, /1 district is verified/);
        equal((await act(second, TOGETHER, { seen: '0'.repeat(64) })).status, 409, 'not what she saw');
        const all = await second.get(TOGETHER);
        await took(district, QUARTER, { do: 'return', words: 'Wait' });
        await took(desk, QUARTER, { do: 'submit' });
        await took(district, QUARTER, { do: 'verify' });
        equal((await act(second, TOGETHER, {}, TOGETHER, all)).status, 409, 'the same figures, but they came back meanwhile');
        await took(second, TOGETHER, {});
        const after = await desk.get(QUARTER);
        match(after.text, /Official: approved/);
        match(after.text, /Nothing changed/);
        equal((await act(second, QUARTER, { do: 'lock' })).status, 303);
        match((await desk.get(QUARTER)).text, /period closed/);
    });

    let carriedOut = ''; // the plan of that sheet
    await suite.test('an activity sheet is counted, written in either digits, held to its rules, and shown to the second writer', async () => {
        const manager = await signedIn('manager');
        const year = Math.floor((ordinal - 1) / 4);
        const plan = (await took(district, '/plans/new', { programme: 'women-kacheri', kind: 'community_development', unit: 'PK526', year: String(year) })).split('?')[0];
        for (const [at, fields] of [['/result', { kind: 'output', title: 'Women are heard' }], ['/indicator', { result: '1', indicator: 'attendance' }],
            ['/indicator', { result: '1', indicator: 'reported', title: 'Groups that meet', aggregate: 'latest', means: 'Register' }],
            ['/activity', { result: '1', title: 'Hear women', target: 'gender_centric', from_day: `${year}-07-01`, to_day: `${year + 1}-06-30`, post: 'Desk officer', units: 'PK526' }]]) {
            await took(district, plan + at, fields);
        }
        await took(district, `${plan}/indicators/1`, { unit: 'PK526', n: '40' }, `${plan}/indicators/1/target`);
        await took(district, `${plan}/indicators/2`, { unit: 'PK526', n: '9' }, `${plan}/indicators/2/target`);
        const draft = await district.get(plan);
        await took(district, `${plan}/indicators/1`, { unit: 'PK526', n: '45' }, `${plan}/indicators/1/target`);
        stale(await act(district, plan, { do: 'submit' }, `${plan}/act`, draft));
        await took(district, plan, { do: 'submit' }, `${plan}/act`);
        const open = await manager.get(plan);
        await took(manager, plan, { do: 'return', words: 'More women' }, `${plan}/act`);
        await took(district, plan, { do: 'submit' }, `${plan}/act`);
        stale(await act(manager, plan, { do: 'return', words: 'Fewer men' }, `${plan}/act`, open), 'Fewer men');
        stale(await act(manager, plan, { do: 'approve' }, `${plan}/act`, open));
        await took(manager, plan, { do: 'approve' }, `${plan}/act`);
        const line = await district.get(`${plan}/activities/1`);
        await took(district, `${plan}/activities/1`, { do: 'begin' }, `${plan}/activities/1/act`);
        stale(await act(district, `${plan}/activities/1`, { do: 'delay', words: 'Floods' }, `${plan}/activities/1/act`, line), 'Floods');
        const first = new Date(Date.UTC(Math.floor((ordinal - 1) * 3 / 12), (ordinal - 1) * 3 % 12 + 6, 10));
        const day = first.toISOString().slice(0, 10);
        const urdu = day.replace(/[0-9]/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[d]);
        const LINE = `/sheets/activity/${plan.replace('/plans/', '')}/1/PK526/${LAST}`;
        match((await desk.get('/sheets?lang=en')).text, new RegExp(`href="${LINE}"`), 'it is owed');
        await took(desk, LINE, { do: 'write', progress: 'delayed', began: urdu });
        const page = await desk.get(LINE);
        match(page.text, new RegExp(`value="${day}"`), 'Urdu digits are digits');
        match(page.text, /It is not as planned: say why/);
        equal((await act(desk, LINE, { do: 'submit' })).status, 409, 'a reason is missing');
        const late = await act(desk, LINE, { do: 'write', changed: '0', progress: 'delayed', began: day, why: 'Rain on both days' });
        equal(late.status, 409);
        match(late.text, /Rain on both days/, 'what she typed is kept');
        match(late.text, /what somebody else saved meanwhile/);
        const wrong = await act(desk, LINE, { do: 'write', progress: 'delayed', began: 'soon' });
        equal(wrong.status, 422);
        await took(desk, LINE, { do: 'write', progress: 'delayed', began: day, why: 'Rain' });
        const half = await act(desk, LINE, { do: 'value', value_of: '2', value_n: '12,5', value_means: 'Register, page 12' });
        equal(half.status, 422, 'never 125');
        match(half.text, /value="12,5"/);
        match(half.text, /value="Register, page 12"/);
        equal((await act(desk, LINE, { do: 'value', value_of: '2', value_n: '12' })).status, 422, 'nobody could check it');
        await took(desk, LINE, { do: 'value', value_of: '2', value_n: '۱۲', value_means: 'Register, page 12' });
        match((await desk.get(LINE)).text, />12<[\s\S]{0,200}reported, not computed/);
        // Of whom: split alike or not at all, so that nobody counts twice.
        const split = (value_sex, value_n) => ({ do: 'value', value_of: '2', value_role: 'citizen', value_sex, value_n, value_means: 'Register, page 12' });
        const mixed = await act(desk, LINE, split('woman', '7'));
        equal(mixed.status, 422);
        match(mixed.text, /stands already as a whole/);
        await took(desk, LINE, { do: 'value', value_of: '2' }); // without a number nothing stands
        await took(desk, LINE, split('woman', '7'));
        await took(desk, LINE, split('man', '5'));
        match((await desk.get(LINE)).text, /Citizen · Woman[\s\S]{0,300}>7</i);
        await took(desk, LINE, { do: 'submit' });
        await took(district, LINE, { do: 'verify' });
        await took(province, LINE, { do: 'approve' });
        match((await district.get(`${plan}/indicators/2`)).text, /12[\s\S]{0,200}reported, not computed/, 'beside its target');
        match((await desk.get('/figures?lang=en')).text, /id="reported"[\s\S]*Groups that meet[\s\S]{0,200}12[\s\S]{0,200}reported, not computed/);
        const xml = (await manager.get('/exchange/iati.xml')).text;
        equal(wrongs(xml), []);
        const groups = xml.split('<indicator ').find((i) => i.includes('Groups that meet'));
        match(groups, /<actual value="12">\s*<comment>[\s\S]{0,80}Reported on approved activity sheets/);
        match(groups, /<actual value="7">\s*<dimension name="role" value="citizen"\/>\s*<dimension name="sex" value="woman"\/>/);
        match((await desk.get(LINE)).text, /Official: approved/);
        match((await desk.get(`${plan}/activities/1`)).text, new RegExp(`href="${LINE}"`));
        carriedOut = plan.replace('/plans/', '');
        equal((await (await signedIn('desk.haripur')).get(LINE)).status, 404);
    });

    await suite.test('activity sheets go out in the programme’s own columns, and come in again: all rows or none', async () => {
        const AT = '/exchange/activities';
        const file = async (end = 'csv') => desk.get(`${AT}/women-kacheri/activities.${end}?lang=en`);
        const lines = async () => (await file()).text.replace(/^\uFEFF/, '').trim().split('\r\n');
        const send = async (fields, book) => {
            const token = formsOf((await desk.get(`${AT}?lang=en`)).text).find((f) => f.action === AT).fields.get('_token');
            const { body, headers } = multipart([['_token', token], ['_key', idemKey()], ['programme', 'women-kacheri'], ...Object.entries(fields)], book ? [['file', book, 'activities']] : []);
            return desk.post(AT, body, headers);
        };
        match((await desk.get(AT)).text, /activities\.xlsx\?period=/);
        const [head, first] = await lines();
        equal(head, 'Plan (code),Activity (number),Quarter,District,How far it is,Really began on,Really ended on,Why it is not as planned,What was delivered,In words');
        const day = first.split(',')[5];
        equal(first, `${carriedOut},1,${LAST},PK526,Delayed,${day},,Rain,,`, 'as it was approved');

        const table = (...rows) => ['Plan no.,No.,Quarter,How far,Began,Remarks', ...rows].join('\n');
        const row = `${carriedOut},1,${LAST},Delayed,${day},Two groups met`;
        const asked = await send({}, Buffer.from(table(row)));
        equal(asked.status, 422, asked.text);
        match(asked.text, /Please choose the columns of the plan/);
        const chosen = { head: '1', plan: 'A', line: 'B', quarter: 'C', progress: 'D', began: 'E', narrative: 'F' };
        const late = await send({ rows: table(row), ...chosen });
        equal(late.status, 422);
        match(late.text, /This sheet went forward already/);
        const LINE = `/sheets/activity/${carriedOut}/1/PK526/${LAST}`;
        await took(province, LINE, { do: 'unlock', words: 'Remarks are missing' });
        const wrong = await send({ rows: table(row, `${carriedOut},99,${LAST},Delayed,,`, `OP-NONE,1,${LAST},Delayed,,`, `${carriedOut},1,Q9,soon,,`, `${carriedOut},1,${LAST},soon,,`, `${carriedOut},1,${LAST},,31/02/2026,`), ...chosen });
        equal(wrong.status, 422);
        for (const place of ['B3', 'A4', 'C5', 'D6', 'E7']) match(wrong.text, new RegExp(`>${place}<`), place);
        ok(!(await desk.get(LINE)).text.includes('Two groups met'), 'all rows or none');
        ok(unescapeHtml(wrong.text).includes('OP-NONE'), 'her rows are still there');
        const cells = (extra) => [table().split(','), [carriedOut, 1, LAST, 'Delayed', { xml: '<f>1+1</f><v>46000</v>' }, 'x'], extra];
        const computed = await send(chosen, workbook(cells([carriedOut, 1, 'Q9', 'Delayed', '', 'y']), '<mergeCells><mergeCell ref="D3:E3"/></mergeCells>'));
        equal(computed.status, 422);
        match(computed.text, />E2<[\s\S]{0,200}A formula stands here/);
        match(computed.text, />C3</);
        const other = await send({ rows: table(row.replace(carriedOut, 'OP-PK-2021-22-V1')), ...chosen });
        equal(other.status, 422, 'not her plan');
        const taken = await send({ rows: table(row), ...chosen });
        equal(taken.status, 200, taken.text);
        match(taken.text, /Sheets written from the workbook: <bdi>1<\/bdi>|Sheets written from the workbook: \S*1/);
        match((await desk.get(LINE)).text, /Two groups met/);
        ok((await lines()).length === 1, 'what was unlocked is not approved');
        for (const [who, step] of [[desk, 'submit'], [district, 'verify'], [province, 'approve']]) await took(who, LINE, { do: step });

        // Out in the columns that were kept, and in again by their words alone, as text and as a workbook.
        equal(await lines(), table(row).split('\n'));
        for (const back of [Buffer.from((await lines()).join('\n')), (await file('xlsx')).raw]) {
            const again = await send({}, back);
            equal(again.status, 200, again.text);
            match(again.text, /Alike already: (<bdi>)?\S*1/);
        }
    });

    await suite.test('what was approved, unlocked and approved again is found unchanged', () => {
        const r = run('verify', '--data', server.data);
        equal(r.code, 0, r.out + r.err);
        match(r.out, /approved/);
    });

    await suite.test('what is no quarter, no district or out of reach is nothing', async () => {
        for (const at of ['/sheets/quarter/PK526/FY2026-27', '/sheets/quarter/PK526/2026', '/sheets/quarter/PK5/' + LAST, '/sheets/quarter/NONE/' + LAST, '/sheets/event/EDS-NONE']) {
            equal((await desk.get(at)).status, 404, at);
        }
        equal((await desk.get(TOGETHER)).status, 403);
        equal((await district.get(TOGETHER)).status, 404);
        const running = await act(desk, `/sheets/quarter/PK526/${code(ordinal)}`, { do: 'submit' });
        equal(running.status, 409);
        match(running.text, /quarter is not over yet/);
        ok((await desk.get('/sheets?quarter=nonsense')).status === 200);
    });
});
suite.done();
