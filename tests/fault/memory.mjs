// memory.mjs [STEP] [SEED]: the k-th request for memory is refused, for each STEP-th k, in each kind of request and at the
// start; by turns this one only, or it and the next ones.
//
// The rules: a clean refusal, or the web process ends itself (SIGABRT, by design: arena.h) and its parent starts it again.
// Never another signal; never an acknowledgement for what is not there; nothing acknowledged is lost.
import { Suite, equal, ok } from '../lib/suite.mjs';
import { send, Visitor } from '../lib/client.mjs';
import { Book, Faulty, dice, lost } from './faulty.mjs';

const step = Number(process.argv[2] ?? 60);
const random = dice(Number(process.argv[3] ?? 1));
const suite = new Suite('memory');
const server = new Faulty({ cases: 10 });
await server.start();
const book = new Book(server, server.token('desk.nowshera'));
const desk = new Visitor(server);
await desk.signIn('desk.nowshera');
const { ref } = (await book.file()).json;
const seen = { refused: 0, ended: 0, done: 0 };

// 400: the JSON library does not say that it was memory that it lacked.
const FINE = [200, 201, 303, 400, 413, 422, 500, 503];
async function page(ask) {
    try {
        const r = await ask();
        ok(FINE.includes(r.status), `answered with ${r.status}: ${r.text.slice(0, 200)}`);
        seen[r.status >= 400 && r.status !== 422 ? 'refused' : 'done'] += 1;
    } catch (e) {
        if (!lost(e)) throw e;
    }
}
async function filing() {
    const key = `m${(book.serial += 1)}`;
    book.sent.set(key, book.body(key));
    await page(async () => {
        const r = await book.api.post('/cases', book.body(key), { 'Idempotency-Key': key });
        if (r.status === 201) book.told.set(key, r.text);
        return r;
    });
    return key;
}
const requests = {
    'a filing': filing,
    'the start page': () => page(() => send(`${server.url}/`)),
    'the list': () => page(() => desk.get('/cases')),
    'a case': () => page(() => desk.get(`/cases/${ref.replaceAll('-', '')}`)),
    'the API': () => page(() => book.api.get('/cases?limit=50')),
    'a wrong PIN': () => page(async () => new Visitor(server).submit(await send(`${server.url}/track`), '/track', { ref, pin: '000000' })),
};

async function comesBack() {
    for (let tries = 0; ; tries += 1) {
        const ended = [...server.said.matchAll(/"signal":(\d+)/g)].map((m) => Number(m[1])).filter((n) => n !== 0);
        if (ended.length > 0) {
            seen.ended += 1;
            ok(ended.every((n) => n === 6), `ended by signal ${ended}\n${server.said.slice(-3000)}`);
            await server.again(); // the pause of its parent grows, and was seen elsewhere
            server.said = '';
        }
        try {
            await server.well(300);
            break;
        } catch (e) {
            if (tries === 20) throw e;
        }
    }
    server.said = '';
}

for (const [name, request] of Object.entries(requests)) {
    server.arm({ ops: ['memory'], nth: 1e9 });
    await request();
    const { calls } = server.counts();
    for (let k = 1 + Math.floor(random(step)); k <= calls; k += step) {
        const times = k % 2 ? 1 : 3;
        if (!(await suite.test(`${name}: request ${k} of ${calls} and ${times - 1} after it`, async () => {
            server.arm({ ops: ['memory'], nth: k, times });
            const key = await request();
            server.calm();
            await comesBack();
            if (key) await book.sameAgain([key]);
        }))) await server.again();
    }
}

await suite.test('the start', async () => {
    equal(await server.stop(), 0, 'exit code');
    server.arm({ ops: ['memory'], nth: 1e9 });
    await server.start();
    const { calls } = server.counts();
    for (let k = 1 + Math.floor(random(step)); k <= calls; k += Math.ceil((step * calls) / 1000)) {
        await server.kill();
        server.arm({ ops: ['memory'], nth: k });
        try {
            await server.start();
        } catch {
            const { code, signal } = await server.ended;
            // SIGSYS: the library that builds the list of system calls forgets some for want of memory.
            ok([75, 78, 1, 127].includes(code) || ['SIGABRT', 'SIGSYS'].includes(signal), `a start without memory (${k}) ended with ${code ?? signal}`);
        }
        server.calm();
        ok(!/"signal":(?!0|6|31\b)\d/.test(server.said), `ended by another signal\n${server.said.slice(-3000)}`);
        if (server.child.exitCode !== null || server.child.signalCode !== null) await server.start();
        else await server.again();
        server.said = '';
    }
    await server.well(5000);
});

await suite.test('all is there', () => book.holds());
await suite.test('it happened', async () => ok(seen.ended > 0, JSON.stringify(seen)));
console.log(`  ${JSON.stringify(seen)}`);
await server.kill();
server.remove();
suite.done();
