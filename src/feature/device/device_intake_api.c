/* device_intake_api.c: from what devices brought to cases, events and their days: opened on a reader, written
 * by the rule that the same thing has online, many records in one commit. What is refused stands for
 * somebody to look at; nothing is dropped but what may be kept nowhere. */
#include <pthread.h>
#include <string.h>

#include "case_evidence.h"
#include "device_opened.h"
#include "device_pages.h"
#include "device_ticket_api.h"
#include "event_day_pages.h"
#include "evidence_take.h"
#include "log.h"
#include "rota.h"

enum { AT_ONCE = 100, BYTES_AT_ONCE = 8 << 20, RECORD_ARENA = 24 << 20, DAY_MS = 86400000 };

/* What is done with one record, in its write job. */
enum intake_end { END_TAKE, END_STOP, END_QUARANTINE, END_BELONGS, END_LATER, END_DESTROY };

struct intake {
    struct write_job base; /* first */
    struct q_device_record_get row;
    struct opened o;
    struct evidence_pieces pieces;
    struct record_ended found;
    enum intake_end end;
    char why[80]; /* terminated; a message's key */
    bool past;    /* it belongs to a case that goes past the desk */
    bool unheard; /* what she is said to have answered nobody is known to have asked her: it is left out */
    bool done;    /* something was written */
    err result;
    struct intake_wait *wait;
};
struct intake_wait {
    pthread_mutex_t mutex;
    pthread_cond_t all;
    size_t open;
};

/* What she says about the desk itself is looked at by whoever looks into it, never by the desk. */
static void stop_for(struct intake *t, enum intake_end end, enum msg why)
{
    t->end = end == END_STOP && (t->past || opened_past(&t->o)) ? END_QUARANTINE : end;
    (void)snprintf(t->why, sizeof t->why, "%s", msg_key(why));
}

/* ---- who brought it, and what ---- */

static bool may(const struct actor *who, enum opened_kind kind)
{
    const bool files = kind == OPENED_FILING || kind == OPENED_MATTER;
    return permission_of(who->role, files ? P_CASE_FILE : P_EVENT_RECORD);
}

/* Who held the pack: as its ticket says. NOT_FOUND: nobody who could have recorded it then. */
static err who_by_ticket(struct ctx *c, const struct intake *t, const struct q_device_get *d,
                         struct q_account_get *out)
{
    struct device_ticket ticket;
    struct q_account_get a;
    const err e = device_ticket_read(c, t->o.ticket, &ticket);
    if (e.code == ERR_INVALID || (e.code == ERR_OK && ticket.device_id != d->id)) {
        return FAIL(NOT_FOUND);
    }
    TRY(e);
    TRY(q_account_get(c->db, c->arena, ticket.account_id, &a));
    const bool in_time = t->row.let_in_by_id.given || device_ticket_covers(&ticket, t->o.told_ms);
    if (!in_time || !str_eq(a.login_code, t->o.by)) {
        return FAIL(NOT_FOUND);
    }
    *out = a;
    return OK;
}

/* A record without a ticket only says whose it is: believed of who was given a pack within a day before, and
 * never that the complainant is content, whoever lets it in: that person cannot see it. */
static err who_by_word(struct ctx *c, struct intake *t, const struct q_device_get *d,
                       struct q_account_get *out)
{
    struct q_account_get a;
    struct q_device_person_get p;
    TRY(q_account_by_login(c->db, c->arena, t->o.by, &a));
    const struct q_device_person_get_in in = {d->home, d->id, a.id};
    TRY(q_device_person_get(c->db, c->arena, &in, &p));
    const bool outcome = t->o.kind == OPENED_ANSWER && t->o.in[AN_OUTCOME].given;
    const bool in_time = t->o.told_ms >= p.last_ms - TICKET_EARLY_MS && t->o.told_ms <= p.last_ms + DAY_MS;
    if (!t->row.let_in_by_id.given && (outcome || !in_time)) {
        return FAIL(NOT_FOUND);
    }
    t->unheard = outcome;
    t->found.left = outcome ? S("outcome") : S("");
    *out = a;
    return OK;
}

/* A member records during her shift alone, as she works online. */
static err away_then(struct ctx *c, const struct intake *t, bool *out)
{
    const struct actor *who = &t->base.actor;
    struct ctx then = *c;
    struct rota_turn turn = {.on = true};
    then.now_ms = t->o.told_ms;
    TRY(who->role == ROLE_MEMBER ? rota_turn(&then, who->user_id, who->office_id, &turn) : OK);
    *out = !turn.on;
    return OK;
}

static err whose(struct ctx *c, struct intake *t)
{
    struct q_account_get a;
    struct q_device_get d;
    bool away;
    const bool let_in = t->row.let_in_by_id.given;
    TRY(q_device_get(c->db, c->arena, t->row.home, t->row.device_id, &d));
    if (!str_eq(d.device_code, t->o.device)) {
        stop_for(t, END_QUARANTINE, MSG_DEVICE_WHY_OTHER);
        return OK;
    }
    const err e = t->o.ticket.n > 0 ? who_by_ticket(c, t, &d, &a) : who_by_word(c, t, &d, &a);
    if (e.code == ERR_NOT_FOUND) {
        stop_for(t, t->o.kind == OPENED_GONE ? END_TAKE : END_QUARANTINE, MSG_DEVICE_WHY_PERSON);
        return OK;
    }
    TRY(e);
    t->base.actor = device_actor(&a);
    t->found.by = SOME(a.id);
    if (t->o.kind == OPENED_GONE) { /* nothing of it is hers: it only says what will not come */
        return OK;
    }
    TRY(away_then(c, t, &away));
    if (a.disabled_ms.given && !let_in) {
        stop_for(t, END_QUARANTINE, MSG_DEVICE_WHY_CLOSED);
    } else if (away && !let_in) {
        stop_for(t, END_QUARANTINE, MSG_DEVICE_WHY_SHIFT);
    } else if (t->base.actor.home != d.home || !may(&t->base.actor, t->o.kind)) {
        stop_for(t, END_STOP, MSG_DEVICE_WHY_MAY_NOT);
    }
    return OK;
}

/* What it belongs to: there, and a case. */
static err belongs(struct ctx *c, struct intake *t)
{
    struct q_device_record_get of;
    struct q_device_case_ref ref;
    if (t->o.kind != OPENED_FILE && t->o.kind != OPENED_ANSWER) {
        return OK;
    }
    const err e = record_read(c, t->o.of, &of);
    const bool gone = e.code == ERR_OK && record_is_no_more(&of);
    if (gone && of.home == t->row.home) { /* with what it belongs to: its voice may say the same */
        t->end = END_DESTROY;
        (void)snprintf(t->why, sizeof t->why, "%.*s", STR_F(of.why_code));
        return OK;
    }
    if (e.code == ERR_NOT_FOUND) { /* deleted there before it was sent: its voice is not to stay alone */
        struct q_device_gone_get told;
        const struct q_device_gone_get_in at = {t->row.home, t->row.device_id, t->o.of};
        const err known = q_device_gone_get(c->db, c->arena, &at, &told);
        if (known.code == ERR_OK) {
            t->end = END_DESTROY;
            (void)snprintf(t->why, sizeof t->why, "gone");
            return OK;
        }
        TRY(known.code == ERR_NOT_FOUND ? OK : known);
    }
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !str_eq(of.record_state_code, S("taken")))) {
        t->end = END_BELONGS;
        if (!ulid_valid(t->o.of)) {
            stop_for(t, END_STOP, MSG_DEVICE_WHY_BROKEN);
        }
        return OK;
    }
    TRY(e);
    if (!of.case_id.given || of.home != t->row.home) {
        stop_for(t, END_STOP, MSG_DEVICE_WHY_BROKEN);
        return OK;
    }
    t->found.case_id = of.case_id;
    TRY(opened_past_case(c, of.home, of.case_id, &t->past));
    TRY(q_device_case_ref(c->db, c->arena, of.home, of.case_id.v, &ref));
    t->o.reference = ref.ref_code;
    return opened_check(c->arena, LANG_EN, t->row.record_code, ref.ref_code, &t->o);
}

/* Sound and pictures go to the worker, as everybody's do. */
static err content_make(struct intake *t)
{
    char hex[HEX_OF_32];
    enum work_why why;
    struct file f = {.is = sniff(t->o.content), .bytes = t->o.content};
    f.kind = sniff_kind(f.is);
    sha256_hex(t->o.content, hex);
    if (!str_eq(t->o.hash, (str){hex, sizeof hex}) || (f.kind != FILE_PHOTO && f.kind != FILE_VOICE)) {
        stop_for(t, END_STOP, MSG_DEVICE_WHY_FILE);
        return OK;
    }
    t->pieces.n = 1;
    const err e = evidence_make(&f, &t->pieces.v[0], &why);
    if (e.code == ERR_INVALID) {
        stop_for(t, END_STOP, MSG_DEVICE_WHY_FILE);
        return OK;
    }
    return e;
}

/* As at the desk: what says who she is needs her word, and a number to call needs to be safe. */
static void consent_asked(struct intake *t)
{
    const struct given *in = t->o.in;
    const bool filing = t->o.kind == OPENED_FILING;
    const bool personal = filing || in[F_PHONE].given || in[F_NAME].given;
    const bool kept = !str_eq(in[F_CONSENT_RECORD].given ? in[F_CONSENT_RECORD].text : S(""), S("no")) &&
                      !(in[F_ANONYMOUS].given && in[F_ANONYMOUS].n == 1);
    if (personal && !in[F_CONSENT_RECORD].given) {
        stop_for(t, END_STOP, MSG_DESK_CONSENT_MISSING);
    } else if (in[F_PHONE].given && kept && !in[F_SAFE].given) {
        stop_for(t, END_STOP, MSG_DESK_SAFE_MISSING);
    } else if (filing && !(in[OF_AGREED].given && in[OF_AGREED].n == 1)) {
        stop_for(t, END_STOP, MSG_DESK_AGREED_MISSING);
    }
}

static err look_into(struct ctx *c, struct intake *t)
{
    str json;
    str content;
    bool pointed;
    err e = opened_plain(c, &t->row, &json, &content);
    if (e.code == ERR_NOT_FOUND || e.code == ERR_DENIED) {
        stop_for(t, END_QUARANTINE, e.code == ERR_DENIED ? MSG_DEVICE_WHY_KEY_OLD : MSG_DEVICE_WHY_KEY);
        return OK;
    }
    if (e.code == ERR_OK) {
        e = opened_read(c, &t->row, json, content, LANG_EN, &t->o);
    }
    if (e.code == ERR_INVALID || e.code == ERR_IO) {
        stop_for(t, END_STOP, MSG_DEVICE_WHY_BROKEN);
        return OK;
    }
    TRY(e);
    t->found = (struct record_ended){
        .kind = t->o.kind_code, .of = t->o.of, .told = SOME(t->o.told_ms), .by = NONE_I64, .seq = t->o.seq};
    case_ref ref;
    if (opened_told(&t->o) && case_ref_of(c->arena, t->o.reference, &ref).code == ERR_OK) {
        t->found.ref = arena_str(c->arena, case_ref_digits(&ref));
    }
    TRY(opened_pointed(c, &t->o, &pointed));
    TRY(opened_past_of(c, &t->row, &t->o, &t->past));
    TRY(whose(c, t));
    if (pointed) {
        stop_for(t, END_TAKE, MSG_DEVICE_WHY_BROKEN); /* destroyed in the job, whoever brought it */
        return OK;
    }
    TRY(t->end == END_TAKE ? belongs(c, t) : OK);
    if (t->end == END_TAKE && t->o.faults > 0) {
        stop_for(t, END_STOP, MSG_DEVICE_WHY_FIELDS);
    }
    if (t->end == END_TAKE && opened_told(&t->o)) {
        consent_asked(t);
    }
    return t->end == END_TAKE && t->o.kind == OPENED_FILE ? content_make(t) : OK;
}

/* ---- in the write job ---- */

static err take_filing(struct ctx *c, struct intake *t)
{
    struct case_receipt done;
    TRY(opened_file(c, &t->row, &t->o, t->o.in, &done));
    return opened_case(c, &done, &t->found.case_id);
}

static err take_token(struct ctx *c, const struct intake *t)
{
    struct event_view v;
    const struct given *in = t->o.in;
    const struct day_record from = {.device = t->o.device, .record = t->row.record_code};
    TRY(event_find(c, t->o.event, &v));
    return day_token_bring(c, &v, &from, in[OT_NO].n, in[OT_SEX].text, in[OT_STATE].text);
}

static err take_answer(struct ctx *c, const struct intake *t)
{
    struct receipt r = {0};
    TRY(write_answer(c, t->o.in, &r));
    return t->o.in[AN_OUTCOME].given && !t->unheard ? write_hers(c, t->o.in, &r) : OK;
}

static err take_file(struct ctx *c, const struct intake *t)
{
    case_ref ref;
    const struct given *alone = &t->o.in[OI_ALONE];
    TRY(case_ref_of(c->arena, t->o.reference, &ref));
    return case_evidence_put(c, &ref, EVIDENCE_NO_PAIR, alone->given && alone->n == 1, &t->pieces);
}

static bool of_a_day(enum opened_kind kind)
{
    return kind != OPENED_FILING && kind != OPENED_FILE && kind != OPENED_GONE;
}

static err take(struct ctx *c, struct intake *t)
{
    struct receipt r = {0};
    TRY(of_a_day(t->o.kind) ? day_bring(c, t->o.event, t->o.device, t->o.told_ms) : OK);
    switch (t->o.kind) {
    case OPENED_FILING:
    case OPENED_MATTER:
        return take_filing(c, t);
    case OPENED_TOKEN:
        return take_token(c, t);
    case OPENED_ANSWER:
        return take_answer(c, t);
    case OPENED_FILE:
        return take_file(c, t);
    case OPENED_GONE:
        return opened_gone(c, &t->row, &t->o, t->found.by);
    case OPENED_COUNT:
    case OPENED_NEED:
    case OPENED_PERSON:
        return opened_write(t->o.kind)(c, t->o.in, &r);
    case OPENED_KINDS:
        break;
    }
    return FAIL(BUG);
}

static err intake_run(struct ctx *c, struct write_job *base)
{
    struct intake *t = (struct intake *)base;
    struct q_device_record_get now;
    bool pointed = false;
    t->done = false;
    TRY(record_read(c, t->row.record_code, &now));
    if (!str_eq(now.record_state_code, S("waiting"))) {
        return OK;
    }
    if (t->end == END_LATER) {
        return q_device_record_tried(c->db, t->row.record_code, NULL);
    }
    t->done = true;
    if (t->end == END_BELONGS) {
        t->done = false; /* nothing more can be done about it now */
        return str_eq(now.of_code, t->o.of) ? OK : record_belongs(c, &t->row, &t->found);
    }
    TRY(t->o.in != NULL ? opened_pointed(c, &t->o, &pointed) : OK);
    if (pointed) {
        TRY(catalogue_point(c, t->row.home));
        return record_destroyed(c, &t->row, &t->found, S("pointed"));
    }
    if (t->end == END_DESTROY) {
        return record_destroyed(c, &t->row, &t->found, str_of(t->why));
    }
    if (t->end != END_TAKE) {
        return record_stopped(c, &t->row, &t->found, t->end == END_QUARANTINE, str_of(t->why));
    }
    TRY(take(c, t));
    return record_taken(c, &t->row, &t->found);
}

static void intake_done(struct write_job *base, err result)
{
    struct intake *t = (struct intake *)base;
    struct intake_wait *w = t->wait;
    (void)pthread_mutex_lock(&w->mutex);
    t->result = result;
    w->open--;
    (void)pthread_cond_signal(&w->all);
    (void)pthread_mutex_unlock(&w->mutex);
}

/* ---- many at once ---- */

static void submit(struct store *s, struct intake *t)
{
    (void)pthread_mutex_lock(&t->wait->mutex);
    t->wait->open++;
    (void)pthread_mutex_unlock(&t->wait->mutex);
    const err e = store_submit(s, &t->base);
    if (e.code != ERR_OK) {
        intake_done(&t->base, e);
    }
}

static void wait_all(struct intake_wait *w)
{
    (void)pthread_mutex_lock(&w->mutex);
    while (w->open > 0) {
        (void)pthread_cond_wait(&w->all, &w->mutex);
    }
    (void)pthread_mutex_unlock(&w->mutex);
}

/* What the rule refused is told why; what only could not be done now is tried again, behind the others. */
static bool once_more(struct intake *t)
{
    switch (t->result.code) {
    case ERR_OK:
        return false;
    case ERR_BUSY:
    case ERR_IO:
    case ERR_UNCERTAIN:
        t->end = END_LATER;
        return true;
    case ERR_BUG:
        ERROR("device.intake", log_text("record", t->row.record_code),
              log_text("why", str_of(t->base.fail.log)));
        break;
    case ERR_NOT_FOUND:
    case ERR_DENIED:
    case ERR_INVALID:
    case ERR_CONFLICT:
    case ERR_LIMIT:
        break;
    }
    const enum msg why = t->base.fail.message != 0 ? (enum msg)t->base.fail.message : MSG_DEVICE_WHY_REFUSED;
    stop_for(t, END_STOP, why);
    return true;
}

static struct intake *intake_new(struct ctx *c, const struct q_device_record_get *r, struct intake_wait *wait)
{
    struct intake *t = mem_new(sizeof *t);
    struct ctx own = *c;
    t->wait = wait;
    t->row = *r;
    t->base = (struct write_job){.run = intake_run,
                                 .done = intake_done,
                                 .arena = arena_open(RECORD_ARENA),
                                 .actor = {.role = ROLE_SYSTEM},
                                 .lang = LANG_EN};
    own.arena = t->base.arena;
    t->result = look_into(&own, t);
    return t;
}

static void intake_free(struct intake *t)
{
    evidence_pieces_free(&t->pieces);
    arena_free(t->base.arena);
    mem_free(t);
}

static size_t batch_of(const struct q_device_record_get *rows, size_t n)
{
    int64_t bytes = 0;
    size_t k = 0;
    while (k < n && (k == 0 || bytes + rows[k].total_n <= BYTES_AT_ONCE)) {
        bytes += rows[k++].total_n;
    }
    return k;
}

err device_intake(struct ctx *c, int64_t *out_done)
{
    struct q_device_record_get *rows;
    struct intake *all[AT_ONCE];
    struct intake_wait wait = {.mutex = PTHREAD_MUTEX_INITIALIZER, .all = PTHREAD_COND_INITIALIZER};
    size_t n;
    *out_done = 0;
    TRY(records_next(c, AT_ONCE, &rows, &n));
    n = batch_of(rows, n);
    for (size_t i = 0; i < n; i++) {
        all[i] = intake_new(c, &rows[i], &wait);
        if (all[i]->result.code == ERR_OK) {
            submit(c->store, all[i]);
        }
    }
    wait_all(&wait);
    for (size_t i = 0; i < n; i++) {
        if (once_more(all[i])) {
            submit(c->store, all[i]);
        }
    }
    wait_all(&wait);
    for (size_t i = 0; i < n; i++) {
        *out_done += all[i]->result.code == ERR_OK && all[i]->done;
        intake_free(all[i]);
    }
    return OK;
}
