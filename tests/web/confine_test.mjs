// confine_test.mjs: what each process may not do is refused to it, on this kernel and as on older ones; companions come
// again when they die, are found beside the program wherever it is, and are done without when they are missing.
//
// The same tries succeed with confine = off: the checks can fail.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, match, ok } from '../lib/suite.mjs';
import { Server, program, root, withServer } from '../lib/server.mjs';
import { send } from '../lib/client.mjs';

const WITHOUT = join(root, 'build/release/fault/without');
const sanitized = /asan/.test(program);
const suite = new Suite('confine');

const statusOf = (pid) => Object.fromEntries(readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').map((l) => l.split(/:\s+/)));
// No words: it has just ended.
function wordsOf(pid) {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    } catch {
        return [''];
    }
}
// Ids by what they are: supervisor, web, worker, courier.
function processes(server) {
    const ids = { supervisor: server.child.pid };
    for (const pid of server.children()) {
        const [name, word] = wordsOf(pid);
        if (name) ids[word === 'web' ? 'web' : name.replace('sunwai-', '')] = pid;
    }
    return ids;
}

// Numbers of one family: { 'web read': 1, … }.
async function family(server, name) {
    const found = {};
    for (const line of (await send(`${server.url}/metrics`)).text.split('\n')) {
        const m = new RegExp(`^${name}(?:\\{(.*)\\})? (-?\\d+)$`).exec(line);
        if (m) found[[...(m[1] ?? '').matchAll(/"([^"]*)"/g)].map((v) => v[1]).join(' ')] = Number(m[2]);
    }
    return found;
}
async function until(what, check) {
    for (let i = 0; i < 400; i += 1) {
        if (await check()) return;
        await sleep(50);
    }
    ok(false, what);
}
const health = async (server) => JSON.parse((await send(`${server.url}/healthz`)).text);
const proved = (server) => until('every companion proves itself', async () =>
    'courier run' in (await family(server, 'sunwai_confine_refused')) && 'worker run' in (await family(server, 'sunwai_confine_refused')));

const REFUSED = {
    'web read': 1, 'web write': 1, 'web connect': 1, 'web run': 1,
    'worker key': 1, 'worker database': 1, 'worker write': 1, 'worker connect': 1, 'worker run': 1,
    'courier key': 1, 'courier database': 1, 'courier write': 1, 'courier connect': 0, 'courier run': 1,
};

// The shell outlives what it started, so that its end is the end of all.
// Serves with other settings or as on another kernel, and hands over what it said on standard output.
async function served(server, wrap, body) {
    server.wrap = ['sh', '-c', 'trap : TERM; "$@" | tee "$0"', join(server.home, 'out'), ...wrap];
    await server.start();
    try {
        const said = () => readFileSync(join(server.home, 'out'), 'utf8');
        await until('it says how it is confined', () => /confined/i.test(said()));
        await body(said(), (lacks) => until(`it says ${lacks}`, () => lacks.test(said()))); // the next line may come a moment later
    } finally {
        server.signalGroup('SIGTERM');
        await server.ended;
    }
}

await withServer({}, async (server) => {
    await suite.test('every process has given up what it does not need', async () => {
        await proved(server); // the companions start behind the first page
        const ids = processes(server);
        equal(Object.keys(ids).sort(), ['courier', 'supervisor', 'web', 'worker']);
        for (const [name, pid] of Object.entries(ids)) {
            const s = statusOf(pid);
            equal([name, s.Seccomp, s.NoNewPrivs, BigInt(`0x${s.CapEff}`), BigInt(`0x${s.CapBnd}`)], [name, '2', '1', 0n, 0n]);
            if (!sanitized) match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /^Max core file size +0 +0 /m, name);
        }
    });

    await suite.test('what must be refused is refused', async () => {
        await proved(server);
        equal(await family(server, 'sunwai_confine_refused'), REFUSED);
        const done = await family(server, 'sunwai_confined');
        equal([Object.keys(done).length, Object.values(done).every((v) => v === 1)], [18, true]);
        ok((await family(server, 'sunwai_landlock_abi'))[''] >= 6, 'ABI');
    });

    await suite.test('a companion has a socket, no password and nothing else', () => {
        for (const name of ['worker', 'courier']) {
            const pid = processes(server)[name];
            equal(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter((e) => e && !/^[A-Z]*SAN_/.test(e)), []);
            const open = spawnSync('ls', [`/proc/${pid}/fd`], { encoding: 'utf8' }).stdout.trim().split('\n');
            equal(open, ['0', '1', '2', '3'], name);
        }
    });

    await suite.test('a companion that dies comes again, later each time; the web process does not notice', async () => {
        const { web } = processes(server);
        for (const [starts, pause] of [[2, 100], [3, 200], [4, 400]]) {
            process.kill(processes(server).worker, 'SIGKILL');
            await until(`a pause of ${pause} ms`, () => new RegExp(`"companion\\.ended".*"again_in_ms":${pause}\\b`).test(server.said));
            await until(`start ${starts}`, async () => (await family(server, 'sunwai_companion_starts_total')).worker === starts);
        }
        await proved(server);
        equal([(await health(server)).ok, (await health(server)).worker, processes(server).web], [true, 'up', web]);
    });

    await suite.test('a new web process finds its companions', async () => {
        const { worker, web } = processes(server);
        process.kill(web, 'SIGKILL');
        await until('another web process', async () => (processes(server).web ?? web) !== web);
        await until('it answers', () => health(server).then(() => true, () => false));
        await proved(server);
        equal(processes(server).worker, worker);
    });

    await suite.test('they end with the server', async () => {
        const { worker, courier } = processes(server);
        equal(await server.stop(), 0);
        for (const pid of [worker, courier]) {
            let there = true;
            try { process.kill(pid, 0); } catch { there = false; }
            ok(!there, `${pid} is there`);
        }
        await server.start();
    });

    await suite.test('and with a supervisor that is killed', async () => {
        const { worker, web } = processes(server);
        server.child.kill('SIGKILL');
        await server.ended;
        for (const pid of [worker, web]) await until('gone', () => { try { return /^[ZX]/.test(statusOf(pid).State); } catch { return true; } });
        await server.start();
    });
});

const server = new Server();
await suite.test('not confined, the same tries succeed', () => served(server, ['env', 'SUNWAI_CONFINE=off', program], async (out) => {
    match(out, /^Not confined/m);
    await proved(server);
    const refused = await family(server, 'sunwai_confine_refused');
    equal(Object.keys(refused).sort(), Object.keys(REFUSED).sort());
    equal(Object.values(refused).some((v) => v !== 0), false, JSON.stringify(refused));
}));

await suite.test('required, it starts here', () => served(server, ['env', 'SUNWAI_CONFINE=required', program], async (out) => {
    match(out, /^Confined: privileges memory files ports signals calls \(Landlock ABI [6-9]\)$/m);
    await proved(server);
}));

await suite.test('as on a kernel without Landlock: said, and served with what there is', () => served(server, [WITHOUT, 'landlock_create_ruleset', '--', program], async (out, says) => {
    match(out, /^Confined: privileges memory calls \(Landlock ABI 0\)$/m);
    await says(/cannot confine: files ports signals/);
    await proved(server);
    const refused = await family(server, 'sunwai_confine_refused');
    const open = Object.keys(refused).filter((k) => refused[k] === 0).sort();
    // The worker opens nothing by its list of calls alone; the others are held by Landlock, where there is one.
    equal(open, ['courier connect', 'courier database', 'courier key', 'courier write', 'web read', 'web write']);
    equal((await family(server, 'sunwai_confined'))['web files'], 0);
    equal((await send(`${server.url}/`)).status, 200);
}));

await suite.test('as on one that filters no calls', () => served(server, [WITHOUT, 'seccomp', '--', program], async (out, says) => {
    await says(/cannot confine: calls/);
    await proved(server);
    const refused = await family(server, 'sunwai_confine_refused');
    equal(Object.keys(refused).filter((k) => refused[k] === 0).sort(), ['courier connect', 'courier run', 'web run', 'worker run']);
}));

await suite.test('required, it does not start on either', () => {
    for (const call of ['landlock_create_ruleset', 'seccomp']) {
        const r = spawnSync(WITHOUT, [call, '--', program, 'serve', '--data', server.data, '--port', '0'],
            { encoding: 'utf8', env: { ...process.env, SUNWAI_CONFINE: 'required' }, timeout: 20000 });
        equal(r.status, 78, r.stderr);
        match(r.stderr, /confinement is required, and this kernel cannot do: (files|calls)/);
    }
    const wrong = spawnSync(program, ['serve', '--data', server.data, '--port', '0'], { encoding: 'utf8', env: { ...process.env, SUNWAI_CONFINE: 'maybe' }, timeout: 20000 });
    equal(wrong.status, 78);
    match(wrong.stderr, /confine = maybe: this must be try, required or off/);
});

await suite.test('the settings tell what this kernel can', () => {
    const r = spawnSync(program, ['serve', '--data', server.data, '--check-config'], { encoding: 'utf8' });
    match(r.stdout, /^confine +=.*try/m);
    match(r.stdout, /^; confinement: try; this kernel has Landlock ABI \d+/m);
});

await suite.test('installed elsewhere, companions are found beside the program', async () => {
    const folder = join(server.home, 'elsewhere');
    mkdirSync(folder);
    for (const name of ['sunwai', 'sunwai-worker', 'sunwai-courier']) copyFileSync(join(dirname(program), name), join(folder, name));
    server.wrap = [join(folder, 'sunwai')];
    await server.start();
    await proved(server);
    equal(await server.stop(), 0);
});

await suite.test('without them it says so and serves', async () => {
    const folder = join(server.home, 'alone');
    mkdirSync(folder);
    copyFileSync(program, join(folder, 'sunwai'));
    server.wrap = [join(folder, 'sunwai')];
    server.said = '';
    await server.start();
    match(server.said, /sunwai-worker is not there: it is served without the worker/);
    const h = await health(server);
    equal([h.ok, h.worker, h.courier], [true, 'missing', 'missing']);
    equal((await send(`${server.url}/`)).status, 200);
    equal(await server.stop(), 0);
});
server.remove();

await suite.test('by hand a companion says what it is', () => {
    for (const name of ['worker', 'courier']) {
        const companion = join(dirname(program), `sunwai-${name}`);
        match(spawnSync(companion, ['--version'], { encoding: 'utf8' }).stdout, new RegExp(`^sunwai-${name} \\d`));
        equal(spawnSync(companion, []).status, 78);
        equal(spawnSync(companion, ['--fd', '0', '--confine', 'try'], { input: '' }).status, 78);
        equal(spawnSync(companion, ['--fd', 'x', '--confine', 'try']).status, 64);
    }
});

suite.done();
