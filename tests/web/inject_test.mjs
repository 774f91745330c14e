// inject_test.mjs: every declared input of every route (`sunwai routes` prints them) is sent what an attacker would send,
// as every role; and complaints are filed and walked through to their end with it in every text.
//
// Whatever comes back: no 5xx; a page holds no element, attribute, script address or comment that the payload brought; no
// direction mark is left open; a header is ours; JSON is JSON; no cell of a CSV is a formula. `inject_test.mjs full` sends
// each payload into each input; without it each goes somewhere and each input gets a few.
import { Suite, equal, fail, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { Visitor, idemKey, send } from '../lib/client.mjs';
import { ENDS, Person, ROLES, goodValue, routes } from '../lib/routes.mjs';

const full = process.argv[2] === 'full';

// "x7q" marks what is ours: an element, an attribute or a header of that name came out of a payload.
const PAYLOADS = [
    '<x7q>', '</p><x7q onx7q=1>', '"><x7q x7q="', "'><x7q x7q='", '" x7q="1', "' x7q='1", '` x7q=`1', ' x7q=1 ', '<script>x7q()</script>', '</textarea><x7q>',
    '</title><x7q>', '</option></select><x7q>', '<!--x7q', '--><x7q>', ']]><x7q>', '<svg/onload=x7q()>', '&lt;x7q&gt;', '&#60;x7q&#62;', '\\u003cx7q\\u003e',
    'javascript:x7q()', 'data:text/html,<x7q>', '//x7q.example/a', '/\\x7q.example', '\\";x7q();//', "';x7q();//", '</script><x7q>',
    "' OR '1'='1", "x7q'; DROP TABLE kase;--", '" OR ""="', 'x7q" NEAR(a b) *', '1 UNION SELECT 1--', '%27%20OR%201=1', 'x7q* AND NOT (', '^x7q : "', "\\'; --",
    '{t home.title}', '{m.fields}', '{{7*7}}', '${7*7}', '{if x7q}', '%s%n%x%p', '%x7q%00', '$(x7q)', '`x7q`', '| x7q',
    'x7q\r\nX7q: 1\r\n\r\n<x7q>', 'x7q\nX7q: 1', 'x7q\rX7q: 1', '\u2028x7q', '\u0085x7q', 'x7q\u0000y', '\u0008x7q', '\u001b[31mx7q',
    '../../../../etc/passwd', '..%2f..%2fetc%2fpasswd', '/etc/passwd\u0000.html', 'C:\\x7q', 'file:///x7q',
    '\u202ex7q', '\u202dx7q\u202c', '\u2066x7q', 'x7q\u2069\u2069', '\u2067x7q', '\u200fx7q\u200e', '\u200bx7q', 'x\ufeff7q', 'x7q\u0301\u0301\u0301\u0301', '\u0600x7q',
    '=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '\n=1', ' =1', '=HYPERLINK("http://x7q","x")', '"=1', "'=1", ';=1', '|=1',
    '99999999999999999999', '-1', '0', '1e309', 'NaN', '0x7fffffff', '9223372036854775808', '\ud83d\ude00x7q', 'x7q'.repeat(1500), 'ﷺ'.repeat(900),
];
// Bytes that are no text: they cannot be written in JavaScript's strings.
const RAW = ['%c0%bcx7q%c0%be', '%e0%80%bcx7q', '%ff%fe', '%ed%a0%80', '%f4%90%80%80', '%80', '%00', '%'];

// Some of them, others at every turn: each has its turn somewhere.
let turns = 0;
function some(list, n) {
    if (full) return list;
    turns += n;
    return Array.from({ length: n }, (_, i) => list[(turns + i) % list.length]);
}

const seen = { pages: 0, requests: 0, given_back: 0, csv: 0, json: 0 };

// ---- what came back -------------------------------------------------------------------------------------------------

// Every tag of a page with its attributes, and its texts, as a browser's tokenizer sees them.
function* tokens(html) {
    let at = 0;
    while (at < html.length) {
        const open = html.indexOf('<', at);
        if (open < 0) { yield { text: html.slice(at) }; return; }
        if (open > at) yield { text: html.slice(at, open) };
        if (html.startsWith('<!--', open)) { yield { comment: true }; at = html.indexOf('-->', open) + 3; if (at < 3) return; continue; }
        const name = /^<\/?([a-zA-Z][^\s/>]*)/.exec(html.slice(open, open + 60));
        if (!name) { // "<!doctype", or a "<" that should have been escaped
            if (!/^<!doctype html>/i.test(html.slice(open, open + 15))) yield { text: '<', stray: true };
            at = open + 1;
            continue;
        }
        const attributes = [];
        let i = open + name[0].length;
        for (;;) {
            while (i < html.length && /[\s/]/.test(html[i])) i += 1;
            if (i >= html.length || html[i] === '>') break;
            let j = i;
            while (j < html.length && !/[\s/>=]/.test(html[j])) j += 1;
            const attribute = { name: html.slice(i, j).toLowerCase(), value: null, quoted: false };
            if (html[j] === '=') {
                const q = html[j + 1];
                if (q === '"' || q === "'") {
                    const end = html.indexOf(q, j + 2);
                    attribute.value = html.slice(j + 2, end < 0 ? html.length : end);
                    attribute.quoted = true;
                    j = end < 0 ? html.length : end + 1;
                } else {
                    let end = j + 1;
                    while (end < html.length && !/[\s>]/.test(html[end])) end += 1;
                    attribute.value = html.slice(j + 1, end);
                    j = end;
                }
            }
            attributes.push(attribute);
            i = Math.max(j, i + 1);
        }
        yield { tag: name[1].toLowerCase(), attributes };
        at = i + 1;
    }
}

const OVERRIDES = /[\u202a-\u202e]/;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/; // of a page: none at all
function openMarks(text) {
    let open = 0;
    for (const c of text) {
        if (c >= '\u2066' && c <= '\u2068') open += 1;
        else if (c === '\u2069') open -= 1;
        if (open < 0) return true;
    }
    return open !== 0;
}

// Element, attribute and address by which pages of ours never speak.
function faultOfPage(html) {
    if (CONTROLS.test(html)) return `a control byte: ${JSON.stringify(CONTROLS.exec(html)[0])}`;
    if (OVERRIDES.test(html)) return 'a mark that turns text around';
    for (const t of tokens(html)) {
        if (t.comment || t.stray) return t.comment ? 'a comment' : 'a "<" that is no tag';
        if (t.text !== undefined && openMarks(t.text)) return `an open direction mark in ${JSON.stringify(t.text.slice(0, 80))}`;
        if (!t.tag) continue;
        if (t.tag.includes('x7q')) return `an element of the payload: ${t.tag}`;
        for (const a of t.attributes) {
            if (!/^[a-z][a-z0-9:-]*$/.test(a.name) || a.name.startsWith('on') || a.name.includes('x7q') || a.name === 'style') return `an attribute of the payload: ${a.name}`;
            if (a.value !== null && !a.quoted) return `an attribute without quotes: ${a.name}=${a.value.slice(0, 20)}`;
            if (/^(href|src|action|formaction|poster|data)$/.test(a.name) && !/^(\/(?!\/|\\)|#|https:\/\/www\.pmd\.gov\.pk\/|tel:|\?|$)/.test(a.value ?? '')) return `an address of the payload: ${a.value.slice(0, 60)}`;
            if (a.value !== null && openMarks(a.value)) return `an open direction mark in ${a.name}`;
        }
    }
    return null;
}

// RFC 4180: cells of a CSV.
function cellsOf(text) {
    const cells = [];
    for (const [, quoted, plain] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n|$)/g)) cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    return cells;
}

function check(r, what) {
    seen.requests += 1;
    if (r.status >= 500) fail(`${what}: ${r.status} ${r.text.slice(0, 200)}`);
    for (const [name, value] of Object.entries(r.headers)) {
        if (/x7q/i.test(name)) fail(`${what}: a header of the payload: ${name}`);
        if (name === 'location' && !/^\/(?![/\\])/.test(value)) fail(`${what}: leads to ${value}`);
    }
    if (r.headers['x-content-type-options'] !== 'nosniff') fail(`${what}: ${r.status} without nosniff`);
    const type = r.headers['content-type'] ?? '';
    if (type.startsWith('text/html')) {
        seen.pages += 1;
        if (/x7q/.test(r.text)) seen.given_back += 1;
        if (!/default-src 'none'|default-src 'self'/.test(r.headers['content-security-policy'] ?? '')) fail(`${what}: no policy`);
        const fault = faultOfPage(r.text);
        if (fault) fail(`${what}: ${r.status} ${fault}`);
    } else if (/json/.test(type)) {
        seen.json += 1;
        const said = JSON.stringify(JSON.parse(r.text));
        if (OVERRIDES.test(said)) fail(`${what}: a mark that turns text around`);
    } else if (type.startsWith('text/csv')) {
        const cells = cellsOf(r.text);
        seen.csv += cells.length;
        const bad = cells.find((c) => /^\s*[=+@]|^-(?!\d+$)|^[\t\r\n]/.test(c));
        if (bad !== undefined) fail(`${what}: a formula: ${JSON.stringify(bad)}`);
        if (OVERRIDES.test(r.text)) fail(`${what}: a mark that turns text around`);
    }
    return r;
}

// ---- a world to send it to ------------------------------------------------------------------------------------------

const must = (r, ...allowed) => { if (!allowed.includes(r.status)) fail(`${r.status}: ${r.text.slice(0, 300)}`); return r; };
const complaint = (text) => ({ service: 'M-WAT-01', unit: 'PK52601', description: text, place: text.slice(0, 190), complainant: { sex: 'woman', name: text.slice(0, 100), address: text.slice(0, 190), alias: text.slice(0, 60) } });

// A complaint walked to its end with the payload in every text, as far as each is taken.
async function walk(people, payload) {
    const { desk, supervisor, officer } = people;
    const filed = check(await desk.api.post('/cases', complaint(payload), { 'Idempotency-Key': idemKey() }), 'filing');
    const { ref } = filed.status === 201 ? filed.json : must(await desk.api.post('/cases', complaint('No water'), { 'Idempotency-Key': idemKey() }), 201).json;
    const act = async (who, action, more) => check(await who.api.post(`/cases/${ref}/actions`, { action, ...more }, { 'Idempotency-Key': idemKey() }), action);
    must(await act(supervisor, 'assign', { to: 'officer.nowshera', words: payload }).then((r) => (r.status === 200 ? r : act(supervisor, 'assign', { to: 'officer.nowshera' }))), 200);
    await act(officer, 'comment', { words: payload });
    const done = await act(officer, 'report_action', { words: payload, result: 'done' });
    if (done.status !== 200) await act(officer, 'report_action', { words: 'Done', result: 'done' });
    await act(desk, 'answer', { outcome: 'not_solved', taken_via: 'desk', words: payload });
    return { ref, taken: filed.status === 201 };
}

async function openWith(server, c) {
    const visitor = new Visitor(server);
    const r = await visitor.submit(await visitor.get('/track'), '/track', { ref: c.ref, pin: c.pin });
    return new URL(r.headers.location, server.url).searchParams.get('case');
}

const suite = new Suite('inject');
await withServer({ cases: 20 }, async (server) => {
    const people = {};
    for (const role of Object.keys(ROLES)) people[role] = await new Person(server, role).come();
    const user = must(await people.admin.ask(routes.find((r) => r.method === 'POST' && r.path === '/staff/new'), { login: 'victim', name: 'Victim', role: 'officer', office: 'PK526-TMA-01', slip: 'en' }), 200, 303, 422);
    const first = must(await people.desk.api.post('/cases', complaint('No water')), 201).json;
    const world = { ref: first.ref, login: user.status === 422 ? 'officer.pabbi' : 'victim', opened: await openWith(server, first) };
    const refs = [];
    let taken = 0;

    await suite.test('complaints with it in every text, to their end', async () => {
        for (const payload of full ? PAYLOADS : PAYLOADS.filter((_, i) => i % 5 === 0 || /^\W?[=+@-]|[\u2066-\u2069]/.test(PAYLOADS[i]))) {
            const one = await walk(people, payload);
            refs.push(one.ref);
            taken += one.taken;
        }
        ok(taken > refs.length / 2, `${taken} of ${refs.length} were filed`);
    });

    for (const [role, person] of Object.entries(people)) {
        await suite.test(`all inputs at once, as ${role}`, async () => {
            for (const route of routes) {
                const key = `${route.method} ${route.path}`;
                if (ENDS.has(key) || route.inputs.length === 0) continue;
                // Whoever may not, is refused before anything is looked at: a few payloads show that.
                const much = (role === 'desk' || role === 'nobody' || role === 'supervisor') && !route.flags.includes('slow');
                const dear = /password|login\/code|^\/login/.test(route.path); // each costs a password's hash
                for (const payload of dear ? PAYLOADS.slice(0, full ? 8 : 1) : some(PAYLOADS, much ? 4 : 1)) {
                    const values = Object.fromEntries(route.inputs.map((n) => [n.name, n.type === 'choice' && n.name !== 'paper' || /^(ref|case|no)$/.test(n.name) ? goodValue(route, n, world) : payload]));
                    check(await person.ask(route, values), `${role} ${key} ${JSON.stringify(payload).slice(0, 40)}`);
                }
            }
        });
    }

    await suite.test('each input by itself, the others right', async () => {
        let turn = 0;
        for (const route of routes) {
            const key = `${route.method} ${route.path}`;
            if (ENDS.has(key)) continue;
            const person = route.permission === 'public' ? people.nobody : people[{ 'user.manage': 'supervisor', oversee: 'supervisor', digest: 'supervisor', 'case.hand-over': 'desk' }[route.permission] ?? 'desk'];
            const good = Object.fromEntries(route.inputs.map((n) => [n.name, goodValue(route, n, world)]));
            const dear = /password|login\/code|^\/login/.test(route.path);
            for (const input of route.inputs) {
                for (const payload of dear ? PAYLOADS.slice(0, 1) : some(PAYLOADS, 1)) {
                    turn += 1;
                    check(await person.ask(route, { ...good, [input.name]: payload }), `${key} ${input.name} ${JSON.stringify(payload).slice(0, 40)}`);
                }
                const raw = RAW[turn % RAW.length];
                if (!(raw === '%' && route.path.includes(`{${input.name}}`))) check(await person.ask(route, good, { [input.name]: raw }), `${key} ${input.name} ${raw}`);
            }
        }
    });

    await suite.test('names of inputs, headers and cookies', async () => {
        for (const payload of some(PAYLOADS, 8)) {
            for (const path of ['/', '/new', '/track', '/login', '/cases', '/desk']) {
                const person = /cases|desk/.test(path) ? people.desk : people.nobody;
                const query = new URLSearchParams([[payload, payload], ['lang', payload], ['_x', payload]]).toString();
                if (query.length < 20000) check(await person.browser.get(`${path}?${query}`), `${path} name`);
            }
            const plain = payload.replace(/[^\t\x20-\x7e]/g, '').trim();
            for (const name of ['Accept-Language', 'Cookie', 'Referer', 'User-Agent', 'X-Forwarded-For', 'Origin', 'Accept', 'Authorization', 'If-None-Match']) {
                check(await send(`${server.url}/track`, { headers: { [name]: plain } }), `${name}: ${plain.slice(0, 40)}`);
                check(await send(`${server.url}/cases`, { headers: { [name]: name === 'Cookie' ? `session=${plain}; lang=${plain}` : plain } }), `${name}: ${plain.slice(0, 40)}`);
            }
            check(await people.nobody.browser.get(`/${encodeURIComponent(payload.slice(0, 500)).replace(/%(2F|0\w|1\w|7F)/gi, '-')}`), 'an address of nobody');
        }
    });

    await suite.test('every page that shows them', async () => {
        for (const role of ['desk', 'officer', 'supervisor', 'adc', 'commissioner']) {
            const { browser, api } = people[role];
            for (const path of ['/cases', '/cases?status=any', '/cases/print?status=any', '/cases.csv?status=any', '/hand-overs', '/hand-overs.csv', '/overview', '/problems', '/problems.csv', '/digest', '/desk', '/people', '/staff', '/account']) check(await browser.get(path), `${role} ${path}`);
            check(await api.get('/cases?status=any'), `${role} api`);
            for (const ref of role === 'desk' || role === 'supervisor' && full ? refs : some(refs, 3)) {
                for (const tail of role === 'desk' && full ? ['', '/call', '/filed', '/slip', '/letter', '/pin', '/hand-over'] : some(['', '/slip', '/letter', '/call', '/hand-over'], 1)) check(await browser.get(`/cases/${ref}${tail}`), `${role} /cases/…${tail}`);
                check(await api.get(`/cases/${ref}`), `${role} api case`);
            }
        }
        ok(seen.csv > 300, `${seen.csv} cells`);
    });

    await suite.test('what was sent stood in the pages, as text', () => {
        ok(seen.given_back > (full ? 4000 : 300), `${seen.given_back} pages`);
        equal(server.verify().code, 0, 'verify');
        equal(/log.*level":"error|"ERROR"/.test(server.said), false, server.said.slice(-500));
    });

    await suite.test('the checks see what they look for', () => {
        for (const bad of ['<p x7q="1">', '<x7q>', '<a href="javascript:x7q()">', '<a href="//x7q">', '<p onclick="a">', '<p>a < b</p>', '<!-- a -->', '<p>\u202ea</p>', '<p>\u2066a</p>', '<p class=a>', '<p>\u0001</p>']) ok(faultOfPage(bad) !== null, bad);
        for (const good of ['<!doctype html><p class="a">&lt;x7q&gt; \u2068a\u2069</p>', '<a href="/a?b=%3Cx7q%3E">x7q</a>', '<input value="&quot; x7q=1" required>']) equal(faultOfPage(good), null, good);
        for (const bad of ['a,=1\r\n', '"+1"\r\n', '"\t=1"\r\n', '"@a",b\r\n']) let_(bad);
    });
    function let_(text) {
        let found = false;
        try { check({ status: 200, text, headers: { 'content-type': 'text/csv', 'x-content-type-options': 'nosniff' } }, 'x'); } catch { found = true; }
        ok(found, JSON.stringify(text));
    }
    console.log(`  ${seen.requests} requests, ${seen.pages} pages (${seen.given_back} with it as text), ${seen.json} JSON, ${seen.csv} cells`);
});
suite.done();
