/* piecework.h: pieces of work, each in a child that is confined further than its parent and lives for it
 * alone.
 *
 * The child gets the bytes, room for what it makes and a pipe; it has neither the companion's socket nor what
 * other children were given. It is ended after PIECE_SECONDS, and by the kernel past its memory or processor
 * time. What it says is believed no further than its bounds.
 */
#ifndef SUNWAI_PIECEWORK_H
#define SUNWAI_PIECEWORK_H

#include "answering.h"

enum { PIECES_AT_ONCE = 2, PIECE_SECONDS = 15 };

struct piece {
    int pidfd, pipe; /* -1: free */
    uint32_t number; /* of the question */
    int64_t until_ms;
    char said[WIRE_MAX_WORK];
    size_t said_n;
};
struct pieces {
    struct piece one[PIECES_AT_ONCE];
};

void pieces_open(struct pieces *p);
/* False: all hands are full, or no child is to be had. Both descriptors stay the caller's. */
bool piece_begin(struct pieces *p, const struct companion_role *role, enum confine_mode mode, int own_socket,
                 const struct wire_ask_work *ask, uint32_t number, int input_fd, int room_fd);
/* When its pipe is readable: true when it is over; *out is what to answer then. */
bool piece_hear(struct piece *one, struct wire_work *out);
/* Whose time is over. */
bool piece_late(const struct piece *one, int64_t now_ms);
/* Ends it. */
void piece_end(struct piece *one);

#endif
