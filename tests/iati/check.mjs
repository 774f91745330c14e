// check.mjs: whether a file is right IATI 2.03: the official schema (xmllint), and what a schema cannot say: code lists
// and the standard's rules (standard.json), each written out as an XPath that counts where it is broken.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const ACTIVITY = '/iati-activities/iati-activity';

// Which code list an attribute is of; a vocabulary that has no list of its own is left alone.
const LISTED = [
    [`${ACTIVITY}/activity-status`, '@code', 'ActivityStatus'],
    [`${ACTIVITY}/reporting-org`, '@type', 'OrganisationType'],
    [`${ACTIVITY}/participating-org`, '@type', 'OrganisationType'],
    [`${ACTIVITY}/participating-org`, '@role', 'OrganisationRole'],
    [`${ACTIVITY}/sector[@vocabulary='1']`, '@code', 'Sector'],
    [`${ACTIVITY}/tag[@vocabulary='3']`, '@code', 'UNSDG-Targets'],
    [`${ACTIVITY}/policy-marker`, '@vocabulary', 'PolicyMarkerVocabulary'],
    [`${ACTIVITY}/policy-marker[@vocabulary='1']`, '@code', 'PolicyMarker'],
    [`${ACTIVITY}/policy-marker`, '@significance', 'PolicySignificance'],
    [`${ACTIVITY}/result`, '@type', 'ResultType'],
    [`${ACTIVITY}/result/indicator`, '@measure', 'IndicatorMeasure'],
    [`${ACTIVITY}/result/indicator/reference`, '@vocabulary', 'IndicatorVocabulary'],
];

const codesOf = (list) => [...readFileSync(join(here, 'codelists', `${list}.xml`), 'utf8').matchAll(/<code>([^<]+)<\/code>/g)].map((m) => m[1]);

const digits = (x) => `number(translate(substring(${x}, 1, 10), '-', ''))`;

// What must hold in the context; null: this rule has nothing to do there (its own `foreach` is checked to be empty).
function testsOf(kind, c) {
    const now = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const day = (x) => (x === 'NOW' ? now : digits(x));
    const paths = (c.paths ?? []).map((p) => p);
    const when = c.condition ? `not(${c.condition}) or ` : '';
    switch (kind) {
        case 'atleast_one': return [`${when}${paths.join(' or ')}`];
        case 'no_more_than_one': return [`count(${paths.join(' | ')}) <= 1`];
        case 'unique': return paths.slice(-1).map((p) => `not(${p} = preceding-sibling::*/${p})`);
        case 'startswith': return c.prefix.includes('ORG-ID-PREFIX') ? [] : paths.map((p) => `starts-with(${p}, concat(${c.prefix[0]}, '${c.separator}'))`);
        case 'one_or_all': return [];
        case 'date_now': return [`not(${c.date}) or ${digits(c.date)} <= ${now} + 1`];
        case 'date_order': return [`${c.less === 'NOW' ? 'false()' : `not(${c.less})`} or ${c.more === 'NOW' ? 'false()' : `not(${c.more})`} or ${day(c.less)} <= ${day(c.more)}`];
        case 'regex_matches': return paths.flatMap((p) => ['/', '&', '|', '?'].map((ch) => `not(contains(${p}, '${ch}'))`));
        case 'no_spaces': return paths.map((p) => `not(${p}) or string-length(normalize-space(${p})) = string-length(${p})`);
        case 'if_then': return [`not(${c.if}) or (${c.then})`];
        case 'strict_sum': return [`not(${c.condition}) or sum(${paths.join(' | ')}) = ${c.sum}`];
        case 'range': return paths.map((p) => `not(${p} < ${c.min} or ${p} > ${c.max})`);
        case 'loop': return [`not(${c.foreach})`];
        default: throw new Error(`no such rule: ${kind}`);
    }
}

// Each rule as [what is wrong, an XPath that counts where].
function rulesOf() {
    const out = [];
    const rule = (context, test, words) => out.push([words, `count((${context})[not(${test})])`]);
    for (const [context, attribute, list] of LISTED) {
        const all = `'|${codesOf(list).join('|')}|'`;
        rule(context, `not(${attribute}) or contains(${all}, concat('|', ${attribute}, '|'))`, `${context}/${attribute} is not of ${list}`);
    }
    for (const [contexts, rules] of Object.entries(JSON.parse(readFileSync(join(here, 'standard.json'), 'utf8')))) {
        for (const context of contexts.split(' | ')) {
            if (context.startsWith('/iati-organisations') || /\/(transaction|budget|planned-disbursement|owner-org)/.test(context)) continue;
            for (const [kind, { cases }] of Object.entries(rules)) {
                const all = kind === 'loop' ? [{ foreach: cases?.[0]?.foreach ?? rules.loop.foreach, cases }] : cases;
                for (const c of all.flatMap((x) => (kind === 'loop' ? x.cases : [x]))) {
                    for (const test of testsOf(kind, c)) rule(context, test, `${context}: ${kind}: ${test.slice(0, 120)}`);
                }
            }
        }
    }
    // A dimension says which category, never how many (portals would print nonsense).
    rule('//dimension', 'number(@value) != number(@value)', '//dimension/@value is a number');
    rule('//actual/location', '@ref = ancestor::iati-activity/location/@ref', 'a location that the activity does not have');
    return out;
}

// What is wrong with it, a line each; none: nothing.
export function wrongs(text) {
    const at = mkdtempSync(join(tmpdir(), 'sunwai-iati.'));
    try {
        const file = join(at, 'iati.xml');
        writeFileSync(file, text);
        const xmllint = (...args) => spawnSync('xmllint', ['--nonet', ...args, file], { encoding: 'utf8', maxBuffer: 1 << 26 });
        const schema = xmllint('--noout', '--schema', join(here, 'iati-activities-schema.xsd'));
        if (schema.status !== 0) return schema.stderr.split('\n').filter((l) => l && !/fails to validate$/.test(l));
        const rules = rulesOf();
        const counted = xmllint('--xpath', `concat(${rules.map(([, xpath]) => xpath).join(", ' ', ")})`);
        const counts = counted.stdout.trim().split(' ');
        if (counted.status !== 0 || counts.length !== rules.length) return [`the rules could not be asked: ${counted.stderr}`];
        return rules.filter((_, i) => counts[i] !== '0').map(([words]) => words);
    } finally {
        rmSync(at, { recursive: true, force: true });
    }
}
