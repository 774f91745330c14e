/* device_seq.c: see device_seq.h. */
#include "device_seq.h"

/* The stretch grows over one that it touches; true when it lies within it already. */
static bool joins(struct q_device_seq_add_in *io, const struct q_device_seq_near *near)
{
    if (near->from_no <= io->from_no && near->to_no >= io->to_no) {
        return true;
    }
    if (near->from_no < io->from_no) {
        io->from_no = near->from_no;
        io->from_ms = near->from_ms;
    }
    if (near->to_no > io->to_no) {
        io->to_no = near->to_no;
        io->to_ms = near->to_ms;
    }
    return false;
}

err device_seq_saw(struct ctx *c, int64_t home, int64_t device_id, int64_t no, int64_t told_ms)
{
    struct q_device_seq_near *near;
    size_t n;
    const struct q_device_seq_near_in at = {.next_no = no + 1, .home = home, .device_id = device_id};
    struct q_device_seq_add_in row = {home, device_id, no, no, told_ms, told_ms};
    TRY(q_device_seq_near(c->db, c->arena, &at, &near, &n));
    for (size_t i = 0; i < n; i++) {
        if (near[i].to_no < no - 1) {
            continue;
        }
        if (joins(&row, &near[i])) {
            return OK;
        }
        const struct q_device_seq_remove_in gone = {home, device_id, near[i].from_no};
        TRY(q_device_seq_remove(c->db, &gone, NULL));
    }
    return q_device_seq_add(c->db, &row, NULL);
}

err device_gap(struct ctx *c, int64_t home, int64_t device_id, struct device_gap *out)
{
    struct q_device_seq_list *rows;
    size_t n;
    struct device_gap gap = {0};
    TRY(q_device_seq_list(c->db, c->arena, home, device_id, &rows, &n));
    for (size_t i = 1; i < n; i++) {
        gap.from_ms = gap.n == 0 ? rows[i - 1].to_ms : gap.from_ms;
        gap.to_ms = rows[i].from_ms;
        gap.n += rows[i].from_no - rows[i - 1].to_no - 1;
    }
    *out = gap;
    return OK;
}
