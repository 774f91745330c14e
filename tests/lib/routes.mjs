// routes.mjs: every address that `sunwai routes` prints with its inputs, a value that each input takes, and people who ask.
import { run } from './server.mjs';
import { equal } from './suite.mjs';
import { Api, Visitor, formsOf, idemKey } from './client.mjs';

export const ROLES = { nobody: null, desk: 'desk.nowshera', officer: 'officer.nowshera', supervisor: 'supervisor.nowshera', adc: 'adc.nowshera', commissioner: 'commissioner.peshawar', admin: 'admin' };
export const routes = run('routes').out.trimEnd().split('\n').map((line) => {
    const [method, path, permission, flags = '', inputs = ''] = line.split('\t');
    const list = inputs === '' ? [] : inputs.split(',').map((one) => {
        const [name, type, choices] = one.split(':');
        return { name, type: type.replace('!', ''), needed: type.endsWith('!'), choices: choices?.split('|') };
    });
    return { method, path, permission, flags: flags.split(','), inputs: list };
});

// These end what the others need: her session, her password.
export const ENDS = new Set(['POST /logout', 'POST /account/password', 'POST /account/sessions', 'POST /account/session']);

// A value that an input takes.
export function goodValue(route, input, world) {
    const known = {
        service: 'M-WAT-01', unit: 'PK52601', under: 'PK526', group: 'pilot', ref: world.ref, portal: 'office', consent: 'yes', to: 'officer.nowshera', login: world.login, office: 'PK526-TMA-01',
        no: '1', name: /assets/.test(route.path) ? 'site.css' : 'Shazia', in: 'ur', case: world.opened, who: undefined, hers: undefined, draft: undefined, step: undefined, pin: '111111',
    };
    if (input.type === 'choice') return input.choices.includes(known[input.name]) ? known[input.name] : input.choices[0];
    if (input.type === 'number' && /^(from|to)$/.test(input.name) && route.path.startsWith('/problems')) return '202611';
    if (input.name in known) return known[input.name];
    return { line: 'Water', words: 'No water', list: 'one', phone: '03012345678', cnic: '35202-1234567-1', ref: world.ref, pin: '111111', code: 'a', number: '1', day: '2026-11-25', flag: '1' }[input.type];
}

export class Person {
    constructor(server, role) {
        Object.assign(this, { server, role, user: ROLES[role] });
    }

    async come() {
        this.browser = new Visitor(this.server);
        this.api = new Api(this.server, this.user ? this.server.token(this.user) : null);
        if (this.user) equal((await this.browser.signIn(this.user)).status, 303, `${this.user} signs in`);
        return this.fetchTokens();
    }

    // Whether she is signed in still, by browser and by programs.
    async isHere() {
        return !this.user || (await this.browser.get('/account')).status === 200 && (await this.api.get('/cases?limit=1')).status === 200;
    }

    // What her forms carry, as it is now.
    async fetchTokens() {
        this.tokens = {};
        for (const at of this.user ? ['/account'] : ['/new', '/track', '/login']) {
            const page = await this.browser.get(at);
            this.tokens[at] = formsOf(page.text).find((f) => f.fields.has('_token'))?.fields.get('_token');
        }
        return this;
    }

    // `values`: name to value; `raw`: name to percent-encoded bytes.
    async ask(route, values, raw = {}) {
        const path = route.path.replace(/\{(\w+)\}/g, (_, name) => raw[name] ?? encodeURIComponent(values[name] ?? 'x').replace(/^\.+$/, 'x'));
        const inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]));
        const rest = Object.entries(values).filter(([n, v]) => v !== undefined && !inPath.has(n) && !(n in raw));
        const wild = Object.entries(raw).filter(([n]) => !inPath.has(n)).map(([n, v]) => `${encodeURIComponent(n)}=${v}`);
        if (route.flags.includes('api')) return this.askApi(route, path, rest, wild);
        if (route.method === 'GET') {
            const query = [new URLSearchParams(rest).toString(), ...wild].filter((s) => s !== '').join('&');
            if (query.length > 20000) return this.browser.get(path); // the head would not be read to its end
            return this.browser.get(query ? `${path}?${query}` : path);
        }
        const token = this.user ? this.tokens['/account'] : this.tokens[`/${route.path.split('/')[1]}`];
        const body = [new URLSearchParams([['_token', token ?? 'x'], ['_key', idemKey()], ...rest]).toString(), ...wild].join('&');
        return this.browser.post(path, body);
    }

    askApi(route, path, rest, wild) {
        const tail = path.replace('/api/v1', '');
        if (route.method === 'GET') {
            const query = [new URLSearchParams(rest), ...wild].join('&');
            return this.api.get(query.length > 20000 ? tail : `${tail}?${query}`);
        }
        const body = {};
        for (const [name, value] of rest) {
            const parts = name.split('.');
            const last = parts.pop();
            const type = route.inputs.find((n) => n.name === name)?.type;
            const right = type === 'flag' && value === '1' ? true : type === 'number' && /^\d{1,9}$/.test(value) ? Number(value) : type === 'list' ? [value] : value;
            parts.reduce((o, p) => (o[p] ??= {}), body)[last] = right;
        }
        let text = JSON.stringify(body);
        if (wild.length) text = Buffer.from(text.replace('No water', 'No \u0001 water').replace('\\u0001', '\u00ff'), 'latin1'); // no UTF-8
        return this.api.post(tail, text, { 'Idempotency-Key': idemKey() });
    }
}
