// account_test.mjs: one's own password, the first one of one's own, and where a sign-in leads.
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { run, withServer } from '../lib/server.mjs';
import { Visitor, formsOf } from '../lib/client.mjs';

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
        equal([r.status, r.headers.location], [303, '/account?changed=1']);
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
        for (let i = 0; i < 2; i += 1) equal((await visitor.post(form.action, form.fields)).headers.location, '/account?changed=1');
    });

    await suite.test('what is wrong stands beside its field, and no password comes back', async () => {
        const visitor = await signedIn('supervisor.nowshera');
        const right = passwords.get('supervisor.nowshera');
        const cases = [
            ['not the password', 'battery staple', 'battery staple', 'old'],
            [right, 'battery staple', 'battery stable', 'again'],
            [right, right, right, 'password'],
            [right, 'too short', 'too short', 'password'],
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

    // ---- a password that somebody else chose ----

    await suite.test('who was given a password chooses her own before anything else', async () => {
        const given = made('newcomer.one');
        const visitor = new Visitor(server);
        let page = await visitor.get('/login?next=%2Fcases%2Fnew');
        page = await visitor.submit(page, '/login', { login: 'Newcomer.One ', password: given });
        equal(page.status, 200);
        equal(visitor.cookies.size, 0, 'cookies');
        equal((await visitor.get('/cases')).status, 303, 'not yet signed in');
        const wrong = await visitor.submit(page, '/login/password', { password: given, again: given });
        equal([wrong.status, faultsOf(wrong)], [422, ['password']]);
        const twice = await visitor.submit(wrong, '/login/password', { password: 'battery staple', again: 'battery stable' });
        equal([twice.status, faultsOf(twice)], [422, ['again']]);
        const missing = await visitor.submit(twice, '/login/password', { password: '', again: '' });
        equal([missing.status, faultsOf(missing)], [422, ['password', 'again']]);
        const urdu = await visitor.submit(missing, '/login/password', { _lang: 'ur' });
        match(urdu.text, /<html lang="ur"/);
        const done = await visitor.submit(urdu, '/login/password', { password: 'battery staple', again: 'battery staple' });
        equal([done.status, done.headers.location], [303, '/cases/new']);
        equal((await visitor.get('/cases/new')).status, 200);
        await signedIn('newcomer.one', 'battery staple');
        const late = await new Visitor(server).submit(urdu, '/login/password', { password: 'quiet river stone', again: 'quiet river stone' });
        equal(late.status, 401, 'the same page once more');
        equal((await answerTo(server, 'newcomer.one', 'quiet river stone')).status, 422);
    });

    await suite.test('nobody chooses a password without having been given one', async () => {
        const visitor = new Visitor(server);
        const given = made('newcomer.two');
        const page = await visitor.submit(await visitor.get('/login'), '/login', { login: 'newcomer.two', password: given });
        for (const token of ['', 'x', `${formsOf(page.text).find((f) => f.action === '/login/password').fields.get('given')}x`, null]) {
            const r = await visitor.submit(page, '/login/password', { given: token, password: 'battery staple', again: 'battery staple' });
            equal(r.status, 401, `with ${token}`);
            ok(!visitor.cookies.has('sunwai'), 'signed in');
        }
        const bare = await visitor.post('/login/password', new Map([['password', 'battery staple'], ['again', 'battery staple']]));
        equal(bare.status, 403, 'without a form token');
    });

    await suite.test('whose password the administrator sets is asked too; she herself goes to her own page', async () => {
        const admin = await signedIn('admin');
        const page = await admin.get('/account/user/supervisor.haripur');
        equal((await admin.submit(page, '/account/user/supervisor.haripur/password', { password: 'given by the admin' })).status, 303);
        const first = await answerTo(server, 'supervisor.haripur', 'given by the admin');
        equal(first.status, 200);
        match(first.text, /action="\/login\/password"/);
        const own = await admin.get('/account/user/admin');
        match(own.text, /href="\/account\/password"/);
        ok(!/action="\/account\/user\/admin\//.test(own.text), 'forms about herself');
    });

    await suite.test('a new user’s name is small letters, however it was typed', async () => {
        const admin = await signedIn('admin');
        const form = { login: 'New.Desk', name: 'Somebody', role: 'desk', district: 'PK526', office: 'PK526-WFD', password: 'a long enough password' };
        const r = await admin.submit(await admin.get('/account/new'), '/account/new', form);
        equal([r.status, r.headers.location], [303, '/account/user/new.desk']);
        equal((await admin.get(r.headers.location)).status, 200);
        equal((await answerTo(server, 'NEW.desk', form.password)).status, 200);
    });

    // ---- where a sign-in leads ----

    await suite.test('after signing in everybody is where she wanted to go, or where her work is', async () => {
        const cases = [
            ['admin', '', '/account'],
            ['admin', '/cases', '/account'],
            ['admin', '/cases?status=any', '/account'],
            ['admin', '/account/new', '/account/new'],
            ['desk.nowshera', '', '/cases'],
            ['desk.nowshera', '/cases/new', '/cases/new'],
            ['desk.nowshera', '/account?after=desk', '/account?after=desk'],
            ['desk.nowshera', '/account/new', '/cases'],
            ['desk.nowshera', '/help', '/help'],
            ['desk.nowshera', '/nowhere', '/cases'],
            ['desk.nowshera', '/logout', '/cases'],
            ['desk.nowshera', '/api/v1/cases', '/cases'],
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
