// restart_test.mjs N: the web process is started anew N times, plain and over TLS, while 64 clients ask and one files.
// No request may fail, and none may wait a second longer than without restarts. Then: what would not start is not started.
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, ok, equal, match } from '../lib/suite.mjs';
import { Server, program, run } from '../lib/server.mjs';
import { Api, idemKey, send, trust } from '../lib/client.mjs';

const suite = new Suite('restart');
const times = Number(process.argv[2] ?? 3);
const CLIENTS = 64;
const PAUSE_MS = 1000;

// Clients that ask again and again until told to stop; what went wrong, and the longest wait.
function load(server, ca) {
    const via = ca ? new TlsAgent({ keepAlive: true, maxSockets: CLIENTS, ca }) : new Agent({ keepAlive: true, maxSockets: CLIENTS });
    const seen = { asked: 0, failed: [], longest: 0, again: 0, filed: 0, over: false };
    const api = new Api(server, server.token('desk.nowshera'));
    const one = async (what) => {
        const began = performance.now();
        try {
            let status = await what();
            // What came late on a kept connection is sent on to the process that follows, as browsers do.
            for (let i = 0; i < CLIENTS && status === 307; i++) {
                seen.again += 1;
                status = await what();
            }
            if (status !== 200 && status !== 201) seen.failed.push(`status ${status}`);
        } catch (e) {
            seen.failed.push(String(e.code ?? e));
        }
        seen.asked += 1;
        seen.longest = Math.max(seen.longest, performance.now() - began);
    };
    const reader = async (n) => {
        const path = ['/', '/desks', '/track', '/healthz'][n % 4];
        while (!seen.over) {
            await one(async () => (await send(server.url + path, { via })).status);
            if (n % 8 === 0) await sleep(20); // some think between, on a connection that is kept
        }
    };
    const writer = async () => {
        while (!seen.over) {
            await one(async () => {
                const r = await api.post('/cases', filing, { 'Idempotency-Key': idemKey() });
                seen.filed += r.status === 201 ? 1 : 0;
                return r.status;
            });
            await sleep(5);
        }
    };
    const all = [writer(), ...Array.from({ length: CLIENTS }, (_, n) => reader(n))];
    seen.stop = async () => {
        seen.over = true;
        await Promise.all(all);
        via.destroy();
    };
    return seen;
}

const filing = { service: 'M-WAT-01', unit: 'PK52601', description: 'No water since Monday', complainant: { sex: 'woman' } };

// Not run(): while that waits, nobody here would read or ask.
function restart(server) {
    return new Promise((resolve) => {
        const child = spawn(program, ['restart', '--data', server.data], { stdio: 'ignore' });
        child.on('exit', resolve);
    });
}

// How long somebody waits without any restart, on this machine, now.
async function undisturbed(server, ca) {
    const seen = load(server, ca);
    await sleep(Math.min(300 * times, 10000));
    await seen.stop();
    return seen.longest;
}

async function measured(server, ca) {
    const usual = await undisturbed(server, ca);
    const seen = load(server, ca);
    await sleep(300);
    for (let i = 0; i < times; i++) {
        equal(await restart(server), 0);
        await sleep(100);
    }
    await seen.stop();
    console.log(`${server.scheme}: ${times} restarts, ${seen.asked} requests, ${seen.filed} filed, ${seen.again} sent on, ${seen.failed.length} failed, ` +
        `longest wait ${Math.round(seen.longest)} ms (without restarts ${Math.round(usual)})`);
    equal(seen.failed, [], 'failed requests');
    ok(seen.longest < PAUSE_MS + usual, `somebody waited ${Math.round(seen.longest)} ms`);
    ok(seen.asked > times * 10 && seen.filed > 0, 'there was load');
    const report = server.verify();
    equal(report.code, 0, report.err);
}

const server = new Server({ cases: 0 });
await server.start();
await suite.test(`${times} restarts under load, plain: nothing fails`, () => measured(server));
await server.stop();
equal(run('tls-ca', '--data', server.data).code, 0);
const ca = readFileSync(join(server.data, 'tls/authority.crt'));
trust(ca);
await server.start();
await suite.test(`${times} restarts under load, TLS: nothing fails`, () => measured(server, ca));
await server.stop();
server.remove();

// ---- what would not start ----

const other = new Server({ cases: 0 });
const copy = join(other.home, 'sunwai');
for (const name of ['sunwai', 'sunwai-worker', 'sunwai-courier']) copyFileSync(join(dirname(program), name), join(other.home, name));
other.wrap = [copy];
await other.start();
const web = () => Number(readFileSync(join(other.data, 'lock'), 'utf8').split('\n')[0]);
const answers = async () => {
    let r = await send(`${other.url}/`);
    if (r.status === 307) r = await send(other.url + r.headers.location);
    equal(r.status, 200);
};

// Asks for a restart, until it has been refused.
async function refusal() {
    const refusals = () => other.said.split('serve.restart_refused').length;
    const before = refusals();
    process.kill(other.child.pid, 'SIGHUP');
    for (let i = 0; i < 500 && refusals() === before; i++) await sleep(20);
    ok(refusals() > before, `nothing was refused\n${other.said}`);
}

await suite.test('settings that cannot be right are refused, and the server goes on as it was', async () => {
    const [ini, before] = [join(other.data, 'sunwai.ini'), web()];
    const was = readFileSync(ini, 'utf8');
    writeFileSync(ini, `${was}\nno_such_setting = 1\n`);
    await refusal();
    equal(web(), before);
    await answers();
    match(other.said, /no_such_setting/);
    writeFileSync(ini, was);
});

await suite.test('a program that would not run is not started; the one that runs survives even a crash', async () => {
    const before = web();
    writeFileSync(`${copy}.new`, 'no program', { mode: 0o755 });
    renameSync(`${copy}.new`, copy);
    await refusal();
    equal(web(), before);
    process.kill(before, 'SIGKILL');
    for (let i = 0; i < 100 && web() === before; i++) await sleep(50);
    await answers();
    ok(web() !== before, 'started again from the file that is gone');
});

await suite.test('a good program in its place is taken', async () => {
    const says = (p) => {
        try {
            return readFileSync(`/proc/${p}/cmdline`, 'latin1');
        } catch {
            return ''; // it ended meanwhile
        }
    };
    const worker = () => other.children().find((p) => says(p).startsWith('sunwai-worker'));
    for (let i = 0; i < 100 && !worker(); i++) await sleep(50);
    const before = worker();
    copyFileSync(program, `${copy}.new`);
    renameSync(`${copy}.new`, copy);
    const done = run('restart', '--data', other.data);
    equal(done.code, 0, done.err);
    equal(statSync(`/proc/${web()}/exe`).ino, statSync(copy).ino, 'runs from the new file');
    for (let i = 0; i < 100 && (!worker() || worker() === before); i++) await sleep(50);
    ok(worker() && worker() !== before, 'and so do its companions, which may be of another make too');
    await answers();
});

await other.stop();
equal(run('restart', '--data', other.data).code, 1, 'nobody serves');
rmSync(copy);
other.remove();
suite.done();
