/* companion.h: the supervisor's side of the companions: started, started again, ended.
 *
 * Each has a socketpair for as long as the supervisor lives: one end is inherited by every web process, the
 * other by every companion of that name, so that whichever of the two dies and comes again finds its socket.
 * One that ends is started again after a pause that grows (0.1 s to 60 s). A companion whose file is not
 * beside the program is told of in words, and done without.
 */
#ifndef SUNWAI_COMPANION_H
#define SUNWAI_COMPANION_H

#include <sys/types.h>

#include "config.h"

enum { COMPANIONS = 2, COMPANION_PATH = 4096, COMPANION_WORDS = 2 * COMPANIONS };

struct companion {
    char path[COMPANION_PATH];
    char web_fd_text[12];
    int web_fd, own_fd; /* -1: there is none */
    pid_t pid;          /* 0: not running */
    int64_t started_ms, again_ms, pause_ms;
    bool asked_to_go; /* so that it is started anew */
};

struct companions {
    struct companion one[COMPANIONS];
    enum confine_mode confine;
};

/* The folder of this program, where its companions lie too. Asked once: after an upgrade the old file is
 * gone. False when it cannot be known. */
bool program_folder(char *out, size_t size);

/* Says which are missing. */
void companions_open(struct companions *c, const char *folder, enum confine_mode confine);
/* The worker alone, for a command that makes a file; all else as above. */
void companions_open_worker(struct companions *c, const char *folder, enum confine_mode confine);
/* Starts whichever is due, sees who has ended. In every turn of the supervisor's loop. */
void companions_tend(struct companions *c);
/* Until the next is due to be started; -1: none is. */
int64_t companions_wait_ms(const struct companions *c);
/* Words for the web process's command line, at most COMPANION_WORDS; how many. They live as long as c. */
size_t companions_words(struct companions *c, char *out[]);
/* In the web process's child, before exec: its ends stay open. */
void companions_keep(const struct companions *c);
/* Another program has taken over: they are started anew from the files that lie there now. */
void companions_renew(struct companions *c);
void companions_close(struct companions *c);

#endif
