/* snapshot.c: figures frozen, read together, and compared with their hashes. */
#include "snapshot.h"

#include <string.h>

#include "check.h"
#include "clock.h"
#include "place.h"
#include "random.h"

enum {
    PART_BYTES = 60000,
    ROWS_PACKED_MAX = 16 << 20,
    CHAIN_AT_ONCE = 200,
    BITS = 7,
    COUNTING_ARENA = 64 << 20
};

/* ---- contributing records, packed: kind, home, subject and version, each as the difference from the row
 * before in a variable length ---- */

static void varint_put(struct buf *b, uint64_t v)
{
    while (v >= 1u << BITS) {
        buf_putc(b, (char)(0x80u | (v & 0x7fu)));
        v >>= BITS;
    }
    buf_putc(b, (char)v);
}

static void delta_put(struct buf *b, int64_t v, int64_t before)
{
    const uint64_t d = (uint64_t)v - (uint64_t)before;
    varint_put(b, (d << 1) ^ (0u - (d >> 63)));
}

static err rows_pack(struct arena *a, const struct figure *f, str *out)
{
    SCOPED(buf_free) struct buf b = buf_new(ROWS_PACKED_MAX);
    struct figure_row before = {0};
    for (size_t i = 0; i < f->rows_n; i++) {
        const struct figure_row *r = &f->rows[i];
        delta_put(&b, r->kind_no, before.kind_no);
        delta_put(&b, r->home, before.home);
        delta_put(&b, r->subject_id, before.subject_id);
        delta_put(&b, r->version_no, before.version_no);
        before = *r;
    }
    if (b.full) {
        return FAIL(LIMIT);
    }
    *out = b.n == 0 ? S("") : arena_str(a, buf_str(&b));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

static bool varint_take(str *from, uint64_t *out)
{
    uint64_t v = 0;
    for (unsigned shift = 0; from->n > 0 && shift < 64; shift += BITS) {
        const uint8_t byte = (uint8_t)from->p[0];
        *from = str_sub(*from, 1, from->n);
        v |= (uint64_t)(byte & 0x7fu) << shift;
        if (byte < 0x80u) {
            *out = v;
            return true;
        }
    }
    return false;
}

static bool delta_take(str *from, int64_t *io)
{
    uint64_t z;
    if (!varint_take(from, &z)) {
        return false;
    }
    *io = (int64_t)((uint64_t)*io + ((z >> 1) ^ (0u - (z & 1))));
    return true;
}

static err rows_unpack(struct arena *a, str packed, int64_t n, struct figure_row **out)
{
    struct figure_row *rows = arena_array_of(a, struct figure_row, (size_t)n + 1);
    struct figure_row r = {0};
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (int64_t i = 0; i < n; i++) {
        if (!delta_take(&packed, &r.kind_no) || !delta_take(&packed, &r.home) ||
            !delta_take(&packed, &r.subject_id) || !delta_take(&packed, &r.version_no)) {
            return FAIL(IO);
        }
        rows[i] = r;
    }
    *out = rows;
    return packed.n == 0 ? OK : FAIL(IO);
}

/* ---- the canonical form ---- */

static str word(str s)
{
    return s.n == 0 ? S("-") : s;
}

static void day_put(struct digest *d, const char *name, int64_t day)
{
    digest_printf(d, "%s %04d-%02d-%02d\n", name, (int)(day / 10000), (int)(day / 100 % 100),
                  (int)(day % 100));
}

static void canonical_hash(str code, str unit_code, struct period p, const struct figure *f, str source,
                           uint8_t out[DIGEST_LEN])
{
    struct digest d;
    digest_begin(&d);
    digest_printf(&d, "sunwai-figure 1\nindicator %.*s\nunit %.*s\n", STR_F(code), STR_F(unit_code));
    day_put(&d, "from", p.from_day);
    day_put(&d, "to", p.to_day);
    if (source.n == DIGEST_LEN) {
        char hex[2 * DIGEST_LEN];
        hex_of((const uint8_t *)source.p, DIGEST_LEN, hex);
        digest_printf(&d, "source %.*s\n", (int)sizeof hex, hex);
    }
    for (size_t i = 0; i < f->cells_n; i++) {
        const struct figure_cell *c = &f->cells[i];
        digest_printf(&d, "cell %d %.*s %.*s %.*s %lld %lld\n", (int)c->month, STR_F(word(c->role)),
                      STR_F(word(c->sex)), STR_F(word(c->part)), (long long)c->num, (long long)c->den);
    }
    for (size_t i = 0; i < f->rows_n; i++) {
        const struct figure_row *r = &f->rows[i];
        digest_printf(&d, "row %lld %lld %lld\n", (long long)r->kind_no, (long long)r->subject_id,
                      (long long)r->version_no);
    }
    digest_end(&d, out);
}

static void chain_next(const uint8_t before[DIGEST_LEN], const uint8_t content[DIGEST_LEN],
                       uint8_t out[DIGEST_LEN])
{
    struct digest d;
    digest_begin(&d);
    digest_put(&d, (str){(const char *)before, DIGEST_LEN});
    digest_put(&d, (str){(const char *)content, DIGEST_LEN});
    digest_end(&d, out);
}

/* ---- counting and freezing ---- */

static err unit_code_of(struct ctx *c, int64_t home, str *out)
{
    struct q_snapshot_unit row;
    TRY(q_snapshot_unit(c->db, c->arena, home, &row));
    *out = row.unit_code;
    return OK;
}

static void counting_free(struct arena **a)
{
    arena_free(*a);
}

static err cells_keep(struct arena *a, const struct figure *f, struct figure *out)
{
    struct figure kept = *f;
    kept.rows = NULL;
    kept.cells = arena_array_of(a, struct figure_cell, f->cells_n + 1);
    for (size_t i = 0; kept.cells != NULL && i < f->cells_n; i++) {
        struct figure_cell *cell = &kept.cells[i];
        *cell = f->cells[i];
        cell->role = arena_str(a, cell->role);
        cell->sex = arena_str(a, cell->sex);
        cell->part = arena_str(a, cell->part);
    }
    *out = kept;
    return arena_full(a) ? FAIL(LIMIT) : OK;
}

/* Of many thousand records only what is packed stays: counted beside, one indicator after another. */
static err one_count(struct ctx *c, struct arena *beside, const struct snapshot_set *of, str unit_code,
                     struct snapshot_made *io)
{
    struct ctx counting = *c;
    struct figure f;
    counting.arena = beside;
    TRY(indicator_count(&counting, io->of, &of->home, 1, of->period, &f));
    TRY(rows_pack(c->arena, &f, &io->packed));
    canonical_hash(io->of->code, unit_code, of->period, &f, STR_NONE, io->hash);
    return cells_keep(c->arena, &f, &io->figure);
}

err snapshot_count(struct ctx *c, int64_t home, struct period quarter, struct snapshot_set *out)
{
    size_t n;
    str unit_code;
    const struct indicator *all = indicator_all(&n);
    struct snapshot_set set = {
        .home = home, .period = quarter, .v = arena_array_of(c->arena, struct snapshot_made, n)};
    if (!period_same(quarter,
                     period_quarter(period_year_of(quarter.from_day), period_quarter_of(quarter.from_day)))) {
        return FAIL(INVALID);
    }
    if (set.v == NULL) {
        return FAIL(LIMIT);
    }
    TRY(unit_code_of(c, home, &unit_code));
    SCOPED(counting_free) struct arena *beside = arena_open(COUNTING_ARENA);
    for (size_t i = 0; i < n; i++) {
        struct snapshot_made *m = &set.v[set.n++];
        *m = (struct snapshot_made){.of = &all[i]};
        TRY(one_count(c, beside, &set, unit_code, m));
        arena_clear(beside);
    }
    *out = set;
    return OK;
}

static err parts_put(struct ctx *c, int64_t home, int64_t id, str packed)
{
    int64_t part = 0;
    for (size_t at = 0; at < packed.n; at += PART_BYTES) {
        TRY(q_snapshot_rows_put(
            c->db,
            &(struct q_snapshot_rows_put_in){.home = home,
                                             .snapshot_id = id,
                                             .part_no = ++part,
                                             .rows_packed = str_sub(packed, at, PART_BYTES)},
            NULL));
    }
    return OK;
}

static err cells_put(struct ctx *c, int64_t home, int64_t id, const struct figure *f)
{
    for (size_t i = 0; i < f->cells_n; i++) {
        const struct figure_cell *cell = &f->cells[i];
        TRY(q_snapshot_cell_put(c->db,
                                &(struct q_snapshot_cell_put_in){.home = home,
                                                                 .snapshot_id = id,
                                                                 .fact_month = cell->month,
                                                                 .role_code = cell->role,
                                                                 .sex_code = cell->sex,
                                                                 .part_code = cell->part,
                                                                 .num_n = cell->num,
                                                                 .den_n = cell->den},
                                NULL));
    }
    return OK;
}

struct chain {
    int64_t no;
    uint8_t hash[DIGEST_LEN];
};

static err chain_tail(struct ctx *c, int64_t home, struct chain *out)
{
    struct q_snapshot_tail row;
    const err e = q_snapshot_tail(c->db, c->arena, home, &row);
    *out = (struct chain){0};
    if (e.code == ERR_OK) {
        out->no = row.snapshot_no;
        CHECK(row.chain_hash.n == DIGEST_LEN);
        memcpy(out->hash, row.chain_hash.p, DIGEST_LEN);
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

struct freezing {
    const struct snapshot_set *set;
    struct opt_i64 sheet_id;
    int64_t sheet_version;
    str source; /* of what is brought in; STR_NONE: it was counted */
    struct chain chain;
};

static err one_freeze(struct ctx *c, struct freezing *z, const struct snapshot_made *m, bool *out_new)
{
    struct q_snapshot_last last = {0};
    const struct q_snapshot_last_in which = {.home = z->set->home,
                                             .indicator_code = m->of->code,
                                             .from_day = z->set->period.from_day,
                                             .to_day = z->set->period.to_day};
    const err e = q_snapshot_last(c->db, c->arena, &which, &last);
    *out_new = e.code == ERR_NOT_FOUND;
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    const bool brought = e.code == ERR_OK && last.source_hash.n > 0;
    if (e.code == ERR_OK && z->source.n > 0 && !brought) {
        return FAIL(CONFLICT);
    }
    if (brought && z->source.n == 0 && m->figure.rows_n == 0) {
        return OK; /* nothing was counted of that time: what was brought in stands */
    }
    if (e.code == ERR_OK) {
        *out_new = !str_eq(last.content_hash, (str){(const char *)m->hash, DIGEST_LEN});
        if (!*out_new) {
            return OK;
        }
        TRY(q_snapshot_old(c->db, z->set->home, last.id, NULL));
    }
    const uint8_t *content = m->hash;
    uint8_t next[DIGEST_LEN];
    chain_next(z->chain.hash, content, next);
    memcpy(z->chain.hash, next, DIGEST_LEN);
    const int64_t id = id_next(c);
    const struct q_snapshot_put_in in = {
        .home = z->set->home,
        .id = id,
        .snapshot_no = ++z->chain.no,
        .indicator_code = m->of->code,
        .from_day = z->set->period.from_day,
        .to_day = z->set->period.to_day,
        .version_no = last.version_no + 1,
        .sheet_id = z->sheet_id,
        .sheet_version_no = z->sheet_version,
        .num_n = m->figure.num,
        .den_n = m->figure.den,
        .rows_n = (int64_t)m->figure.rows_n,
        .approver_id = c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
        .made_ms = c->now_ms,
        .content_hash = {(const char *)content, DIGEST_LEN},
        .chain_hash = {(const char *)z->chain.hash, DIGEST_LEN},
        .source_hash = z->source.n > 0 ? z->source : STR_NONE,
    };
    TRY(q_snapshot_put(c->db, &in, NULL));
    TRY(cells_put(c, z->set->home, id, &m->figure));
    return parts_put(c, z->set->home, id, m->packed);
}

err snapshot_freeze(struct ctx *c, const struct snapshot_set *set, int64_t sheet_id, int64_t sheet_version,
                    int64_t *out_n)
{
    struct freezing z = {
        .set = set, .sheet_id = SOME(sheet_id), .sheet_version = sheet_version, .source = STR_NONE};
    int64_t n = 0;
    TRY(chain_tail(c, set->home, &z.chain));
    for (size_t i = 0; i < set->n; i++) {
        bool is_new;
        TRY(one_freeze(c, &z, &set->v[i], &is_new));
        n += is_new;
    }
    *out_n = n;
    return OK;
}

err snapshot_bring(struct ctx *c, int64_t home, struct period quarter, const struct indicator *i,
                   const struct figure *f, str source_hash)
{
    struct snapshot_made m = {.of = i, .figure = *f, .packed = S("")};
    const struct snapshot_set set = {.home = home, .period = quarter, .v = &m, .n = 1};
    struct freezing z = {.set = &set, .sheet_id = NONE_I64, .source = source_hash};
    str unit_code;
    bool is_new;
    TRY(unit_code_of(c, home, &unit_code));
    TRY(chain_tail(c, home, &z.chain));
    canonical_hash(i->code, unit_code, quarter, f, source_hash, m.hash);
    return one_freeze(c, &z, &m, &is_new);
}

err snapshot_origin(struct ctx *c, int64_t home, str indicator, struct period quarter,
                    struct snapshot_origin *out)
{
    struct q_snapshot_last last = {0};
    const struct q_snapshot_last_in which = {
        .home = home, .indicator_code = indicator, .from_day = quarter.from_day, .to_day = quarter.to_day};
    const err e = q_snapshot_last(c->db, c->arena, &which, &last);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    *out = (struct snapshot_origin){e.code == ERR_OK, last.source_hash.n > 0};
    return OK;
}

/* ---- reading ---- */

/* Quarters of a period that have begun. */
static int64_t quarters_of(struct period p, int64_t first_day, int64_t today)
{
    const int64_t from = p.from_day > first_day ? p.from_day : first_day;
    const int64_t to = p.to_day < today ? p.to_day : today;
    if (to < from) {
        return 0;
    }
    const int64_t a = period_year_of(from) * QUARTERS + period_quarter_of(from);
    const int64_t b = period_year_of(to) * QUARTERS + period_quarter_of(to);
    return b - a + 1;
}

struct reading {
    const struct indicator *of;
    struct period p;
    int64_t quarter_from; /* the first day of the quarter in which the period begins */
    struct digest digest;
    int64_t first_day; /* of what is in force */
    struct snapshot_sum sum;
};

static err heads_read(struct ctx *c, struct reading *r, const int64_t *homes, size_t n)
{
    struct q_snapshot_heads *rows;
    size_t rows_n;
    const struct q_snapshot_heads_in in = {.homes = homes,
                                           .homes_n = n,
                                           .indicator_code = r->of->code,
                                           .from_day = r->quarter_from,
                                           .to_day = r->p.to_day};
    TRY(q_snapshot_heads(c->db, c->arena, &in, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        digest_put(&r->digest, rows[i].content_hash);
        r->sum.found++;
        r->sum.last_ms = rows[i].made_ms > r->sum.last_ms ? rows[i].made_ms : r->sum.last_ms;
        r->first_day = rows[i].from_day < r->first_day ? rows[i].from_day : r->first_day;
    }
    return OK;
}

static err cells_read(struct ctx *c, const struct reading *r, const int64_t *homes, size_t n,
                      struct figure *io)
{
    struct q_snapshot_sums *rows;
    size_t rows_n;
    const struct q_snapshot_sums_in in = {.homes = homes,
                                          .homes_n = n,
                                          .indicator_code = r->of->code,
                                          .from_day = r->quarter_from,
                                          .to_day = r->p.to_day,
                                          .from_month = r->p.from_day / 100,
                                          .to_month = r->p.to_day / 100};
    TRY(q_snapshot_sums(c->db, c->arena, &in, &rows, &rows_n));
    struct figure_cell *cells = arena_array_of(c->arena, struct figure_cell, io->cells_n + rows_n + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    if (io->cells_n > 0) {
        memcpy(cells, io->cells, io->cells_n * sizeof *cells);
    }
    io->cells = cells;
    for (size_t i = 0; i < rows_n; i++) {
        io->cells[io->cells_n++] =
            (struct figure_cell){rows[i].fact_month, rows[i].role_code, rows[i].sex_code,
                                 rows[i].part_code,  rows[i].num_n,     rows[i].den_n};
        io->num += rows[i].num_n;
        io->den += rows[i].den_n;
    }
    return OK;
}

/* Of a district that was split, merged or made, only the quarters in which it stood. */
static err expected_count(struct ctx *c, struct reading *io, const int64_t *homes, size_t homes_n)
{
    /* "All" begins with the first figure that was ever approved. */
    const int64_t begins = io->p.from_day == period_all().from_day ? io->first_day : io->p.from_day;
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_snapshot_units *rows;
        size_t n = homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX;
        TRY(q_snapshot_units(c->db, c->arena, homes + at, n, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            const int64_t last = day_add(rows[i].valid_to_day, -1);
            const struct period stood = {io->p.from_day, last < io->p.to_day ? last : io->p.to_day};
            const int64_t first = rows[i].valid_from_day > begins ? rows[i].valid_from_day : begins;
            io->sum.expected += quarters_of(stood, first, local_day(c->now_ms));
        }
    }
    return OK;
}

err snapshot_read(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                  struct period p, struct snapshot_sum *out)
{
    struct reading r = {.of = i, .p = p, .first_day = DAY_OPEN};
    if (!period_whole_months(p)) {
        return FAIL(INVALID);
    }
    r.quarter_from = period_quarter(period_year_of(p.from_day), period_quarter_of(p.from_day)).from_day;
    digest_begin(&r.digest);
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        const size_t n = homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX;
        TRY(heads_read(c, &r, homes + at, n));
        TRY(cells_read(c, &r, homes + at, n, &r.sum.figure));
    }
    digest_end(&r.digest, r.sum.hash);
    TRY(expected_count(c, &r, homes, homes_n));
    *out = r.sum;
    return OK;
}

/* Rows come district by district: those of one are its cells. */
static err home_cells(struct ctx *c, const struct q_snapshot_sums_by_home *rows, size_t n, int64_t home,
                      struct figure *out)
{
    size_t first = 0;
    size_t count = 0;
    while (first < n && rows[first].home != home) {
        first++;
    }
    while (first + count < n && rows[first + count].home == home) {
        count++;
    }
    *out = (struct figure){.cells = arena_array_of(c->arena, struct figure_cell, count + 1)};
    if (out->cells == NULL) {
        return FAIL(LIMIT);
    }
    for (const struct q_snapshot_sums_by_home *r = rows + first; r < rows + first + count; r++) {
        out->cells[out->cells_n++] =
            (struct figure_cell){r->fact_month, r->role_code, r->sex_code, r->part_code, r->num_n, r->den_n};
        out->num += r->num_n;
        out->den += r->den_n;
    }
    return OK;
}

err snapshot_by_home(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                     struct figure *out)
{
    for (size_t at = 0; at < homes_n; at += ID_LIST_MAX) {
        struct q_snapshot_sums_by_home *rows;
        size_t n;
        const size_t few = homes_n - at < ID_LIST_MAX ? homes_n - at : ID_LIST_MAX;
        const struct q_snapshot_sums_by_home_in in = {.homes = homes + at,
                                                      .homes_n = few,
                                                      .indicator_code = i->code,
                                                      .from_day = period_all().from_day,
                                                      .to_day = period_all().to_day};
        TRY(q_snapshot_sums_by_home(c->db, c->arena, &in, &rows, &n));
        for (size_t k = at; k < at + few; k++) {
            TRY(home_cells(c, rows, n, homes[k], &out[k]));
        }
    }
    return OK;
}

err snapshot_versions(struct ctx *c, int64_t home, str indicator, int64_t from_day,
                      struct q_snapshot_versions **out, size_t *out_n)
{
    const struct q_snapshot_versions_in in = {
        .home = home, .indicator_code = indicator, .from_day = from_day};
    return q_snapshot_versions(c->db, c->arena, &in, out, out_n);
}

/* ---- what was counted, and whether it is still what was approved ---- */

static err packed_read(struct ctx *c, int64_t home, int64_t id, str *out)
{
    struct q_snapshot_row_parts *parts;
    size_t n;
    SCOPED(buf_free) struct buf b = buf_new(ROWS_PACKED_MAX);
    TRY(q_snapshot_row_parts(c->db, c->arena, home, id, &parts, &n));
    for (size_t i = 0; i < n; i++) {
        buf_put(&b, parts[i].rows_packed);
    }
    *out = b.n == 0 ? S("") : arena_str(c->arena, buf_str(&b));
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

static err rows_count(str packed, int64_t *out)
{
    int64_t n = 0;
    for (int64_t v = 0; packed.n > 0; n++) {
        if (!delta_take(&packed, &v)) {
            return FAIL(IO);
        }
    }
    *out = n / 4;
    return n % 4 == 0 ? OK : FAIL(IO);
}

err snapshot_rows(struct ctx *c, int64_t home, int64_t id, struct figure_row **out, size_t *out_n)
{
    str packed;
    int64_t n;
    TRY(packed_read(c, home, id, &packed));
    TRY(rows_count(packed, &n));
    TRY(rows_unpack(c->arena, packed, n, out));
    *out_n = (size_t)n;
    return OK;
}

static err cells_of(struct ctx *c, int64_t home, int64_t id, struct figure *out)
{
    struct q_snapshot_cells *rows;
    size_t n;
    TRY(q_snapshot_cells(c->db, c->arena, home, id, &rows, &n));
    out->cells = arena_array_of(c->arena, struct figure_cell, n + 1);
    if (out->cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        out->cells[out->cells_n++] =
            (struct figure_cell){rows[i].fact_month, rows[i].role_code, rows[i].sex_code,
                                 rows[i].part_code,  rows[i].num_n,     rows[i].den_n};
        out->num += rows[i].num_n;
        out->den += rows[i].den_n;
    }
    return OK;
}

/* Whether one snapshot is what its hashes say; *io_chain moves on. */
static err one_verify(struct ctx *c, int64_t home, str unit_code, const struct q_snapshot_chain *s,
                      struct chain *io_chain, bool *out_sound)
{
    struct figure f = {0};
    uint8_t content[DIGEST_LEN];
    uint8_t chain[DIGEST_LEN];
    TRY(cells_of(c, home, s->id, &f));
    const err read = snapshot_rows(c, home, s->id, &f.rows, &f.rows_n);
    if (read.code != ERR_OK && read.code != ERR_IO) {
        return read;
    }
    canonical_hash(s->indicator_code, unit_code, (struct period){s->from_day, s->to_day}, &f, s->source_hash,
                   content);
    chain_next(io_chain->hash, content, chain);
    *out_sound = read.code == ERR_OK && s->snapshot_no == io_chain->no + 1 && f.num == s->num_n &&
                 f.den == s->den_n && (int64_t)f.rows_n == s->rows_n &&
                 str_eq(s->content_hash, (str){(const char *)content, DIGEST_LEN}) &&
                 str_eq(s->chain_hash, (str){(const char *)chain, DIGEST_LEN});
    io_chain->no = s->snapshot_no;
    if (s->chain_hash.n == DIGEST_LEN) {
        memcpy(io_chain->hash, s->chain_hash.p, DIGEST_LEN);
    }
    return OK;
}

err snapshot_verify(struct ctx *c, int64_t home, struct snapshot_report *out)
{
    struct q_snapshot_chain_in in = {.home = home, .limit = CHAIN_AT_ONCE};
    struct snapshot_report report = {0};
    struct q_snapshot_forces forces;
    struct chain chain = {0};
    str unit_code;
    TRY(unit_code_of(c, home, &unit_code));
    const struct arena_mark mark = arena_mark(c->arena);
    for (size_t n = CHAIN_AT_ONCE; n == CHAIN_AT_ONCE;) {
        struct q_snapshot_chain *rows;
        TRY(q_snapshot_chain(c->db, c->arena, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            bool sound;
            TRY(one_verify(c, home, unit_code, &rows[i], &chain, &sound));
            report.checked++;
            report.broken_no = !sound && report.broken == 0 ? rows[i].snapshot_no : report.broken_no;
            report.broken += !sound;
        }
        in.after_snapshot_no = SOME(chain.no);
        arena_reset(c->arena, mark);
    }
    TRY(q_snapshot_forces(c->db, c->arena, home, &forces));
    report.broken_no = forces.wrong_n > 0 && report.broken == 0 ? forces.first_no : report.broken_no;
    report.broken += forces.wrong_n;
    *out = report;
    return OK;
}
