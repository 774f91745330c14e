/* fonts.c: six files in a configuration of our own; a line of each is set once to open them. */
#include "fonts.h"

#include <cairo-pdf.h>
#include <dirent.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <unistd.h>

enum { WAITS = 2000 };
#define FOLDER "/usr/share/fonts/truetype/noto/"

/* The file of the bold Nastaliq says that it is regular. */
static const struct font_file {
    const char *path;
    int weight;
    bool everywhere; /* in every family */
} files[] = {
    {FOLDER "NotoSans-Regular.ttf", FC_WEIGHT_REGULAR, true},
    {FOLDER "NotoSans-Bold.ttf", FC_WEIGHT_BOLD, false},
    {FOLDER "NotoNaskhArabic-Regular.ttf", FC_WEIGHT_REGULAR, true},
    {FOLDER "NotoNaskhArabic-Bold.ttf", FC_WEIGHT_BOLD, false},
    {FOLDER "NotoNastaliqUrdu-Regular.ttf", FC_WEIGHT_REGULAR, false},
    {FOLDER "NotoNastaliqUrdu-Bold.ttf", FC_WEIGHT_BOLD, false},
};
enum { FILES_N = sizeof files / sizeof files[0] };

static const struct family {
    str lang;
    const char *names;
    double scale;
} families[] = {
    {S_INIT("ur"), "Noto Sans, Noto Nastaliq Urdu, Noto Naskh Arabic", 1.0},
    {S_INIT("ps"), "Noto Sans, Noto Naskh Arabic", 1.12},
    {S_INIT(""), "Noto Sans, Noto Naskh Arabic", 1.0}, /* any other */
};

static PangoFontMap *map;
static FcCharSet *letters; /* of Noto Sans and Noto Naskh Arabic, which every family ends with */

static const struct family *family_of(str lang)
{
    size_t i = 0;
    while (families[i].lang.n > 0 && !str_eq(families[i].lang, lang)) {
        i++;
    }
    return &families[i];
}

const char *fonts_family(str lang)
{
    return family_of(lang)->names;
}

double fonts_scale(str lang)
{
    return family_of(lang)->scale;
}

/* Marks that are not seen need no shape. */
static bool unseen(uint32_t c)
{
    return c == '\n' || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069);
}

/* Latin, Arabic, and what stands between words, as far as there are shapes; any other script, and emoji,
 * would make pango look for fonts of their own. */
bool fonts_have(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0x20, 0x24f},    {0x600, 0x6ff},   {0x750, 0x77f},   {0x8a0, 0x8ff},   {0x1e00, 0x1eff},
        {0x2010, 0x2027}, {0x202f, 0x203b}, {0x203d, 0x2048}, {0x204a, 0x205e}, {0x2070, 0x20bf},
        {0x2212, 0x2212}, {0xfb50, 0xfdff}, {0xfe70, 0xfefc}, {0xfffd, 0xfffd},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (c >= ranges[i].from && c <= ranges[i].to) {
            return FcCharSetHasChar(letters, c);
        }
    }
    return unseen(c);
}

bool fonts_ready(void)
{
    return map != NULL;
}

PangoContext *fonts_context(void)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
    return context;
}

static cairo_status_t nowhere(void *closure, const unsigned char *data, unsigned int n)
{
    (void)closure;
    (void)data;
    (void)n;
    return CAIRO_STATUS_SUCCESS;
}

/* Never let go: what was opened for it stays open as long as it lives. */
static void warm(cairo_t *cr, PangoContext *context, const PangoFontDescription *d, const char *text)
{
    PangoLayout *layout = pango_layout_new(context);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_font_description(layout, d);
    pango_cairo_show_layout(cr, layout);
}

/* Letters, digits alone, and empty lines, in each family, through the whole way to a PDF. */
static void warm_up(void)
{
    static const char *const texts[] = {
        "Aa 1",
        "\u0633\u0646\u0648 \u06f1",
        "1 - 2",
        "Aa\u061b \u0633 1 \uFFFD",
        "a\n\nb",
        "\u0633 \u2014 \uFFFD\n\n\u0633",
        "\u061b \u2026",
        "", /* lines without letters are measured too */
        "\u0633\u2066\u2060\u0633\u2069\u200b",
        "a\u2066\u2060b\u2069\u200b\u202a\u202c", /* and marks that a font has no shape for */
    };
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(nowhere, NULL, 100, 100);
    cairo_t *cr = cairo_create(surface);
    PangoContext *context = fonts_context();
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        PangoFontDescription *d = pango_font_description_from_string(families[i].names);
        pango_font_description_set_size(d, FONTS_POINTS * PANGO_SCALE);
        for (int bold = 0; bold < 2; bold++) {
            pango_font_description_set_weight(d, bold != 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
            for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
                warm(cr, context, d, texts[t]);
            }
        }
        pango_font_description_free(d);
    }
    cairo_surface_finish(surface);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
}

static int threads_now(void)
{
    int n = 0;
    DIR *tasks = opendir("/proc/self/task");
    for (const struct dirent *d = NULL; tasks != NULL && (d = readdir(tasks)) != NULL;) {
        n += d->d_name[0] != '.';
    }
    if (tasks != NULL) {
        (void)closedir(tasks);
    }
    return n;
}

/* Pango asks on threads that end by themselves; who confines itself or forks must be alone. */
static void wait_until_alone(void)
{
    const struct timespec a_little = {.tv_nsec = 1000 * 1000};
    for (int tries = 0; threads_now() > 1 && tries < WAITS; tries++) {
        (void)nanosleep(&a_little, NULL);
    }
}

/* The configuration with the files in it; NULL when one cannot be read. */
static FcConfig *configured(void)
{
    FcConfig *config = FcConfigCreate();
    for (size_t i = 0; i < FILES_N; i++) {
        if (access(files[i].path, R_OK) != 0 ||
            !FcConfigAppFontAddFile(config, (const FcChar8 *)files[i].path)) {
            FcConfigDestroy(config);
            return NULL;
        }
    }
    const FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
    if (set == NULL || set->nfont != FILES_N) {
        FcConfigDestroy(config);
        return NULL;
    }
    letters = FcCharSetCreate();
    for (int i = 0; i < FILES_N; i++) {
        FcCharSet *of_file = NULL;
        if (files[i].everywhere &&
            FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &of_file) == FcResultMatch) {
            (void)FcCharSetMerge(letters, of_file, NULL);
        }
        FcPatternDel(set->fonts[i], FC_WEIGHT);
        FcPatternAddInteger(set->fonts[i], FC_WEIGHT, files[i].weight);
    }
    return config;
}

err fonts_open(void)
{
    FcConfig *config = configured();
    if (config == NULL) {
        return FAIL(NOT_FOUND);
    }
    FcConfigSetCurrent(config); /* which a font map takes */
    FcConfigDestroy(config);    /* it is held there */
    map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    warm_up();
    wait_until_alone();
    return OK;
}
