// client.mjs: the API with a token, and the pages with cookies and forms, over plain HTTP.
import { request as plainRequest, Agent } from 'node:http';
import { request as tlsRequest, Agent as TlsAgent } from 'node:https';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let tlsAgent = new TlsAgent({ keepAlive: true, maxSockets: 64 });

// From now on https: addresses are asked with this authority (PEM) alone.
export function trust(ca) {
    tlsAgent.destroy();
    tlsAgent = new TlsAgent({ keepAlive: true, maxSockets: 64, ca });
}

// One request: { status, headers, text, raw }. `body` may be a string or bytes; nothing is followed.
export function send(url, { method = 'GET', headers = {}, body, timeout = 30000, via } = {}) {
    return new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
        const tls = url.startsWith('https:');
        const request = tls ? tlsRequest : plainRequest;
        const options = { method, headers: { ...length, ...headers }, agent: via ?? (tls ? tlsAgent : agent), timeout };
        const q = request(url, options, (r) => {
            const pieces = [];
            r.on('data', (piece) => pieces.push(piece));
            r.on('error', reject);
            r.on('end', () => {
                const raw = Buffer.concat(pieces);
                resolve({ status: r.statusCode, headers: r.headers, raw, text: raw.toString('utf8') });
            });
        });
        q.on('timeout', () => q.destroy(new Error('timeout')));
        q.on('error', reject);
        q.end(body);
    });
}

export class Api {
    constructor(server, token) {
        this.server = server;
        this.token = token;
    }

    // `body` an object is sent as JSON, a string or bytes as they are. The answer has `json` when it is JSON.
    async call(method, path, body, headers = {}) {
        const all = { Accept: 'application/json', ...headers };
        if (this.token) all.Authorization = `Bearer ${this.token}`;
        let payload = body;
        if (body !== undefined && !Buffer.isBuffer(body) && typeof body !== 'string') payload = JSON.stringify(body);
        if (payload !== undefined && !all['Content-Type']) all['Content-Type'] = 'application/json';
        const r = await send(`${this.server.url}/api/v1${path}`, { method, headers: all, body: payload });
        if (/json/.test(r.headers['content-type'] ?? '')) r.json = JSON.parse(r.text);
        return r;
    }

    get(path, headers) {
        return this.call('GET', path, undefined, headers);
    }

    post(path, body, headers) {
        return this.call('POST', path, body, headers);
    }
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
export function unescapeHtml(text) {
    return text.replace(/&(#?\w+);/g, (all, name) => entities[name] ?? (name[0] === '#' ? String.fromCodePoint(Number(name.slice(1))) : all));
}

function attributes(tag) {
    const found = {};
    for (const [, name, , value] of tag.matchAll(/([\w:-]+)(="([^"]*)")?/g)) found[name] = unescapeHtml(value ?? '');
    return found;
}

// The forms of a page: where they go, and the fields they would send as they stand.
export function formsOf(html) {
    return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head, inside]) => {
        const form = { ...attributes(head), fields: new Map() };
        for (const [, tag] of inside.matchAll(/<input\b([^>]*)>/g)) {
            const a = attributes(tag);
            const box = a.type === 'radio' || a.type === 'checkbox';
            if (a.name && (!box || 'checked' in a)) form.fields.set(a.name, a.value ?? '');
        }
        for (const [, tag, words] of inside.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
            form.fields.set(attributes(tag).name, unescapeHtml(words.replace(/^\r?\n/, ''))); // HTML drops the first line end
        }
        for (const [, tag, options] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
            const chosen = /<option\b([^>]*\bselected\b[^>]*)>/.exec(options);
            form.fields.set(attributes(tag).name, chosen ? attributes(chosen[1]).value : '');
        }
        return form;
    });
}

// A browser without a screen: cookies, and forms filled by name.
export class Visitor {
    constructor(server, headers = {}) {
        this.server = server;
        this.headers = headers;
        this.cookies = new Map();
    }

    async go(method, path, fields, headers = {}) {
        const all = { Accept: 'text/html', ...this.headers, ...headers };
        if (this.cookies.size) all.Cookie = [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
        let body;
        if (fields !== undefined) {
            body = fields instanceof Buffer || typeof fields === 'string' ? fields : new URLSearchParams([...fields]).toString();
            all['Content-Type'] ??= 'application/x-www-form-urlencoded';
        }
        const r = await send(this.server.url + path, { method, headers: all, body });
        for (const line of r.headers['set-cookie'] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
            if (/max-age=0/i.test(line) || value === '') this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
        return r;
    }

    get(path, headers) {
        return this.go('GET', path, undefined, headers);
    }

    post(path, fields, headers) {
        return this.go('POST', path, fields, headers);
    }

    // Where an answer leads, if it leads anywhere.
    async follow(r) {
        return r.status === 303 ? this.get(r.headers.location) : r;
    }

    // Takes the form of a page that goes to `action` (its first one), fills and sends it.
    async submit(page, action, values = {}) {
        const form = formsOf(page.text).find((f) => (action instanceof RegExp ? action.test(f.action) : f.action === action));
        if (!form) throw new Error(`no form to ${action} on a page of status ${page.status}`);
        for (const [name, value] of Object.entries(values)) {
            if (value === null) form.fields.delete(name);
            else form.fields.set(name, value);
        }
        return this.post(form.action, form.fields);
    }

    // With a one-time code she chooses a password of her own at once; the server's list of logins remembers it.
    async signIn(user, password = this.server.logins.get(user)) {
        const page = await this.get('/login');
        return this.chooseOwn(user, await this.submit(page, /^\/login/, { login: user, password }));
    }

    async chooseOwn(user, page) {
        if (page.status !== 200 || !/action="\/login\/password"/.test(page.text)) return page;
        const own = `${user} has her own words`;
        this.server.logins.set(user, own);
        return this.submit(page, '/login/password', { password: own });
    }
}

let count = 0;
export function idemKey() {
    count += 1;
    return `t-${process.pid}-${Date.now().toString(36)}-${count}`;
}
