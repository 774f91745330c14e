// probe_test.mjs: which heads come in. probes.tsv is the reviewed file; this sends each probe to a real nginx and to the
// program, over sockets of their own, and compares what came back with what stands there.
//
// An answer is written as the statuses that came on the connection, then "+" when it stayed open or "." when it was
// closed. Where the two differ in class (let in, refused, nothing) the row says why; it may only be that we refuse what
// nginx lets in. `probe_test.mjs --write` prints the file with what both say now: for reviewing, never to be taken over unread.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, ok } from '../lib/suite.mjs';
import { root, withServer } from '../lib/server.mjs';

const QUIET_MS = 1200; // a connection that says nothing for so long, stays
const FILE = join(root, 'tests/web/probes.tsv');

// C escapes, and {8200*a} for many.
function bytesOf(text) {
    const long = text.replace(/\{(\d+)\*([^}]*)\}/g, (_, n, what) => what.repeat(Number(n)));
    const one = { r: '\r', n: '\n', t: '\t', 0: '\0', '\\': '\\' };
    return Buffer.from(long.replace(/\\(x[0-9a-f]{2}|.)/g, (_, c) => (c[0] === 'x' ? String.fromCharCode(parseInt(c.slice(1), 16)) : one[c])), 'latin1');
}

const head = [], rows = [];
for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    if (line.startsWith('#')) head.push(line);
    else if (line !== '') {
        const [name, bytes, nginx, ours, why = ''] = line.split('\t');
        rows.push({ name, bytes, nginx, ours, why });
    }
}

// The statuses of the answers in `raw`. What they are answers to decides whether they have a body.
function statusesOf(raw, probe) {
    const found = [];
    let at = 0;
    while (at < raw.length) {
        const end = raw.indexOf('\r\n\r\n', at);
        const line = /^HTTP\/1\.[01] (\d{3})/.exec(raw.toString('latin1', at, at + 16));
        if (!line || end < 0) return [...found, 'junk'];
        const fields = raw.toString('latin1', at, end);
        const length = /^Transfer-Encoding: chunked/im.test(fields) ? null : Number(/^Content-Length: (\d+)/im.exec(fields)?.[1] ?? 0);
        found.push(line[1]);
        if (length === null) return [...found, 'chunked'];
        const bodiless = line[1][0] === '1' || probe.startsWith('HEAD ') || line[1] === '204' || line[1] === '304';
        at = end + 4 + (bodiless ? 0 : length);
    }
    return found;
}

// Sends and listens; the client keeps its side open, so that whether it stays is the server's word.
function ask(port, bytes) {
    return new Promise((resolve) => {
        const pieces = [];
        const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        const finish = (closed) => {
            clearTimeout(timer);
            socket.destroy();
            const said = statusesOf(Buffer.concat(pieces), bytes.toString('latin1'));
            resolve([...said, closed ? '.' : '+'].join(' '));
        };
        let timer = setTimeout(() => finish(false), QUIET_MS);
        socket.on('data', (piece) => {
            pieces.push(piece);
            clearTimeout(timer);
            timer = setTimeout(() => finish(false), QUIET_MS);
        });
        socket.on('end', () => finish(true));
        socket.on('error', () => finish(true));
        socket.write(bytes);
    });
}

function freePort() {
    return new Promise((resolve) => {
        const s = createServer();
        s.listen(0, '127.0.0.1', () => {
            const { port } = s.address();
            s.close(() => resolve(port));
        });
    });
}

// Debian's nginx as it stands in front of nothing: it answers what it lets in.
async function withNginx(body) {
    const home = mkdtempSync(join(tmpdir(), 'sunwai-nginx.'));
    const port = await freePort();
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => {
        mkdirSync(join(home, n));
        return `${n}_temp_path ${home}/${n};`;
    });
    writeFileSync(join(home, 'conf'), `daemon off; master_process off; pid ${home}/pid; error_log ${home}/error;
        ${process.getuid() === 0 ? 'user root;' : ''} events { }
        http { access_log off; ${temp.join(' ')} client_max_body_size 1m; ignore_invalid_headers off;
            server { listen 127.0.0.1:${port};
                location / { if ($request_method !~ ^(GET|HEAD|POST)$) { return 405 "no\\n"; } return 404 "nowhere\\n"; }
                location = /healthz { if ($request_method !~ ^(GET|HEAD|POST)$) { return 405 "no\\n"; } return 200 "ok\\n"; }
                location = / { return 200 "ok\\n"; } } }\n`);
    const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((p) => existsSync(p)) ?? 'nginx';
    const nginx = spawn(program, ['-p', home, '-e', join(home, 'error'), '-c', join(home, 'conf')], { stdio: 'inherit' });
    const ended = new Promise((resolve) => nginx.on('exit', resolve).on('error', resolve));
    try {
        for (let i = 0; i < 200; i += 1) {
            if ((await ask2(port)) === true) break;
            await sleep(20);
        }
        await body(port);
    } finally {
        nginx.kill('SIGKILL');
        await ended;
        rmSync(home, { recursive: true, force: true });
    }
}
function ask2(port) {
    return new Promise((resolve) => {
        const s = connect({ port, host: '127.0.0.1' });
        s.on('connect', () => { s.destroy(); resolve(true); });
        s.on('error', () => resolve(false));
    });
}

// Let in (whatever the program then says; "junk" is the body without a head that HTTP/0.9 is answered with), refused, or
// nothing. Several answers are as many classes.
const LET_IN = new Set(['200', '303', '401', '403', '404', '422', '100', 'junk']);
const classOf = (said) => said.split(' ').slice(0, -1).map((s) => (LET_IN.has(s) ? 'in' : 'out')).join(' ') || 'nothing';

async function askAll(port) {
    const said = [];
    await Promise.all(rows.map(async (row, i) => {
        said[i] = await ask(port, bytesOf(row.bytes));
    }));
    return said;
}

if (process.argv.includes('--write')) {
    let nginx, ours;
    await withNginx(async (port) => { nginx = await askAll(port); });
    await withServer({}, async (server) => { ours = await askAll(server.port); });
    const lines = rows.map((r, i) => [r.name, r.bytes, nginx[i], ours[i], r.why].join('\t').trimEnd());
    process.stdout.write(`${[...head, ...lines].join('\n')}\n`);
} else {
    const suite = new Suite('probes');
    await suite.test('the file', () => {
        ok(rows.length >= 60, `${rows.length} probes`);
        equal(new Set(rows.map((r) => r.name)).size, rows.length, 'names');
        for (const row of rows) {
            const [theirs, our] = [classOf(row.nginx), classOf(row.ours)];
            equal(row.why !== '', theirs !== our, `${row.name}: a reason where, and only where, the classes differ`);
            ok(theirs === our || /^out$/.test(our) && theirs !== 'out', `${row.name}: only we may be the stricter one`);
        }
    });
    const compare = async (who, port) => {
        const said = await askAll(port);
        for (const [i, row] of rows.entries()) await suite.test(`${who}: ${row.name}`, () => equal(said[i], row[who]));
    };
    await withNginx((port) => compare('nginx', port));
    await withServer({}, (server) => compare('ours', server.port));
    suite.done();
}
