// paper_test.mjs: pads of paper forms: ordered, printed, typed, struck out, lost; and what her slip opens.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor } from '../lib/client.mjs';
import { submitFiles, wav, workerUp } from '../lib/media.mjs';
import { asciiDigits, pdfText } from '../lib/papers.mjs';

const suite = new Suite('paper');
const sql = (server, query) => spawnSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), query], { encoding: 'utf8' }).stdout.trim();
const day = (ago) => new Date(Date.now() + 5 * 3600000 - ago * 86400000).toISOString().slice(0, 10);
const NAME = 'Gulalai Canary';

await withServer({}, async (server) => {
    await workerUp(server);
    const desk = new Visitor(server);
    await desk.signIn('desk.nowshera');
    const told = { service: 'M-WAT-01', unit: 'PK52601', description: 'No water since Eid', name: NAME, phone: '03017654321', sex: 'woman', consent_record: 'yes', safe_call: '1', taken: 'M2', read: 'yes' };
    const order = async (language) => (await desk.submit(await desk.get('/paper'), '/paper', { forms: '10', language })).headers.location;
    const type = async (pad, fields) => desk.submit(await desk.get(`${pad}?lang=en`), pad, { ...told, ...fields });
    const printed = async (path) => asciiDigits(pdfText((await desk.get(path)).raw));
    let pad;
    let slips;

    await suite.test('a pad is ordered, and printed with a number and a PIN on each form, one sheet to a form', async () => {
        pad = await order('en');
        match(pad, /^\/paper\/PK526-WFD-P\d+$/);
        const text = await printed(`${pad}/print`);
        slips = [...text.matchAll(/Your number (\d{3}-\d{3}-\d{4})\s+PIN (\d{6})/g)].map(([, number, pin]) => ({ number, pin }));
        equal(slips.length, 10, 'slips');
        equal(new Set(slips.map((s) => s.number)).size, 10, 'numbers');
        equal(text.split('\f').length - 1, 10, 'sheets');
        equal(Number(sql(server, "select count(*) from audit where event_name = 'pad.printed'")), 1);
        for (const box of ['Identity card', 'Home address', '45 to 59', 'Wife or']) equal(text.split(box).length - 1, 10, box);
        for (const language of ['ur', 'ps']) equal((await printed(`${await order(language)}/print`)).split('\f').length - 1, 10, `sheets in ${language}`);
        match(await printed('/registers/attendance?language=en'), /Women/);
    });

    await suite.test('her PIN opens nothing before the form was typed, and her case afterwards', async () => {
        const her = new Visitor(server);
        const track = async () => her.submit(await her.get('/track?lang=en'), '/track', { ref: slips[0].number, pin: slips[0].pin });
        const away = await track();
        equal([away.status, /It is not here yet/.test(away.text)], [200, true], 'nothing yet, and she hears why');
        match((await desk.get(`/cases?lang=en&q=${slips[0].number}`)).text, new RegExp(`is a form of the pad .*${pad.split('/')[2]}.*href="${pad}"`));
        // Who has not her PIN hears nothing that he would not hear of a number that nobody has.
        const wrong = async (ref) => (await her.submit(await her.get('/track?lang=en'), '/track', { ref, pin: slips[0].pin === '000000' ? '000001' : '000000' })).text.match(/<p[^>]*id="pin-fault"[^>]*>[^<]*|The number and the PIN do not fit[^<]*/)?.[0];
        equal([await wrong(slips[1].number), /not here|do not fit/.exec(await wrong(slips[1].number))?.[0]], [await wrong('111-111-1111'), 'do not fit']);
        const done = await type(pad, { number: slips[0].number, day: day(5) });
        equal([done.status, done.headers.location], [303, pad], done.text);
        equal((await track()).status, 303, 'her case');
        equal(sql(server, `select filed_day from cases where ref_code = '${slips[0].number.replaceAll('-', '')}'`), day(5).replaceAll('-', ''));
        const shown = await desk.get(`${pad}?lang=en`);
        match(shown.text, /1 of 10 forms registered, 0 struck out, 9 missing/);
        match(shown.text, new RegExp(`name="day"[^>]*value="${day(5)}"`), 'the next form is likely of the same day');
        match(shown.text, /name="taken"[^>]*value="M2"/);
    });

    await suite.test('a number typed twice, of another pad, or misread is said so, and what was typed is kept', async () => {
        const twice = await type(pad, { number: slips[0].number, day: day(5) });
        equal(twice.status, 409);
        match(twice.text, /This form was typed before/);
        match(twice.text, /No water since Eid/);
        const foreign = await type(await order('en'), { number: slips[1].number, day: day(5) });
        equal(foreign.status, 422);
        match(foreign.text, /This number is not in this pad/);
        const wrong = slips[1].number.replace(/\d$/, (d) => (Number(d) + 1) % 10);
        equal((await type(pad, { number: wrong, day: day(5) })).status, 422, 'the check digit');
        equal((await type(pad, { number: slips[1].number, day: day(-1) })).status, 422, 'tomorrow');
        equal((await type(pad, { number: slips[1].number, day: day(5), consent_record: '' })).status, 422, 'without her consent');
    });

    await suite.test('of what is only pointed to nothing is typed', async () => {
        const code = sql(server, "select service_code from service where sensitivity_code = 'X' limit 1");
        const r = await type(pad, { number: slips[1].number, day: day(5), service: code, description: 'Canary of violence' });
        equal(r.status, 422);
        match(r.text, /only pointed to/);
        equal(sql(server, "select count(*) from cases where words_text like '%Canary of violence%'"), '0');
        equal((await desk.submit(await desk.get(pad), `${pad}/spoilt`, { spoilt_number: slips[1].number, why: 'pointed' })).status, 303);
        equal((await type(pad, { number: slips[1].number, day: day(5) })).status, 422, 'struck out');
    });

    await suite.test('a lost pad: its blank numbers are barred, what was typed stays, and the list says so', async () => {
        equal((await desk.submit(await desk.get(pad), `${pad}/lost`, { loss: 'stolen' })).status, 303);
        const her = new Visitor(server);
        match((await her.submit(await her.get('/track?lang=en'), '/track', { ref: slips[9].number, pin: slips[9].pin })).text, /Nothing came here under this number/);
        match((await desk.get(`/cases?lang=en&q=${slips[9].number}`)).text, /which was reported lost/);
        const shown = await desk.get(`${pad}?lang=en`);
        match(shown.text, /1 of 10 forms registered, 1 struck out, 0 missing/);
        match(shown.text, /This pad was reported/);
        equal(sql(server, 'select count(*) from case_ref_held where barred_ms is not null'), '9');
        ok(!(await printed(`${pad}/print`)).includes('PIN'), 'nothing is printed of it any more');
    });

    await suite.test('a question is recorded, heard beside its page, replaced and taken away; a machine voice is said to be one', async () => {
        const supervisor = new Visitor(server); // of one district: what all of them hear is not hers to change
        await supervisor.signIn('supervisor.nowshera');
        equal((await supervisor.get('/prompts')).status, 403);
        const admin = new Visitor(server);
        await admin.signIn('admin');
        const her = new Visitor(server);
        const put = async (fields, seconds) => submitFiles(admin, await admin.get('/prompts?lang=en'), '/prompts', { prompt: 'new.kind', language: 'ur', speaker: 'M1', ...fields }, [['sound', wav(seconds), 'a.wav']]);
        const heard = async () => (await her.get('/new?lang=ur')).text.match(/src="(\/prompts\/[^"]+)"/)?.[1];
        match((await admin.get('/prompts?lang=en')).text, /Missing: Urdu 15, Pashto 15, English 15/);
        equal((await put({}, 1)).status, 303);
        const first = await heard();
        const sound = await her.get(first);
        equal([sound.status, sound.headers['cache-control']], [200, 'public, max-age=31536000, immutable']);
        match(sound.headers['content-type'], /^audio\//);
        ok(sound.raw.length > 0 && sound.raw.length <= 15 * 1024, `${sound.raw.length} bytes`);
        match((await admin.get('/prompts?lang=en')).text, /Missing: Urdu 14, Pashto 15, English 15/);
        equal((await put({ machine: '1' }, 2)).status, 303);
        const second = await heard();
        ok(second !== first, 'another address');
        equal((await her.get(first)).status, 404, 'the one before');
        match((await her.get('/new?lang=ur')).text, /مشین کی آواز/);
        const none = await submitFiles(admin, await admin.get('/prompts?lang=en'), '/prompts', { prompt: 'new.unit', language: 'ps', speaker: 'M1' }, []);
        equal(none.status, 422);
        match(none.text, /Please record the question/);
        equal((await admin.submit(await admin.get('/prompts'), '/prompts/end', {})).status, 303);
        equal([await heard(), (await her.get(second)).status], [undefined, 404]);
    });

    await suite.test('of questions that nobody recorded a program speaks placeholders, which stay missing until somebody records them', async () => {
        const admin = new Visitor(server);
        await admin.signIn('admin');
        const her = new Visitor(server);
        const speak = (lang) => run('prompts', 'placeholders', '--data', server.data, '--lang', lang);
        const standing = () => sql(server, "select lang_code, machine_flag, count(*) from prompt_sound where ended_ms is null group by 1, 2 order by 1, 2");
        const put = async (key) => submitFiles(admin, await admin.get('/prompts?lang=en'), '/prompts', { prompt: key, language: 'en', speaker: 'M1' }, [['sound', wav(1), 'a.wav']]);
        const missing = async () => (await admin.get('/prompts?lang=en')).text.match(/Missing: [^.]*/)[0];
        equal((await put('new.group')).status, 303);
        const hers = sql(server, "select hash_code from prompt_sound where ended_ms is null");
        equal(speak('xx').code, 64, 'no language');
        const first = speak('en');
        if (!existsSync('/usr/bin/espeak-ng')) {
            equal([first.code, standing()], [1, 'en|0|1']);
            match(first.err, /espeak-ng is not installed/);
            return;
        }
        equal([first.code, first.err], [0, '']);
        match(first.out, /^14 new, /);
        equal(standing(), 'en|0|1\nen|1|14');
        equal(sql(server, "select hash_code from prompt_sound where ended_ms is null and prompt_key = 'new.group'"), hers, 'what somebody recorded stays');
        equal(await missing(), 'Missing: Urdu 15, Pashto 15, English 14');
        match((await admin.get('/prompts?lang=en')).text, /Machine voice, to be replaced/);
        const page = await her.get('/new?lang=en');
        const [, name] = /src="(\/prompts\/new\.kind\.en\.[^"]+\.machine)"/.exec(page.text) ?? [];
        match(page.text, /Spoken by a machine/);
        const sound = await her.get(name);
        equal([sound.status, sound.headers['content-type'], sound.raw.readUInt32BE(0)], [200, 'audio/webm', 0x1a45dfa3]);
        ok(sound.raw.length > 500, `${sound.raw.length} bytes`);
        match(speak('en').out, /No question is missing/);
        const silent = speak('ps'); // no voice: said, and nothing half done
        equal([silent.code, standing()], [1, 'en|0|1\nen|1|14']);
        match(silent.err, /no voice for ps/);
        equal((await put('new.kind')).status, 303);
        equal([await missing(), standing()], ['Missing: Urdu 15, Pashto 15, English 13', 'en|0|2\nen|1|13'], 'replaced at once');
        equal((await her.get(name)).status, 404);
    });

    await suite.test('nothing of hers stands on paper or in the tables of pads', async () => {
        ok(!(await printed(`${pad}/print`)).includes(NAME));
        equal(sql(server, `select count(*) from pad_form where taken_text like '%Canary%'`), '0');
        equal(sql(server, "select count(*) from audit where event_name like 'pad.%' and detail_text like '%0301%'"), '0');
    });
});
suite.done();
