// tools.mjs: what the benchmarks stand on: the load client, ceilings beside us, and what /proc knows of processes.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../lib/server.mjs';

const tool = (name) => join(root, 'build/bench', name);
const TICKS = 100; // of /proc/PID/stat, a second

// ---- plans and the client ----

// scripts: [[{ name, method, path, status, heads, body, wants, takes: { name: [before, behind] }, note }]]
export function planText(scripts) {
    const lines = [];
    for (const steps of scripts) {
        lines.push('script');
        for (const s of steps) {
            lines.push(`step ${s.name} ${s.method ?? 'GET'} ${s.path} ${s.status ?? 200}`);
            for (const [name, value] of Object.entries(s.heads ?? {})) lines.push(`head ${name}: ${value}`);
            if (s.body !== undefined) lines.push(`body ${s.body}`);
            for (const want of s.wants ?? []) lines.push(`want ${want}`);
            for (const [name, [before, behind]] of Object.entries(s.takes ?? {})) lines.push(`take ${name} ${before}|${behind}`);
            if (s.note) lines.push(`note ${s.note}`);
        }
    }
    return `${lines.join('\n')}\n`;
}

let plans = 0;
let seed = 0;

// Runs the client beside this process: { steps: { name: { good, refused, wrong, rate, p50_us … } }, seconds: [], runs, errors, said }
export function load(folder, url, scripts, { connections = 1, seconds = 5, rate, acked, timeline = false } = {}) {
    plans += 1;
    seed += 1;
    const plan = join(folder, `plan.${plans}`);
    writeFileSync(plan, planText(scripts));
    const words = [new URL(url).host, plan, '--connections', connections, '--seconds', seconds, '--seed', seed];
    if (rate) words.push('--rate', [rate].flat().join(','));
    if (acked) words.push('--acked', acked);
    if (timeline) words.push('--timeline');
    return new Promise((resolve, reject) => {
        const child = spawn(tool('client'), words.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '';
        let said = '';
        child.stdout.on('data', (piece) => { out += piece; });
        child.stderr.on('data', (piece) => { said += piece; });
        child.on('error', reject);
        child.on('exit', (code) => (code === 0 || code === 1 ? resolve({ ...answerOf(out), said, code }) : reject(new Error(`client ended with ${code}: ${said}`))));
    });
}

function answerOf(out) {
    const found = { steps: {}, seconds: [] };
    for (const line of out.trim().split('\n')) {
        const values = Object.fromEntries(line.split(' ').map((w) => w.split('=')).map(([k, v]) => [k, k === 'step' ? v : Number(v)]));
        if ('step' in values) found.steps[values.step] = values;
        else if ('second' in values) found.seconds.push(values);
        else Object.assign(found, values);
    }
    return found;
}

// ---- ceilings ----

export function raw(folder, seconds) {
    const done = spawnSync(tool('raw'), [folder, String(seconds), '100', '100'], { encoding: 'utf8' });
    const [, syncs, rows] = /fdatasync=(\d+) rows=(\d+)/.exec(done.stdout) ?? [];
    if (!rows) throw new Error(`raw: ${done.stderr}`);
    return { syncs: Number(syncs), rows: Number(rows) };
}

const freePort = () => new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
        const { port } = s.address();
        s.close(() => resolve(port));
    });
});

const answers = async (url) => {
    for (let i = 0; i < 200; i++) {
        if (await fetch(url).then((r) => r.arrayBuffer(), () => null)) return;
        await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    throw new Error(`nothing at ${url}`);
};

// nginx and a bare libmicrohttpd with one page each; { nginx: { url, pids }, bare: { url, pids }, stop() }
export async function ceilings(folder, page) {
    const dir = join(folder, 'ceiling');
    mkdirSync(join(dir, 'root'), { recursive: true });
    writeFileSync(join(dir, 'root/page.html'), page);
    const port = await freePort();
    writeFileSync(join(dir, 'nginx.conf'), `daemon off; master_process on; worker_processes 2; pid ${dir}/pid; error_log ${dir}/errors;
events { worker_connections 512; }
http { access_log off; types { text/html html; } keepalive_requests 100000000; sendfile on; tcp_nopush on;
client_body_temp_path ${dir}; proxy_temp_path ${dir}; fastcgi_temp_path ${dir}; uwsgi_temp_path ${dir}; scgi_temp_path ${dir};
server { listen 127.0.0.1:${port}; root ${dir}/root; } }
`);
    const who = process.getuid() === 0 ? ['-g', 'user root;'] : [];
    const nginx = spawn('nginx', ['-c', join(dir, 'nginx.conf'), ...who], { stdio: 'ignore' });
    const bare = spawn(tool('bare'), [join(dir, 'root/page.html')], { stdio: ['pipe', 'pipe', 'ignore'] });
    const barePort = await new Promise((resolve) => { bare.stdout.once('data', (d) => resolve(Number(d))); });
    const nginxUrl = `http://127.0.0.1:${port}`;
    await answers(`${nginxUrl}/page.html`);
    return {
        nginx: { url: nginxUrl, pid: nginx.pid },
        bare: { url: `http://127.0.0.1:${barePort}`, pid: bare.pid },
        stop() {
            nginx.kill('SIGTERM');
            bare.stdin.end();
        },
    };
}

// Fossil's ticket form, open to everybody and without its picture of letters: { url, script, stop() }; null without Fossil.
export async function fossil(folder) {
    const dir = join(folder, 'fossil');
    const file = join(dir, 'tickets.fossil');
    mkdirSync(dir);
    const env = { ...process.env, HOME: dir, USER: 'bench' };
    const does = (...words) => spawnSync('fossil', words, { env, encoding: 'utf8' });
    if (does('new', file).status !== 0) return null;
    does('user', 'capabilities', 'nobody', 'ghjnorwz', '-R', file);
    does('sql', '-R', file, "replace into config (name, value, mtime) values ('require-captcha', '0', 0)");
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = spawn('fossil', ['server', file, '--port', String(port), '--localhost'], { env, stdio: 'ignore' });
    await answers(`${url}/tktnew`);
    const script = [{
        name: 'create',
        method: 'POST',
        path: '/tktnew',
        status: 302,
        heads: { Referer: `${url}/tktnew`, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'csrf=none&title=No+water+@{n}&type=Incident&severity=Important&icomment=no+water+since+Monday+in+street+@{r}'
            + '&mutype=Plain+Text&private_contact=03901@{r}&submit=Submit',
        wants: ['/tktview/'],
    }];
    return { url, pid: server.pid, script, stop: () => server.kill('SIGTERM') };
}

// ---- processes ----

function statOf(pid) {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return { parent: Number(words[1]), ticks: Number(words[11]) + Number(words[12]) };
    } catch {
        return null;
    }
}

// A process and all below it.
export function family(pid) {
    const all = new Map();
    for (const entry of readdirSync('/proc')) {
        if (/^\d+$/.test(entry)) all.set(Number(entry), statOf(entry)?.parent);
    }
    const found = [pid];
    for (let i = 0; i < found.length; i++) {
        for (const [child, parent] of all) if (parent === found[i]) found.push(child);
    }
    return found;
}

export const cpuSeconds = (pid) => family(pid).reduce((sum, p) => sum + (statOf(p)?.ticks ?? 0), 0) / TICKS;

export function pssMiB(pid) {
    let kb = 0;
    for (const p of family(pid)) {
        try {
            kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${p}/smaps_rollup`, 'utf8'))[1]);
        } catch {
            // ended while we looked
        }
    }
    return kb / 1024;
}

// What /metrics says, by name without labels.
export async function metrics(url) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const found = {};
    for (const [, name, value] of text.matchAll(/^sunwai_(\w+) (\d+)$/gm)) found[name] = Number(value);
    return found;
}
