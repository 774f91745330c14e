// suite.mjs: the smallest harness that does: named checks, one after the other, and what they came to.
//
// `test` runs one check and never throws: a failed one is printed at once with its reason. `done` prints
// "NAME: N passed, N failed" on the last line and sets the exit code.
import { isDeepStrictEqual, inspect } from 'node:util';

export class Suite {
    constructor(name) {
        this.name = name;
        this.passed = 0;
        this.failed = 0;
        this.only = process.env.ONLY ? new RegExp(process.env.ONLY) : null;
    }

    async test(what, body) {
        if (this.only && !this.only.test(what)) return true;
        try {
            await body();
            this.passed += 1;
            return true;
        } catch (e) {
            this.failed += 1;
            const at = e instanceof Fault ? e.message : e.stack;
            console.log(`FAIL ${this.name}: ${what}\n     ${String(at).replaceAll('\n', '\n     ')}`);
            return false;
        }
    }

    done() {
        if (this.passed + this.failed === 0) {
            console.log(`${this.name} ran no test`);
            this.failed = 1;
        }
        console.log(`${this.name}: ${this.passed} passed, ${this.failed} failed`);
        process.exitCode = this.failed === 0 ? 0 : 1;
    }
}

export class Fault extends Error {}

export function fail(why) {
    throw new Fault(why);
}

export function ok(value, why) {
    if (!value) fail(why);
}

export function equal(got, want, what = 'value') {
    const clip = (v) => inspect(v, { depth: 6, maxStringLength: 300, maxArrayLength: 40 });
    if (!isDeepStrictEqual(got, want)) fail(`${what}: got ${clip(got)}, expected ${clip(want)}`);
}

export function match(text, pattern, what = 'text') {
    if (!pattern.test(text)) fail(`${what}: ${inspect(String(text).slice(0, 400))} does not match ${pattern}`);
}
