/* visit_models.h: what the pages of a desk's visitors show. */
#ifndef SUNWAI_VISIT_MODELS_H
#define SUNWAI_VISIT_MODELS_H

#include "page.h"

struct queue_row {
    int64_t no;
    struct chip_view chip;
    struct url serve, slip;
};
struct visit_row {
    int64_t no;
    str what, who;
    bool undone, mine;
};
struct visits_view {
    str day;
    int64_t given; /* the number that was just given; 0: none */
    struct url slip;
    const struct queue_row *queue;
    size_t queue_n;
    int64_t waiting_n;
    struct field_view token, sex, outcome, online, self, minutes;
    const struct visit_row *rows;
    size_t rows_n;
    struct url now, board;
};

struct token_view {
    str paper, lang, dir;
    str desk, day;
    int64_t no;
    const struct paper_view *papers, *languages;
    size_t papers_n, languages_n;
};

struct now_view {
    str desk;
    const int64_t *called;
    size_t called_n;
    int64_t waiting_n;
    bool still; /* it does not come anew by itself */
    struct url stop, again;
};

struct exit_view {
    struct field_view face;
    str token, form;
    bool thanks;
    struct url again;
};
struct door_view { /* for the desk: how to put the question on a tablet */
    struct url open;
    str address;
    str qr_path;
    int64_t qr_size;
    str until;
};

struct material_row {
    int64_t no;
    str name, form, language;
    int64_t stock;
};
struct materials_view {
    const struct material_row *rows;
    size_t rows_n;
    struct field_view which, move, n;
    struct field_view name, form, language, stock;
};

struct figures_view {
    str desk, month;
    bool many;
    struct field_view desk_field, month_field;
    struct table_view desks, numbers, visits, online, exits, materials;
    str hidden; /* how many days had too few answers; empty: none */
    struct url file;
};

#endif
