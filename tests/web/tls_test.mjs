// TLS in process: the local authority and its certificates, cookies, the plain port beside it, what is refused, and
// what a proxy in front may say. `long`: waits for a deadline too.
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { connect as tcp, createServer } from 'node:net';
import { connect as tls } from 'node:tls';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, ok, equal, match } from '../lib/suite.mjs';
import { Server, run, withServer } from '../lib/server.mjs';
import { Visitor, send, trust } from '../lib/client.mjs';

const suite = new Suite('tls');
const long = process.argv[2] === 'long';

function openssl(...words) {
    const r = spawnSync('openssl', words, { encoding: 'utf8' });
    return { code: r.status, text: r.stdout + r.stderr };
}

// A free port, told before anybody listens there.
function freePort() {
    return new Promise((resolve) => {
        const s = createServer().listen(0, '127.0.0.1', () => {
            const { port } = s.address();
            s.close(() => resolve(port));
        });
    });
}

// A certificate that signed itself, for so many days (below 0: it has ended).
function selfSigned(folder, name, days) {
    const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
    const csr = join(folder, `${name}.csr`);
    writeFileSync(join(folder, 'san'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
        '-keyout', key, '-out', csr);
    const made = openssl('x509', '-req', '-in', csr, '-signkey', key, '-days', String(days), '-extfile', join(folder, 'san'), '-out', cert);
    if (made.code !== 0) throw new Error(made.text);
    chmodSync(key, 0o600);
    return { cert, key };
}

function handshake(port, options) {
    return new Promise((resolve) => {
        const s = tls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => {
            resolve({ protocol: s.getProtocol(), cipher: s.getCipher().name, alpn: s.alpnProtocol, session: s.getSession() });
            s.destroy();
        });
        s.on('error', (e) => resolve({ error: e.code ?? e.message }));
    });
}

const server = new Server({ cases: 10 });
const dir = join(server.data, 'tls');
const authority = join(dir, 'authority.crt');
const pair = join(dir, 'server.pem');

await suite.test('one command makes an authority and a certificate that anybody can check', async () => {
    const made = run('tls-ca', '--data', server.data);
    equal(made.code, 0, made.err);
    for (const file of [authority, pair, join(dir, 'authority.key')]) equal(statSync(file).mode & 0o777, 0o600, file);
    equal(openssl('verify', '-x509_strict', '-CAfile', authority, pair).code, 0);
    const cert = new X509Certificate(readFileSync(pair));
    match(cert.subjectAltName, /DNS:localhost/);
    match(cert.subjectAltName, /IP Address:127\.0\.0\.1/);
    const days = (Date.parse(cert.validTo) - Date.parse(cert.validFrom)) / 86400000;
    equal(days, 397);
    const hash = new X509Certificate(readFileSync(authority)).fingerprint256.replaceAll(':', '');
    equal(made.out.replace(/\s/g, '').includes(hash), true, 'the sheet shows the fingerprint');
    match(made.out, /http:\/\/\S+\/install-certificate/);
});

await suite.test('the authority vouches for names of such a network alone, whoever has its key', async () => {
    const text = openssl('x509', '-in', authority, '-noout', '-text').text;
    match(text, /Name Constraints: critical/);
    match(text, /CA:TRUE, pathlen:0/);
    equal(run('tls-ca', '--data', server.data, '--host', 'www.example.org').code, 1);
    const folder = server.home;
    selfSigned(folder, 'far', 10);
    writeFileSync(join(folder, 'ext'), 'subjectAltName=DNS:www.example.org\n');
    equal(openssl('x509', '-req', '-in', join(folder, 'far.csr'), '-CA', authority, '-CAkey', join(dir, 'authority.key'),
        '-CAcreateserial', '-days', '5', '-extfile', join(folder, 'ext'), '-out', join(folder, 'far2.crt')).code, 0);
    match(openssl('verify', '-CAfile', authority, join(folder, 'far2.crt')).text, /permitted subtree violation/);
});

await suite.test('the same command again renews under the same authority, and needs its key', async () => {
    const [before, old] = [readFileSync(authority, 'utf8'), readFileSync(pair, 'utf8')];
    equal(run('tls-ca', '--data', server.data).code, 0);
    equal(readFileSync(authority, 'utf8'), before);
    ok(readFileSync(pair, 'utf8') !== old, 'a new certificate');
    renameSync(join(dir, 'authority.key'), join(server.home, 'stick'));
    const away = run('tls-ca', '--data', server.data);
    equal(away.code, 1);
    match(away.err, /bring .*authority\.key back/);
    copyFileSync(join(server.home, 'stick'), join(dir, 'authority.key'));
    equal(run('tls-ca', '--data', server.data, '--host', 'bad_name').code, 64);
});

// Hundredths of a second that the web process has computed.
function processor() {
    const pid = readFileSync(join(server.data, 'lock'), 'utf8').split('\n')[0];
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return Number(stat[11]) + Number(stat[12]);
}

const plainPort = await freePort();
server.args = ['--http-redirect-port', String(plainPort)];
await server.start();
trust(readFileSync(authority));

await suite.test('serve takes it by itself; TLS 1.2 and 1.3, nothing older, HTTP/1.1 by ALPN', async () => {
    equal(server.scheme, 'https');
    equal((await send(`${server.url}/`)).status, 200);
    for (const version of ['TLSv1.2', 'TLSv1.3']) {
        const r = await handshake(server.port, { minVersion: version, maxVersion: version, ALPNProtocols: ['h2', 'http/1.1'] });
        equal([r.protocol, r.alpn], [version, 'http/1.1']);
        match(r.cipher, /GCM|CHACHA20/);
    }
    const old = await handshake(server.port, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    ok(old.error, 'TLS 1.1 is refused');
    const weak = await handshake(server.port, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0' });
    ok(weak.error, 'CBC is refused');
});

await suite.test('plain HTTP spoken to it is told the address, in the language asked for', async () => {
    const say = (head) => new Promise((resolve) => {
        let all = '';
        const s = tcp(server.port, '127.0.0.1', () => s.write(head));
        s.on('data', (d) => (all += d));
        s.on('error', () => resolve(all));
        s.on('close', () => resolve(all));
    });
    const ur = await say('GET /track HTTP/1.1\r\nHost: a\r\nAccept-Language: ur\r\n\r\n');
    match(ur, /^HTTP\/1\.1 426 /);
    match(ur, /\r\nUpgrade: TLS\/1\.2, HTTP\/1\.1\r\n/);
    match(ur, /<html lang="ur"/);
    ok(ur.includes('https://'));
    match(await say('POST /login HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\nContent-Length: 2\r\n\r\nab'), /<html lang="en"/);
    equal(await say('SSH-2.0-OpenSSH_9.2\r\n'), '');
});

await suite.test('a bad head is refused over TLS with our page too, also one that the library would answer twice', async () => {
    const heads = ['GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n'];
    for (const head of heads) {
        const text = await new Promise((resolve) => {
            let all = '';
            const s = tls({ port: server.port, host: '127.0.0.1', ca: readFileSync(authority) }, () => s.write(head));
            s.on('data', (d) => (all += d));
            s.on('error', () => resolve(all));
            s.on('close', () => resolve(all));
        });
        match(text, /^HTTP\/1\.1 400 /);
        match(text, /\r\nStrict-Transport-Security: max-age=31536000\r\n/);
        equal(text.split('HTTP/1.1').length, 2, 'one answer');
    }
});

await suite.test('HSTS and __Host- cookies over TLS; a cookie from plain HTTP is not believed there', async () => {
    const admin = new Visitor(server);
    const seen = [];
    const watch = async (r) => (seen.push(...((await r).headers['set-cookie'] ?? [])), r);
    await watch(admin.get('/?lang=ur'));
    const signed = await admin.signIn('admin');
    await watch(Promise.resolve(signed));
    equal((await admin.get('/staff')).status, 200);
    ok(admin.cookies.has('__Host-sunwai') && admin.cookies.has('__Host-lang'), [...admin.cookies.keys()].join());
    for (const line of seen) match(line, /^__Host-[^;]+;.* Secure/);
    ok(seen.every((l) => / Path=\/;/.test(l) && !/domain/i.test(l)), seen.join('\n'));
    equal((await admin.get('/')).headers['strict-transport-security'], 'max-age=31536000');
    const planted = await send(`${server.url}/staff`, { headers: { Cookie: `sunwai=${admin.cookies.get('__Host-sunwai')}; lang=ps` } });
    equal([planted.status, planted.headers['content-language']], [303, 'en']);
});

await suite.test('the plain port leads there, and shows how to trust before that is possible', async () => {
    const plain = `http://127.0.0.1:${plainPort}`;
    const r = await send(`${plain}/track?x=1%202`);
    equal([r.status, r.headers.location], [307, `https://127.0.0.1:${server.port}/track?x=1%202`]);
    equal(r.headers['strict-transport-security'], undefined);
    equal((await send(`${plain}/login`, { method: 'POST', body: 'login=a', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).status, 307);
    equal((await send(`${plain}/nowhere`)).status, 307);
    equal((await send(`${plain}/track`, { headers: { Host: 'a"b' } })).status, 400);
    const api = await send(`${plain}/api/v1/units`, { headers: { Authorization: 'Bearer x' } });
    equal([api.status, api.headers.location, api.headers['content-type']], [403, undefined, 'application/problem+json']);
    match(api.text, /https/);
    const file = await send(`${plain}/install-certificate/sunwai.crt`);
    equal([file.status, file.headers['content-type']], [200, 'application/x-x509-ca-cert']);
    const der = new X509Certificate(readFileSync(authority)).raw;
    ok(file.raw.equals(der), 'the authority, as DER');
    const groups = createHash('sha256').update(der).digest('hex').toUpperCase().match(/.{4}/g).join(' ');
    // In lines, as on the printed sheet.
    const groupsIn = (text) => /class="fingerprint"[^>]*>([^<]*)</.exec(text)?.[1].trim().replace(/\s+/g, ' ');
    for (const lang of ['en', 'ur', 'ps']) {
        const page = await send(`${plain}/install-certificate?lang=${lang}`);
        equal(page.status, 200);
        equal(groupsIn(page.text), groups, `the groups in ${lang}`);
    }
    equal(groupsIn((await send(`${server.url}/install-certificate`)).text), groups);
});

await suite.test('its days stand in /healthz', async () => {
    ok(JSON.parse((await send(`${server.url}/healthz`)).text).certificate_days >= 395);
});

await suite.test('connections that shake no hands keep no page waiting, and no restart', async () => {
    const idle = [];
    for (let i = 0; i < 200; i++) {
        const s = tcp({ port: server.port, host: '127.0.0.1' });
        s.on('error', () => {});
        s.on('connect', () => i % 2 && s.write(Buffer.from('16030100', 'hex')));
        idle.push(s);
    }
    const over = idle.map((s) => new Promise((resolve) => s.on('close', resolve)));
    await sleep(100);
    const began = performance.now();
    equal((await send(`${server.url}/`)).status, 200);
    // Nor may they keep a processor busy, as they do with the library's epoll.
    const before = processor();
    await sleep(1000);
    const spent = processor() - before;
    ok(spent < 30, `${spent} hundredths of a second of processor time in one second`);
    ok(performance.now() - began < 3000, `a page took ${performance.now() - began} ms`);
    if (long) {
        await Promise.all(over);
        const took = performance.now() - began;
        ok(took > 8000 && took < 12000, `closed after ${took} ms`);
    } else {
        const asked = performance.now();
        equal(run('restart', '--data', server.data).code, 0);
        ok(performance.now() - asked < 9000, `a restart took ${performance.now() - asked} ms`);
    }
    for (const s of idle) s.destroy();
});

equal(await server.stop(), 0);

// ---- what is refused, and told ----

server.args = [];
function check(...flags) {
    return run('serve', '--data', server.data, '--check-config', ...flags);
}

await suite.test('a key that others may read, one of another certificate, and no certificate are refused in words', async () => {
    const [a, b] = [selfSigned(server.home, 'a', 90), selfSigned(server.home, 'b', 90)];
    equal(check('--tls-cert', a.cert, '--tls-key', a.key).code, 0);
    const cases = [
        [['--tls-cert', a.cert, '--tls-key', b.key], /does not belong/],
        [['--tls-cert', a.key, '--tls-key', a.key], /holds no certificate/],
        [['--tls-cert', a.cert, '--tls-key', join(server.home, 'none')], /cannot be read/],
        [['--tls-key', a.key], /without its certificate/],
    ];
    const open = selfSigned(server.home, 'open', 90);
    chmodSync(open.key, 0o640);
    cases.push([['--tls-cert', open.cert, '--tls-key', open.key], /chmod 600/]);
    for (const [flags, words] of cases) {
        const said = check(...flags);
        equal(said.code, 78, flags.join(' '));
        match(said.err, words);
        equal(run('serve', '--data', server.data, '--port', '0', ...flags).code, 78, 'serve refuses it too');
    }
});

await suite.test('one that has ended is told of, and one that will soon, to whoever administers', async () => {
    const [over, soon] = [selfSigned(server.home, 'over', -1), selfSigned(server.home, 'soon', 20)];
    const said = check('--tls-cert', over.cert, '--tls-key', over.key);
    equal(said.code, 78);
    match(said.err, /ended on \d{4}-\d\d-\d\d/);
    server.args = ['--tls-cert', soon.cert, '--tls-key', soon.key];
    await server.start();
    match(server.said, /ends on .*, in 19 days/);
    trust(readFileSync(soon.cert));
    const [admin, desk] = [new Visitor(server), new Visitor(server)];
    await admin.signIn('admin');
    await desk.signIn('desk.nowshera');
    match((await admin.get('/staff')).text, /certificate of this server ends in 19 days/);
    ok(!/certificate of this server/.test((await desk.get('/desk')).text), 'the desk is not troubled with it');
    ok(/There is nothing to install/.test((await send(`${server.url}/install-certificate`)).text));
    equal(await server.stop(), 0);
});
server.remove();

// ---- behind a proxy ----

await withServer({ args: ['--allow', '127.0.0.2'], cases: 0 }, async (s) => {
    await suite.test('what X-Forwarded-Proto says is believed of a proxy of ours alone', async () => {
        const told = { headers: { 'X-Forwarded-Proto': 'https' } };
        const from = (localAddress) =>
            new Promise((resolve) => {
                let all = '';
                const c = tcp({ port: s.port, host: '127.0.0.1', localAddress }, () =>
                    c.write('GET /?lang=ur HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n\r\n'));
                c.on('data', (d) => (all += d));
                c.on('close', () => resolve(all));
            });
        const [proxy, anybody] = [await from('127.0.0.2'), await from('127.0.0.1')];
        match(proxy, /Set-Cookie: __Host-lang=ur; .*Secure/);
        match(proxy, /Strict-Transport-Security/);
        match(anybody, /Set-Cookie: lang=ur;/);
        ok(!/Strict-Transport-Security|Secure/.test(anybody), 'nobody else');
        equal((await send(`${s.url}/`, told)).status, 200);
    });
});

suite.done();
