// pages.mjs short|LANG|vnu: every page that `sunwai routes` knows, as every role meets it in a demonstration with cases of
// every state and kind, looked at (look.mjs) in each language and width, with scripts and without.
//
// A role's pages are those that its links lead to: one of each route and of each parameter in its addresses, and the
// page of a case once for each of its states and kinds. A route for people to which no link leads is a failure.
// short: in Urdu at 360 px with scripts, in English at 1366 px without, the roles that see other pages than each other.
// LANG: all roles, at 320, 360 and 1366 px, with scripts and without.
// vnu: without a browser, the documents of all roles in three languages go through the Nu Html Checker, which needs Java.
// ONLY_ROLE=desk, ONLY_PAGE=REGEX, ONLY_WIDTH=320: some of them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Suite, fail, ok } from '../lib/suite.mjs';
import { Server, run } from '../lib/server.mjs';
import { Api, Visitor, formsOf, unescapeHtml } from '../lib/client.mjs';
import { Device } from '../lib/device.mjs';
import { bringKit, kitOf } from '../lib/kits.mjs';
import { jpeg, submitFiles, toldByVoice, wav, workerUp } from '../lib/media.mjs';
import { Look, Watch } from './look.mjs';

const extent = process.argv[2] ?? 'short';
const suite = new Suite(`pages-${extent}`);
const views = (extent === 'short'
    ? [['ur', 360, true], ['en', 1366, false]]
    : [320, 360, 1366].flatMap((width) => [[extent, width, true], [extent, width, false]])
).filter(([, width]) => (process.env.ONLY_WIDTH ?? String(width)) === String(width));
const SHORT_ROLES = new Set(['public', 'desk', 'officer', 'supervisor', 'monitor', 'admin']);
const STATES = ['registered', 'assigned', 'in_progress', 'info_asked', 'awaiting_answer', 'solved', 'partly', 'not_solved',
    'closed_unconfirmed', 'reopened', 'withdrawn', 'rejected', 'handed_over'];
const HER_LANGUAGE = /\/(slip|letter|sheet)/; // papers for her, in the language that she reads
const CRAWL_MAX = 500;

// Routes that answer people with a page of their own. Those behind a form are walked through by the journey.
const BEHIND_FORMS = new Set(['/cases/past', '/sheets/together/{unit}/{period}', '/exchange/reporter/{programme}', '/new/send', '/new/done', '/track/act', '/track/say']);
function routesForPeople() {
    return run('routes').out.trim().split('\n').map((line) => line.split('\t'))
        .filter(([method, path, , flags]) => method === 'GET' && !/api|static/.test(flags ?? '') && !/^\/(healthz|metrics)$/.test(path))
        .map(([, path, permission]) => {
            permissions.set(path, permission);
            return path;
        });
}
const permissions = new Map();
const routes = routesForPeople();
const patterns = routes.map((path) => ({ path, test: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`) }));
// A route with fixed words goes before one with a hole.
patterns.sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0));

// The route of an address, and its parameters.
function shapeOf(href) {
    const url = new URL(href, 'http://x');
    const route = patterns.find((p) => p.test.test(url.pathname))?.path;
    if (!route) return null;
    return { route, names: [...new Set(url.searchParams.keys())].sort() };
}

// { name → address } of what this visitor's links lead to, `starts` first.
async function crawl(visitor, starts, skip) {
    const pages = new Map();
    const routesMet = new Set();
    const names = new Set(); // route and parameter
    const todo = [...starts];
    const asked = new Set();
    while (todo.length && asked.size < CRAWL_MAX) {
        const [path, given] = todo.shift();
        const found = shapeOf(path);
        if (!found || asked.has(path) || skip(found)) continue;
        const fresh = found.names.filter((n) => !names.has(`${found.route} ${n}`));
        const name = given ?? (found.names.length ? `${found.route}?${fresh.join('&')}` : found.route);
        if (!given && found.names.length > 0 && fresh.length === 0 || pages.has(name)) continue;
        asked.add(path);
        const r = await visitor.get(path);
        // A list of places leads whoever has but one straight to it.
        if (r.status === 200 || r.status === 303 && !r.headers.location.startsWith('/login')) routesMet.add(found.route);
        if (r.status === 303) todo.unshift([r.headers.location]);
        if (r.status !== 200 || !/^text\/html/.test(r.headers['content-type'] ?? '')) continue;
        fresh.forEach((n) => names.add(`${found.route} ${n}`));
        pages.set(name, path);
        for (const [, href] of r.text.matchAll(/(?:href|src)="([^"#]+)/g)) {
            const to = unescapeHtml(href);
            if (!/^[/?]/.test(to) || to.startsWith('//')) continue;
            const url = new URL(to, `http://x${path}`);
            url.searchParams.delete('lang'); // the walk says which
            todo.push([url.href.slice('http://x'.length)]);
        }
    }
    return { pages, routesMet };
}

// Pictures of an office and a voice that the desk took, of one case.
let shown;
async function showsWork(server, ref) {
    const as = async (login) => {
        const visitor = new Visitor(server);
        await visitor.signIn(login);
        return visitor;
    };
    const path = `/cases/${ref.replaceAll('-', '')}/evidence`;
    await new Api(server, server.token('supervisor.nowshera')).post(`/cases/${ref}/actions`, { action: 'assign', to: 'officer.nowshera' });
    shown = path;
    await workerUp(server);
    const officer = await as('officer.nowshera');
    const added = await submitFiles(officer, await officer.get(path), /evidence$/, { words: 'Invented: the drain', pair: 'after' }, [['photos', jpeg(), 'a.jpg']]);
    if (added.status !== 303) throw new Error(`no picture: ${added.status}`);
    const desk = await as('desk.nowshera');
    await submitFiles(desk, await desk.get(path), /evidence$/, { words: 'Invented' }, [['photos', jpeg(), 'a.jpg'], ['voice', wav(), 'b.wav']]);
}

// An event with a matter, a need and a direction; two offices twinned; a group. Addresses to begin with.
async function eventStarts(server) {
    const desk = new Visitor(server);
    await desk.signIn('desk.nowshera');
    const api = new Api(server, server.token('desk.nowshera'));
    const send = async (path, fields) => desk.submit(await desk.get(path), path, fields);
    // The open one first: of the pages behind an event one is looked at, and there most can be done.
    const events = (await api.get('/events')).json.events.sort((a, b) => (b.state === 'open') - (a.state === 'open'));
    const starts = events.map((e) => [`/events/${e.code}`, `/events/{code} ${e.state}`]);
    const open = events.find((e) => e.state === 'open')?.code;
    if (open) {
        const matter = (await api.post(`/events/${open}/matters`, { service: 'M-WAT-01', unit: 'PK52601', description: 'Invented: no water', complainant: { sex: 'woman' }, token: 1 })).json;
        await api.post(`/events/${open}/needs`, { words: 'Invented: a pump', women: 3 });
        for (const name of ['Zarmina', 'zarmina']) await send(`/events/${open}/names`, { name, role: 'citizen', sex: 'woman' });
        await send(`/events/${open}/directions`, { words: 'Invented: repair it', side: 'official', office: 'PK52601-TMA', post: 'Engineer', horizon: 'short', due_day: '2027-06-30' });
        // Files of the day: one that the desk alone opens, one that others do too.
        for (const [paper, seen] of [['photo', 'desk'], ['count_sheet', 'district']]) {
            await submitFiles(desk, await desk.get(`/events/${open}/files`), `/events/${open}/files`, { paper, seen }, [['files', jpeg(), 'a.jpg']]);
        }
        starts.push([`/events/${open}/files`], [`/events/${open}/cases/${matter?.ref?.replaceAll('-', '')}`], [`/directions/${open}/1`], [`/events/${open}/needs/print`]);
    }
    for (const [path, fields, behind = 'check'] of [
        ['/twinning/new', { host: 'PK526-WFD', partner_name: 'Invented desk', goals: 'Learn', from_day: '2027-01-01', to_day: '2027-06-30' }],
        ['/groups/new', { kind: 'training', series: 'Invented' }],
        ['/events/new', { kind: 'training', audience: 'mixed', unit: 'PK52601', venue: 'Invented hall', venue_kind: 'tma_hall', day: '2027-03-01', from: '10:00', to: '13:00', plan: 'OP-1', series: 'Invented' }, 'training'],
    ]) {
        const made = await send(path, fields);
        if (made.headers.location) starts.push([made.headers.location.replace(/\?.*/, '')], [`${made.headers.location.replace(/\?.*/, '')}/${behind}`]);
    }
    starts.push(['/reports/indicators', '/reports/{name} of all indicators']);
    return starts;
}

// A plan with a line of each kind, as its monitor writes it; and where a province approves its quarters at once.
async function planStarts(visitor) {
    const send = async (page, to, fields) => {
        const r = await visitor.submit(await visitor.get(page), to, fields);
        if (r.status !== 303) throw new Error(`${to}: ${r.status}`);
        return r.headers.location?.replace(/[?#].*/, '');
    };
    const at = await send('/plans/new', '/plans/new', { programme: 'women-kacheri', kind: 'operational', unit: 'PK526', year: '2030' });
    await send(`${at}/result`, `${at}/result`, { kind: 'output', title: 'Invented: women are heard' });
    await send(`${at}/indicator`, `${at}/indicator`, { result: '1', indicator: 'attendance' });
    await send(`${at}/activity`, `${at}/activity`, { result: '1', title: 'Invented: hear women', target: 'gender_centric', from_day: '2030-07-01', to_day: '2031-06-30', post: 'Desk officer', units: 'PK526' });
    const lessons = '/documents/narrative/lessons';
    await send(lessons, lessons, { words: 'Invented: ask early.\n\nInvented: mornings are better.' });
    // Figures of the time before, brought in; and the programme's own workbook, rows pasted.
    const past = await send('/exchange/past', '/exchange/past', { source: 'Invented: a report of 2019', rows: 'indicator,unit,period,role,sex,value\nattendance,PK526,2019-08,citizen,woman,40' });
    // A document that is ready: one that is being made looks again by itself.
    await workerUp(visitor.server);
    const kept = await send('/documents/view?kind=annual', '/documents', {});
    while ((await visitor.get(kept)).text.includes('<progress')) await new Promise((go) => setTimeout(go, 200));
    return [[kept], ['/exchange'], ['/exchange/past'], [past], ['/exchange/sheets'], [at.replace('/plans', '/exchange/targets')], [lessons], ['/plans/new'], [at], [`${at}/result`], [`${at}/indicator`], [`${at}/indicators/1`], [`${at}/activity`], [`${at}/activities/1`],
        ['/exchange/sheets/women-kacheri/events.csv'], ['/exchange/sheets/women-kacheri/events.xlsx'],
        ['/exchange/activities'], ['/exchange/activities/women-kacheri/activities.csv'], ['/exchange/activities/women-kacheri/activities.xlsx']]; // else with a year each
}

// Something that somebody said, with her name and picture, and the address of where it stands; a text beside the figures.
async function storyStarts(visitor) {
    const day = new Date(Date.now() + 5 * 3600000).toISOString().slice(0, 10); // of Pakistan
    const said = { kind: 'photo', about: 'desk', section: 'successes', role: 'citizen', sex: 'woman', spoken: 'en', day, words: 'Invented: it was quick', name: 'Invented', consent_day: day, to: 'Invented: the desk', how: 'thumb', report: '1', poster: '1', name_ok: '1', photo_ok: '1' };
    await workerUp(visitor.server);
    const made = await submitFiles(visitor, await visitor.get('/documents/stories/new'), '/documents/stories/new', said, [['photos', jpeg(), 'a.jpg']]);
    if (made.status !== 303) throw new Error(`story: ${made.status} ${made.text}`);
    return [[made.headers.location], [`${made.headers.location}/speaker`]];
}

// A by-law with words of its own beside the model's, and its papers.
async function bylawStarts(visitor) {
    const made = await visitor.submit(await visitor.get('/bylaws/new'), '/bylaws/new', { unit: 'PK52601', model: 'women-heard' });
    const at = made.headers.location.replace(/\?.*/, '');
    const page = await visitor.get(`${at}?lang=en`);
    const words = formsOf(page.text).find((f) => f.fields.has('words')).fields.get('words');
    await visitor.submit(page, at, { do: 'write', words: words.replace('at least one day', 'two days').replaceAll('___', '3') });
    return [[at], [`${at}/paper`]];
}

// A kit in which something is missing that an earlier one brought, and with a recording that is not here, waiting for somebody who looks.
async function kitStarts(server, admin) {
    await workerUp(server);
    const put = await submitFiles(admin, await admin.get('/prompts'), '/prompts', { prompt: 'new.kind', language: 'ps', speaker: 'M1' }, [['sound', wav(1), 'a.wav']]);
    if (put.status !== 303) throw new Error(`prompt: ${put.status} ${put.text}`);
    const before = kitOf(server.data, '--for', 'PK526');
    await admin.submit(await admin.get('/prompts'), '/prompts/end', { prompt: 'new.kind', language: 'ps' });
    const supervisor = new Visitor(server);
    await supervisor.signIn('supervisor.nowshera');
    const message = { unit: 'PK526', topic: 'rti', form: 'text', author: 'Invented', channel: 'leaflet', audience: 'women', language: 'ur', title: 'Invented', words: 'Invented: ask.' };
    const made = await supervisor.submit(await supervisor.get('/library/new'), '/library/new', message);
    if (made.status !== 303) throw new Error(`message: ${made.status} ${made.text}`);
    const file = join(server.home, 'with.kit');
    writeFileSync(file, kitOf(server.data, '--for', 'PK526').text);
    const taken = run('kit', 'import', '--data', server.data, '--from', file, '--fingerprint', before.print);
    if (taken.code !== 0) throw new Error(taken.err);
    const came = await bringKit(admin, before);
    if (came.status !== 303) throw new Error(`kit: ${came.status} ${came.text}`);
    return [[came.headers.location]];
}

// The sheet of a line of a plan in force, for the quarter that is over.
async function activityStarts(server) {
    const as = async (login) => {
        const visitor = new Visitor(server);
        await visitor.signIn(login);
        return visitor;
    };
    const monitor = await as('monitor.nowshera');
    const send = async (who, page, to, fields) => {
        const r = await who.submit(await who.get(page), to, fields);
        if (r.status !== 303) throw new Error(`${to}: ${r.status}`);
        return r.headers.location?.replace(/[?#].*/, '');
    };
    const now = new Date();
    const over = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3, 0));
    const year = over.getUTCFullYear() - (over.getUTCMonth() < 6 ? 1 : 0);
    const at = await send(monitor, '/plans/new', '/plans/new', { programme: 'women-kacheri', kind: 'community_development', unit: 'PK526', year: String(year) });
    for (const [path, fields] of [['result', { kind: 'output', title: 'Invented: women are heard' }], ['indicator', { result: '1', indicator: 'attendance' }],
        ['activity', { result: '1', title: 'Invented: hear women', target: 'gender_centric', from_day: `${year}-07-01`, to_day: `${year + 1}-06-30`, post: 'Desk officer', units: 'PK526' }]]) {
        await send(monitor, `${at}/${path}`, `${at}/${path}`, fields);
    }
    await send(monitor, `${at}/indicators/1`, `${at}/indicators/1/target`, { unit: 'PK526', n: '40' });
    await send(monitor, at, `${at}/act`, { do: 'submit' });
    await send(await as('manager'), at, `${at}/act`, { do: 'approve' });
    const quarter = `FY${year}-${String((year + 1) % 100).padStart(2, '0')}Q${Math.floor((over.getUTCMonth() + 6) % 12 / 3) + 1}`;
    return [[`/sheets/activity/${at.replace('/plans/', '')}/1/PK526/${quarter}`]];
}

// What she sees of her own case is public, once she has said number and PIN: one that the desk took down, one that she told by voice.
async function opensHers(server, visitor) {
    const desk = new Api(server, server.token('desk.nowshera'));
    const { ref, pin } = (await desk.post('/cases', { service: 'M-SEW-01', unit: 'PK52601', description: 'Invented: the drain is blocked', complainant: { sex: 'woman' } })).json;
    await showsWork(server, ref);
    const woman = new Visitor(server);
    const { text } = await woman.follow(await submitFiles(woman, await toldByVoice(woman), '/new/send', {}, [['voice', wav(), 'c.wav']]));
    const heard = { ref: /\d{3}-\d{3}-\d{4}/.exec(text)[0], pin: /class="num pin"[^>]*>(\d{6})/.exec(text)[1] };
    const at = [];
    for (const fields of [{ ref, pin }, heard]) at.push((await visitor.submit(await visitor.get('/track'), '/track', fields)).headers.location);
    return [[at[0]], [at[1], '/track/case told by voice']];
}

// A number on paper, the question at the door as a tablet has it, a poster that was approved.
async function metAtDesk(server) {
    const as = async (login) => {
        const visitor = new Visitor(server);
        await visitor.signIn(login);
        return visitor;
    };
    const desk = await as('desk.nowshera');
    await desk.submit(await desk.get('/desk/visits'), '/desk/tokens', { turn: 'usual' });
    // A pad of which a form was struck out, and a question that can be heard.
    const pad = (await desk.submit(await desk.get('/paper'), '/paper', { forms: '10', language: 'ur' })).headers.location;
    await desk.submit(await desk.get(pad), `${pad}/spoilt`, { spoilt_number: /\d{3}-\d{3}-\d{4}/.exec((await desk.get(`${pad}?lang=en`)).text.split('<table').at(-1))[0], why: 'damaged' });
    const supervisor = await as('supervisor.nowshera');
    const admin = await as('admin');
    await submitFiles(admin, await admin.get('/prompts'), '/prompts', { prompt: 'new.kind', language: 'ur', speaker: 'M1' }, [['sound', wav(), 'a.wav']]);
    const poster = { unit: 'PK526', topic: 'rti', form: 'poster', author: 'Invented', channel: 'leaflet', audience: 'women', language: 'ur', title: 'نمونہ', words: 'نمونہ' };
    const made = await submitFiles(supervisor, await supervisor.get('/library/new'), '/library/new', poster, [['file', jpeg(), 'a.jpg']]);
    const page = made.headers.location;
    const day = new Date(Date.now() + 5 * 3600000).toISOString().slice(0, 10); // of Pakistan
    const form = formsOf((await supervisor.get(page)).text).find((f) => f.action === `${page}/approve`);
    form.fields.set('post', 'Invented').set('day', day);
    await supervisor.post(form.action, form.fields);
    const door = /href="(\/exit\?[^"]+)"/.exec((await desk.get('/desk/door')).text)[1];
    return [[unescapeHtml(door)], ['/now/PK526-WFD'], [page.replace('/library/message', '/messages')]];
}

// Her browser is a device of the desk, and a record of it was refused.
async function deviceStarts(server, visitor) {
    const device = await Device.enrol(server, 'desk.nowshera', 'Invented tablet');
    const made = await device.make('filing', { service: 'M-WAT-01', unit: 'PK511', description: 'Invented', name: 'Invented', sex: 'woman', consent_record: 'yes', agreed: '1' });
    const { record } = made;
    await device.bring('file', { alone: '1' }, { of: record }, wav());
    await device.send(made);
    await device.settled([record]);
    const gone = await device.bring('gone', { record, seq: '7', kind: 'filing', ref: '4128063359', why: 'twice' });
    await device.settled([gone]);
    visitor.cookies.set('device', device.cookie);
    return [[`/devices/waiting/${record}`], [`/devices/waiting/${record}/mend`], [`/devices/one/${device.pack.device.code}`]];
}

// One case of each state and kind that this role reaches; in short of each state, and of each kind.
async function caseStarts(server, login) {
    const api = new Api(server, server.token(login));
    const starts = [];
    const all = new Set();
    for (const status of STATES) {
        const kinds = new Set();
        const rows = (await api.get(`/cases?status=${status}&limit=200`)).json?.cases ?? [];
        for (const c of rows) {
            if (kinds.has(c.kind) || (extent === 'short' && kinds.size > 0 && all.has(c.kind))) continue;
            kinds.add(c.kind);
            all.add(c.kind);
            starts.push([`/cases/${c.ref.replaceAll('-', '')}`, `/cases/{ref} ${status} ${c.kind ?? ''}`.trim()]);
        }
    }
    return starts;
}

const server = new Server({ cases: 400 });
const browser = extent === 'vnu' ? null : await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
        '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});

// A browser that is signed in as the visitor is.
async function opened(visitor, lang, width, scripts) {
    const context = await browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled: scripts, baseURL: server.url });
    context.setDefaultTimeout(20000);
    await context.addCookies([...visitor.cookies].filter(([n]) => n !== 'lang').map(([name, value]) => ({ name, value, url: server.url })));
    const page = await context.newPage();
    const watch = new Watch(page);
    await page.goto(`/help?lang=${lang}`);
    watch.complaints.length = 0;
    return { context, page, watch };
}

const look = { of: new Map() };
function looker(role, lang, width) {
    const key = `${role} ${lang} ${width}`;
    if (!look.of.has(key)) look.of.set(key, new Look(suite, lang, width, `pages-${role}`));
    return look.of.get(key);
}

async function lookAt(role, visitor, pages) {
    // In short the wide page without scripts is looked at as the desk and the public see it.
    const wanted = views.filter(([, width]) => extent !== 'short' || width < 1000 || role === 'desk' || role === 'public');
    for (const [lang, width, scripts] of wanted) {
        const { context, page, watch } = await opened(visitor, lang, width, scripts);
        for (const [shape, path] of pages) {
            if (process.env.ONLY_PAGE && !new RegExp(process.env.ONLY_PAGE).test(shape)) continue;
            const name = `${role} ${shape}${scripts ? '' : ' without scripts'}`;
            try {
                await page.goto(path);
                const hers = HER_LANGUAGE.test(shape) ? await page.evaluate(() => document.documentElement.lang) : lang;
                await looker(role, lang, width).at(watch, name, { touch: role === 'public', scripts, lang: hers });
            } catch (e) {
                await suite.test(`${lang} ${width} px ${name}: opens`, () => fail(e.message.split('\n')[0]));
            }
        }
        await context.close();
    }
}

// The same documents, as they are sent.
async function keepDocuments(role, visitor, pages) {
    const folder = join(server.home, 'documents');
    mkdirSync(folder, { recursive: true });
    for (const lang of ['en', 'ur', 'ps']) {
        await visitor.get(`/help?lang=${lang}`);
        for (const [shape, path] of pages) {
            const r = await visitor.get(path);
            writeFileSync(join(folder, `${role} ${shape} ${lang}`.replaceAll(/[^\w]+/g, '-') + '.html'), r.text);
        }
    }
}

async function nuHtmlChecker() {
    writeFileSync(join(server.home, 'documents', 'control.html'), '<!doctype html><html lang="en"><title>x</title><p><div></p></html>');
    const jar = createRequire(import.meta.url)('vnu-jar');
    const done = spawnSync('java', ['-Xss1m', '-jar', jar, '--format', 'json', '--skip-non-html', join(server.home, 'documents')], { encoding: 'utf8', maxBuffer: 1 << 26 });
    ok(!done.error, `${done.error}`);
    const said = JSON.parse(done.stderr).messages.filter((m) => m.type !== 'info' || m.subType === 'warning');
    // A mistake made on purpose, so that silence means something.
    await suite.test('vnu finds the mistake in the control', () => ok(said.some((m) => /control\.html$/.test(m.url)), done.stderr.slice(0, 400)));
    const found = new Map();
    for (const m of said.filter((x) => !/control\.html$/.test(x.url))) {
        const at = `${m.message} | ${(m.extract ?? '').trim().slice(0, 120)}`;
        found.set(at, [...(found.get(at) ?? []), m.url?.replace(/.*\//, '')]);
    }
    for (const [what, where] of found) await suite.test(`vnu: ${where[0]}`, () => fail(`${what} (${where.length} documents)`));
}

setTimeout(() => {
    console.log(`FAIL ${suite.name}: did not end in time\n${suite.name}: ${suite.passed} passed, ${suite.failed + 1} failed`);
    process.exit(1);
}, Number(process.env.PAGES_MS ?? 3600000)).unref();

try {
    await server.start();
    // The first login of each role, of those that end in .haripur none: they see what their sisters do.
    const logins = [...server.logins.keys()].filter((l) => !/\.haripur$/.test(l));
    const met = new Set();
    const looked = new Set();
    const eventful = await eventStarts(server);
    for (const login of [null, ...logins]) {
        const role = login ? login.replace(/\.nowshera$/, '') : 'public';
        if (process.env.ONLY_ROLE ? role !== process.env.ONLY_ROLE : extent === 'short' && !SHORT_ROLES.has(role)) continue;
        const visitor = new Visitor(server);
        if (login) await visitor.signIn(login);
        const whole = extent !== 'short' || role === 'desk';
        const starts = !login ? await opensHers(server, visitor) : role === 'admin' ? [] : await caseStarts(server, login);
        const few = whole || !login ? starts : starts.filter((_, i) => i % 4 === 0);
        if (role === 'desk') few.push(...await deviceStarts(server, visitor), ...eventful, [shown], ...await storyStarts(visitor), ...await activityStarts(server));
        if (role === 'monitor') few.push(...await planStarts(visitor));
        if (role === 'admin') few.push(...await kitStarts(server, visitor));
        if (role === 'supervisor') few.push(['/readiness/PK526'], ...await bylawStarts(visitor));
        const plain = routes.filter((r) => !r.includes('{')).map((r) => [r]);
        if (!login) plain.push(...await metAtDesk(server));
        // Files that a page open to everybody offers to those who work here.
        if (role === 'desk') plain.push(['/board/PK52601-TMA/pdf'], ['/board/PK52601-TMA/docx']);
        // Pages that an answer leads to, not a link.
        const some = login ? starts[0]?.[0] : null;
        if (some) plain.push(...routes.filter((r) => /\{ref\}/.test(r) && !/\{no\}/.test(r)).map((r) => [r.replace('/cases/{ref}', some)]));
        // What is open to everybody is looked at once, by her; in short the filters of lists by the desk.
        const skip = ({ route, names }) => login !== null && permissions.get(route) === 'public'
            || !whole && login !== null && (names.length > 0 || /\/print$/.test(route) && role !== 'supervisor');
        const { pages, routesMet } = await crawl(visitor, [...few, ...plain], skip);
        routesMet.forEach((r) => met.add(r));
        // In short a page that others were shown is not looked at again as the next one sees it, but for that of a case.
        if (extent === 'short') for (const shape of pages.keys()) {
            if (looked.has(shape) && !shape.startsWith('/cases/{ref} ')) pages.delete(shape);
            looked.add(shape);
        }
        const began = performance.now();
        await (browser ? lookAt : keepDocuments)(role, visitor, pages);
        console.log(`  ${role}: ${pages.size} pages, ${Math.round((performance.now() - began) / 1000)} s`);
        if (process.env.LIST) console.log([...pages].map(([s, p]) => `    ${s}  ${p}`).join('\n'));
    }
    if (!browser) await nuHtmlChecker();
    if (!process.env.ONLY_ROLE) {
        for (const route of routes) {
            await suite.test(`somebody comes to ${route}`, () => ok(met.has(route) || BEHIND_FORMS.has(route), 'no link of any role leads there'));
        }
    }
} finally {
    await browser?.close();
    await server.stop();
    server.remove();
}
suite.done();
