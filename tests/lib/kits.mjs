// kits.mjs: a kit of what stands in a data folder, changed if wanted, and how an administrator's browser takes one in.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formsOf, idemKey } from './client.mjs';
import { multipart } from './media.mjs';
import { run } from './server.mjs';

// { text, print } of a folder: its kit, and the fingerprint that its people read out.
export function kitOf(data, ...more) {
    const home = mkdtempSync(join(tmpdir(), 'sunwai-kit.'));
    try {
        const made = run('kit', 'key', '--data', data);
        if (made.code !== 0) throw new Error(made.err);
        const file = join(home, 'a.kit');
        const out = run('kit', 'export', '--data', data, '--out', file, ...more);
        if (out.code !== 0) throw new Error(out.err);
        return { text: readFileSync(file), print: /((?:[0-9a-f]{4} ){9}[0-9a-f]{4})/.exec(made.out)[1] };
    } finally {
        rmSync(home, { recursive: true });
    }
}

// The answer to a kit that somebody brings on the page.
export async function bringKit(visitor, kit, print = kit.print) {
    const page = await visitor.get('/kit');
    const form = formsOf(page.text).find((f) => f.action === '/kit');
    const token = form ? form.fields.get('_token') : '';
    const { body, headers } = multipart([['_token', token], ['_key', idemKey()], ['print', print]], [['file', kit.text, 'a.kit']]);
    return visitor.post('/kit', body, headers);
}
