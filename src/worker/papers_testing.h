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

/* What a program says of a file, on its standard output. */
static inline str testing_output(struct arena *a, const char *program, const char *path)
{
    int ends[2];
    if (pipe(ends) != 0) {
        return STR_NONE;
    }
    const pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(ends[1], 1);
        (void)close(ends[0]);
        execlp(program, program, path, program[0] == 'p' ? "-" : NULL, (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    char *all = arena_array_of(a, char, 1 << 20);
    size_t n = 0;
    ssize_t got = 0;
    while (n < (1 << 20) && (got = read(ends[0], all + n, (1 << 20) - n)) > 0) {
        n += (size_t)got;
    }
    (void)close(ends[0]);
    int status = 0;
    (void)waitpid(pid, &status, 0);
    return status == 0 ? (str){all, n} : STR_NONE;
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
