// papers.mjs: what stands in the files that the program makes: workbooks, PDFs, DOCX. Through unzip and pdftotext.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let made = 0;
const home = mkdtempSync(join(tmpdir(), 'sunwai-papers.'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

// One part of a file that is a zip archive.
function part(bytes, name) {
    const file = join(home, `file${++made}`);
    writeFileSync(file, bytes);
    return execFileSync('unzip', ['-p', file, name], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

const plain = (s) => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');

// What stands in the cells of a workbook's sheet, row by row: numbers as numbers.
export function sheetRows(bytes, n = 1) {
    return [...part(bytes, `xl/worksheets/sheet${n}.xml`).matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map((r) =>
        [...r[1].matchAll(/<c [^>]*?(?:\/>|>(?:<is><t[^>]*>(.*?)<\/t><\/is>|<v>(.*?)<\/v>)<\/c>)/gs)].map((c) => (c[2] !== undefined ? Number(c[2]) : plain(c[1] ?? ''))),
    );
}

export function pdfText(bytes) {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8', maxBuffer: 1 << 26 });
}

// `rows`: a row of a table is one line, else each of its cells is.
export function docxText(bytes, rows = false) {
    const xml = part(bytes, 'word/document.xml');
    return plain((rows ? xml.replace(/<\/w:tr>/g, '\n') : xml.replace(/<\/w:p>/g, '\n')).replace(/<[^>]+>/g, ' '));
}

// Digits of any script as ASCII, without what groups or isolates them.
export function asciiDigits(text) {
    return text
        .replace(/[\u06F0-\u06F9]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
        .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
        .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
        .replace(/(\d)[,\u066C\u060C](?=\d{3}(?!\d))/g, '$1');
}
