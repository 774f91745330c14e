/* papers_testing.h: papers as tests of the writers use them, and files looked into with other people's
 * programs. */
#ifndef SUNWAI_PAPERS_TESTING_H
#define SUNWAI_PAPERS_TESTING_H

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "paper_model.h"

#define T_EN(words) ((struct paper_words){.text = S(words), .lang = S("en")})
#define T_UR(words) ((struct paper_words){.text = S(words), .lang = S("ur"), .flags = PAPER_RTL})
#define T_PS(words) ((struct paper_words){.text = S(words), .lang = S("ps"), .flags = PAPER_RTL})
#define T_FIGURE(words) ((struct paper_words){.text = S(words), .lang = S("en"), .flags = PAPER_NUMBER})

struct testing_pieces {
    struct arena *a;
    struct paper_piece *pieces;
    size_t n;
};

static inline void testing_add(struct testing_pieces *t, enum paper_kind kind,
                               const struct paper_words *words, size_t n)
{
    struct paper_words *own = arena_array_of(t->a, struct paper_words, n + 1);
    for (size_t i = 0; i < n; i++) {
        own[i] = words[i];
    }
    t->pieces[t->n++] = (struct paper_piece){.kind = kind, .words = own, .words_n = n};
}

#define ADD(t, kind, ...)                                               \
    testing_add((t), (kind), (const struct paper_words[]){__VA_ARGS__}, \
                sizeof((const struct paper_words[]){__VA_ARGS__}) / sizeof(struct paper_words))

/* Minutes of an open court in Urdu, with English and numbers amid, on more than one sheet. */
static inline struct paper testing_minutes(struct arena *a)
{
    struct testing_pieces t = {.a = a, .pieces = arena_array_of(a, struct paper_piece, 100)};
    ADD(&t, PAPER_FACT, T_UR("جگہ"), T_UR("گورنمنٹ گرلز ہائی سکول، نوشہرہ"));
    ADD(&t, PAPER_FACT, T_UR("تاریخ"), T_UR("14 نومبر 2026، صبح 10 بجے"));
    ADD(&t, PAPER_FACT, T_UR("افسر"), T_EN("Tehsil Municipal Officer"));
    ADD(&t, PAPER_HEADING, T_UR("حاضری"));
    struct paper_words service = T_UR("خدمت");
    service.share = 3;
    ADD(&t, PAPER_TABLE, T_UR("نمبر"), service, T_UR("حوالہ"), T_FIGURE("دن"));
    for (int i = 0; i < 30; i++) {
        ADD(&t, PAPER_ROW, T_FIGURE("12"), T_UR("پانی کی فراہمی کی شکایت، گلی نمبر 7، جواب کا انتظار ہے"),
            T_UR("\u2066412-806-3357\u2069 کے تحت"), T_FIGURE("7"));
    }
    ADD(&t, PAPER_HEADING, T_UR("احکامات"));
    ADD(&t, PAPER_TEXT,
        T_UR("تحصیل میونسپل افسر سات دن میں گلی نمبر 7 کا پائپ ٹھیک کرائیں اور رپورٹ دیں۔ خواتین نے کہا کہ "
             "پانی دن میں صرف ایک گھنٹہ آتا ہے۔ (Rs 300 فیس)"));
    ADD(&t, PAPER_TEXT, T_PS("د اوبو شکايت ۱۲۵ ورځې ښځې ګړندي کار وکړئ"));
    ADD(&t, PAPER_NOTE, T_UR("ابھی تصدیق باقی ہے"));
    ADD(&t, PAPER_QR, T_EN("https://sunwai.example/e/1"), T_UR("اس صفحے کو فون سے کھولیں"));
    ADD(&t, PAPER_SIGN, T_UR("ڈیسک آپریٹر"), T_UR("تحصیل ممبر"), T_UR("اسسٹنٹ کمشنر"));
    return (struct paper){.size = PAPER_A4,
                          .letters = 11,
                          .title = T_UR("کھلی کچہری کی کارروائی"),
                          .above = T_UR("ضلعی انتظامیہ نوشہرہ"),
                          .foot = T_UR("نمونہ: صرف آزمائش کے لیے"),
                          .pieces = t.pieces,
                          .pieces_n = t.n};
}

#define T_N(digits) ((struct paper_words){.text = S(digits), .lang = S("en")})

static inline void testing_bars(struct testing_pieces *t, bool urdu, enum paper_kind kind)
{
    if (urdu) {
        ADD(t, kind, T_UR("ضلع کے لحاظ سے شکایات"), T_N("702"), T_N("702"), T_UR("خواتین"), T_UR("مرد"),
            T_UR("درج نہیں"));
        ADD(t, PAPER_POINT, T_UR("پانی کی فراہمی اور نکاسی آب کی شکایتیں"), T_N("391"), T_N("391"),
            T_N("120"), T_N("120"), T_N("57"), T_N("57"));
        ADD(t, PAPER_POINT, T_UR("نوشہرہ"), T_N("402"), T_N("402"), T_N("250"), T_N("250"), T_N("<5"),
            T_N(""));
    } else {
        ADD(t, kind, T_EN("Complaints by district"), T_N("702"), T_N("702"), T_EN("Women"), T_EN("Men"),
            T_EN("Not stated"));
        ADD(t, PAPER_POINT, T_EN("Water supply and sewerage, all that was said of it"), T_N("391"),
            T_N("391"), T_N("120"), T_N("120"), T_N("57"), T_N("57"));
        ADD(t, PAPER_POINT, T_EN("Nowshera"), T_N("402"), T_N("402"), T_N("250"), T_N("250"), T_N("<5"),
            T_N(""));
    }
    ADD(t, PAPER_POINT, T_EN("Swat"), T_N("0"), T_N("0"), T_N("3"), T_N("3"), T_N("1"), T_N("1"));
}

static inline void testing_lines(struct testing_pieces *t, bool urdu)
{
    static const char *const amounts[] = {"12", "47", "", "31", "88", "95", "60", "74"};
    if (urdu) {
        ADD(t, PAPER_LINES, T_UR("سہ ماہی کے لحاظ سے"), T_N("100%"), T_N("100"), T_UR("خواتین کا حصہ"),
            T_UR("حل شدہ"));
    } else {
        ADD(t, PAPER_LINES, T_EN("Over the quarters"), T_N("100%"), T_N("100"), T_EN("Women's share"),
            T_EN("Solved"));
    }
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        const struct paper_words n = {.text = str_of(amounts[i]), .lang = S("en")};
        const struct paper_words m = {.text = str_of(amounts[sizeof amounts / sizeof amounts[0] - 1 - i]),
                                      .lang = S("en")};
        ADD(t, PAPER_POINT, urdu ? T_UR("جولائی تا ستمبر") : T_EN("Jul to Sep 2026"), n, n, m, m);
    }
}

static inline void testing_map(struct testing_pieces *t, bool urdu)
{
    ADD(t, PAPER_MAP, urdu ? T_UR("اضلاع") : T_EN("Districts"), T_N("0 0 100 60"), T_EN("not known"),
        T_N("1 to 20"), T_N("21 to 40"), T_N("41 to 60"), T_N("61 to 80"), T_N("81 to 100"));
    ADD(t, PAPER_AREA, T_EN("around"), T_EN(""), T_N(""), T_N("0 0"), T_N("M0 0h100v60h-100z"));
    ADD(t, PAPER_AREA, T_EN("Nowshera"), T_EN("17"), T_N("1"), T_N("20 20"), T_N("M5 5l30 0 5 25-20 10z"));
    ADD(t, PAPER_AREA, T_EN("Swat"), T_EN("35"), T_N("2"), T_N("60 20"), T_N("M45 5L90 5 90 30H45Z"));
    ADD(t, PAPER_AREA, T_EN("Mardan"), T_EN("57"), T_N("3"), T_N("30 50"), T_N("M10 40h30v15h-30z"));
    ADD(t, PAPER_AREA, T_EN("Buner"), T_EN("71"), T_N("4"), T_N("55 45"), T_N("M45 35h20v20h-20z"));
    ADD(t, PAPER_AREA, T_EN("Dir"), T_EN("93"), T_N("5"), T_N("80 45"), T_N("M70 35h20v20h-20z"));
}

/* Each kind of chart, and a map. */
static inline struct paper testing_figures(struct arena *a, bool urdu)
{
    struct testing_pieces t = {.a = a, .pieces = arena_array_of(a, struct paper_piece, 100)};
    ADD(&t, PAPER_HEADING, urdu ? T_UR("شکایات") : T_EN("Complaints"));
    testing_bars(&t, urdu, PAPER_BARS);
    testing_bars(&t, urdu, PAPER_STACKS);
    testing_lines(&t, urdu);
    ADD(&t, PAPER_FUNNEL, urdu ? T_UR("شکایت کا سفر") : T_EN("What became of them"), T_N("391"), T_N("391"),
        T_EN("Complaints"));
    ADD(&t, PAPER_POINT, urdu ? T_UR("موصول") : T_EN("Received"), T_N("391"), T_N("391"));
    ADD(&t, PAPER_POINT, urdu ? T_UR("بلدیاتی") : T_EN("Municipal"), T_N("250 (64%)"), T_N("250"));
    ADD(&t, PAPER_POINT, urdu ? T_UR("حل شدہ") : T_EN("Resolved"), T_N("175 (70%)"), T_N("175"));
    testing_map(&t, urdu);
    struct paper p = testing_minutes(a);
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    p.title = urdu ? T_UR("سالانہ رپورٹ") : T_EN("Annual report");
    p.above = urdu ? T_UR("ضلعی انتظامیہ نوشہرہ") : T_EN("District administration Nowshera");
    p.foot = urdu ? T_UR("عبوری") : T_EN("Provisional");
    return p;
}

/* The figures of a year: so many indicators, each with a chart and a table of eight districts by quarter. */
static inline struct paper testing_year(struct arena *a, bool urdu, size_t indicators)
{
    enum { DISTRICTS = 8 };
    struct testing_pieces t = {.a = a, .pieces = arena_array_of(a, struct paper_piece, indicators * 24)};
    struct paper_words name = urdu ? T_UR("ضلع") : T_EN("District");
    name.share = 3;
    for (size_t i = 0; i < indicators; i++) {
        ADD(&t, PAPER_HEADING,
            urdu ? T_UR("خواتین کی شکایات جو حل ہوئیں، اور ان کا حصہ")
                 : T_EN("Women's complaints that were solved, and their share"));
        ADD(&t, PAPER_TEXT,
            urdu ? T_UR("ہدف 70%، حاصل 64%۔ یہ اعداد منظور شدہ ہیں۔")
                 : T_EN("Target 70%, reached 64%. These figures are approved."));
        testing_lines(&t, urdu);
        ADD(&t, PAPER_TABLE, name, T_FIGURE("Q1"), T_FIGURE("Q2"), T_FIGURE("Q3"), T_FIGURE("Q4"),
            T_FIGURE("2026-27"));
        for (size_t k = 0; k < DISTRICTS; k++) {
            ADD(&t, PAPER_ROW, urdu ? T_UR("ڈیرہ اسماعیل خان") : T_EN("Dera Ismail Khan"), T_FIGURE("391"),
                T_FIGURE("1,436"), T_FIGURE("70%"), T_FIGURE("57"), T_FIGURE("2,134"));
        }
    }
    struct paper p = testing_figures(a, urdu);
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    return p;
}

static inline struct paper_words testing_figure(const char *digits)
{
    return (struct paper_words){.text = str_of(digits), .lang = S("en"), .flags = PAPER_NUMBER};
}

static inline void testing_annual_row(struct testing_pieces *t, struct paper_words year, bool some)
{
    static const char *const of[] = {"391", "391", "250", "0", "175", "70%", "75", "141", "150", "1", "7"};
    struct paper_words words[1 + sizeof of / sizeof of[0]] = {year};
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        words[1 + i] = testing_figure(some ? of[i] : "0");
    }
    testing_add(t, PAPER_ROW, words, sizeof words / sizeof words[0]);
}

static inline void testing_annual_rows(struct testing_pieces *t, bool urdu)
{
    testing_annual_row(t, T_EN("2019-20"), false);
    testing_annual_row(t, T_EN("2020-21"), false);
    testing_annual_row(t, T_EN("2021-22"), true);
    testing_annual_row(t, urdu ? T_UR("آغاز سے اب تک") : T_EN("Since the beginning"), true);
}

/* An Annual Report as documents make it: a cover, then its widest table, its chart and its notes. */
static inline struct paper testing_annual(struct arena *a, bool urdu)
{
    struct testing_pieces t = {.a = a, .pieces = arena_array_of(a, struct paper_piece, 40)};
    struct paper_words strong = urdu ? T_UR("منظور شدہ اعداد: اس مدت کی تمام 40 سہ ماہی شیٹیں منظور ہیں۔")
                                     : T_EN("Approved figures: all 40 quarterly sheets are approved.");
    strong.flags |= PAPER_STRONG;
    ADD(&t, PAPER_TEXT, strong);
    ADD(&t, PAPER_FACT, urdu ? T_UR("مقام") : T_EN("Place"),
        urdu ? T_UR("پورا پروگرام") : T_EN("The whole programme"));
    ADD(&t, PAPER_FACT, urdu ? T_UR("کون آیا") : T_EN("Who came"),
        urdu ? T_UR("کونسلر: 615 · افسر: 83 · خواتین شہری: 1,436 · کل: 2,134")
             : T_EN("Councillors: 615 · Officials: 83 · Women citizens: 1,436 · Total: 2,134"));
    ADD(&t, PAPER_NOTE,
        urdu ? T_UR("بطور مثال: تقسیم مثال کے طور پر ہے۔") : T_EN("Illustrative: how they spread."));
    ADD(&t, PAPER_HEADING,
        urdu ? T_UR("شکایات اور ڈیسک، منصوبہ بندی کے سال کے لحاظ سے")
             : T_EN("Complaints and desks by planning year"));
    if (urdu) {
        ADD(&t, PAPER_TABLE, T_UR("مدت"), T_UR("موصول"), T_UR("خواتین کی"), T_UR("بلدیاتی"),
            T_UR("شکایت کنندہ کے مطابق حل"), T_UR("حل شدہ، جیسا بتایا گیا"), T_UR("بلدیاتی میں سے"),
            T_UR("زیر کارروائی"), T_UR("دوسرے اداروں کو دی گئیں"), T_UR("کتابچے اور پرچے"),
            T_UR("کھلنے والے ڈیسک"), T_UR("زیر منصوبہ ڈیسک"));
    } else {
        ADD(&t, PAPER_TABLE, T_EN("Period"), T_EN("Received"), T_EN("By women"), T_EN("Municipal"),
            T_EN("Solved, they say"), T_EN("Resolved, as reported"), T_EN("Of the municipal ones"),
            T_EN("In progress"), T_EN("Passed to others"), T_EN("Brochures and leaflets"),
            T_EN("Desks opened"), T_EN("Desks planned"));
    }
    testing_annual_rows(&t, urdu);
    testing_lines(&t, urdu);
    ADD(&t, PAPER_SIGN, urdu ? T_UR("تیار کیا") : T_EN("Made by"),
        urdu ? T_UR("منظور کیا") : T_EN("Approved by"));
    struct paper p = testing_figures(a, urdu);
    p.size = PAPER_A4_WIDE;
    p.letters = 9;
    p.foot =
        urdu ? T_UR("منظور شدہ اعداد") : T_EN("Approved figures, SHA-256 e423adc184aea1374870489aed2ee425");
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    return p;
}

/* A story with its photo, and one with a photo that nobody can read. */
static inline struct paper testing_story(struct arena *a, bool urdu, str jpeg)
{
    struct testing_pieces t = {.a = a, .pieces = arena_array_of(a, struct paper_piece, 16)};
    str *pictures = arena_array_of(a, str, 2);
    pictures[0] = jpeg;
    pictures[1] = S("\xff\xd8\xff no picture");
    ADD(&t, PAPER_HEADING, urdu ? T_UR("کامیابیاں") : T_EN("Successes"));
    ADD(&t, PAPER_TEXT, urdu ? T_UR("سات گلیوں میں پانی آیا۔") : T_EN("Water came to seven streets."));
    ADD(&t, PAPER_PICTURE, urdu ? T_UR("تصویر: گلی کا نل") : T_EN("Photo: a tap & a \"street\""), T_N("0"));
    ADD(&t, PAPER_TEXT, urdu ? T_UR("اب پانی روز آتا ہے۔") : T_EN("Now water comes every day."));
    ADD(&t, PAPER_NOTE, urdu ? T_UR("خاتون شہری، نوشہرہ") : T_EN("A woman citizen, Nowshera"));
    ADD(&t, PAPER_PICTURE, T_EN("Photo: not to be read"), T_N("1"));
    ADD(&t, PAPER_TEXT, urdu ? T_UR("میں نے پہلی بار بات کی۔") : T_EN("I spoke for the first time."));
    struct paper p = testing_figures(a, urdu);
    p.pieces = t.pieces;
    p.pieces_n = t.n;
    p.pictures = pictures;
    p.pictures_n = 2;
    return p;
}

/* What a program says, on its standard output; at most so much. */
static inline str testing_said(struct arena *a, const char *const *args, size_t most)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return STR_NONE;
    }
    const pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(ends[1], 1);
        (void)close(ends[0]);
        char *const *const given = (char *const *)(uintptr_t)args; /* which it does not change */
        execvp(args[0], given);
        _exit(127);
    }
    (void)close(ends[1]);
    char *all = arena_array_of(a, char, most);
    size_t n = 0;
    ssize_t got = 0;
    while (n < most && (got = read(ends[0], all + n, most - n)) > 0) {
        n += (size_t)got;
    }
    (void)close(ends[0]);
    int status = 0;
    (void)waitpid(pid, &status, 0);
    return status == 0 ? (str){all, n} : STR_NONE;
}

/* What a program says of a file. */
static inline str testing_output(struct arena *a, const char *program, const char *path)
{
    const char *const args[] = {program, path, program[0] == 'p' ? "-" : NULL, NULL};
    return testing_said(a, args, 1 << 20);
}

/* With KEEP=FOLDER in the environment, to be looked at. */
static inline void testing_keep(const char *name, str bytes)
{
    const char *folder = getenv("KEEP");
    if (folder != NULL) {
        const int at = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
        const int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (write(fd, bytes.p, bytes.n) < 0) {
            (void)unlinkat(at, name, 0);
        }
        (void)close(fd);
        (void)close(at);
    }
}

#endif
