// zip.mjs: files that are put together from parts, for tests: a zip without compression, and a small workbook.
import { deflateRawSync } from 'node:zlib';

const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
});
const crc = (bytes) => {
    let c = 0xffffffff;
    for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
};

export function zip(parts) {
    const files = [];
    const heads = [];
    let at = 0;
    for (const [name, content] of parts) {
        const plain = Buffer.from(content);
        const packed = deflateRawSync(plain);
        const head = Buffer.alloc(26);
        head.writeUInt16LE(20, 0);
        head.writeUInt16LE(8, 4);
        head.writeUInt32LE(0x00210000, 6);
        head.writeUInt32LE(crc(plain), 10);
        head.writeUInt32LE(packed.length, 14);
        head.writeUInt32LE(plain.length, 18);
        head.writeUInt16LE(name.length, 22);
        const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from(name), packed]);
        const entry = Buffer.alloc(14);
        entry.writeUInt32LE(at, 10);
        heads.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, entry, Buffer.from(name)]));
        files.push(file);
        at += file.length;
    }
    const directory = Buffer.concat(heads);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 0, 'latin1');
    end.writeUInt16LE(parts.length, 8);
    end.writeUInt16LE(parts.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...files, directory, end]);
}

// Rows of cells: a text, a number, or the XML of a cell's inside with its attributes: { t, s, xml }.
export function workbook(rows, more = '') {
    const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const cell = (c, i, row) => {
        const at = `${String.fromCharCode(65 + i)}${row}`;
        if (c === null || c === '') return '';
        if (typeof c === 'number') return `<c r="${at}"><v>${c}</v></c>`;
        if (typeof c === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escape(c)}</t></is></c>`;
        return `<c r="${at}"${c.t ? ` t="${c.t}"` : ''}${c.s ? ` s="${c.s}"` : ''}>${c.xml}</c>`;
    };
    const sheet = rows.map((r, k) => `<row r="${k + 1}">${r.map((c, i) => cell(c, i, k + 1)).join('')}</row>`).join('');
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    return zip([
        ['xl/workbook.xml', `<workbook ${main} xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="a"/></sheets></workbook>`],
        ['xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>'],
        ['xl/styles.xml', `<styleSheet ${main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>`],
        ['xl/worksheets/sheet1.xml', `<worksheet ${main}><sheetData>${sheet}</sheetData>${more}</worksheet>`],
    ]);
}
