#include "place.h"

#include "clock.h"
#include "lang.h"
#include "msg.h"

static str lang_code(int lang)
{
    return lang_table[lang].code;
}

err place_list(struct ctx *c, struct q_place_all **out, size_t *out_n)
{
    return q_place_all(c->db, c->arena, lang_code(c->lang), local_day(c->now_ms), out, out_n);
}

err place_list_district(struct ctx *c, int64_t district, struct q_place_in_district **out, size_t *out_n)
{
    const struct q_place_in_district_in in = {
        .on_day = local_day(c->now_ms), .lang_code = lang_code(c->lang), .district_id = district};
    return q_place_in_district(c->db, c->arena, &in, out, out_n);
}

err place_find(struct ctx *c, str code, struct q_place_by_code *out)
{
    return q_place_by_code(c->db, c->arena, code, local_day(c->now_ms), out);
}

err place_tehsil(struct ctx *c, int64_t unit, struct opt_i64 *out)
{
    struct opt_i64 at = SOME(unit);
    while (at.given) {
        struct q_place_by_id row;
        TRY(q_place_by_id(c->db, c->arena, at.v, &row));
        if (row.level_no <= LEVEL_TEHSIL) {
            *out = row.level_no == LEVEL_TEHSIL ? at : NONE_I64;
            return OK;
        }
        at = row.parent_id;
    }
    *out = NONE_I64;
    return OK;
}

err place_within(struct ctx *c, str place, str around, str *out)
{
    enum { NAMES_MAX = 1000 };
    const struct msg_arg args[] = {{"place", place}, {"around", around}};
    SCOPED(buf_free) struct buf text = buf_new(NAMES_MAX);
    msg_put(&text, (enum lang)c->lang, MSG_PLACE_WITHIN, 0, args, sizeof args / sizeof args[0]);
    *out = arena_str(c->arena, buf_str(&text));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

err place_name(struct ctx *c, const struct q_place_by_code *unit, str *out)
{
    str name;
    str district;
    TRY(label_find(c, S("unit"), unit->id, &name));
    if (!unit->district_id.given || unit->district_id.v == unit->id) {
        *out = name;
        return OK;
    }
    TRY(label_find(c, S("unit"), unit->district_id.v, &district));
    return place_within(c, name, district, out);
}

const char *level_name(int64_t level)
{
    static const char *const names[] = {"country", "province", "division", "district",
                                        "tehsil",  "council",  "place"};
    return level >= LEVEL_COUNTRY && level <= LEVEL_PLACE ? names[level] : "place";
}

err label_find_in(struct ctx *c, str kind, int64_t id, int lang, str *out)
{
    struct q_label_get_in in = {.label_kind_code = kind, .id = id, .lang_code = lang_code(lang)};
    struct q_label_get row;
    err e = q_label_get(c->db, c->arena, &in, &row);
    if (e.code == ERR_NOT_FOUND && lang != LANG_EN) {
        in.lang_code = lang_code(LANG_EN);
        e = q_label_get(c->db, c->arena, &in, &row);
    }
    if (e.code == ERR_NOT_FOUND) {
        *out = S("");
        return OK;
    }
    TRY(e);
    *out = row.label_text;
    return OK;
}

err label_find(struct ctx *c, str kind, int64_t id, str *out)
{
    return label_find_in(c, kind, id, c->lang, out);
}
