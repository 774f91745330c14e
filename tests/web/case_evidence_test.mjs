// case_evidence_test.mjs: pictures, voice and PDFs of a case over HTTP: filed alone, at the desk, by the office; who sees what.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Api, Visitor, send } from '../lib/client.mjs';
import { jpeg, multipart, pdf, submitFiles, toldByVoice, wav, workerUp } from '../lib/media.mjs';

const suite = new Suite('case-evidence');
const CANARY = 'GPS 34.0159 N 71.9747 E';

await withServer({}, async (server) => {
    await workerUp(server);
    const as = (user) => new Api(server, server.token(user));
    const api = { desk: as('desk.nowshera'), supervisor: as('supervisor.nowshera') };
    const people = {};
    for (const user of ['desk.nowshera', 'officer.nowshera', 'supervisor.nowshera', 'adc.nowshera', 'desk.haripur']) {
        people[user] = new Visitor(server);
        await people[user].signIn(user);
    }
    const desk = people['desk.nowshera'];
    const officer = people['officer.nowshera'];
    const file = async () => (await api.desk.post('/cases', { service: 'M-WAT-01', unit: 'PK52601', description: 'No water', complainant: { sex: 'woman' } })).json;
    const path = (ref) => `/cases/${ref.replaceAll('-', '')}`;
    const give = async (ref, to) => equal((await api.supervisor.post(`/cases/${ref}/actions`, { action: 'assign', to })).status, 200);

    await suite.test('files come by the API as by the form', async () => {
        const { ref } = await file();
        const { body, headers } = multipart([['words', 'From the tablet']], [['photos', jpeg(CANARY), 'Rukhsana.jpg']]);
        const send1 = (more) => api.desk.post(`/cases/${ref}/evidence`, body, { ...headers, 'Idempotency-Key': 'evidence-1', ...more });
        const first = await send1();
        equal(first.status, 200, first.text);
        equal((await send1()).text, first.text, 'the same again');
        const there = (await api.desk.get(`/cases/${ref}`)).json.evidence;
        equal(there.length, 1, 'came once');
        const sha256 = createHash('sha256').update(jpeg(CANARY)).digest('hex');
        equal(there[0].received_sha256, sha256, 'what she can compute of the file she sent');
        ok((await desk.get(`${path(ref)}/evidence`)).text.includes(sha256));
        const other = multipart([['words', 'From the tablet']], [['photos', jpeg('another'), 'b.jpg']]);
        equal((await api.desk.post(`/cases/${ref}/evidence`, other.body, { ...other.headers, 'Idempotency-Key': 'evidence-1' })).status, 409);
        const bare = await api.desk.post(`/cases/${ref}/evidence`, { words: 'Nothing with it' });
        equal([bare.status, bare.json.errors[0].field], [422, 'photos']);
        const svg = multipart([['words', 'Script']], [['photos', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.jpg']]);
        equal((await api.desk.post(`/cases/${ref}/evidence`, svg.body, svg.headers)).status, 422);
        const doc = (await api.desk.get('/openapi.json')).json;
        equal(Object.keys(doc.paths['/api/v1/cases/{ref}/evidence'].post.requestBody.content), ['multipart/form-data']);
    });

    await suite.test('an office adds photos before and after; what the camera wrote is gone', async () => {
        const { ref } = await file();
        await give(ref, 'officer.nowshera');
        for (const pair of ['before', 'after']) {
            const done = await submitFiles(officer, await officer.get(`${path(ref)}/evidence`), /evidence$/, { words: 'The drain', pair }, [['photos', jpeg(CANARY), 'Rukhsana house.jpg']]);
            equal(done.status, 303, done.text);
        }
        const page = await officer.get(`${path(ref)}/evidence`);
        match(page.text, /Photo <bdi>1|Photo 1/);
        match(page.text, /Before the work[\s\S]*After the work/);
        ok(!/Rukhsana/.test(page.text), 'the name of the file');
        for (const form of ['', '/small']) {
            const picture = await officer.get(`${path(ref)}/evidence/1${form}`);
            equal(picture.status, 200);
            equal(picture.headers['content-type'], 'image/jpeg');
            equal(picture.headers['cache-control'], 'no-store');
            equal(picture.headers['x-content-type-options'], 'nosniff');
            ok(!picture.raw.includes(CANARY) && picture.raw.subarray(0, 2).toString('hex') === 'ffd8');
        }
        equal((await people['desk.haripur'].get(`${path(ref)}/evidence/1`)).status, 404, 'another district');
    });

    await suite.test('what is no picture is refused beside its field, and the words stay', async () => {
        const { ref } = await file();
        for (const bytes of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), jpeg().subarray(0, 60), Buffer.from('MZ\x90 no picture')]) {
            const r = await submitFiles(desk, await desk.get(`${path(ref)}/evidence`), /evidence$/, { words: 'The drain in street four' }, [['photos', bytes, 'drain.jpg']]);
            equal(r.status, 422);
            match(r.text, /id="photos-fault"/);
            match(r.text, /The drain in street four/);
        }
        const none = await submitFiles(desk, await desk.get(`${path(ref)}/evidence`), /evidence$/, { words: 'Nothing chosen' }, []);
        equal(none.status, 422);
        match(none.text, /Choose a photo/);
    });

    await suite.test('the desk’s photo is closed to the department until the desk opens it; voice never', async () => {
        const { ref } = await file();
        await give(ref, 'officer.nowshera');
        const done = await submitFiles(desk, await desk.get(`${path(ref)}/evidence`), /evidence$/, { words: 'As she showed it' },
            [['photos', jpeg(CANARY), 'a.jpg'], ['voice', wav(2), 'b.wav'], ['pdf', pdf(CANARY), 'Rukhsana.pdf']]);
        equal(done.status, 303, done.text);
        equal((await officer.get(`${path(ref)}/evidence/1`)).status, 404);
        equal((await desk.get(`${path(ref)}/evidence/1`)).status, 200);
        const page = await desk.get(`${path(ref)}/evidence`);
        equal((await desk.submit(page, /evidence-see$/)).status, 303);
        equal((await officer.get(`${path(ref)}/evidence/1`)).status, 200, 'opened');
        const voice = await desk.get(`${path(ref)}/voice/2`);
        equal(voice.status, 200);
        match(voice.headers['content-type'], /^audio\/webm/);
        equal(voice.headers['accept-ranges'], 'bytes');
        const part = (range, more = {}) => desk.get(`${path(ref)}/voice/2`, { Range: range, ...more })
            .then((r) => [r.status, r.headers['content-range'], voice.raw.indexOf(r.raw), r.raw.length]);
        const n = voice.raw.length;
        equal(await part('bytes=0-1'), [206, `bytes 0-1/${n}`, 0, 2]);
        equal(await part('bytes=100-'), [206, `bytes 100-${n - 1}/${n}`, 100, n - 100]);
        equal(await part(`bytes=${n}-`), [416, `bytes */${n}`, 0, 0]);
        equal(await part('bytes=0-1', { 'If-Range': '"x"' }), [200, undefined, 0, n]);
        equal((await officer.get(`${path(ref)}/voice/2`, { Range: 'bytes=0-1' })).status, 403);
        const paper = await desk.get(`${path(ref)}/evidence/3`);
        equal([paper.status, paper.headers['content-type'], paper.headers['accept-ranges']], [200, 'application/pdf', undefined]);
        ok(paper.text.includes('(Seen)') && !paper.text.includes(CANARY), 'what a program wrote beside the paper is gone');
        equal((await officer.get(`${path(ref)}/evidence/2`)).status, 404);
        match((await officer.get(`${path(ref)}/evidence`)).text, /heard by the desk only/);
        const listed = (who) => as(who).get(`/cases/${ref}`).then((r) => r.json.evidence.map((e) => `${e.number} ${e.media} ${e.from} ${e.visible}`));
        equal(await listed('desk.nowshera'), ['1 photo desk true', '2 voice desk true', '3 pdf desk true']);
        equal(await listed('officer.nowshera'), ['1 photo desk true', '2 voice desk false', '3 pdf desk false']);
    });

    await suite.test('whoever cannot write files by voice or picture alone; the desk types her words', async () => {
        const woman = new Visitor(server);
        const check = await toldByVoice(woman);
        equal(check.status, 200, check.text);
        match(check.text, /Now say it or show it/);
        const empty = await submitFiles(woman, check, '/new/send', {}, []);
        equal(empty.status, 422);
        match(empty.text, /Record your voice or add a picture/);
        const sent = await submitFiles(woman, check, '/new/send', {}, [['voice', wav(3), 'voice.wav']]);
        equal(sent.status, 303, sent.text);
        const done = await woman.follow(sent);
        const ref = /(\d{3}-\d{3}-\d{4})/.exec(done.text)[1];
        const queue = await desk.get('/desk/to-type');
        match(queue.text, new RegExp(ref));
        match(queue.text, /Voice, <bdi>3|Voice, 3/);
        ok(!(await people['desk.haripur'].get('/desk/to-type')).text.includes(ref), 'another district');
        equal((await desk.submit(await desk.get(`${path(ref)}/evidence`), /evidence-typed$/, { typed: '' })).status, 422);
        equal((await desk.submit(await desk.get(`${path(ref)}/evidence`), /evidence-typed$/, { typed: 'The hand pump by the mosque is dry' })).status, 303);
        ok(!(await desk.get('/desk/to-type')).text.includes(ref), 'done');
        equal((await api.desk.get(`/cases/${ref}`)).json.description, 'The hand pump by the mosque is dry');
        match((await desk.get('/cases?words=mosque')).text, new RegExp(ref), 'and search finds it');
    });

    await suite.test('what goes past the desk is heard, seen and typed by the ADC alone, each look recorded', async () => {
        const adc = people['adc.nowshera'];
        const woman = new Visitor(server);
        const check = await toldByVoice(woman, { past_desk: '1' });
        match(check.text, /Nobody at the desk hears it/);
        const files = [['voice', wav(2), 'v.wav'], ['photos', jpeg(CANARY), 'p.jpg']];
        const sent = await submitFiles(woman, check, '/new/send', {}, files);
        equal(sent.status, 303, sent.text);
        const [, ref] = /(\d{3}-\d{3}-\d{4})/.exec((await woman.follow(sent)).text);
        equal((await as('adc.nowshera').get(`/cases/${ref}`)).json.description, '(Told by voice or picture. The office that looks into it will type it.)');
        const heard = (who) => who.get(`${path(ref)}/voice/1`);
        const voice = await heard(adc);
        equal([voice.status, voice.headers['content-type']], [200, 'audio/webm']);
        equal((await adc.get(`${path(ref)}/evidence/2`)).status, 200);
        const trail = execFileSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), "select count(*) from audit where event_name = 'identity.viewed' and detail_text like '%/voice/%' and about_id = (select case_id from case_ref where ref_code = '" + ref.replaceAll('-', '') + "')"]);
        equal(String(trail).trim(), '1', 'the look is recorded');
        for (const at of ['', '/evidence', '/evidence/1', '/evidence/2', '/evidence/2/small', '/voice/1']) equal((await desk.get(path(ref) + at)).status, 404, `desk ${at}`);
        ok(!(await desk.get('/desk/to-type')).text.includes(ref), 'not in the queue of the desk');
        ok(!/to be typed/.test((await desk.get('/desk')).text), 'nor in its count');
        equal((await heard(people['supervisor.nowshera'])).status, 403);
        equal((await people['supervisor.nowshera'].get(`${path(ref)}/evidence/2`)).status, 404, 'closed to others');
        match((await people['supervisor.nowshera'].get(`${path(ref)}/evidence`)).text, /heard only by the office above the desk/);
        match((await adc.get('/desk/to-type')).text, new RegExp(ref));
        const waits = async (who) => /href="\/desk\/to-type"/.test((await people[who].get('/overview')).text);
        equal([await waits('adc.nowshera'), await waits('supervisor.nowshera')], [true, false], 'a way there');
        const page = await adc.get(`${path(ref)}/evidence`);
        equal((await adc.submit(page, /evidence-typed$/, { typed: 'The clerk asks for money' })).status, 303);
        ok(!(await adc.get('/desk/to-type')).text.includes(ref), 'done');
        ok(!await waits('adc.nowshera'), 'nothing waits there');
        match(JSON.stringify((await as('adc.nowshera').get(`/cases/${ref}`)).json.timeline), /Her words, typed[^"]*The clerk asks for money/);
        const taken = await submitFiles(adc, await adc.get(`${path(ref)}/evidence`), /evidence$/, { words: 'As she showed it' }, [['photos', jpeg(), 'a.jpg']]);
        equal(taken.status, 303, taken.text);
        equal((await people['supervisor.nowshera'].get(`${path(ref)}/evidence/3`)).status, 404, 'what the ADC takes for her is hers');
        equal((await adc.submit(await adc.get(`${path(ref)}/evidence`), /evidence-see$/)).status, 303);
        equal((await people['supervisor.nowshera'].get(`${path(ref)}/evidence/2`)).status, 200, 'opened by the ADC');
    });

    await suite.test('of any other matter the ADC hears, opens and types nothing', async () => {
        const adc = people['adc.nowshera'];
        const { ref } = await file();
        await submitFiles(desk, await desk.get(`${path(ref)}/evidence`), /evidence$/, { words: 'Hers' }, [['photos', jpeg(), 'a.jpg'], ['voice', wav(), 'b.wav']]);
        equal((await adc.get(`${path(ref)}/voice/2`)).status, 404);
        equal((await adc.get(`${path(ref)}/evidence/1`)).status, 404);
        const page = await adc.get(`${path(ref)}/evidence`);
        ok(!/<audio|evidence-see|evidence-typed/.test(page.text), 'nothing is offered');
    });

    // To where she is asked: an office reported, she opens her case with her PIN.
    const reported = async () => {
        const { ref, pin } = await file();
        await give(ref, 'officer.nowshera');
        equal((await as('officer.nowshera').post(`/cases/${ref}/actions`, { action: 'report_action', result: 'done', words: 'The valve is new' })).status, 200);
        const woman = new Visitor(server);
        const opened = await woman.follow(await woman.submit(await woman.get('/track'), '/track', { ref, pin }));
        return { ref, woman, say: await woman.submit(opened, '/track/say', { outcome: 'not_solved' }) };
    };

    await suite.test('she answers by voice or picture alone; the desk types it as a note, and what she filed stays', async () => {
        const { ref, woman, say } = await reported();
        const shots = [['voice', wav(2), 'v.wav'], ['photos', jpeg(CANARY), 'p.jpg']];
        const said = await submitFiles(woman, say, '/track/act', {}, shots);
        equal(said.status, 303, said.text);
        equal((await api.desk.get(`/cases/${ref}`)).json.status, 'not_solved');
        const mine = await woman.follow(said);
        match(mine.text, /Told by voice or picture/);
        match((await desk.get('/desk/to-type')).text, new RegExp(ref));
        const page = await desk.get(`${path(ref)}/evidence`);
        match(page.text, /Her words are still to be typed[\s\S]*Voice[\s\S]*name="step"/);
        equal((await desk.submit(page, /evidence-typed$/, { typed: 'The new valve leaks' })).status, 303);
        const read = (await api.desk.get(`/cases/${ref}`)).json;
        equal(read.description, 'No water');
        match(read.timeline.map((t) => t.words).join(), /Her words, typed[^\n]*\nThe new valve leaks/);
        ok(!(await desk.get('/desk/to-type')).text.includes(ref), 'done');
        equal((await officer.get(`${path(ref)}/evidence/2`)).status, 404, 'closed to the department, as at filing');
    });

    await suite.test('a file that is refused leaves her choice and her words where they were', async () => {
        const { ref, woman, say } = await reported();
        const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
        const mislabelled = 'This file cannot be taken';
        const empty = Buffer.from(pdf().toString('latin1').replace('[3 0 R]/Count 1', '[]/Count 0'));
        const thick = Buffer.from(pdf().toString('latin1').replace('[3 0 R]', `[${'3 0 R '.repeat(201)}]`));
        const bad = [['photos', svg, mislabelled], ['voice', wav(2).subarray(0, 30), 'This file is damaged'], ['voice', jpeg(), mislabelled],
            ['pdf', Buffer.from('%PDF-1.4 half'), 'cannot be read whole'], ['pdf', empty, 'cannot be read whole'], ['pdf', thick, 'too many pages'],
            ['pdf', pdf(')/JS(1'), 'a program, an enclosed file or a password']];
        for (const [field, bytes, words] of bad) {
            const r = await submitFiles(woman, say, '/track/act', { answer_words: 'Still dry' }, [[field, bytes, 'a']]);
            equal(r.status, 422, field);
            match(r.text, new RegExp(`id="${field}-fault"[\\s\\S]*${words}`));
            match(r.text, /Still dry[\s\S]*name="outcome" value="not_solved"/);
        }
        equal((await api.desk.get(`/cases/${ref}`)).json.status, 'awaiting_answer');
        equal((await api.desk.get(`/cases/${ref}`)).json.evidence, []);
    });

    await suite.test('the thirty-first note of a day: the desk is told in words of its own', async () => {
        const { ref } = await file();
        const note = () => api.desk.post(`/cases/${ref}/actions`, { action: 'comment', words: 'A note' });
        for (let i = 0; i < 30; i++) equal((await note()).status, 200);
        const full = await note();
        equal(full.status, 409);
        match(JSON.stringify(full.json), /write the next one tomorrow/);
        ok(!JSON.stringify(full.json).includes('speak with the desk'));
    });

    await suite.test('she sees what was done, behind her own PIN only', async () => {
        const { ref, pin } = await file();
        await give(ref, 'officer.nowshera');
        await officer.submit(await officer.get(path(ref)), /act$/, { action: 'accept' });
        await officer.get(path(ref));
        const reported = await officer.submit(await officer.get(path(ref)), /act$/, { action: 'report_action', result: 'done', report_words: 'The valve is new' });
        match((await officer.follow(reported)).text, /no photo of the work yet/);
        equal((await submitFiles(officer, await officer.get(`${path(ref)}/evidence`), /evidence$/, { words: 'Done', pair: 'after' }, [['photos', jpeg(), 'a.jpg']])).status, 303);
        equal((await submitFiles(desk, await desk.get(`${path(ref)}/evidence`), /evidence$/, { words: 'Hers' }, [['photos', jpeg(), 'a.jpg']])).status, 303);
        const woman = new Visitor(server);
        const opened = await woman.follow(await woman.submit(await woman.get('/track'), '/track', { ref, pin }));
        const pictures = [...opened.text.matchAll(/<img src="([^"]*)"/g)].map(([, at]) => at.replaceAll('&amp;', '&'));
        equal(pictures.length, 1);
        equal((await woman.get(pictures[0])).headers['content-type'], 'image/jpeg');
        equal((await woman.get(pictures[0].replace('piece=1', 'piece=2'))).status, 404, 'what the desk took is not shown there');
        equal((await send(`${server.url}/track/picture?piece=1`)).status, 404);
    });

    await suite.test('what she recorded for herself: she is told that it came, and hears it with her PIN, each look recorded', async () => {
        const woman = new Visitor(server);
        const filed = async () => {
            const done = await woman.follow(await submitFiles(woman, await toldByVoice(woman), '/new/send', {}, [['voice', wav(3), 'v.wav'], ['photos', jpeg(CANARY), 'p.jpg']]));
            const [, ref] = /(\d{3}-\d{3}-\d{4})/.exec(done.text);
            return { ref, done: done.text, pin: /class="num pin"[^>]*>(\d{6})/.exec(done.text)[1] };
        };
        const { ref, pin, done } = await filed();
        match(done, /Your voice note, (?:<bdi>)?3(?:<\/bdi>)? seconds[\s\S]*hear it again with your number and PIN/);
        ok(!/<audio|track\/voice/.test(done), 'heard behind the PIN only');
        const page = await woman.follow(await woman.submit(await woman.get('/track'), '/track', { ref, pin }));
        const [, at] = /<audio[^>]* src="([^"]*)"/.exec(page.text);
        const address = at.replaceAll('&amp;', '&');
        const looks = () => Number(execFileSync('sqlite3', ['-readonly', join(server.data, 'sunwai.db'), "select count(*) from audit where event_name = 'identity.viewed' and detail_text like '%/track/voice' and about_id = (select case_id from case_ref where ref_code = '" + ref.replaceAll('-', '') + "')"]));
        const sound = await woman.get(address);
        equal([sound.status, sound.headers['content-type'], looks()], [200, 'audio/webm', 1]);
        for (const [change, why] of [[address.replace('piece=1', 'piece=2'), 'her picture'], [address.replace('piece=1', 'piece=9'), 'what is not there'], [address.replace(/case=.{8}/, 'case=AAAAAAAA'), 'a token that was changed'], [address.replace('/voice', '/picture'), 'as a picture, without a look'], ['/track/voice?piece=1', 'no token']]) {
            equal((await woman.get(change)).status, 404, why);
        }
        for (const who of ['desk.nowshera', 'officer.nowshera', 'adc.nowshera', 'desk.haripur']) equal((await people[who].get(address)).status, 404, who);
        equal(looks(), 1, 'nobody else has heard it');
        const { ref: told, pin: code } = await file(); // a voice that the desk took is not among what she recorded herself
        equal((await submitFiles(desk, await desk.get(`${path(told)}/evidence`), /evidence$/, { words: 'Said at the desk' }, [['voice', wav(1), 'v.wav']])).status, 303);
        ok(!/<audio/.test((await woman.follow(await woman.submit(await woman.get('/track'), '/track', { ref: told, pin: code }))).text), 'not offered');
        equal((await woman.get(address)).status, 200);
    });
});
suite.done();
