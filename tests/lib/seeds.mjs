// seeds.mjs: real requests of every route, caught on their way, for those who change them.
import { connect, createServer } from 'node:net';
import { fail } from './suite.mjs';
import { Visitor } from './client.mjs';
import { run } from './server.mjs';
import { ENDS, Person, goodValue, routes } from './routes.mjs';

// Passes on what it gets and keeps each request: a client sends the next one only after the answer.
async function catcher(port) {
    const net = { route: null };
    const caught = new Map(); // request to the route it was of
    const server = createServer((from) => {
        let request = [];
        const on = connect({ port, host: '127.0.0.1' });
        from.on('data', (piece) => { request.push(piece); on.write(piece); });
        on.on('data', (piece) => {
            if (request.length) caught.set(Buffer.concat(request).toString('latin1'), net.route);
            request = [];
            from.write(piece);
        });
        for (const [a, b] of [[from, on], [on, from]]) a.on('error', () => {}).on('close', () => b.destroy());
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(net, { caught, url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() });
    return net;
}

// Those who ask come once and stay: who guesses passwords in changed requests may shut out the very people whose they are,
// as a bound of a day says. Whose session was ended gets a new one-time code from the command line, as in an office.
async function there(server, people, url) {
    people.at ??= { logins: server.logins, token: (u) => server.token(u) };
    people.at.url = url;
    for (const role of ['nobody', 'desk', 'supervisor']) {
        const known = people[role];
        if (known && await known.isHere()) {
            await known.fetchTokens();
            continue;
        }
        if (known) {
            const made = run('user', 'code', '--data', server.data, '--login', known.user);
            server.logins.set(known.user, made.out.trim());
        }
        people[role] = await new Person(people.at, role).come();
    }
}

// One request of each route, of some in several forms, as its own people ask it.
// Each: { bytes, route }, the route null when it was asked for beside the table. `people`: the same object again and
// again keeps who came to this server.
export async function seedsOf(server, people = {}) {
    const net = await catcher(server.port);
    await there(server, people, net.url);
    const made = await people.desk.api.post('/cases', { service: 'M-WAT-01', unit: 'PK52601', description: 'No water', complainant: { sex: 'woman', name: 'Shazia' } });
    const visitor = new Visitor(people.at);
    const opened = await visitor.submit(await visitor.get('/track'), '/track', { ref: made.json.ref, pin: made.json.pin });
    const world = { ref: made.json.ref, login: 'officer.pabbi', opened: new URL(opened.headers.location, server.url).searchParams.get('case') };
    const who = { public: 'nobody', 'user.manage': 'supervisor', oversee: 'supervisor', digest: 'supervisor' };
    for (const route of routes) {
        if (ENDS.has(`${route.method} ${route.path}`)) continue;
        const person = people[who[route.permission] ?? 'desk'];
        if (route.method === 'POST' && /^\/login\/./.test(route.path)) continue; // a password's hash is dear: /login is enough of that
        const good = Object.fromEntries(route.inputs.map((n) => [n.name, goodValue(route, n, world)]));
        net.route = route;
        await person.ask(route, good);
        for (const input of route.inputs.filter((n) => n.choices && n.choices.length > 3)) {
            for (const choice of input.choices.slice(0, /act/.test(input.name) ? 20 : 3)) await person.ask(route, { ...good, [input.name]: choice });
        }
    }
    net.route = null;
    for (const path of ['/', '/cases', '/new', '/nowhere', '/assets/site.css', '/healthz']) {
        await people.desk.browser.get(path, { 'Accept-Language': 'ur, en;q=0.5', 'If-None-Match': '"x"', 'Accept-Encoding': 'gzip' });
        await people.nobody.browser.go('HEAD', path);
    }
    net.close();
    // Forms as multipart, and a body in chunks: a browser sends the first, a proxy may send the second.
    const some = [...net.caught.keys()];
    const form = some.find((s) => s.startsWith('POST /new ')) ?? fail('no form');
    const [head, body] = form.split('\r\n\r\n');
    const parts = [...new URLSearchParams(body)].map(([n, v]) => `--b\r\nContent-Disposition: form-data; name="${n}"\r\n\r\n${v}\r\n`).join('');
    some.push(head.replace(/content-type:[^\r]*/i, 'Content-Type: multipart/form-data; boundary=b').replace(/content-length: \d+/i, `Content-Length: ${Buffer.byteLength(parts) + 5}`) + `\r\n\r\n${parts}--b--`);
    some.push(head.replace(/content-length: \d+/i, 'Transfer-Encoding: chunked') + `\r\n\r\n${Buffer.byteLength(body, 'latin1').toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    return some.map((s) => ({ bytes: Buffer.from(s, 'latin1'), route: net.caught.get(s) ?? null }));
}
