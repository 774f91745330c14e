// check.mjs: whether a file is right ADX: its structure (adx.xsd, by xmllint), and what a schema cannot say: each code stands in
// the code lists that go out beside it, an element always has the same categories, and nothing is said twice.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const OWN = new Set(['dataElement', 'value']);
const PERCENT = /(percent|share|rate)$/;

// The lists of codes.csv: a Map of sets.
export function listsOf(csv) {
    const lists = new Map();
    for (const line of csv.replace(/^\ufeff/, '').split(/\r?\n/).slice(1)) {
        const [list, code] = line.split(',').map((x) => x.replace(/^"|"$/g, ''));
        if (code) lists.set(list, (lists.get(list) ?? new Set()).add(code));
    }
    return lists;
}

const attributes = (text) => new Map([...text.matchAll(/([A-Za-z_:]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));

// What is wrong with it, a line each; none: nothing.
export function wrongs(xml, csv) {
    const schema = spawnSync('xmllint', ['--nonet', '--noout', '--schema', join(here, 'adx.xsd'), '-'], { input: xml, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (schema.status !== 0) return schema.stderr.split('\n').filter((l) => l && !/fails to validate$/.test(l));
    const lists = listsOf(csv);
    const of = (list, code, out) => lists.get(list)?.has(code) || out.add(`${list} has no ${code}`);
    const out = new Set();
    const shapes = new Map();
    for (const [, head, inside] of xml.matchAll(/<group ([^>]*)>([\s\S]*?)<\/group>/g)) {
        const said = new Set();
        of('unit', attributes(head).get('orgUnit'), out);
        for (const [, text] of inside.matchAll(/<dataValue ([^>]*)\/>/g)) {
            const all = attributes(text);
            const element = all.get('dataElement');
            const categories = [...all.keys()].filter((k) => !OWN.has(k));
            const shape = categories.join(' ');
            const key = [...all].filter(([k]) => k !== 'value').join(' ');
            of('indicator', element, out);
            for (const k of categories) of(k, all.get(k), out);
            if ((shapes.get(element) ?? shape) !== shape) out.add(`${element} has categories ${shape} and ${shapes.get(element)}`);
            shapes.set(element, shape);
            if (said.has(key)) out.add(`${key} is said twice`);
            said.add(key);
            if (!/^\d+$/.test(all.get('value'))) out.add(`${key} is no whole number: ${all.get('value')}`);
            if (PERCENT.test(element)) out.add(`${element} is a percentage, not its two numbers`);
        }
    }
    return [...out];
}
