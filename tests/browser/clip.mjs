// clip.mjs: whether any letter is cut off, leaves its coloured box or runs into a letter of another line. Nastaliq stands
// taller and hangs deeper than the boxes that fonts announce: the ink of each word is measured on a canvas in the very
// font of its element; where the ink of two lines could meet both words are drawn and their pixels compared. Runs in
// the page.
export function clipped() {
    const SLACK = 2.5; // px: edges are smoothed
    const TOUCH = 14; // inked pixels in common: less is a touch, and reads well
    const ctx = document.createElement('canvas').getContext('2d');
    const known = new Map();
    const ink = (word, font, dir) => {
        const key = `${dir} ${font} ${word}`;
        if (!known.has(key)) {
            Object.assign(ctx, { font, direction: dir, textAlign: 'left' });
            const m = ctx.measureText(word);
            known.set(key, {
                up: m.actualBoundingBoxAscent, down: m.actualBoundingBoxDescent, left: m.actualBoundingBoxLeft, right: m.actualBoundingBoxRight,
                box: m.fontBoundingBoxAscent, all: m.fontBoundingBoxAscent + m.fontBoundingBoxDescent,
            });
        }
        return known.get(key);
    };
    const fontOf = (cs) => `${cs.fontStyle} ${cs.fontWeight} ${cs.fontSize} ${cs.fontFamily}`;
    const faults = [];
    const nameOf = (e) => `${e.tagName.toLowerCase()}${e.className ? `.${e.className}` : ''}`;
    const said = (e, what, word) => faults.push(`${what}: ${nameOf(e)} "${word}"`);
    const hidden = (e) => !e.checkVisibility({ visibilityProperty: true }) || e.closest('.away, script, style, noscript');

    // What holds the letters of an element: the first that clips, and the first that has a ground or an edge.
    const holders = new Map();
    const holdersOf = (e) => {
        if (!holders.has(e)) {
            const found = { clip: [], ground: null };
            for (let up = e; up && up !== document.body; up = up.parentElement) {
                const cs = getComputedStyle(up);
                if (/hidden|clip/.test(cs.overflowY)) found.clip.push(up);
                const painted = !/^rgba\(.*, 0\)$|^transparent$/.test(cs.backgroundColor) || parseFloat(cs.borderTopWidth) > 0;
                if (!found.ground && painted && !/^inline$|^contents$|^table-row/.test(cs.display)) found.ground = up;
            }
            holders.set(e, found);
        }
        return holders.get(e);
    };

    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const e = node.parentElement;
        if (!/\S/.test(node.data) || hidden(e) || e.closest('select, textarea, svg')) continue;
        const cs = getComputedStyle(e);
        const font = fontOf(cs);
        for (const found of node.data.matchAll(/\S+/g)) {
            range.setStart(node, found.index);
            range.setEnd(node, found.index + found[0].length);
            const rects = range.getClientRects();
            if (rects.length !== 1 || rects[0].width < 1) continue; // broken inside a word
            const r = rects[0];
            const m = ink(found[0], font, cs.direction);
            const base = (r.top + r.bottom - m.all) / 2 + m.box;
            const w = { e, word: found[0], font, dir: cs.direction, m, base, x: r.left, top: base - m.up, bottom: base + m.down, left: r.left - m.left, right: r.left + m.right };
            words.push(w);
            const { clip, ground } = holdersOf(e);
            for (const up of clip) {
                const box = up.getBoundingClientRect();
                if (w.top < box.top - SLACK || w.bottom > box.bottom + SLACK) said(e, `cut off by ${nameOf(up)}`, w.word);
            }
            if (ground) {
                const box = ground.getBoundingClientRect();
                const out = Math.max(box.top - w.top, w.bottom - box.bottom);
                if (out > SLACK) said(e, `${out.toFixed(1)} px outside ${nameOf(ground)}`, w.word);
            }
        }
    }

    // Words of different lines whose ink may meet.
    const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const pixels = (w, x, y, width, height) => {
        Object.assign(paint.canvas, { width, height });
        Object.assign(paint, { font: w.font, direction: w.dir, textAlign: 'left' });
        paint.fillText(w.word, w.x - x, w.base - y);
        return paint.getImageData(0, 0, width, height).data;
    };
    words.sort((a, b) => a.top - b.top);
    for (let i = 0; i < words.length && faults.length < 40; i += 1) {
        for (let j = i + 1; j < words.length && words[j].top < words[i].bottom; j += 1) {
            const [a, b] = [words[i], words[j]];
            if (Math.abs(a.base - b.base) < 6) continue; // one line
            const x = Math.floor(Math.max(a.left, b.left));
            const y = Math.floor(b.top);
            const width = Math.ceil(Math.min(a.right, b.right)) - x;
            const height = Math.ceil(Math.min(a.bottom, b.bottom)) - y;
            if (width < 2 || height < 2) continue;
            const p = pixels(a, x, y, width, height);
            const q = pixels(b, x, y, width, height);
            let met = 0;
            for (let k = 3; k < p.length; k += 4) met += p[k] > 128 && q[k] > 128;
            if (met >= TOUCH) said(b.e, `${met} px run into "${a.word}" of ${nameOf(a.e)}`, b.word);
        }
    }

    for (const e of document.querySelectorAll('select, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea')) {
        if (hidden(e) || e.getBoundingClientRect().height < 2) continue;
        const cs = getComputedStyle(e);
        const texts = e.matches('select') ? [...e.options].map((o) => o.text) : [e.value || e.placeholder || ''];
        const room = e.clientHeight; // without borders: what lies in the padding is still drawn
        for (const word of texts.join(' ').split(/\s+/).filter(Boolean)) {
            const m = ink(word, fontOf(cs), cs.direction);
            if (m.up + m.down > room + SLACK) said(e, `ink of ${(m.up + m.down).toFixed(0)} px in a control of ${room} px`, word);
        }
    }
    return [...new Set(faults)].slice(0, 12);
}
