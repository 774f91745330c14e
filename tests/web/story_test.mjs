// story_test.mjs: words beside the figures over HTTP: a section that two write at once, lessons on the next plan, quotes with their
// consent, and consent that is taken back.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor, formsOf, unescapeHtml } from '../lib/client.mjs';
import { pdfText } from '../lib/papers.mjs';
import { jpeg, submitFiles, workerUp } from '../lib/media.mjs';

const suite = new Suite('story');
const today = new Date(Date.now() + 5 * 3600e3).toISOString().slice(0, 10); // Asia/Karachi
const year = Number(today.slice(0, 4)) - (Number(today.slice(5, 7)) < 7 ? 1 : 0);
const DOCUMENT = `kind=annual&unit=PK526&period=FY${year - 1}-${String(year % 100).padStart(2, '0')}&language=en`;
const VIEW = `/documents/view?${DOCUMENT.replace('&language=en', '')}`;
const SECTION = `/documents/narrative/lessons?${DOCUMENT}`;

await withServer({ cases: 20 }, async (server) => {
    const signedIn = async (user) => {
        const visitor = new Visitor(server);
        equal((await visitor.signIn(user)).status, 303, `sign-in of ${user}`);
        return visitor;
    };
    const desk = await signedIn('desk.nowshera');
    const district = await signedIn('monitor.nowshera');
    const province = await signedIn('monitor.kp');
    const field = (page, name) => unescapeHtml(new RegExp(`<textarea id="${name}"[^>]*>([^<]*)</textarea>`).exec(page.text)?.[1] ?? '').trim();
    const english = (at) => `${at}${at.includes('?') ? '&' : '?'}lang=en`;

    await suite.test('of two who write at once the second is shown the difference, and nothing is lost', async () => {
        const hers = await district.get(english(SECTION));
        equal(hers.status, 200, hers.text.slice(0, 800));
        match(hers.text, /The figures/);
        match(hers.text, /Provisional|approved/i);
        const theirs = await province.get(SECTION);
        equal((await province.submit(theirs, /narrative/, { words: 'Women came when buses ran early.' })).status, 303);
        const second = await district.submit(hers, /narrative/, { words: 'Women came when schools were used.' });
        equal(second.status, 409);
        equal(field(second, 'words'), 'Women came when schools were used.', 'her own text is in the field');
        match(second.text, /<blockquote[^>]*>Women came when buses ran early\.<\/blockquote>/, 'theirs stands beside it');
        match(second.text, /<del>buses ran early\.<\/del>/);
        match(second.text, /<ins>schools were used\.<\/ins>/);
        match((await district.get(`/documents/narrative?${DOCUMENT}`)).text, /buses ran early/, 'nothing was overwritten');
        // She puts both together on that very page.
        const merged = await district.submit(second, /narrative/, { words: 'Women came when buses ran early.\n\n=1+1 & <b>' });
        equal(merged.status, 303, merged.text);
        const list = await district.get(merged.headers.location);
        match(list.text, /<p class="words"[^>]*>=1\+1 &amp; &lt;b&gt;<\/p>/);
        const old = await district.get(english(`${SECTION}&version=1`));
        match(old.text, /<ins>[^<]*=1\+1 &amp; &lt;b&gt;<\/ins>/);
    });

    await suite.test('lessons of last year stand on the next plan, and on the way to it', async () => {
        const begun = await district.submit(await district.get('/plans/new'), '/plans/new', { programme: 'women-kacheri', kind: 'operational', unit: 'PK526', year: String(year + 20) });
        equal(begun.status, 303, begun.text);
        const plan = await desk.get(english(begun.headers.location));
        match(plan.text, /Lessons of last year/);
        match(plan.text, /buses ran early/);
        match((await district.get('/plans/new')).text, /href="\/documents\/lessons"/);
        const lessons = await desk.get(english('/documents/lessons?unit=PK526'));
        match(lessons.text, /buses ran early/);
        equal((await (await signedIn('desk.haripur')).get('/documents/lessons?unit=PK526')).status, 404);
    });

    const said = { kind: 'quote', about: 'desk', section: 'lessons', role: 'citizen', sex: 'woman', spoken: 'en', day: `${year}-06-01`, words: 'Canarywords on time', name: 'Canaryname', consent_day: today, to: 'IT expert of the desk', how: 'thumb', report: '1', photo_ok: '1' };
    let story;
    await suite.test('a quote is kept with consent and purpose, its photo as the worker made it', async () => {
        await workerUp(server);
        const send = async (more, files = []) => submitFiles(desk, await desk.get('/documents/stories/new?lang=en'), '/documents/stories/new', { ...said, ...more }, files);
        const none = await send({ report: '' }, [['photos', jpeg(), 'a.jpg']]);
        equal(none.status, 422);
        match(none.text, /Without a purpose nothing is kept/);
        const protectedOne = await send({ about: 'protected' }, [['photos', jpeg(), 'a.jpg']]);
        equal(protectedOne.status, 422);
        match(protectedOne.text, /never quoted/);
        equal((await send({})).status, 422, 'the photo she agreed to is missing');
        const kept = await send({}, [['photos', jpeg('Canarycamera'), 'a.jpg']]);
        equal(kept.status, 303, kept.text);
        story = kept.headers.location;
        const page = await district.get(english(story));
        match(page.text, /Canarywords on time/);
        ok(!page.text.includes('Canaryname'), 'the monitor reads no name');
        const photo = await district.get(`${story}/photo`);
        equal([photo.status, photo.headers['content-type']], [200, 'image/jpeg']);
        ok(!photo.raw.includes('Canarycamera'), 'what the camera wrote is gone');
        match((await desk.get(`${story}/speaker`)).text, /Canaryname/);
        equal((await district.get(`${story}/speaker`)).status, 403);
        match((await district.get(SECTION)).text, /Canarywords on time/, 'beside the section it belongs to');
    });

    // The quotes in a report of that year, as a machine reads them.
    const reported = () => {
        const made = run('report', '--data', server.data, 'annual', '--format', 'json', '--period', DOCUMENT.match(/FY[0-9-]+/)[0], '--unit', 'PK526');
        equal(made.code, 0, made.err);
        return JSON.parse(made.out).quotes.map((q) => q.words);
    };

    await suite.test('a document shows it beside its figures, without her name', async () => {
        const page = await district.get(english(VIEW));
        match(page.text, /<blockquote lang="en" dir="ltr">Canarywords on time<\/blockquote>/);
        ok(!page.text.includes('Canaryname'));
    });

    await suite.test('another consent closes the photo; consent taken back destroys all of it', async () => {
        const form = /\/consent$/;
        equal(reported(), ['Canarywords on time']);
        const before = await desk.get(story);
        equal((await desk.get(`${story}/poster.pdf`)).status, 404, 'she did not agree to a poster');
        const narrower = await desk.submit(await desk.get(story), form, { consent_day: today, to: 'The desk', how: 'voice', report: '1', poster: '1', photo_ok: '' });
        equal(narrower.status, 303, narrower.text);
        equal((await district.get(`${story}/photo`)).status, 404);
        const sheet = pdfText((await district.get(`${story}/poster.pdf`)).raw).replace(/\s+/g, ' ');
        match(sheet, /Canarywords on time.*S-PK526-/);
        ok(!sheet.includes('Canaryname'), 'never her name on a wall');
        for (const at of [form, /\/withdraw$/]) {
            const late = await desk.submit(before, at, { consent_day: today, to: 'The desk', how: 'voice', poster: '1' });
            equal(late.status, 409, 'over a consent that is no more');
            match(late.text, /id="meanwhile"/);
        }
        equal((await desk.submit(await desk.get(story), form, { consent_day: today, to: 'The desk', how: 'voice', step: '' })).status, 409, 'nor without saying over which one');
        const consent = formsOf((await desk.get(story)).text).find((f) => form.test(f.action));
        ok(consent, 'it can be changed again');
        const gone = await desk.submit(await desk.get(story), /\/withdraw$/, {});
        equal(gone.status, 303, gone.text);
        const page = await desk.get(english(story));
        match(page.text, /She took her consent back/);
        ok(!page.text.includes('Canarywords'));
        equal((await desk.get(`${story}/photo`)).status, 404);
        equal((await desk.get(`${story}/poster.pdf`)).status, 404);
        ok(!(await district.get(SECTION)).text.includes('Canarywords'), 'it left the text beside');
        ok(!(await district.get(VIEW)).text.includes('Canarywords'), 'and the figures');
        equal(reported(), [], 'and every later document');
        const verified = run('verify', '--data', server.data);
        equal(verified.code, 0, verified.out + verified.err);
    });
});
suite.done();
