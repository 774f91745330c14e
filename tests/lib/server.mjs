// server.mjs: a Sunwai of one's own: a demonstration in a temporary folder, served on a free port.
//
// The program is $SUNWAI (make sets it), else build/release/sunwai. Only processes started here are ended, by
// their group; the folder goes with them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = resolve(root, process.env.SUNWAI ?? 'build/release/sunwai');
const READY_MS = Number(process.env.READY_MS ?? 20000); // under sanitizers a start takes longer

const living = new Set();
process.on('exit', () => living.forEach((s) => s.remove()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

// Whether a process still holds anything: one that nobody has waited for yet holds only its number.
function alive(pid) {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return stat[stat.lastIndexOf(')') + 2] !== 'Z' || readdirSync(`/proc/${pid}/task`).length > 1;
    } catch {
        return false;
    }
}

// Runs the program to its end: { code, out, err }; code is null when it had to be ended after a minute.
export function run(...args) {
    return runFor(60000, ...args);
}
export function runFor(ms, ...args) {
    const done = spawnSync(program, args, { encoding: 'utf8', timeout: ms, killSignal: 'SIGKILL' });
    if (done.error && done.error.code !== 'ETIMEDOUT') throw done.error;
    return { code: done.status, out: done.stdout, err: done.stderr };
}

export class Server {
    // Makes the demonstration; start() serves it. `args`: more flags for serve. `cases`: how many invented ones.
    // `existing`: a data folder that is there already, to be served as it is.
    constructor({ args = [], data, existing, cases = 0 } = {}) {
        this.home = mkdtempSync(join(tmpdir(), 'sunwai-test.'));
        this.data = existing ?? data ?? join(this.home, 'data');
        this.args = args;
        this.wrap = null; // words of a command that starts the program with what follows
        this.port = 0;
        this.scheme = 'http';
        this.said = '';
        this.logins = new Map();
        living.add(this);
        const logins = join(this.data, 'demo-logins');
        if (!existing) {
            const made = run('demo', '--data', this.data, '--cases', String(cases));
            if (made.code !== 0) throw new Error(`sunwai demo ended with ${made.code}: ${made.err}`);
        } else if (!existsSync(logins)) {
            return;
        }
        for (const line of readFileSync(logins, 'utf8').split('\n')) {
            const parts = /^\s+(\S+)\s+(\S+)/.exec(line);
            if (parts) this.logins.set(parts[1], parts[2]);
        }
    }

    get url() {
        return `${this.scheme}://127.0.0.1:${this.port}`;
    }

    // Resolves when the program says that it accepts, with the milliseconds that took. The port stays the same
    // over restarts.
    async start() {
        const began = performance.now();
        // A group of its own, so that all of it can be ended at once.
        const words = [...(this.wrap ?? [program]), 'serve', '--data', this.data, '--port', String(this.port), ...this.args];
        this.child = spawn(words[0], words.slice(1), {
            detached: true,
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const child = this.child;
        this.ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
        let out = '';
        const ready = new Promise((resolve, reject) => {
            const late = setTimeout(() => reject(new Error(`not ready in ${READY_MS} ms\n${this.said}`)), READY_MS);
            late.unref();
            child.stdout.on('data', (piece) => {
                out += piece;
                const address = /(https?):\/\/[^\s/]*:(\d+)\//.exec(out);
                if (address) {
                    this.scheme = address[1];
                    this.port = Number(address[2]);
                    clearTimeout(late);
                    resolve();
                }
            });
            child.stderr.on('data', (piece) => {
                this.said = (this.said + piece).slice(-20000);
            });
            child.on('exit', (code, signal) => {
                clearTimeout(late);
                reject(new Error(`serve ended with ${code ?? signal}\n${this.said}`));
            });
        });
        ready.catch(() => {});
        await ready;
        return performance.now() - began;
    }

    // Ids of the processes that the started one has started.
    children() {
        const pids = [];
        for (const entry of readdirSync('/proc')) {
            if (!/^\d+$/.test(entry)) continue;
            try {
                const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
                const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
                if (parent === this.child.pid) pids.push(Number(entry));
            } catch {
                // ended while we looked
            }
        }
        return pids;
    }

    signalGroup(signal) {
        try {
            process.kill(-this.child.pid, signal);
        } catch {
            // gone already
        }
    }

    // The whole group at once. The listening socket is the child's too: over only when its last thread is.
    async kill() {
        const pids = this.children();
        this.signalGroup('SIGKILL');
        await this.ended;
        for (const pid of pids) while (alive(pid)) await sleep(2);
    }

    // Orderly; gives the exit code, or the signal when it had to be killed.
    async stop(ms = 20000) {
        if (!this.child) return null;
        this.child.kill('SIGTERM');
        const late = setTimeout(() => this.signalGroup('SIGKILL'), ms);
        const { code, signal } = await this.ended;
        clearTimeout(late);
        return code ?? signal;
    }

    remove() {
        if (this.child && this.child.exitCode === null && this.child.signalCode === null) this.signalGroup('SIGKILL');
        rmSync(this.home, { recursive: true, force: true });
        living.delete(this);
    }

    token(user) {
        const made = run('token', '--data', this.data, '--user', user);
        if (made.code !== 0) throw new Error(`sunwai token ended with ${made.code}: ${made.err}`);
        if (!/^[A-Za-z0-9_-]{20,}\n$/.test(made.out)) throw new Error(`sunwai token printed ${JSON.stringify(made.out)}`);
        return made.out.trim();
    }

    verify() {
        return run('verify', '--data', this.data);
    }
}

// A server that runs, for one suite: started, given to body, stopped and removed whatever happens. One that does not
// end with 0 (a leak or a race that a sanitizer found, a crash at the end) fails the suite.
export async function withServer(options, body) {
    const server = new Server(options);
    try {
        await server.start();
        await body(server);
        const code = await server.stop();
        if (code !== 0) throw new Error(`the server ended with ${code}\n${server.said}`);
    } finally {
        server.remove();
    }
}
