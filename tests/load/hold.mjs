// hold.mjs: pages go on while thousands of connections are only held.
//
// hold.mjs IDLE SLOW SECONDS: IDLE connections that do nothing (half of them after a request), SLOW that send a head byte
// by byte, SLOW/2 a body, SLOW/2 that ask for more than they read, from many addresses of this machine; each that is ended
// is opened again. Meanwhile somebody else asks for pages at a steady pace: all answered, p99 under 200 ms. Prints how many
// were held and ended, the proportional memory, and what a connection costs. Then an event: sixty phones behind one address.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Suite, equal, ok } from '../lib/suite.mjs';
import { withServer } from '../lib/server.mjs';
import { idemKey, send } from '../lib/client.mjs';
import { Agent } from 'node:http';

const P99_MS = 200, EACH_MS = 15, HEAD_S = 10, PHONES = 60, EACH_PHONE = 6;

// ---- whoever asks for pages, in a process of its own ----------------------------------------------------------------

async function reader(url) {
    const via = new Agent({ keepAlive: true, maxSockets: 4 });
    const took = [];
    const wrong = [];
    const pages = ['/', '/track', '/new', '/desks', '/help', '/login', '/healthz'];
    let on = true;
    process.on('message', () => { on = false; });
    while (on) {
        const began = performance.now();
        // Every fourth on a connection of its own: it has to be accepted first.
        const alone = took.length % 4 === 0;
        const r = await send(url + pages[took.length % pages.length], alone ? { via: new Agent(), headers: { Connection: 'close' } } : { via }).catch((e) => ({ status: e.message }));
        took.push(performance.now() - began);
        if (r.status !== 200) wrong.push(r.status);
        await sleep(Math.max(0, EACH_MS - (performance.now() - began)));
    }
    process.send({ took, wrong }, () => process.exit(0));
}

// ---- those who only hold --------------------------------------------------------------------------------------------

class Crowd {
    constructor(port) {
        Object.assign(this, { port, held: new Set(), opened: 0, ended: 0, refused: 0, on: true, n: 0 });
    }

    // `begin` gets the socket; it may return a timer.
    open(begin) {
        if (!this.on) return;
        this.n += 1;
        const from = `127.0.${1 + (Math.floor(this.n / 250) % 80)}.${1 + (this.n % 250)}`;
        const socket = connect({ port: this.port, host: '127.0.0.1', localAddress: from });
        let timer = null;
        let known = false;
        socket.on('connect', () => {
            this.opened += 1;
            this.held.add(socket);
            timer = begin(socket);
        });
        socket.on('data', (piece) => {
            if (!known && piece.includes('HTTP/1.1 503')) this.refused += 1;
            known = true;
        });
        socket.on('error', () => {});
        socket.on('close', () => {
            clearInterval(timer);
            if (this.held.delete(socket)) this.ended += 1;
            if (this.on) setTimeout(() => this.open(begin), 50 + Math.random() * 500);
        });
    }

    async fill(many, begin) {
        for (let i = 0; i < many; i += 1) {
            this.open(begin);
            if (i % 100 === 99) await sleep(10);
        }
    }

    async close() {
        this.on = false;
        for (const s of this.held) s.destroy();
        await sleep(300);
    }
}

const kinds = {
    silent: () => null,
    idle: (s) => { s.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'); return null; },
    head: (s) => {
        s.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
        return setInterval(() => s.write('a'), 1000);
    },
    body: (s) => {
        s.write('POST /new HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 900000\r\n\r\na=');
        return setInterval(() => s.write('aaaaaaaaaa'), 1000);
    },
    unread: (s) => {
        s.pause();
        s.write('GET /assets/site.css HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(60));
        return null;
    },
};

function pssKb(pid) {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
}
const gauge = (text, name) => Number(new RegExp(`^sunwai_${name} (\\d+)`, 'm').exec(text)?.[1] ?? NaN);

if (process.argv[2] === 'reader') await reader(process.argv[3]);
else {
    const [idle, slow, seconds] = process.argv.slice(2).map(Number);
    if (!(seconds > 0)) throw new Error('hold.mjs IDLE SLOW SECONDS');
    const suite = new Suite('hold');
    await withServer({ cases: 0 }, async (server) => {
        const web = () => server.children().map((pid) => [pid, pssKb(pid)]).sort((a, b) => b[1] - a[1])[0][0];
        await send(`${server.url}/`);
        const before = pssKb(web());
        const crowd = new Crowd(server.port);
        await crowd.fill(idle / 2, kinds.silent);
        await crowd.fill(idle / 2, kinds.idle);
        await crowd.fill(slow, kinds.head);
        await crowd.fill(slow / 2, kinds.body);
        await crowd.fill(slow / 2, kinds.unread);
        await sleep(300);
        const child = fork(process.argv[1], ['reader', server.url]);
        const got = new Promise((resolve) => child.on('message', resolve));
        const all = idle + 2 * slow;
        let least = Infinity, most = 0, sum = 0;
        for (let i = 0; i < seconds * 2; i += 1) {
            await sleep(500);
            least = Math.min(least, crowd.held.size);
            sum += crowd.held.size;
            most = Math.max(most, pssKb(web()));
        }
        const metrics = (await send(`${server.url}/metrics`)).text;
        child.send('end');
        const { took, wrong } = await got;
        took.sort((a, b) => a - b);
        const at = (q) => took[Math.min(took.length - 1, Math.floor(took.length * q))];
        console.log(`  ${crowd.held.size} held (least ${least} of ${all}), opened ${crowd.opened}, ended ${crowd.ended}, told 503 ${crowd.refused}`);
        console.log(`  ${took.length} pages meanwhile: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, most ${at(1).toFixed(1)} ms`);
        console.log(`  PSS of the web process ${(before / 1024).toFixed(1)} MiB before, ${(most / 1024).toFixed(1)} MiB at most: ${((most - before) / all).toFixed(1)} KiB for each held`);
        await suite.test('they are held', () => {
            ok(sum / (seconds * 2) > all * 0.85, `${sum / (seconds * 2)} of ${all}`);
            ok(gauge(metrics, 'http_connections') > all * 0.6, `${gauge(metrics, 'http_connections')} by the server's count`);
            equal(crowd.refused, 0, 'refused');
        });
        await suite.test('pages are answered meanwhile', () => {
            ok(took.length > seconds * 5, `${took.length} pages`);
            equal(wrong, [], 'answers other than 200');
            ok(at(0.99) < P99_MS, `p99 ${at(0.99).toFixed(1)} ms`);
        });
        await suite.test('those who hold are ended', () => {
            if (seconds > HEAD_S + 2) ok(gauge(metrics, 'http_timed_out_total') >= slow, `${gauge(metrics, 'http_timed_out_total')} timed out`);
        });
        await crowd.close();
        await suite.test('and leave nothing behind', async () => {
            let live;
            for (let i = 0; i < 100; i += 1) {
                live = gauge((await send(`${server.url}/metrics`)).text, 'http_connections');
                if (live < 10) break;
                await sleep(100);
            }
            ok(live < 10, `${live} connections`);
            console.log(`  PSS afterwards ${(pssKb(web()) / 1024).toFixed(1)} MiB`);
        });
        // An event: 150 complaints and 60 phones behind one address, each with as many connections as browsers open.
        await suite.test('sixty phones behind one address', async () => {
            const token = server.token('desk.nowshera');
            const phones = [];
            for (let i = 0; i < PHONES; i += 1) phones.push(new Agent({ keepAlive: true, maxSockets: EACH_PHONE, localAddress: '127.9.9.9' }));
            const said = await Promise.all(phones.flatMap((via) => Array.from({ length: EACH_PHONE }, () => send(`${server.url}/new`, { via }).then((r) => r.status))));
            equal(said.filter((s) => s !== 200), [], 'answers other than 200');
            const body = JSON.stringify({ service: 'M-WAT-01', unit: 'PK52601', description: 'At the event', complainant: { sex: 'woman' } });
            const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
            const filed = await Promise.all(Array.from({ length: 150 }, (_, i) => send(`${server.url}/api/v1/cases`, { method: 'POST', body, headers: { ...headers, 'Idempotency-Key': idemKey() }, via: phones[i % PHONES] }).then((r) => r.status)));
            equal(filed.filter((s) => s !== 201), [], 'answers other than 201');
            for (const p of phones) p.destroy();
        });
        await suite.test('one address alone takes no more than its share', async () => {
            const sockets = Array.from({ length: 700 }, () => connect({ port: server.port, host: '127.0.0.1', localAddress: '127.8.8.8' }).on('error', () => {}));
            await sleep(700);
            const open = sockets.filter((s) => !s.destroyed && s.readyState === 'open').length;
            equal((await send(`${server.url}/`)).status, 200, 'others');
            for (const s of sockets) s.destroy();
            ok(open >= 512 && open <= 512 + 512 / 4 + 4, `${open} open`);
        });
    });
    suite.done();
}
