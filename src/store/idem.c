/* idem.c: see idem.h. */
#include "idem.h"

#include "idem.sql.h"

err idem_find(struct ctx *c, const struct idem_key *k, str *out_receipt)
{
    struct q_idem_get row;
    TRY(q_idem_get(
        c->db, c->arena,
        &(struct q_idem_get_in){.idem_actor_key = k->actor, .idem_route_name = k->route, .idem_key = k->key},
        &row));
    if (!str_eq(row.content_hash, (str){(const char *)k->content, sizeof k->content})) {
        return fail_log(c->fail, ERR_CONFLICT, "%.*s: other content under a used key", STR_F(k->route));
    }
    *out_receipt = row.receipt_text;
    return OK;
}

err idem_put(struct ctx *c, const struct idem_key *k, str receipt)
{
    int64_t changed = 0;
    TRY(q_idem_add(c->db,
                   &(struct q_idem_add_in){.idem_actor_key = k->actor,
                                           .idem_route_name = k->route,
                                           .idem_key = k->key,
                                           .content_hash = {(const char *)k->content, sizeof k->content},
                                           .receipt_text = receipt,
                                           .received_ms = c->now_ms},
                   &changed));
    /* A rival that committed meanwhile is a serialisation failure on PostgreSQL: the job runs again and
     * finds it. What is left is a job that did not look first. */
    return changed == 1 ? OK : fail_log(c->fail, ERR_CONFLICT, "%.*s: key used already", STR_F(k->route));
}

err idem_expire(struct ctx *c, int64_t before_ms, int64_t *out_removed)
{
    return q_idem_remove_old(c->db, before_ms, out_removed);
}
