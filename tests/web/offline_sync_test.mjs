// offline_sync_test.mjs: how a tablet sends what waits, its own module before a server that answers as it likes: bytes that are found
// damaged each time hold up nothing else and end after so many turns, what finds no room stays with the reason, a cut line goes on.
import { readFileSync } from 'node:fs';
import { Suite, equal, ok } from '../lib/suite.mjs';

const POSTS_MOST = 40; // of one record in one go, however often it is found damaged
const suite = new Suite('offline-sync');
const shelf = new Map(); // what the tablet keeps
const asked = [];
let server;

globalThis.__shelf = {
    records: async () => [...shelf.values()].map((r) => ({ ...r })),
    update: async (id, change) => {
        const row = Object.assign(shelf.get(id), change);
        if (['taken', 'refused', 'quarantined'].includes(change.state)) { delete row.open; delete row.sealed; }
    },
};
globalThis.document = { documentElement: { lang: 'en' } };
globalThis.addEventListener = () => {};
const heard = [];
globalThis.dispatchEvent = (event) => { heard.push(event.type); };
Object.defineProperty(globalThis, 'navigator', { value: { locks: { request: (name, how, body) => body({}) } }, configurable: true });
globalThis.fetch = async (path, how) => {
    const body = how.body ? JSON.parse(how.body) : null;
    const id = path.split('/').pop();
    asked.push([id, body]);
    const [status, json] = server(id, body);
    return { status, json: async () => (typeof json === 'string' ? JSON.parse(json) : json) };
};
const module = (text) => `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
const source = readFileSync(new URL('../../src/page/assets/offline/offline-sync.js', import.meta.url), 'utf8')
    .replace('"./offline-seal.js"', JSON.stringify(module("export const base64url = (b) => Buffer.from(b).toString('base64url');")))
    .replace('"./offline-store.js"', JSON.stringify(module('export const { records, update } = globalThis.__shelf;')));
const { sendNow } = await import(module(source));

function fresh(...ids) {
    shelf.clear();
    asked.length = 0;
    for (const id of ids) shelf.set(id, { id, kind: 'filing', open: 1, state: 'waiting', sealed: new Uint8Array(60000), hash: 'h' });
}
// A server that has room and takes everything.
const taken = new Map();
function takes(id, body) {
    if (id === 'states') return [200, { states: body.records.map((r) => ({ record: r, have: taken.get(r) ?? 0, state: 'taken' })) }];
    if (body) taken.set(id, Math.min(body.offset + Buffer.from(body.bytes, 'base64url').length, body.total));
    return taken.has(id) ? [200, { have: taken.get(id), state: taken.get(id) < 60000 ? 'partial' : 'waiting' }] : [404, {}];
}

await suite.test('what is found damaged each time ends after so many turns, and the others go', async () => {
    fresh('A', 'B');
    let have = 0; // with its last byte it begins again
    server = (id, body) => {
        if (id !== 'A') return takes(id, body);
        if (!body) return [200, { have, state: 'partial' }];
        have = body.offset + Buffer.from(body.bytes, 'base64url').length;
        if (have < body.total) return [200, { have, state: 'partial' }];
        have = 0;
        return [409, { have: 0, state: 'partial' }];
    };
    await sendNow();
    equal([shelf.get('A').state, shelf.get('B').state, shelf.get('A').sealed.length], ['conflict', 'taken', 60000]);
    const posts = asked.filter(([id, body]) => id === 'A' && body).length;
    ok(posts > 3 && posts <= POSTS_MOST, `${posts} pieces`);
});

await suite.test('for what there is no room stays, with the reason; only what is there in part goes on', async () => {
    fresh('A', 'B', 'C');
    taken.clear();
    taken.set('B', 24576);
    Object.assign(shelf.get('B'), { have: 24576, tried: true, state: 'partial' });
    server = (id, body) => (id === 'A' ? [413, { detail: 'No room' }] : takes(id, body));
    equal(await sendNow(), 2);
    const { state, words, open } = shelf.get('A');
    equal([state, words, open, shelf.get('B').state, shelf.get('C').state], ['waiting', 'No room', 1, 'taken', 'waiting']);
    ok(!asked.some(([id]) => id === 'C'), 'not asked again for each');
    // So it is where something before the server says so in a page of its own.
    fresh('A', 'B');
    taken.clear();
    taken.set('B', 24576);
    Object.assign(shelf.get('B'), { have: 24576, tried: true, state: 'partial' });
    server = (id, body) => (id === 'A' ? [413, '<html>Request Entity Too Large'] : takes(id, body));
    await sendNow();
    equal([shelf.get('A').state, shelf.get('B').state], ['waiting', 'taken']);
});

await suite.test('a device that is stopped hears it from the first answer, whichever it is', async () => {
    for (const stopped of [() => [200, { have: 60000, state: 'quarantined', why: 'revoked', wipe: true }], () => [410, { wipe: true }]]) {
        fresh('A');
        heard.length = 0;
        server = stopped;
        await sendNow();
        ok(heard.includes('sunwai-stopped'), 'an answer to a record');
    }
    fresh('A');
    Object.assign(shelf.get('A'), { have: 60000, tried: true });
    heard.length = 0;
    server = () => [200, { states: [], wipe: true }];
    await sendNow();
    ok(heard.includes('sunwai-stopped'), 'an answer to states');
    fresh('B');
    heard.length = 0;
    taken.clear();
    server = takes;
    await sendNow();
    equal(heard, ['sunwai-line']);
});

await suite.test('a line that broke goes on from the byte that is there', async () => {
    fresh('A');
    taken.clear();
    let pieces = 0;
    server = (id, body) => {
        if (body?.bytes && (pieces += 1) === 2) throw new TypeError('the line is cut');
        return takes(id, body);
    };
    await sendNow();
    equal([shelf.get('A').open, taken.get('A')], [1, 24576]);
    asked.length = 0;
    equal(await sendNow(), 0);
    equal([shelf.get('A').state, asked.find(([, body]) => body?.bytes)[1].offset], ['taken', 24576]);
});

suite.done();
process.exit(); // it would try again for ever
