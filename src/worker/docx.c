/* docx.c: four small parts that never change, and the document. */
#include "docx.h"

#include "chart.h"
#include "fonts.h"
#include "package.h"
#include "photo.h"

enum { XML_MAX = 16 << 20, TWIPS = 20, PER_MILLE = 1000 };

/* In twentieths of a point. */
static const struct {
    int width, height;
    bool wide;
} sizes[PAPER_SIZES] = {
    [PAPER_A4] = {11906, 16838, false},
    [PAPER_A4_WIDE] = {16838, 11906, true},
    [PAPER_A3] = {16838, 23811, false},
    [PAPER_A3_WIDE] = {23811, 16838, true},
};
enum { MARGIN = 794 };

/* Charts and maps are pictures, too. */
enum {
    PICTURES_MAX = 64 + PAPER_PICTURES_MAX,
    PICTURE_MAX = 4 << 20,
    PICTURE_NAME = 40,
    EMU = 12700 /* to a point */
};
struct pictures {
    struct buf bytes[PICTURES_MAX];
    bool photo[PICTURES_MAX]; /* a JPEG, else a PNG */
    size_t n;
};

struct doc {
    struct pictures *pictures;
    const struct ink_contexts *contexts;
    struct buf *xml;
    const struct paper *paper;
    bool rtl;
    int width; /* between the margins */
    const struct paper_piece *heads;
};

/* How a paragraph looks beside what its words say of themselves. */
struct para {
    const char *style;
    bool bold;
    bool line_above; /* to sign on */
    bool own_side;
    bool keep; /* with the next paragraph */
};

static void put(const struct doc *d, const char *xml)
{
    buf_put(d->xml, str_of(xml));
}

static void put_number(const struct doc *d, const char *before, int n, const char *behind)
{
    put(d, before);
    buf_i64(d->xml, n);
    put(d, behind);
}

/* ---- words ---- */

enum isolate { NONE, LEFT, RIGHT };

static enum isolate isolate_of(uint32_t c)
{
    return c == 0x2066 ? LEFT : c == 0x2067 ? RIGHT : NONE;
}

/* A run: one stretch of a line in one direction. */
static void run_open(const struct doc *d, const struct paper_words *w, bool bold, bool rtl)
{
    put(d, "<w:r><w:rPr>");
    put(d, bold ? "<w:b/><w:bCs/>" : "");
    put(d, rtl ? "<w:rtl/>" : "");
    put(d, rtl ? "<w:lang w:bidi=\"" : "<w:lang w:val=\"");
    buf_put(d->xml, w->lang);
    put(d, "\"/></w:rPr><w:t xml:space=\"preserve\">");
}

static void run_close(const struct doc *d)
{
    put(d, "</w:t></w:r>");
}

/* One line in runs. What stands between isolating marks is a run of that direction, with marks that every
 * program knows on both sides. */
static void line_put(const struct doc *d, const struct paper_words *w, str line, bool bold)
{
    const bool rtl = paper_from_right(w);
    enum isolate within = NONE;
    run_open(d, w, bold, rtl);
    size_t at = 0;
    for (uint32_t c = str_next(line, &at); c != 0; c = str_next(line, &at)) {
        if (isolate_of(c) != NONE && within == NONE) {
            within = isolate_of(c);
            run_close(d);
            run_open(d, w, bold, within == RIGHT);
            buf_utf8(d->xml, within == RIGHT ? 0x200f : 0x200e);
        } else if (c == 0x2069 && within != NONE) {
            buf_utf8(d->xml, within == RIGHT ? 0x200f : 0x200e);
            within = NONE;
            run_close(d);
            run_open(d, w, bold, rtl);
        } else if (c < 0x2066 || c > 0x2069) {
            package_escape(d->xml, c);
        }
    }
    run_close(d);
}

/* What stands before the lines to sign on stays on one sheet with them: nobody signs an empty one. */
static bool signed_next(const struct doc *d, const struct paper_piece *piece)
{
    return piece + 1 < d->paper->pieces + d->paper->pieces_n && piece[1].kind == PAPER_SIGN;
}

/* "start" is the beginning of a paragraph's own direction. */
static const char *side_of(const struct doc *d, const struct paper_words *w, bool own_side)
{
    const bool other = !own_side && paper_from_right(w) != d->rtl;
    const bool end = (w->flags & PAPER_NUMBER) != 0;
    return other != end ? "<w:jc w:val=\"end\"/>" : "<w:jc w:val=\"start\"/>";
}

static void paragraph(const struct doc *d, const struct paper_words *w, const struct para *look)
{
    put(d, "<w:p><w:pPr><w:pStyle w:val=\"");
    put(d, look->style);
    put(d, "\"/>");
    put(d, look->keep ? "<w:keepNext/>" : "");
    put(d, look->line_above
               ? "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"000000\"/></w:pBdr>"
               : "");
    put(d, paper_from_right(w) ? "<w:bidi/>" : "<w:bidi w:val=\"0\"/>");
    put(d, look->line_above ? "<w:spacing w:before=\"850\"/>" : "");
    put(d, side_of(d, w, look->own_side));
    put(d, "</w:pPr>");
    str rest = w->text;
    bool first = true;
    while (rest.p != NULL) {
        const str line = str_cut(&rest, '\n');
        if (!first) {
            put(d, "<w:r><w:br/></w:r>");
        }
        const bool bold =
            look->bold || (w->flags & PAPER_STRONG) != 0 || (first && (w->flags & PAPER_FIRST) != 0);
        line_put(d, w, line, bold);
        first = false;
    }
    put(d, "</w:p>");
}

static void plain(const struct doc *d, const struct paper_words *w, const char *style)
{
    const struct para look = {.style = style};
    paragraph(d, w, &look);
}

static void words_put(const struct doc *d, const struct paper_piece *piece, size_t i, const char *style)
{
    const struct para look = {.style = style, .keep = signed_next(d, piece)};
    paragraph(d, &piece->words[i], &look);
}

/* ---- tables ---- */

static int share_of(const struct paper_words *w)
{
    return w->share == 0 ? 1 : w->share;
}

static int column_width(const struct doc *d, const struct paper_piece *heads, size_t i)
{
    int shares = 0;
    for (size_t k = 0; k < heads->words_n; k++) {
        shares += share_of(&heads->words[k]);
    }
    return shares == 0 ? d->width : d->width * share_of(&heads->words[i]) / shares;
}

static void table_open(const struct doc *d, const char *borders)
{
    put(d, "<w:tbl><w:tblPr>");
    put(d, d->rtl ? "<w:bidiVisual/>" : "");
    put_number(d, "<w:tblW w:w=\"", d->width, "\" w:type=\"dxa\"/>");
    put(d, borders);
    put(d, "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"40\" w:type=\"dxa\"/>"
           "<w:bottom w:w=\"40\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>");
}

static void grid(const struct doc *d, const struct paper_piece *heads)
{
    put(d, "<w:tblGrid>");
    for (size_t i = 0; i < heads->words_n; i++) {
        put_number(d, "<w:gridCol w:w=\"", column_width(d, heads, i), "\"/>");
    }
    put(d, "</w:tblGrid>");
}

static void cell(const struct doc *d, const struct paper_words *w, int width, bool head,
                 const struct para *look)
{
    put_number(d, "<w:tc><w:tcPr><w:tcW w:w=\"", width, "\" w:type=\"dxa\"/>");
    put(d, head ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E1F2EA\"/>" : "");
    put(d, "</w:tcPr>");
    paragraph(d, w, look);
    put(d, "</w:tc>");
}

static void row(const struct doc *d, const struct paper_piece *piece, const struct paper_piece *heads,
                bool head)
{
    put(d, "<w:tr><w:trPr><w:cantSplit/>");
    put(d, head ? "<w:tblHeader/>" : "");
    put(d, "</w:trPr>");
    for (size_t i = 0; i < piece->words_n; i++) {
        const struct para look = {.style = "Cell",
                                  .bold = head,
                                  .keep = signed_next(d, piece),
                                  .own_side = (piece->words[i].flags & PAPER_FIRST) != 0};
        cell(d, &piece->words[i], column_width(d, heads, i), head, &look);
    }
    put(d, "</w:tr>");
}

/* With an empty line, or two tables would be one. */
static void table_close(const struct doc *d, const struct paper_piece *last)
{
    put(d, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Note\"/>");
    put(d, signed_next(d, last) ? "<w:keepNext/>" : "");
    put(d, "</w:pPr></w:p>");
}

static const char *const ruled = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:color=\"8C9994\"/>"
                                 "<w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"8C9994\"/>"
                                 "<w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"8C9994\"/></w:tblBorders>";

static void table(const struct doc *d, const struct paper_piece *pieces, size_t n)
{
    table_open(d, ruled);
    grid(d, &pieces[0]);
    row(d, &pieces[0], &pieces[0], true);
    for (size_t i = 1; i < n; i++) {
        row(d, &pieces[i], &pieces[0], false);
    }
    table_close(d, &pieces[n - 1]);
}

/* Facts: names in a narrower column. */
static void facts(const struct doc *d, const struct paper_piece *pieces, size_t n)
{
    const struct paper_words shares[] = {{.share = 3}, {.share = 7}};
    const struct paper_piece columns = {.words = shares, .words_n = 2};
    table_open(d, ruled);
    grid(d, &columns);
    for (size_t i = 0; i < n; i++) {
        put(d, "<w:tr>");
        for (size_t k = 0; k < 2; k++) {
            const struct para look = {.style = "Cell", .bold = k == 0, .keep = signed_next(d, &pieces[i])};
            cell(d, &pieces[i].words[k], column_width(d, &columns, k), false, &look);
        }
        put(d, "</w:tr>");
    }
    table_close(d, &pieces[n - 1]);
}

static void signs(const struct doc *d, const struct paper_piece *piece)
{
    table_open(d, "");
    grid(d, piece);
    put(d, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (size_t i = 0; i < piece->words_n; i++) {
        const struct para look = {.style = "Cell", .line_above = true};
        cell(d, &piece->words[i], column_width(d, piece, i), false, &look);
    }
    put(d, "</w:tr>");
    table_close(d, piece);
}

/* ---- charts and maps ---- */

/* What it says, for who does not see it; without the marks that office programs do not know. */
static void told(const struct doc *d, const struct paper_piece *head)
{
    SCOPED(buf_free) struct buf words = buf_new(PAPER_TEXT_MAX);
    paper_drawn_words(d->paper, (size_t)(head - d->paper->pieces), &words);
    size_t at = 0;
    for (uint32_t c = str_next(buf_str(&words), &at); c != 0; c = str_next(buf_str(&words), &at)) {
        if (c < 0x2066 || c > 0x2069) {
            package_escape(d->xml, c == '\n' ? ' ' : c);
        }
    }
}

static void extent(const struct doc *d, const char *name, double wide, double high)
{
    put(d, "<");
    put(d, name);
    put_number(d, " cx=\"", (int)(wide * EMU), "\"");
    put_number(d, " cy=\"", (int)(high * EMU), "\"/>");
}

static void picture_put(const struct doc *d, const struct paper_piece *head, double wide, double high)
{
    const int number = (int)d->pictures->n;
    put(d, "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/>");
    put(d, d->rtl ? "<w:bidi/>" : "");
    put(d, "</w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
    extent(d, "wp:extent", wide, high);
    put_number(d, "<wp:docPr id=\"", number, "\"");
    put_number(d, d->pictures->photo[number - 1] ? " name=\"Photo " : " name=\"Chart ", number,
               "\" descr=\"");
    told(d, head);
    put(d, "\"/><a:graphic><a:graphicData "
           "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>");
    put_number(d, "<pic:cNvPr id=\"", number, "\" name=\"picture\"/><pic:cNvPicPr/></pic:nvPicPr>");
    put_number(d, "<pic:blipFill><a:blip r:embed=\"rIdP", number,
               "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
               "<a:off x=\"0\" y=\"0\"/>");
    extent(d, "a:ext", wide, high);
    put(d, "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
           "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>");
}

/* Without fonts, and past the last picture, a table says what it says. */
static void points_table(const struct doc *d, const struct paper_piece *head, size_t n)
{
    struct paper_words heads[1 + PAPER_SERIES_MAX];
    const size_t series = head->kind == PAPER_MAP ? 1 : head->words_n - PAPER_SERIES_AT;
    const struct paper_piece columns = {.words = heads, .words_n = 1 + series};
    heads[0] = head->words[0];
    for (size_t k = 0; k < series; k++) {
        heads[1 + k] = head->kind == PAPER_MAP ? (struct paper_words){.text = S(""), .lang = S("en")}
                                               : head->words[PAPER_SERIES_AT + k];
    }
    table_open(d, ruled);
    grid(d, &columns);
    row(d, &columns, &columns, true);
    for (size_t i = 1; i < n; i++) {
        struct paper_words words[1 + PAPER_SERIES_MAX];
        words[0] = head[i].words[0];
        for (size_t k = 0; k < series; k++) {
            words[1 + k] = head[i].words[PAPER_PAIRS_AT + 2 * k];
        }
        const struct paper_piece one = {.words = words, .words_n = 1 + series};
        row(d, &one, &columns, false);
    }
    table_close(d, &head[n - 1]);
}

static void drawing(const struct doc *d, const struct paper_piece *head, size_t n)
{
    const double wide = (double)d->width / TWIPS;
    const double most = (double)(sizes[d->paper->size].height - 2 * MARGIN) / TWIPS * 0.9;
    double high = 0;
    if (d->contexts == NULL || d->pictures->n == PICTURES_MAX) {
        points_table(d, head, n);
        return;
    }
    const struct chart c = chart_of(d->contexts, d->paper, head, wide);
    struct buf *png = &d->pictures->bytes[d->pictures->n];
    *png = buf_new(PICTURE_MAX);
    if (chart_picture(&c, png, &high).code != ERR_OK) {
        buf_free(png);
        points_table(d, head, n);
        return;
    }
    d->pictures->n++;
    const double fits = high > most ? most / high : 1;
    picture_put(d, head, wide * fits, high * fits);
}

/* Past the last picture its words say what is to be seen: they stand beside it. */
static void photo_put(const struct doc *d, const struct paper_piece *piece)
{
    const str jpeg = paper_picture_of(d->paper, piece);
    const size_t at = d->pictures->n;
    cairo_surface_t *photo = at < PICTURES_MAX ? photo_open(jpeg) : NULL;
    if (photo == NULL) {
        return;
    }
    const struct photo_size size = photo_size(photo);
    cairo_surface_destroy(photo);
    d->pictures->bytes[at] = buf_new(PAPER_PICTURE_MAX);
    buf_put(&d->pictures->bytes[at], jpeg);
    d->pictures->photo[at] = true;
    d->pictures->n++;
    picture_put(d, piece, size.wide, size.high);
}

/* ---- pieces: those of one list or table at once ---- */

static void pieces_put(const struct doc *d, const struct paper_piece *piece, size_t n)
{
    switch (piece->kind) {
    case PAPER_HEADING:
        plain(d, &piece->words[0], "Heading1");
        return;
    case PAPER_TEXT:
        words_put(d, piece, 0, "Normal");
        return;
    case PAPER_NOTE:
        words_put(d, piece, 0, "Note");
        return;
    case PAPER_FACT:
        facts(d, piece, n);
        return;
    case PAPER_TABLE:
        table(d, piece, n);
        return;
    case PAPER_SIGN:
        signs(d, piece);
        return;
    case PAPER_BREAK:
        put(d, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
        return;
    case PAPER_QR: /* a document is edited: the address in letters instead of a picture */
        words_put(d, piece, 1, "Normal");
        words_put(d, piece, 0, "Note");
        return;
    case PAPER_BARS:
    case PAPER_STACKS:
    case PAPER_LINES:
    case PAPER_FUNNEL:
    case PAPER_MAP:
        drawing(d, piece, n);
        return;
    case PAPER_PICTURE:
        photo_put(d, piece);
        return;
    case PAPER_ROW:
    case PAPER_POINT:
    case PAPER_AREA:
    case PAPER_KINDS:
        return;
    }
}

static const char *const names =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

static void section(const struct doc *d)
{
    const int size = (int)d->paper->size;
    put(d, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>");
    put_number(d, "<w:pgSz w:w=\"", sizes[size].width, "\"");
    put_number(d, " w:h=\"", sizes[size].height, "\"");
    put(d, sizes[size].wide ? " w:orient=\"landscape\"/>" : "/>");
    put(d, "<w:pgMar w:top=\"794\" w:right=\"794\" w:bottom=\"794\" w:left=\"794\" w:header=\"400\" "
           "w:footer=\"400\" "
           "w:gutter=\"0\"/>");
    put(d, d->rtl ? "<w:bidi/></w:sectPr>" : "</w:sectPr>");
}

static void document(const struct doc *d)
{
    put(d, PACKAGE_XML);
    put(d, "<w:document");
    put(d, names);
    put(d, "><w:body>");
    if (d->paper->above.text.n > 0) {
        plain(d, &d->paper->above, "Note");
    }
    plain(d, &d->paper->title, "Title");
    for (size_t i = 0; i < d->paper->pieces_n;) {
        const size_t n = paper_together(d->paper, i);
        pieces_put(d, &d->paper->pieces[i], n);
        i += n;
    }
    section(d);
    put(d, "</w:body></w:document>");
}

/* ---- the other parts ---- */

static void field(const struct doc *d, const char *code)
{
    put(d, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> ");
    put(d, code);
    put(d, " </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
}

static void footer(const struct doc *d)
{
    put(d, PACKAGE_XML);
    put(d, "<w:ftr");
    put(d, names);
    put(d, ">");
    plain(d, &d->paper->foot, "Note");
    put(d, "<w:p><w:pPr><w:pStyle w:val=\"Note\"/><w:jc w:val=\""); /* "2 / 11" is read from the left */
    put(d, d->rtl ? "right" : "left");
    put(d, "\"/></w:pPr>");
    field(d, "PAGE");
    put(d, "<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>");
    field(d, "NUMPAGES");
    put(d, "</w:p></w:ftr>");
}

/* A style in half points; the fonts are those of the pages. */
static void style(const struct doc *d, const char *head, int half_points, const char *paragraph_look,
                  const char *run_look)
{
    put(d, "<w:style w:type=\"paragraph\" ");
    put(d, head);
    put(d, "<w:pPr>");
    put(d, paragraph_look);
    put(d, "</w:pPr><w:rPr>");
    put(d, run_look);
    put_number(d, "<w:sz w:val=\"", half_points, "\"/>");
    put_number(d, "<w:szCs w:val=\"", half_points, "\"/></w:rPr></w:style>");
}

static void styles(const struct doc *d)
{
    const int size = 2 * d->paper->letters;
    const bool nastaliq = str_eq(d->paper->title.lang, S("ur"));
    put(d, PACKAGE_XML);
    put(d, "<w:styles");
    put(d, names);
    put(d,
        "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Noto Sans\" w:hAnsi=\"Noto Sans\" w:cs=\"");
    put(d, nastaliq ? "Noto Nastaliq Urdu" : "Noto Naskh Arabic");
    put(d,
        "\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr></w:pPrDefault>"
        "</w:docDefaults>");
    style(d, "w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>", size, "", "");
    style(d, "w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/>", size * 8 / 5,
          "<w:keepNext/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"4\" "
          "w:color=\"064634\"/></w:pBdr>",
          "<w:b/><w:bCs/>");
    style(d, "w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/>",
          size * 5 / 4, "<w:keepNext/><w:spacing w:before=\"240\"/><w:outlineLvl w:val=\"0\"/>",
          "<w:b/><w:bCs/><w:color w:val=\"064634\"/>");
    style(d, "w:styleId=\"Note\"><w:name w:val=\"Note\"/><w:basedOn w:val=\"Normal\"/>", size * 4 / 5, "",
          "<w:color w:val=\"404040\"/>");
    style(d, "w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/>", size,
          "<w:spacing w:after=\"0\"/>", "");
    put(d, "</w:styles>");
}

#define PART "application/vnd.openxmlformats-officedocument.wordprocessingml."
static void content_types(const struct doc *d)
{
    put(d, PACKAGE_XML);
    put(d, "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
           "<Default Extension=\"rels\" "
           "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Default Extension=\"png\" ContentType=\"image/png\"/>"
           "<Default Extension=\"jpg\" ContentType=\"image/jpeg\"/>"
           "<Override PartName=\"/word/document.xml\" ContentType=\"" PART "document.main+xml\"/>"
           "<Override PartName=\"/word/styles.xml\" ContentType=\"" PART "styles+xml\"/>"
           "<Override PartName=\"/word/footer1.xml\" ContentType=\"" PART "footer+xml\"/></Types>");
}

static void relations(const struct doc *d)
{
    put(d, PACKAGE_XML);
    put(d, PACKAGE_RELATIONS "<Relationship Id=\"rId1\" Type=\"" PACKAGE_RELATION
                             "officeDocument\" Target=\"word/document.xml\"/>"
                             "</Relationships>");
}

static void document_relations(const struct doc *d)
{
    put(d, PACKAGE_XML);
    put(d, PACKAGE_RELATIONS
        "<Relationship Id=\"rId1\" Type=\"" PACKAGE_RELATION "styles\" Target=\"styles.xml\"/>"
        "<Relationship Id=\"rId2\" Type=\"" PACKAGE_RELATION "footer\" Target=\"footer1.xml\"/>");
    for (int i = 1; i <= (int)d->pictures->n; i++) {
        put_number(d, "<Relationship Id=\"rIdP", i, "\" Type=\"" PACKAGE_RELATION "image\"");
        put_number(d, " Target=\"media/picture", i, d->pictures->photo[i - 1] ? ".jpg\"/>" : ".png\"/>");
    }
    put(d, "</Relationships>");
}

static const struct {
    const char *name;
    void (*write)(const struct doc *d);
} parts[] = {
    {"[Content_Types].xml", content_types},
    {"_rels/.rels", relations},
    {"word/document.xml", document},
    {"word/_rels/document.xml.rels", document_relations},
    {"word/styles.xml", styles},
    {"word/footer1.xml", footer},
};
enum { PARTS_N = sizeof parts / sizeof parts[0], ALL_PARTS = PARTS_N + PICTURES_MAX };

/* The document first names its pictures, so that the parts behind it know of them. */
static err parts_write(struct doc *d, struct buf *out)
{
    struct buf texts[PARTS_N];
    struct package_part all[ALL_PARTS] = {0};
    char names_of[PICTURES_MAX][PICTURE_NAME];
    for (size_t i = 0; i < PARTS_N; i++) {
        texts[i] = buf_new(XML_MAX);
        d->xml = &texts[i];
        parts[i].write(d);
        all[i] = (struct package_part){parts[i].name, &texts[i]};
    }
    for (size_t i = 0; i < d->pictures->n; i++) {
        const char *as = d->pictures->photo[i] ? "jpg" : "png";
        (void)snprintf(names_of[i], PICTURE_NAME, "word/media/picture%zu.%s", i + 1, as);
        all[PARTS_N + i] = (struct package_part){names_of[i], &d->pictures->bytes[i]};
    }
    const err e = package_of(all, PARTS_N + d->pictures->n, out);
    for (size_t i = 0; i < PARTS_N; i++) {
        buf_free(&texts[i]);
    }
    return e;
}

err docx_of(const struct paper *p, struct buf *out)
{
    struct pictures pictures = {.n = 0};
    struct ink_contexts contexts;
    const bool drawn = fonts_ready();
    struct doc d = {.pictures = &pictures,
                    .paper = p,
                    .rtl = (p->title.flags & PAPER_RTL) != 0,
                    .width = sizes[p->size].width - 2 * MARGIN};
    if (drawn) {
        contexts = ink_open();
        d.contexts = &contexts;
    }
    const err e = parts_write(&d, out);
    for (size_t i = 0; i < pictures.n; i++) {
        buf_free(&pictures.bytes[i]);
    }
    if (drawn) {
        ink_close(&contexts);
    }
    return e;
}
