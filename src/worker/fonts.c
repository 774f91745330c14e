/* fonts.c: six files in a configuration of our own; a line of each is set once to open them. */
#include "fonts.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <unistd.h>

#define FOLDER "/usr/share/fonts/truetype/noto/"
enum { WARM_POINTS = 10 };

/* The file of the bold Nastaliq says that it is regular. */
static const struct font_file {
    const char *path;
    int weight;
} files[] = {
    {FOLDER "NotoSans-Regular.ttf", FC_WEIGHT_REGULAR},
    {FOLDER "NotoSans-Bold.ttf", FC_WEIGHT_BOLD},
    {FOLDER "NotoNaskhArabic-Regular.ttf", FC_WEIGHT_REGULAR},
    {FOLDER "NotoNaskhArabic-Bold.ttf", FC_WEIGHT_BOLD},
    {FOLDER "NotoNastaliqUrdu-Regular.ttf", FC_WEIGHT_REGULAR},
    {FOLDER "NotoNastaliqUrdu-Bold.ttf", FC_WEIGHT_BOLD},
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

/* A word of each file through the whole way to a PDF. What was opened on it stays open as long as a layout
 * lives, and these live as long as the process. */
static void warm_up(void)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(nowhere, NULL, 100, 100);
    cairo_t *cr = cairo_create(surface);
    PangoContext *context = fonts_context();
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        for (int bold = 0; bold < 2; bold++) {
            PangoFontDescription *d = pango_font_description_from_string(families[i].names);
            pango_font_description_set_size(d, WARM_POINTS * PANGO_SCALE);
            pango_font_description_set_weight(d, bold != 0 ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
            PangoLayout *layout = pango_layout_new(context); /* never let go */
            pango_layout_set_text(layout, "Aa 1 \xD8\xB3\xD9\x86\xD9\x88", -1);
            pango_layout_set_font_description(layout, d);
            pango_font_description_free(d);
            pango_cairo_show_layout(cr, layout);
        }
    }
    cairo_surface_finish(surface);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
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
    for (int i = 0; i < FILES_N; i++) {
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
    return OK;
}
