// deploy/nginx.conf, as it stands, in a real nginx before the program: TLS and HTTP/2 in front, the real address behind,
// heads that the library hides are closed by nginx, and a restart of the program fails no request.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as http2 } from 'node:http2';
import { createServer } from 'node:net';
import { connect as tls } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { root, program, withServer } from '../lib/server.mjs';
import { Visitor, send, trust } from '../lib/client.mjs';

const suite = new Suite('nginx');
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find(existsSync);

function freePort() {
    return new Promise((resolve) => {
        const s = createServer().listen(0, '127.0.0.1', () => {
            const { port } = s.address();
            s.close(() => resolve(port));
        });
    });
}

// The file with the names that an installer changes changed, and free ports.
async function front(backend, folder) {
    const [plain, secure] = [await freePort(), await freePort()];
    const [cert, key] = [join(folder, 'c.pem'), join(folder, 'k.pem')];
    const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '5',
        '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert]);
    if (made.status !== 0) throw new Error(String(made.stderr));
    const text = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
        .replaceAll(/listen \[::\]:\d+[^;]*;/g, '')
        .replace('listen 80;', `listen 127.0.0.1:${plain};`)
        .replace('listen 443 ssl', `listen 127.0.0.1:${secure} ssl`)
        .replaceAll('sunwai.example.gov.pk;', 'localhost 127.0.0.1;')
        .replace(/ssl_certificate .*;/, `ssl_certificate ${cert};`)
        .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
        .replace('server 127.0.0.1:8080;', `server 127.0.0.1:${backend};`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${join(folder, n)};`).join(' ');
    const conf = join(folder, 'nginx.conf');
    writeFileSync(conf, `worker_processes 1; daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error')} warn;
events { worker_connections 1024; }
http { ${temporary}\n${text}\n}\n`);
    const child = spawn(nginx, ['-p', folder, '-c', conf, '-e', join(folder, 'error')], { stdio: 'inherit' });
    for (let i = 0; i < 200 && !existsSync(join(folder, 'pid')); i++) await sleep(20);
    await sleep(100);
    return { child, plain, secure, cert: readFileSync(cert) };
}

function raw(port, ca, bytes) {
    return new Promise((resolve) => {
        let all = '';
        const s = tls({ port, host: '127.0.0.1', ca }, () => s.write(bytes));
        s.on('data', (d) => (all += d));
        s.on('error', () => resolve(all));
        s.on('close', () => resolve(all));
        setTimeout(() => s.destroy(), 1500).unref();
    });
}

const folder = mkdtempSync(join(tmpdir(), 'sunwai-nginx.'));
for (const name of ['acme']) mkdirSync(join(folder, name));
await withServer({ args: ['--allow', '127.0.0.1'], cases: 5 }, async (server) => {
    const f = await front(server.port, folder);
    const url = `https://127.0.0.1:${f.secure}`;
    trust(f.cert);
    try {
        await suite.test('pages come over TLS and HTTP/2, with HSTS and __Host- cookies that Sunwai sets', async () => {
            const r = await send(`${url}/?lang=ur`);
            equal(r.status, 200);
            match(r.headers['set-cookie'].join(), /^__Host-lang=ur; .*Secure/);
            match(r.headers['strict-transport-security'], /max-age=31536000/);
            const session = http2(url, { ca: f.cert });
            const status = await new Promise((resolve, reject) => {
                session.on('error', reject);
                const q = session.request({ ':path': '/track' });
                q.on('response', (h) => resolve(h[':status']));
                q.resume();
            });
            session.close();
            equal(status, 200);
            equal((await send(`http://127.0.0.1:${f.plain}/track?a=1`)).headers.location, 'https://127.0.0.1/track?a=1');
            equal((await send(`http://127.0.0.1:${f.plain}/api/v1/units`)).status, 403);
        });

        await suite.test('whoever signs in through it stays signed in; a foreign X-Forwarded-For is dropped', async () => {
            const desk = new Visitor({ url, logins: server.logins }, { 'X-Forwarded-For': '203.0.113.9' });
            await desk.signIn('desk.nowshera');
            equal((await desk.get('/desk')).status, 200);
            ok(desk.cookies.has('__Host-sunwai'), [...desk.cookies.keys()].join());
            equal((await send(`${url}/metrics`)).status, 404, 'what comes through is not this machine');
        });

        await suite.test('a folded line and a NUL are closed in front', async () => {
            for (const line of ['X: a\r\n b', 'X: a\0b']) {
                const text = await raw(f.secure, f.cert, `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${line}\r\n\r\n`);
                match(text, /^HTTP\/1\.1 400 /, JSON.stringify(line));
            }
        });

        await suite.test('a restart behind it fails no request', async () => {
            const seen = { asked: 0, failed: [], over: false };
            const ask = async () => {
                while (!seen.over) {
                    const r = await send(`${url}/track`).catch((e) => ({ status: e.code }));
                    seen.asked += 1;
                    if (r.status !== 200) seen.failed.push(r.status);
                    await sleep(100); // nginx itself lets one address ask 50 times a second, and 200 more at once
                }
            };
            const all = Array.from({ length: 8 }, ask);
            for (let i = 0; i < 2; i++) {
                await sleep(200);
                const child = spawn(program, ['restart', '--data', server.data], { stdio: 'ignore' });
                equal(await new Promise((resolve) => child.on('exit', resolve)), 0);
            }
            await sleep(300);
            seen.over = true;
            await Promise.all(all);
            equal(seen.failed, []);
            ok(seen.asked > 20, `${seen.asked} requests`);
        });
    } finally {
        f.child.kill('SIGTERM');
        await new Promise((resolve) => f.child.on('exit', resolve));
        rmSync(folder, { recursive: true, force: true });
    }
});
suite.done();
