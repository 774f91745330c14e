// kit_test.mjs: a new district is live within an hour. From an empty folder to a woman's first complaint, answered and tracked,
// by the commands and pages that an administrator and her people use: how many steps that takes, and how many bytes are typed.
// And a kit that cannot be taken is refused in words, on the page and at the command.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, run } from '../lib/server.mjs';
import { Api, Visitor, formsOf, idemKey } from '../lib/client.mjs';
import { bringKit, kitOf } from '../lib/kits.mjs';
import { submitFiles, wav, workerUp } from '../lib/media.mjs';

const suite = new Suite('kit');
const dayOf = (days) => new Date(Date.now() + 5 * 3600e3 + days * 86400e3).toISOString().slice(0, 10); // Asia/Karachi
const DISTRICT = 'PK514'; // Kohat
const DESK = 'PK514-WFD';
const steps = [];
let typed = 0;
// How long a person takes (keystroke-level model: Card, Moran and Newell 1983), one step after the other, though people do some of
// them side by side: keys as of somebody who types codes that she does not know by heart, an answer as slow as a busy line.
const KLM = { key: 0.75, point: 1.1, home: 0.4, think: 1.35, answer: 2 };
let seconds = 0;
const step = (what, bytes = 0, fields = 1) => {
    steps.push(what);
    typed += bytes;
    const field = KLM.think + KLM.point + KLM.home;
    const leave = KLM.think + KLM.point + KLM.answer; // to the page, and to send the form
    seconds += fields === 0 ? KLM.think + KLM.home + KLM.answer : 2 * leave + fields * field;
    seconds += bytes * KLM.key;
};
// What is no typing: a call, something to be read through, a look at a room.
const beside = (what, minutes) => { steps.push(what); seconds += 60 * minutes; };

// A folder that only init has touched, and what was decided elsewhere for all of the province.
const there = new Server({ existing: '/nonexistent' });
const province = join(there.home, 'province');
const data = join(there.home, 'district');
equal(run('init', '--data', province).code, 0);
const csv = join(there.home, 'offices.csv');
const command = (...words) => {
    const r = run(...words, '--data', data);
    equal(r.code, 0, `${words.join(' ')}: ${r.err}`);
    step(words.slice(0, 2).join(' '), words.join(' ').length, 0);
    return r;
};
const kit = kitOf(province, '--for', 'PK5');
const kitFile = join(there.home, 'kp.kit');
writeFileSync(kitFile, kit.text);

command('init');
await suite.test('an empty folder takes the province’s kit, once its fingerprint was compared', async () => {
    const unknown = run('kit', 'import', '--data', data, '--from', kitFile);
    equal(unknown.code, 1);
    match(unknown.err, new RegExp(kit.print));
    step('kit import --dry-run', 60, 0);
    beside('what the kit would change is read through', 10);
    beside('the fingerprint is compared on the telephone', 3);
    command('kit', 'import', '--from', kitFile, '--fingerprint', kit.print);
    const again = run('kit', 'import', '--data', data, '--from', kitFile);
    match(again.out, /^0 new, 0 changed, \d+ as before, 0 ended\.\s*$/);
    ok(kitOf(province, '--for', 'PK5').text.equals(kit.text), 'the same content is the same bytes');
});

writeFileSync(csv, `code,kind,unit,name_en,name_ur,name_ps
${DESK},desk,${DISTRICT},"Women Facilitation Desk, Kohat","خواتین سہولت ڈیسک، کوہاٹ","د ښځو د اسانتیا ډیسک، کوهاټ"
PK514-DC,dc,${DISTRICT},"Deputy Commissioner's office, Kohat","دفتر ڈپٹی کمشنر، کوہاٹ","د ډپټي کمشنر دفتر، کوهاټ"
PK51401-TMA,tma,PK51401,"TMA Kohat","ٹی ایم اے کوہاٹ","ټي اېم اې کوهاټ"
`);
const server = new Server({ existing: data });
const person = (login, role, ...more) => server.logins.set(login, command('user', 'add', '--login', login, '--role', role, '--name', login, ...more).out.trim());
const signedIn = async (login) => {
    const v = new Visitor(server);
    equal((await v.signIn(login)).status, 303, `${login} signs in`);
    step(`${login} signs in and chooses her password`, 24 + login.length + 12, 4);
    return v;
};
// One form of a page, filled in.
const fill = async (who, at, of, fields) => {
    const form = formsOf((await who.get(at)).text).find(of);
    ok(form, `a form on ${at}`);
    const r = await who.post(form.action, new Map([...form.fields, ...Object.entries(fields), ['_key', idemKey()]]));
    equal(r.status, 303, `${at}: ${/faults[\s\S]*?<\/ul>/.exec(r.text)?.[0] ?? r.text.slice(0, 300)}`);
    step(`${at} ${fields.do ?? ''}`.trim(), Object.values(fields).join('').length, Object.keys(fields).length);
    return r;
};

await suite.test('its offices and people stand in three commands and five', async () => {
    const r = run('import', 'offices', csv, '--data', data);
    equal(r.code, 0, r.err);
    step('import offices', 400, 0);
    person('admin', 'admin');
    person('supervisor.kohat', 'supervisor', '--office', 'PK514-DC', '--district', DISTRICT);
    person('desk.kohat', 'desk', '--office', DESK, '--district', DISTRICT);
    person('member.kohat', 'member', '--office', DESK, '--district', DISTRICT);
    person('officer.kohat', 'officer', '--office', 'PK51401-TMA', '--unit', 'PK51401');
});
await server.start();
step('serve', 30, 0);

const supervisor = await signedIn('supervisor.kohat');
await suite.test('the desk has its host, its letter, its hours and a member’s turn; what is missing is told', async () => {
    const rota = (what, fields) => fill(supervisor, `/rota/manage?desk=${DESK}`, (f) => f.fields.get('do') === what, fields);
    const before = await supervisor.get(`/readiness/${DISTRICT}?lang=en`);
    match(before.text, /2 of 8/); // a desk in the list, somebody who works there
    match(before.text, /<a href="\/rota\/manage">[^<]*<bdi>The supervisor enters the letter/, 'what is missing leads to where it is done');
    match(before.text, /The administrator brings the list of offices/);
    await rota('profile', { host: 'PK514-DC', run_by: 'host', letter: 'DC/KHT/12', letter_day: dayOf(-3), letter_by: 'Deputy Commissioner', room: 'Room 2', from: dayOf(0) });
    await rota('hours', { weekday: String(new Date(`${dayOf(0)}T00:00:00Z`).getUTCDay()), open_from: '00:00', open_to: '23:59' });
    await rota('member', { member: 'member.kohat', seat: 'Village council, reserved seat', seat_to: dayOf(300) });
    await rota('shift', { shift_member: 'member.kohat', shift_day: dayOf(0), shift_from: '00:00', shift_to: '23:00', shift_do: 'comes' });
    beside('somebody looks at the room', 5);
    await fill(supervisor, `/readiness/${DISTRICT}`, (f) => f.action.startsWith('/readiness'), { item: 'room', met: 'yes', day: dayOf(0), evidence: 'Seen by the assistant commissioner', who: 'Assistant commissioner' });
    const after = await supervisor.get(`/readiness/${DISTRICT}?lang=en`);
    match(after.text, /6 of 8/); // no device yet, no training
    match(after.text, /Seen by the assistant commissioner/);
    const wrong = await supervisor.post(`/readiness/${DISTRICT}`, new Map([...formsOf(after.text).find((f) => f.action.startsWith('/readiness')).fields, ['item', 'desk'], ['met', 'yes'], ['who', 'x'], ['evidence', 'x'], ['_key', idemKey()]]));
    equal(wrong.status, 422, 'what the tables know is not for anybody to say');
    equal((await supervisor.get('/readiness/PK526')).status, 404, 'of another district');
});

await suite.test('the first complaint is filed, answered and tracked', async () => {
    const desk = await signedIn('desk.kohat');
    const officer = await signedIn('officer.kohat');
    const told = await desk.submit(await desk.get('/cases/new'), '/cases/new', { service: 'M-WAT-01', unit: 'PK51401', description: 'No water for two days', sex: 'woman', language: 'ur', channel: 'desk', consent_record: 'yes' });
    const filed = await desk.submit(told, '/cases/new', { step: 'register', agreed: '1' });
    equal(filed.status, 303, filed.text);
    step('file', 40, 8);
    const slip = (await desk.get(filed.headers.location)).text;
    const ref = /\d{3}-\d{3}-\d{4}/.exec(slip)[0];
    const pin = /class="num pin"[^>]*>(\d{6})/.exec(slip)[1];
    const token = (u) => run('token', '--data', data, '--user', u).out.trim();
    const act = async (u, body) => {
        const r = await new Api(server, token(u)).post(`/cases/${ref.replaceAll('-', '')}/actions`, body);
        ok(r.status < 300, `${body.action}: ${r.text}`);
        step(body.action, 20);
    };
    equal((await officer.get('/cases?status=any')).status, 200);
    const seen = (await new Api(server, token('desk.kohat')).get(`/cases/${ref.replaceAll('-', '')}`)).json;
    if (seen.status === 'registered') await act('supervisor.kohat', { action: 'assign', to: 'officer.kohat' });
    await act('officer.kohat', { action: 'report_action', what: 'The pump runs again', result: 'done' });
    const visitor = new Visitor(server);
    const opened = await visitor.follow(await visitor.submit(await visitor.get('/track?lang=en'), '/track', { ref, pin }));
    equal(opened.status, 200);
    match(opened.text, /The pump runs again/);
    step('track', 16, 2);
});

await suite.test('an hour is enough for all of it, by the keystroke-level model', () => {
    const minutes = Math.ceil(seconds / 60);
    console.log(`from an empty folder to the first answer: ${steps.length} steps, ${typed} characters typed, ${minutes} of 60 minutes`);
    ok(minutes <= 60, `${minutes} minutes`);
    ok(steps.length <= 45, `steps: ${steps.length}`);
});

await suite.test('a by-law of a council: from the model, changed, consulted, adopted; on paper', async () => {
    await workerUp(server);
    const made = await fill(supervisor, '/bylaws/new', (f) => f.action === '/bylaws/new', { unit: 'PK51401', model: 'women-heard' });
    const at = made.headers.location.replace(/\?.*/, '');
    const page = async () => (await supervisor.get(`${at}?lang=en`)).text;
    // The form whose button does a thing, as it stands on the page; the answer.
    const act = async (what, fields) => {
        const forms = formsOf(await page());
        const form = forms.find((f) => f.id === (what === 'write' ? 'bylaw' : what));
        ok(form, `a form to ${what}`);
        return supervisor.post(form.action, new Map([...form.fields, ...Object.entries(fields), ['do', what], ['_key', idemKey()]]));
    };
    match(await page(), /Word for word as the model/);
    const words = formsOf(await page()).find((f) => f.id === 'bylaw').fields.get('words');
    equal((await act('write', { language: 'en', words: words.replace('at least one day', 'two days') })).status, 303);
    match(await page(), /What differs from the model[\s\S]*at least one day[\s\S]*two days/);
    ok(!/id="adopt"/.test(await page()), 'nothing is adopted that was not consulted');
    const open = await act('consult', { consulted_day: dayOf(-5), at: 'Women of the area', event: '' });
    equal(open.status, 422, 'women are not asked about words that leave something open');
    match(open.text, /\(___\)/);
    for (const language of ['en', 'ur']) {
        const there = formsOf((await supervisor.get(`${at}?lang=en&language=${language}`)).text).find((f) => f.id === 'bylaw').fields;
        equal((await act('write', { language, title: there.get('title'), words: there.get('words').replaceAll('___', '3') })).status, 303);
    }
    ok(!/\(not there\)/.test(await page()), 'lines that were changed stand side by side with those of the model');
    equal((await act('consult', { consulted_day: dayOf(-5), at: '', event: '' })).status, 422, 'at which meeting');
    equal((await act('consult', { consulted_day: dayOf(-5), at: '', event: 'EDS-PK526-2026-001' })).status, 422, 'an event of elsewhere');
    equal((await act('consult', { consulted_day: dayOf(-5), at: 'Women of the area, girls’ school' })).status, 303);
    const adoption = { adopted_day: dayOf(-1), number: '12/2026', seats: '13', women: '4', committee: '5', committee_women: '3' };
    equal((await act('adopt', { ...adoption, adopted_day: dayOf(-6) })).status, 422, 'before the consultation');
    equal((await act('adopt', { ...adoption, women: '14' })).status, 422, 'more women than seats');
    equal((await act('adopt', adoption)).status, 303);
    match(await page(), /Adopted[\s\S]*12\/2026[\s\S]*4 of 13[\s\S]*3 of 5/);
    ok(!/id="bylaw"/.test(await page()), 'what was adopted stays');
    for (const lang of ['en', 'ur']) {
        const pdf = await supervisor.get(`${at}/paper.pdf?lang=${lang}`);
        equal([pdf.status, pdf.raw.subarray(0, 5).toString()], [200, '%PDF-']);
        equal((await supervisor.get(`${at}/paper.docx?lang=${lang}`)).raw.subarray(0, 2).toString(), 'PK');
    }
    match((await supervisor.get('/bylaws?lang=en')).text, /BL-PK514-001[\s\S]*Adopted/);
    match(run('verify', '--data', data).out, /by-laws 1 and their steps 6/);
});

let admin;
await suite.test('a kit on the page: the difference, group by group; refused in words', async () => {
    admin = await signedIn('admin');
    const text = kit.text.toString();
    const cut = await bringKit(admin, { ...kit, text: kit.text.subarray(0, 5000) });
    equal(cut.status, 422);
    match(cut.text, /signature|دستخط/);
    equal((await bringKit(admin, { ...kit, text: Buffer.from(text.replace('order: 4', 'order: 5')) })).status, 422, 'changed after it was signed');
    equal((await bringKit(admin, { ...kit, text: Buffer.from('code,name\n') })).status, 422, 'another file');
    const brought = await bringKit(admin, kit);
    equal(brought.status, 303, brought.text);
    const page = await admin.get(`${brought.headers.location}?lang=en`);
    match(page.text, /Everything in this kit stands here already/);
    match(page.text, /Note it as taken/);
    ok(!/name="day"|value="leave"/.test(page.text), 'nothing to choose where nothing would change');
    equal((await admin.submit(page, brought.headers.location.replace(/\?.*/, ''), { do: 'take' })).status, 303);
    match((await admin.get(`${brought.headers.location}?lang=en`)).text, /Taken/);
    equal((await supervisor.get('/kit')).status, 403);
    match((await admin.get(`/readiness/${DISTRICT}?lang=en`)).text, /6 of 8/);
    equal(run('verify', '--data', data).code, 0);
});

await suite.test('a recorded question goes with a kit: heard before it is taken, heard by everybody afterwards', async () => {
    const put = await submitFiles(admin, await admin.get('/prompts?lang=en'), '/prompts', { prompt: 'new.kind', language: 'ur', speaker: 'M1' }, [['sound', wav(1), 'a.wav']]);
    equal(put.status, 303, put.text);
    const own = kitOf(data, '--for', 'PK5');
    match(own.text.toString(), /\n\[prompt new\.kind\/ur\]\nbytes: \d+\nhash: [0-9a-f]{64}\n/);
    equal((await admin.submit(await admin.get('/prompts'), '/prompts/end', {})).status, 303);
    const at = (await bringKit(admin, own)).headers.location.replace(/\?.*/, '');
    const page = await admin.get(`${at}?lang=en`);
    ok(!page.text.includes('b:GkXf'), 'no bytes on the page');
    const link = /<a href="(\/kit\/\d+\/sounds\/[0-9a-f]{64})">[^<]*<bdi>Listen/.exec(page.text)?.[1];
    ok(link, 'a way to hear it');
    const sound = await admin.get(link);
    equal([sound.status, sound.headers['content-type']], [200, 'audio/webm']);
    equal((await supervisor.get(link)).status, 403);
    equal((await admin.get(link.replace(/.$/, (c) => (c === '0' ? '1' : '0')))).status, 404);
    equal((await admin.submit(page, at, { do: 'take', prompt: 'all' })).status, 303);
    const her = new Visitor(server);
    const heard = /src="(\/prompts\/[^"]+)"/.exec((await her.get('/new?lang=ur')).text)?.[1];
    ok(heard, 'heard on the first page');
    ok((await her.get(heard)).raw.equals(sound.raw), 'the very same recording');
    ok(kitOf(data, '--for', 'PK5').text.equals(own.text), 'passed on as it came');
});

await suite.test('a ready-made curriculum stands in the form of a new one', async () => {
    const link = /<a href="(\/curricula\?model=desk-first-days)"/.exec((await supervisor.get('/curricula?lang=en')).text)?.[1];
    ok(link, 'offered');
    await supervisor.get('/curricula?lang=en');
    const page = await supervisor.get(link);
    const form = formsOf(page.text).find((f) => f.id === 'curriculum');
    match(form.fields.get('title'), /First days at the desk/);
    const saved = await supervisor.post('/curricula', new Map([...form.fields, ['from', dayOf(0)], ['_key', idemKey()]]));
    equal(saved.status, 303, saved.text);
    match((await supervisor.get('/curricula')).text, /Her number and her PIN/);
});

await suite.test('every word of what is added is shown before it is taken, and only that is taken', async () => {
    const added = "insert into bylaw_model (id, model_code, unit_id, basis_text, valid_from_day, valid_to_day) select (select max(id) + 1 from bylaw_model), 'second', unit_id, 'Act of 2014', valid_from_day, valid_to_day from bylaw_model where model_code = 'women-heard'; "
        + "insert into bylaw_model_text (model_id, lang_code, title_text, words_text) select id, 'en', 'Second model', 'First line.' || char(10) || replace(hex(zeroblob(500)), '00', 'ab ') || 'the very end.' from bylaw_model where model_code = 'second'";
    const made = spawnSync('sqlite3', [join(province, 'sunwai.db'), added], { encoding: 'utf8' });
    equal([made.status, made.stderr], [0, '']);
    const next = kitOf(province, '--for', 'PK5');
    writeFileSync(kitFile, next.text);
    const dry = run('kit', 'import', '--data', data, '--from', kitFile, '--dry-run');
    match(dry.out, /added {3}bylaw second\n[\s\S]*basis: - > Act of 2014\n[\s\S]*words\.en: - > First line\.\\n(ab ){500}the very end\.\n/);
    const at = (await bringKit(admin, next)).headers.location.replace(/\?.*/, '');
    const page = await admin.get(`${at}?lang=en`);
    match(page.text, /Act of 2014/);
    match(page.text, /(ab ){500}the very end\./);
    const form = formsOf(page.text).find((f) => f.fields.has('seen'));
    const unsaid = await admin.post(at, new Map([...[...form.fields].filter(([name]) => name !== 'seen'), ['do', 'take'], ['_key', idemKey()]]));
    equal(unsaid.status, 409, 'a form that does not say which difference it showed');
    match((await admin.get(`${at}?lang=en`)).text, /Waiting|the very end/);
    equal((await admin.submit(page, at, { do: 'take' })).status, 303);
});

await server.stop();
there.remove();
console.log(`a kit of ${kit.text.length} bytes`);
suite.done();
