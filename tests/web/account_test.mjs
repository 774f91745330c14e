// account_test.mjs: one's own password, one-time codes, sessions, the people of a unit, and where a sign-in leads.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor, formsOf, send } from '../lib/client.mjs';

const suite = new Suite('account');

const reaches = async (visitor) => (await visitor.get('/account')).status === 200;
// The answer to signing in, and no more: Visitor.signIn() goes on to a password of her own.
const answerTo = async (server, user, password) => {
    const visitor = new Visitor(server);
    return visitor.submit(await visitor.get('/login'), '/login', { login: user, password });
};
const faultsOf = (page) => [...page.text.matchAll(/<p class="fault" id="([\w.-]+)-fault"/g)].map(([, name]) => name);

await withServer({}, async (server) => {
    const passwords = server.logins;
    const signedIn = async (user, password) => {
        const visitor = new Visitor(server);
        const r = await visitor.signIn(user, password);
        equal(r.status, 303, `${user} signs in`);
        return visitor;
    };
    const change = async (visitor, old, password, again = password) =>
        visitor.submit(await visitor.get('/account/password'), '/account/password', { old, password, again });
    const made = (login) => {
        const r = run('user', 'add', '--data', server.data, '--login', login, '--role', 'desk', '--district', 'PK526', '--office', 'PK526-WFD', '--name', 'Newcomer');
        equal(r.code, 0, r.err);
        return r.out.trim();
    };

    // ---- one's own password ----

    await suite.test('she changes her password, stays, and is signed out elsewhere', async () => {
        const here = await signedIn('officer.nowshera');
        const elsewhere = await signedIn('officer.nowshera');
        match((await here.get('/account')).text, /href="\/account\/password"/);
        const r = await change(here, passwords.get('officer.nowshera'), 'battery staple');
        equal([r.status, r.headers.location], [303, '/account?done=password']);
        match((await here.get(r.headers.location)).text, /role="status">Your password is changed/);
        ok(await reaches(here), 'she is signed out herself');
        ok(!await reaches(elsewhere), 'she is still signed in elsewhere');
        equal((await answerTo(server, 'officer.nowshera', passwords.get('officer.nowshera'))).status, 422, 'the old one');
        await signedIn('officer.nowshera', 'battery staple');
    });

    await suite.test('the same form twice is one change', async () => {
        const visitor = await signedIn('adc.nowshera');
        const form = formsOf((await visitor.get('/account/password')).text).find((f) => f.action === '/account/password');
        for (const [name, value] of [['old', passwords.get('adc.nowshera')], ['password', 'battery staple'], ['again', 'battery staple']]) form.fields.set(name, value);
        for (let i = 0; i < 2; i += 1) equal((await visitor.post(form.action, form.fields)).headers.location, '/account?done=password');
    });

    await suite.test('what is wrong stands beside its field, and no password comes back', async () => {
        const visitor = await signedIn('supervisor.nowshera');
        const right = passwords.get('supervisor.nowshera');
        const cases = [
            ['not the password', 'battery staple', 'battery staple', 'old'],
            [right, 'battery staple', 'battery stable', 'again'],
            [right, right, right, 'password'],
            [right, 'too short', 'too short', 'password'],
            [right, 'Nowshera2026', 'Nowshera2026', 'password'],
            ['', 'battery staple', 'battery staple', 'old'],
        ];
        for (const [old, password, again, field] of cases) {
            const r = await change(visitor, old, password, again);
            equal([r.status, faultsOf(r)], [422, [field]]);
            ok(!/type="password" value="[^"]/.test(r.text), 'a password came back');
        }
        ok(await reaches(await signedIn('supervisor.nowshera')), 'the old one holds');
    });

    await suite.test('wrong old passwords are wrong tries', async () => {
        const visitor = await signedIn('desk.haripur');
        for (let i = 0; i < 10; i += 1) equal((await change(visitor, 'not the password', 'battery staple')).status, 422);
        equal((await change(visitor, passwords.get('desk.haripur'), 'battery staple')).status, 429);
        equal((await answerTo(server, 'desk.haripur', passwords.get('desk.haripur'))).status, 429, 'signing in waits too');
        ok(await reaches(visitor), 'her session ended');
    });

    // ---- a one-time code ----

    // The code of a slip page.
    const codeOn = (page) => /<bdi class="ref" dir="ltr">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<\/bdi>/.exec(page.text)?.[1];

    await suite.test('who was given a code chooses a password before anything else, also where a password is asked for', async () => {
        const given = made('newcomer.one');
        const visitor = new Visitor(server);
        let page = await visitor.get('/login?next=%2Fcases%2Fnew');
        page = await visitor.submit(page, '/login', { login: 'Newcomer.One ', password: given });
        equal(page.status, 200);
        equal(visitor.cookies.size, 0, 'cookies');
        equal((await visitor.get('/cases')).status, 303, 'not yet signed in');
        const wrong = await visitor.submit(page, '/login/password', { password: given.replaceAll('-', '') });
        equal([wrong.status, faultsOf(wrong)], [422, ['password']]);
        const missing = await visitor.submit(wrong, '/login/password', { password: '' });
        equal([missing.status, faultsOf(missing)], [422, ['password']]);
        const urdu = await visitor.submit(missing, '/login/password', { _lang: 'ur' });
        match(urdu.text, /<html lang="ur"/);
        const done = await visitor.submit(urdu, '/login/password', { password: 'battery staple' });
        equal([done.status, done.headers.location], [303, '/cases/new']);
        equal((await visitor.get('/cases/new')).status, 200);
        await signedIn('newcomer.one', 'battery staple');
        const late = await new Visitor(server).submit(urdu, '/login/password', { password: 'quiet river stone' });
        equal(late.status, 401, 'the same page once more');
        equal((await answerTo(server, 'newcomer.one', 'quiet river stone')).status, 422);
        equal((await answerTo(server, 'newcomer.one', given)).status, 422, 'the code once more');
    });

    await suite.test('nobody chooses a password without a code', async () => {
        const visitor = new Visitor(server);
        const given = made('newcomer.two');
        const page = await visitor.submit(await visitor.get('/login'), '/login', { login: 'newcomer.two', password: given });
        for (const token of ['', 'x', `${formsOf(page.text).find((f) => f.action === '/login/password').fields.get('given')}x`, null]) {
            const r = await visitor.submit(page, '/login/password', { given: token, password: 'battery staple' });
            equal(r.status, 401, `with ${token}`);
            ok(!visitor.cookies.has('sunwai'), 'signed in');
        }
        const bare = await visitor.post('/login/password', new Map([['password', 'battery staple']]));
        equal(bare.status, 403, 'without a form token');
    });

    await suite.test('on its own page code and password are one step', async () => {
        const given = made('newcomer.three');
        const visitor = new Visitor(server);
        const sign = await visitor.get('/login');
        match(sign.text, /href="\/login\/code"/);
        const page = await visitor.get('/login/code');
        const send = (values) => visitor.submit(page, '/login/code', { login: 'newcomer.three', code: given, password: 'battery staple', ...values });
        for (const [values, field] of [[{ code: 'abcd-efgh-jkmn' }, 'code'], [{ login: 'nobody.here' }, 'code'], [{ password: 'too short' }, 'password'], [{ password: given }, 'password'], [{ code: '' }, 'code']]) {
            const r = await send(values);
            equal([r.status, faultsOf(r)], [422, [field]], JSON.stringify(values));
            ok(!/type="password" value="[^"]/.test(r.text), 'a password came back');
            equal(visitor.cookies.size, 0, 'cookies');
        }
        const done = await send({ login: ' Newcomer.Three', code: given.toUpperCase().replaceAll('-', ' ') });
        equal([done.status, done.headers.location], [303, '/desk']);
        ok(await reaches(visitor), 'signed in');
        equal((await visitor.get('/login/code')).headers.location, '/desk', 'who is signed in needs none');
        equal((await new Visitor(server).submit(page, '/login/code', { login: 'newcomer.three', code: given, password: 'quiet river stone' })).status, 422, 'once');
        const own = await new Visitor(server).submit(page, '/login/code', { login: 'newcomer.three', code: 'battery staple', password: 'quiet river stone' });
        equal(own.status, 422, 'a password is no code');
        for (let i = 0; i < 8; i += 1) await new Visitor(server).submit(page, '/login/code', { login: 'newcomer.three', code: 'wrong', password: 'quiet river stone' });
        const waits = await new Visitor(server).submit(page, '/login/code', { login: 'newcomer.three', code: 'wrong', password: 'quiet river stone' });
        equal(waits.status, 429, 'too many');
    });

    await suite.test('a supervisor makes an account; its slip shows the code once, in the language of the slip', async () => {
        const supervisor = await signedIn('supervisor.nowshera');
        const page = await supervisor.get('/staff/new');
        const roles = [...page.text.matchAll(/<option value="(desk|officer|supervisor|adc|admin)"/g)].map(([, v]) => v);
        equal(roles, ['desk', 'officer', 'supervisor'], 'roles that she may give');
        ok(!/value="PK511/.test(page.text), 'an office of another district');
        const form = { login: 'New.Desk', name: 'Second desk officer', role: 'desk', office: 'PK526-WFD', phone: '0300 1112223', slip: 'ur' };
        const slip = await supervisor.submit(page, '/staff/new', form);
        equal(slip.status, 200);
        match(slip.text, /<div class="slip a6 start" lang="ur" dir="rtl">/);
        match(slip.text, /<html lang="en"/);
        match(slip.text, /127\.0\.0\.1:\d+\/login\/code/);
        const code = codeOn(slip);
        ok(code, 'a code');
        const again = await supervisor.submit(page, '/staff/new', form);
        equal([again.status, again.headers.location], [303, '/staff/user/new.desk'], 'the same form again');
        const user = await supervisor.get('/staff/user/new.desk');
        ok(!user.text.includes(code), 'the code stands on her page');
        match(user.text, /One-time code by <bdi>|One-time code by /);
        match((await supervisor.get('/staff')).text, /Has a one-time code/);
        const newcomer = new Visitor(server);
        const done = await newcomer.submit(await newcomer.get('/login/code'), '/login/code', { login: 'new.desk', code, password: 'battery staple' });
        equal(done.status, 303);
        match((await newcomer.get('/account')).text, /with a one-time code by/);
        const taken = await supervisor.submit(page, '/staff/new', { ...form, _key: 'another-key-of-mine', name: 'Third' });
        equal([taken.status, faultsOf(taken)], [409, ['login']]);
    });

    await suite.test('a new code ends the old password and every session at once', async () => {
        const supervisor = await signedIn('supervisor.nowshera');
        const desk = await signedIn('desk.nowshera');
        const page = await supervisor.get('/staff/user/desk.nowshera');
        const slip = await supervisor.submit(page, '/staff/user/desk.nowshera/code', { slip: 'en' });
        const first = codeOn(slip);
        ok(first, 'a code');
        ok(!await reaches(desk), 'still signed in');
        equal((await answerTo(server, 'desk.nowshera', passwords.get('desk.nowshera'))).status, 422, 'the old password');
        const second = codeOn(await supervisor.submit(page, '/staff/user/desk.nowshera/code', { slip: 'en' })); // the same form sent twice
        ok(second !== first, 'another code');
        equal((await answerTo(server, 'desk.nowshera', first)).status, 422, 'the first code');
        passwords.set('desk.nowshera', second);
        await signedIn('desk.nowshera');
    });

    await suite.test('nobody helps those above her, or those elsewhere', async () => {
        const supervisor = await signedIn('supervisor.nowshera');
        const list = (await supervisor.get('/staff')).text;
        match(list, /adc\.nowshera/);
        ok(!list.includes('/staff/user/adc.nowshera'), 'a link to her superior');
        ok(!/haripur/.test(list), 'people of another district');
        for (const login of ['adc.nowshera', 'admin', 'desk.haripur', 'nobody.here']) {
            equal((await supervisor.get(`/staff/user/${login}`)).status, 404, login);
        }
        const own = await supervisor.get('/staff/user/supervisor.nowshera');
        equal(own.status, 200);
        ok(!/action="\/staff\/user/.test(own.text), 'forms about herself');
        const admin = await signedIn('admin');
        const all = (await admin.get('/staff')).text;
        match(all, /staff\/user\/adc\.nowshera/);
        match(all, /desk\.haripur/);
    });

    await suite.test('disabled, she is out at once; enabled, her password holds again', async () => {
        const admin = await signedIn('admin');
        const officer = await signedIn('officer.haripur');
        const act = async (word) => admin.submit(await admin.get('/staff/user/officer.haripur'), `/staff/user/officer.haripur/${word}`);
        equal((await act('disable')).headers.location, '/staff/user/officer.haripur?done=disabled');
        ok(!await reaches(officer), 'still in');
        equal((await answerTo(server, 'officer.haripur', passwords.get('officer.haripur'))).status, 422);
        match((await admin.get('/staff/user/officer.haripur?done=disabled')).text, /role="status">This user is disabled now/);
        equal((await act('enable')).status, 303);
        const back = await signedIn('officer.haripur');
        equal((await act('sign-out')).headers.location, '/staff/user/officer.haripur?done=signed-out');
        ok(!await reaches(back), 'still in');
    });

    // ---- where she is signed in ----

    await suite.test('signing out ends the session and clears what the browser holds', async () => {
        const visitor = await signedIn('officer.haripur');
        const copy = new Visitor(server);
        copy.cookies = new Map(visitor.cookies);
        ok(await reaches(copy));
        const r = await visitor.submit(await visitor.get('/account'), '/logout');
        equal([r.status, r.headers['clear-site-data']], [303, '"cache", "storage"']);
        match(String(r.headers['set-cookie']), /^sunwai=; Path=\/; Max-Age=0;.* HttpOnly/);
        ok(!await reaches(copy), 'the cookie is worth something yet');
    });

    await suite.test('signing in again ends the session that this browser held', async () => {
        const visitor = await signedIn('officer.haripur');
        const copy = new Visitor(server);
        copy.cookies = new Map(visitor.cookies);
        const other = new Visitor(server);
        const page = await other.get('/login');
        other.cookies = new Map(visitor.cookies);
        equal((await other.submit(page, '/login', { login: 'desk.nowshera', password: passwords.get('desk.nowshera') })).status, 303);
        match((await other.get('/account')).text, /desk\.nowshera/);
        ok(!await reaches(copy), 'the one before her is still in');
    });

    await suite.test('who tries a page that is not hers stands in the log', async () => {
        const officer = await signedIn('officer.haripur');
        equal((await officer.get('/staff')).status, 403);
        for (let i = 0; i < 100 && !server.said.includes('web.denied'); i += 1) await new Promise((go) => setTimeout(go, 20));
        match(server.said, /"web\.denied".*"route":"\/staff","permission":"user\.manage"/);
        ok(!/officer\.haripur/.test(server.said), 'her login is in the log');
    });

    await suite.test('her sessions are listed, and each can be ended', async () => {
        const here = await signedIn('supervisor.haripur');
        const phone = new Visitor(server, { 'User-Agent': 'Mozilla/5.0 (Linux; Android 12) Mobile Safari' });
        equal((await phone.signIn('supervisor.haripur')).status, 303);
        const third = await signedIn('supervisor.haripur');
        const rows = (text) => [...text.matchAll(/<th scope="row">(\w+)( \(this one\))?<\/th>/g)].map(([, what, own]) => `${what}${own ?? ''}`);
        const page = await here.get('/account');
        equal(rows(page.text).sort(), ['Computer', 'Computer (this one)', 'Phone']);
        const ends = formsOf(page.text).filter((f) => f.action === '/account/session');
        equal(ends.length, 2, 'this one is ended by signing out');
        const [row] = /<tr>\s*<th scope="row">Phone<[\s\S]*?<\/tr>/.exec(page.text);
        const [end] = formsOf(row);
        equal((await here.post(end.action, end.fields)).headers.location, '/account?done=session');
        ok(!await reaches(phone), 'the phone is still in');
        const again = await signedIn('supervisor.haripur');
        const others = await here.submit(await here.get('/account'), '/account/sessions');
        equal(others.headers.location, '/account?done=sessions');
        ok(!await reaches(again) && !await reaches(third), 'others are still in');
        ok(await reaches(here), 'she is out herself');
        const stranger = await signedIn('adc.haripur');
        const foreign = formsOf((await stranger.get('/account')).text).find((f) => f.action === '/account/contact').fields;
        const borrowed = await stranger.post('/account/session', new Map([['_token', foreign.get('_token')], ['own-session', end.fields.get('own-session')]]));
        equal(borrowed.status, 303, 'somebody else’s: nothing happens');
        ok(await reaches(here), 'ended by a stranger');
        equal((await stranger.post('/account/session', new Map([['_token', foreign.get('_token')], ['own-session', 'x']]))).status, 422);
    });

    await suite.test('her tokens are listed, and each can be ended', async () => {
        const officer = await signedIn('officer.haripur');
        ok(!/\/account\/token/.test((await officer.get('/account')).text), 'none yet');
        const token = server.token('officer.haripur');
        const asks = () => send(`${server.url}/api/v1/cases`, { headers: { Authorization: `Bearer ${token}` } });
        equal((await asks()).status, 200);
        equal((await officer.submit(await officer.get('/account'), '/account/token')).headers.location, '/account?done=token');
        equal((await asks()).status, 401);
    });

    await suite.test('her own telephone and CNIC are kept as marks and never shown', async () => {
        const desk = await signedIn('adc.haripur');
        match((await desk.get('/account')).text, /Neither is known yet/);
        const r = await desk.submit(await desk.get('/account'), '/account/contact', { phone: '۰۳۰۰ ۷۷۷۶۶۶۵', cnic: '17201-7776665-5' });
        equal(r.headers.location, '/account?done=contact');
        const page = await desk.get('/account');
        match(page.text, /Telephone and CNIC are known/);
        ok(!/7776665/.test(page.text), 'a number is shown');
        const wrong = await desk.submit(page, '/account/contact', { phone: '12' });
        equal([wrong.status, faultsOf(wrong)], [422, ['phone']]);
        await desk.submit(page, '/account/contact', { forget: '1' });
        match((await desk.get('/account')).text, /Neither is known yet/);
    });

    // ---- where a sign-in leads ----

    await suite.test('after signing in everybody is where she wanted to go, or where her work is', async () => {
        const cases = [
            ['admin', '', '/staff'],
            ['admin', '/cases', '/staff'],
            ['admin', '/cases?status=any', '/staff'],
            ['admin', '/staff/new', '/staff/new'],
            ['desk.nowshera', '', '/desk'],
            ['desk.nowshera', '/cases/new', '/cases/new'],
            ['desk.nowshera', '/account?done=token', '/account?done=token'],
            ['desk.nowshera', '/staff/new', '/desk'],
            ['desk.nowshera', '/help', '/help'],
            ['desk.nowshera', '/nowhere', '/desk'],
            ['desk.nowshera', '/logout', '/desk'],
            ['desk.nowshera', '/api/v1/cases', '/desk'],
        ];
        for (const [user, next, want] of cases) {
            const visitor = new Visitor(server);
            const login = `/login${next ? `?next=${encodeURIComponent(next)}` : ''}`;
            const r = await visitor.submit(await visitor.get(login), '/login', { login: user, password: passwords.get(user) });
            equal(r.headers.location, want, `${user} to ${next}`);
            equal((await visitor.get(login)).headers.location, want, `${user}, signed in already, to ${next}`);
        }
    });

    await suite.test('the sign-in page begins at its first field, but at the faults when there are any', async () => {
        const visitor = new Visitor(server);
        const page = await visitor.get('/login');
        equal([...page.text.matchAll(/<(\w+)[^>]* autofocus/g)].map(([, tag]) => tag), ['input']);
        match(page.text, /name="login"[^>]* autofocus/);
        const wrong = await visitor.submit(page, '/login', { login: 'nobody', password: 'not the password' });
        equal([...wrong.text.matchAll(/<(\w+)[^>]* autofocus/g)].map(([, tag]) => tag), ['div']);
    });
});

suite.done();
