/* document_few.c: what is left out of documents, by tier of periods. */
#include "document_few.h"

const str document_role_codes[DOCUMENT_ROLES] = {S_INIT("citizen"), S_INIT("councillor"), S_INIT("official"),
                                                 S_INIT("cso"), S_INIT("other")};

static bool is_few(int64_t n)
{
    return n > 0 && n < FIGURE_FEW;
}

static err rare_of(const struct document_figures *f, const struct document_place *at, str role,
                   struct period p, int64_t *out)
{
    struct figure_pick pick = document_within(p);
    int64_t den;
    pick.role = role;
    pick.sex = S("transgender");
    return document_sum(f, document_indicator(f, S("attendance")), at, &pick, out, &den);
}

/* Of a place in all periods of a tier: whether it is few in any, and how many in all. */
static err place_read(const struct document_figures *f, const struct period *tier, size_t n, size_t k,
                      struct document_few *io, int64_t *out_cases)
{
    const struct document_place *at = &f->places[k];
    *out_cases = 0;
    for (size_t t = 0; t < n && !at->province; t++) {
        const struct figure_pick pick = document_within(tier[t]);
        int64_t num;
        int64_t den;
        TRY(document_sum(f, document_indicator(f, S("cases_women_share")), at, &pick, &num, &den));
        *out_cases += den;
        io->cases[k] = io->cases[k] || is_few(den);
        for (size_t r = 0; r < DOCUMENT_ROLES; r++) {
            int64_t rare;
            TRY(rare_of(f, at, document_role_codes[r], tier[t], &rare));
            io->rare[k][r] = io->rare[k][r] || is_few(rare);
        }
    }
    return OK;
}

/* Among places [from, to) of one level: when one alone is left out, the smallest of the others with it.
 * False: it is the only one with complaints. */
static bool others_hidden(const struct document_figures *f, bool provinces, size_t from, size_t to,
                          const int64_t *cases, bool *io)
{
    size_t hidden = 0;
    size_t least = to;
    for (size_t k = from; k < to; k++) {
        if (f->places[k].province != provinces || cases[k] == 0) {
            continue;
        }
        hidden += io[k] ? 1 : 0;
        least = !io[k] && (least == to || cases[k] < cases[least]) ? k : least;
    }
    if (hidden == 1 && least < to) {
        io[least] = true;
    }
    return hidden != 1 || least < to;
}

static void complement(const struct document_figures *f, int64_t *cases, bool *io)
{
    if (f->provinces_n <= 1) {
        if (!others_hidden(f, false, 0, f->places_n, cases, io)) {
            for (size_t k = 0; k < f->places_n; k++) {
                io[k] = false; /* it is the sum, which is told */
            }
        }
        return;
    }
    for (size_t k = 0; k < f->places_n; k++) {
        size_t end = k + 1;
        if (!f->places[k].province) {
            continue;
        }
        for (; end < f->places_n && !f->places[end].province; end++) {
            cases[k] += cases[end];
        }
        io[k] = !others_hidden(f, false, k + 1, end, cases, io);
    }
    (void)others_hidden(f, true, 0, f->places_n, cases, io);
}

err document_few(const struct document_figures *f, const struct period *tier, size_t n,
                 struct document_few *out)
{
    struct document_few few = {.of = f,
                               .cases = arena_array_of(f->arena, bool, f->places_n + 1),
                               .rare = arena_try_array(f->arena, sizeof *few.rare, f->places_n + 1)};
    int64_t *cases = arena_array_of(f->arena, int64_t, f->places_n + 1);
    if (few.cases == NULL || few.rare == NULL || cases == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < f->places_n; k++) {
        TRY(place_read(f, tier, n, k, &few, &cases[k]));
    }
    complement(f, cases, few.cases);
    *out = few;
    return OK;
}

bool document_is_few(const struct document_few *few, const struct indicator *i,
                     const struct document_place *at)
{
    const bool told = !str_eq(i->counts, S("cases")) || str_eq(i->code, S("cases_registered"));
    return at != NULL && !told && few->cases[at - few->of->places];
}

err document_rare(const struct document_few *few, const struct document_place *at, str role, struct period p,
                  int64_t *out)
{
    const struct document_figures *f = few->of;
    int64_t sum = 0;
    for (size_t k = 0; k < f->places_n; k++) {
        const struct document_place *one = &f->places[k];
        const bool inside = at == NULL || (one->from >= at->from && one->from < at->from + at->n);
        for (size_t r = 0; r < DOCUMENT_ROLES && inside && !one->province; r++) {
            int64_t n = 0;
            if (few->rare[k][r] && (role.n == 0 || str_eq(role, document_role_codes[r]))) {
                TRY(rare_of(f, one, document_role_codes[r], p, &n));
            }
            sum += n;
        }
    }
    *out = sum;
    return OK;
}
