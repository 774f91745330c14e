// beside.mjs CASES|FOLDER [ROUNDS] [QUIET_S]: what people notice of a backup that is made beside them.
//
// A demonstration of so many cases is made; or a folder is served as it is (and filed into: not one with real cases). One client asks for pages of the list, of a
// case and of the figures, one after another with short pauses, and one files four complaints a second; by turns with a backup running and
// without. Prints p50, p95 and p99 of both, and the ratio. Fails when a request fails or the p99 of pages more than
// doubles. Other load on the machine is in both; the more rounds, the less it counts.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, ok } from '../lib/suite.mjs';
import { Server, program, runFor } from '../lib/server.mjs';
import { Api, idemKey } from '../lib/client.mjs';

const home = mkdtempSync(join(tmpdir(), 'sunwai-beside.'));
const invented = /^\d+$/.test(process.argv[2]);
const folder = invented ? join(home, 'data') : resolve(process.argv[2]);
const rounds = Number(process.argv[3] ?? 2);
const quietMs = 1000 * Number(process.argv[4] ?? 30);
const PAUSE_MS = 10;
const suite = new Suite('beside');
const out = mkdtempSync(join(folder, '..', 'beside-backups.'));

if (invented) {
    const made = runFor(30 * 60 * 1000, 'demo', '--data', folder, '--cases', process.argv[2]);
    if (made.code !== 0) throw new Error(made.err);
}
const server = new Server({ existing: folder });
const times = { quiet: { pages: [], filings: [] }, backup: { pages: [], filings: [] } };
let faults = 0;

async function timed(into, ask, want) {
    const began = performance.now();
    const r = await ask();
    into.push(performance.now() - began);
    if (r.status !== want) faults += 1;
    return r;
}

async function pages(api, officer, into, until) {
    let refs = [];
    for (let i = 0; !until.over; i += 1) {
        const which = i % 3;
        if (which === 0 || refs.length === 0) refs = JSON.parse((await timed(into, () => api.get('/cases?limit=25'), 200)).text).cases.map((c) => c.ref);
        else if (which === 1) await timed(into, () => officer.get(`/cases/${refs[i % refs.length]}`), 200);
        else await timed(into, () => officer.get('/cases?limit=25&status=any&sort=newest'), 200);
        await sleep(PAUSE_MS);
    }
}
async function filings(api, into, until) {
    for (let i = 0; !until.over; i += 1) {
        const body = { service: 'M-WAT-01', unit: 'PK52601', description: `Beside ${i}`, complainant: { sex: 'woman', name: `Name ${i}` } };
        await timed(into, () => api.post('/cases', body, { 'Idempotency-Key': idemKey() }), 201);
        await sleep(250);
    }
}
function backup(file) {
    return new Promise((done) => {
        const child = spawn(program, ['backup', '--data', folder, '--out', file], { stdio: 'ignore' });
        child.on('exit', done);
    });
}

const of = (list, p) => { const l = [...list].sort((a, b) => a - b); return l[Math.min(l.length - 1, Math.floor(l.length * p))] ?? 0; };
const line = (what, list) => console.log(`  ${what.padEnd(18)} ${String(list.length).padStart(6)}   p50 ${of(list, 0.5).toFixed(2)}   p95 ${of(list, 0.95).toFixed(2)}   p99 ${of(list, 0.99).toFixed(2)} ms`);

try {
    await server.start();
    const desk = new Api(server, server.token('desk.nowshera'));
    const supervisor = new Api(server, server.token('supervisor.nowshera'));
    async function during(what, body) {
        const until = { over: false };
        const clients = [pages(desk, supervisor, times[what].pages, until), filings(desk, times[what].filings, until)];
        await body();
        until.over = true;
        await Promise.all(clients);
    }
    await during('quiet', () => sleep(3000)); // what is read for the first time counts for neither
    times.quiet.pages.length = times.quiet.filings.length = 0;
    let seconds = 0;
    for (let i = 0; i < rounds; i += 1) {
        await during('quiet', () => sleep(quietMs));
        const began = performance.now();
        await during('backup', async () => equal(await backup(join(out, String(i))), 0, 'backup'));
        seconds += (performance.now() - began) / 1000;
        await during('quiet', () => sleep(quietMs));
        console.log(`  backup ${i + 1}: ${((performance.now() - began - quietMs) / 1000).toFixed(0)} s, ${Math.round(statSync(join(out, String(i))).size / 1e6)} MB`);
        rmSync(join(out, String(i)));
    }
    for (const what of ['pages', 'filings']) {
        line(`${what}, alone`, times.quiet[what]);
        line(`${what}, beside`, times.backup[what]);
    }
    const ratio = of(times.backup.pages, 0.99) / of(times.quiet.pages, 0.99);
    console.log(`  p99 of pages beside a backup: ${ratio.toFixed(2)} times that without; ${seconds.toFixed(0)} s of backups`);
    await suite.test('no request failed', () => equal(faults, 0));
    await suite.test('the p99 of pages at most doubles', () => ok(ratio <= 2, `${ratio.toFixed(2)} times`));
    equal(await server.stop(), 0, 'exit code');
} finally {
    if (server.child) await server.kill();
    server.remove();
    rmSync(out, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
}
suite.done();
