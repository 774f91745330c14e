// power.mjs [CUTS] [normal]: the power of a machine is cut while complaints are filed in it; see README.md.
//
// Without `normal` nothing acknowledged may be missing after any cut. With it (synchronous=NORMAL inside) at least one
// cut must lose something: else the rig proves nothing.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, fail, ok } from '../../lib/suite.mjs';
import { Server, program, root } from '../../lib/server.mjs';
import { send } from '../../lib/client.mjs';

const here = join(root, 'tests/fault/power');
const parts = join(root, 'build/power'); // kernel, modules, clients: made once
const cuts = Number(process.argv[2] ?? 5);
const control = process.argv[3] === 'normal';
const ACCEL = process.env.ACCEL ?? 'tcg';
const FIRST_MS = 120000; // until the first acknowledgement, on a busy machine
const suite = new Suite(control ? 'power-control' : 'power');
const home = mkdtempSync(join(tmpdir(), 'sunwai-power.'));
const disk = join(home, 'disk.img');
const told = new Map(); // key → reference, of everything that was acknowledged and not yet found lost

function must(command, args, options = {}) {
    const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
    if (done.error) throw done.error;
    if (!(options.fine ?? [0]).includes(done.status)) fail(`${command} ${args.join(' ')} ended with ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout;
}

// ---- the machine --------------------------------------------------------------------------------------------------
const MODULES = ['virtio_ring', 'virtio', 'virtio_pci_legacy_dev', 'virtio_pci_modern_dev', 'virtio_pci', 'virtio_blk'];

// Kernel and modules, taken out of Debian's package once. Two parts of the tests may come here at the same time.
function kernel() {
    const want = [join(parts, 'vmlinuz'), ...MODULES.map((m) => join(parts, `${m}.ko`))];
    if (want.every(existsSync)) return want;
    const work = join(home, 'kernel');
    mkdirSync(work);
    mkdirSync(parts, { recursive: true });
    const listed = () => /Depends: (linux-image-\S+)/.exec(must('apt-cache', ['depends', 'linux-image-cloud-amd64'], { fine: [0, 100] }));
    if (!listed()) must('apt-get', ['update', '-qq']); // the package lists are not there
    const [, name] = listed() ?? fail('no cloud kernel in the package lists');
    must('apt-get', ['download', '-qq', name], { cwd: work });
    must('dpkg-deb', ['-x', readdirSync(work).find((f) => f.endsWith('.deb')), 'tree'], { cwd: work });
    const found = must('find', [join(work, 'tree'), '-name', '*.ko', '-o', '-name', 'vmlinuz-*']).split('\n');
    for (const to of want) {
        const from = found.find((f) => to.endsWith('/vmlinuz') ? f.includes('/vmlinuz-') : f.endsWith(to.slice(to.lastIndexOf('/')))) ?? fail(`the kernel has no ${to}`);
        copyFileSync(from, `${to}.${process.pid}`);
        renameSync(`${to}.${process.pid}`, to);
    }
    rmSync(work, { recursive: true });
    return want;
}

function build() {
    const [, ...modules] = kernel();
    const tree = join(home, 'root');
    for (const d of ['bin', 'modules', 'proc', 'sys', 'dev', 'etc']) mkdirSync(join(tree, d), { recursive: true });
    must('gcc', ['-O2', '-Wall', '-Wextra', '-D_GNU_SOURCE', '-static', '-o', join(tree, 'filer'), join(here, 'filer.c')]);
    must('gcc', ['-O2', '-Wall', '-Wextra', '-D_GNU_SOURCE', '-shared', '-fPIC', '-o', join(tree, 'normal.so'), join(here, 'normal.c'), '-ldl']);
    copyFileSync('/bin/busybox', join(tree, 'bin/busybox'));
    copyFileSync(join(here, 'init'), join(tree, 'init'));
    must('chmod', ['755', join(tree, 'init'), join(tree, 'bin/busybox')]);
    writeFileSync(join(tree, 'modules/order'), MODULES.map((m) => `${m}.ko\n`).join(''));
    for (const m of modules) copyFileSync(m, join(tree, 'modules', m.split('/').pop()));
    // Without the worker: its libraries are larger than the machine, and no file is sent here.
    const own = [program, ...['courier'].map((c) => `${program}-${c}`).filter(existsSync)];
    for (const p of own) {
        copyFileSync(p, join(tree, p.split('/').pop()));
        for (const [lib] of must('ldd', [p]).matchAll(/\/\S+\.so[.\d]*/g)) {
            mkdirSync(join(tree, dirname(lib)), { recursive: true });
            copyFileSync(lib, join(tree, lib));
        }
    }
    if (!existsSync(join(tree, 'sunwai'))) fail('the program is not called sunwai');
    writeFileSync(join(home, 'initrd'), spawnSync('sh', ['-c', 'find . | busybox cpio -o -H newc 2>/dev/null'], { cwd: tree, maxBuffer: 1 << 29 }).stdout);
    rmSync(tree, { recursive: true });
}

// A disk with an empty demonstration and the token of its desk.
function format() {
    const made = new Server();
    const tree = join(home, 'content');
    mkdirSync(tree);
    writeFileSync(join(tree, 'token'), made.token('desk.nowshera'));
    must('cp', ['-a', made.data, join(tree, 'data')]);
    must('truncate', ['-s', '1G', disk]);
    must('mke2fs', ['-q', '-t', 'ext4', '-d', tree, disk]);
    made.remove();
    rmSync(tree, { recursive: true });
}

function acknowledged(file) {
    const whole = existsSync(file) ? readFileSync(file, 'latin1').replaceAll('\r', '') : '';
    const lines = whole.slice(0, whole.lastIndexOf('\n') + 1).split('\n').filter(Boolean);
    const odd = lines.find((l) => !/^ACK \S+ \d{3}-\d{3}-\d{4}$/.test(l));
    if (odd) fail(`not an acknowledgement: ${odd}`);
    return lines.map((l) => l.split(' '));
}

// Runs the machine, cuts its power at a random moment, and gives what it had acknowledged. Its kernel does not check the
// timer: on a machine that is busy the emulated one comes too late for that.
async function cut(round) {
    const acks = join(home, 'acks');
    const says = join(home, 'console');
    rmSync(acks, { force: true });
    const machine = spawn('qemu-system-x86_64', ['-accel', ACCEL, '-machine', 'q35', '-m', '512', '-smp', '1', '-nodefaults',
        '-no-reboot', '-display', 'none', '-kernel', join(parts, 'vmlinuz'), '-initrd', join(home, 'initrd'),
        '-append', `console=ttyS0 quiet panic=-1 no_timer_check sunwai.round=${round}${control ? ' sunwai.normal' : ''}`,
        '-serial', `file:${says}`, '-serial', `file:${acks}`, '-object', 'rng-random,filename=/dev/urandom,id=r', '-device', 'virtio-rng-pci,rng=r',
        '-drive', `file=${disk},format=raw,if=virtio,cache=writeback`], { stdio: ['ignore', 'ignore', 'pipe'] });
    let why = '';
    machine.stderr.on('data', (d) => { why += d; });
    const ended = new Promise((r) => machine.on('exit', r));
    let over = false;
    ended.then(() => { over = true; });
    const from = performance.now();
    while (!over && acknowledged(acks).length === 0 && performance.now() - from < FIRST_MS) await sleep(50);
    const first = performance.now() - from;
    if (!over) await sleep(500 + Math.random() * 3500);
    if (over || acknowledged(acks).length === 0) {
        machine.kill('SIGKILL');
        fail(`the machine ended or acknowledged nothing\n${why}${existsSync(says) ? readFileSync(says, 'latin1').slice(-3000) : ''}`);
    }
    machine.kill('SIGKILL');
    await ended;
    if (control && !readFileSync(says, 'latin1').includes('CONTROL synchronous=NORMAL')) fail('the control did not reach SQLite');
    return { acks: acknowledged(acks), first };
}

// ---- what stands after it -----------------------------------------------------------------------------------------
function takeOut() {
    const out = join(home, 'out');
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    must('e2fsck', ['-fp', disk], { fine: [0, 1] });
    must('debugfs', ['-R', `rdump /data ${out}`, disk]);
    return join(out, 'data');
}

// The references of all cases whose words are "Cut KEY", and what is wrong with the folder itself.
function look(data) {
    const found = new Map();
    const sql = "select ref_code || ' ' || substr(words_text, 5) from cases where words_text like 'Cut %'";
    for (const line of must('sqlite3', [join(data, 'sunwai.db'), sql]).split('\n').filter(Boolean)) {
        const [ref, key] = line.split(' ');
        if (found.has(key)) fail(`${key} stands twice`);
        found.set(key, `${ref.slice(0, 3)}-${ref.slice(3, 6)}-${ref.slice(6)}`);
    }
    equal(must('sqlite3', [join(data, 'sunwai.db'), 'pragma integrity_check; pragma foreign_key_check']).trim(), 'ok', 'integrity of the database');
    equal(must('sqlite3', [join(data, 'keys.db'), 'pragma integrity_check']).trim(), 'ok', 'integrity of the keys');
    return found;
}

// Served again: the chain is whole, the last acknowledged cases open and their names can be read.
async function serveAgain(data, last) {
    const server = new Server({ existing: data });
    try {
        await server.start();
        const headers = { Authorization: `Bearer ${readToken()}` };
        for (const [key, ref] of last) {
            const r = await send(`${server.url}/api/v1/cases/${ref.replaceAll('-', '')}`, { headers });
            equal(r.status, 200, `${ref}: ${r.text}`);
            ok(r.text.includes(`Name ${key}`), `the name of ${ref} cannot be read: ${r.text.slice(0, 600)}`);
        }
        const verified = server.verify();
        equal(verified.code, 0, `verify: ${verified.out}${verified.err}`);
        equal(await server.stop(), 0, 'the end in order');
    } finally {
        server.remove();
    }
}

let token;
function readToken() {
    token ??= must('debugfs', ['-R', 'cat /token', disk]);
    return token;
}

let lostCuts = 0;
let worst = 0;
let slowest = 0;
async function round(i) {
    const { acks, first } = await cut(i);
    slowest = Math.max(slowest, first);
    for (const [, key, ref] of acks) told.set(key, ref);
    const data = takeOut();
    const found = look(data);
    const lost = [...told].filter(([key, ref]) => found.get(key) !== ref);
    if (lost.length > 0) {
        lostCuts += 1;
        worst = Math.max(worst, lost.length);
        for (const [key] of lost) told.delete(key);
    }
    if (control) return;
    equal(lost.slice(0, 5), [], `acknowledged and lost: ${lost.length} of ${acks.length}`);
    await serveAgain(data, acks.slice(-3).map(([, key, ref]) => [key, ref]));
}

try {
    build();
    format();
    const began = performance.now();
    let acknowledgements = 0;
    for (let i = 1; i <= cuts; i += 1) {
        const before = told.size;
        const fine = await suite.test(`cut ${i}`, () => round(i));
        acknowledgements += Math.max(0, told.size - before);
        if (!fine || (control && lostCuts > 0)) break;
    }
    if (control) await suite.test('with synchronous=NORMAL something acknowledged was lost', () => ok(lostCuts > 0, `no loss in ${cuts} cuts: the rig shows nothing`));
    console.log(`  ${acknowledgements} acknowledged; cuts that lost some: ${lostCuts}, ${worst} at worst; first acknowledgement after ${Math.round(slowest)} ms at most; ${Math.round((performance.now() - began) / 1000)} s, disk ${Math.round(statSync(disk).blocks / 2048)} MB`);
} finally {
    rmSync(home, { recursive: true, force: true });
}
suite.done();
