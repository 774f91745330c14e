/* hands.c: a companion, the crew of one that speaks to it, and a wait until it answers. */
#include "hands.h"

#include <fcntl.h>

#include "clock.h"
#include "crew.h"

enum { UP_WITHIN_MS = 15000, WORKER = 0 };

static bool comes_up(struct hands *h)
{
    const struct timespec nap = {.tv_nsec = 5 * 1000 * 1000};
    const int64_t until_ms = clock_mono_ms() + UP_WITHIN_MS;
    while (crew_state(h->crew, WORKER) != CREW_UP && clock_mono_ms() < until_ms) {
        companions_tend(&h->companions);
        (void)nanosleep(&nap, NULL);
    }
    return crew_state(h->crew, WORKER) == CREW_UP;
}

bool hands_open(struct hands *h, const struct config *config)
{
    static char folder[COMPANION_PATH];
    *h = (struct hands){.crew = NULL};
    companions_open_worker(&h->companions, program_folder(folder, sizeof folder) ? folder : ".",
                           config->confine);
    int fds[COMPANIONS] = {-1, -1};
    if (h->companions.one[WORKER].web_fd >= 0) {
        /* The crew closes its end by itself. */
        fds[WORKER] = fcntl(h->companions.one[WORKER].web_fd, F_DUPFD_CLOEXEC, 0);
    }
    if (fds[WORKER] < 0) {
        return false;
    }
    companions_tend(&h->companions);
    h->crew = crew_open(fds, config);
    if (h->crew == NULL || !comes_up(h)) {
        return false;
    }
    work_by(crew_work, h->crew);
    return true;
}

void hands_close(struct hands *h)
{
    work_by(NULL, NULL);
    crew_close(h->crew);
    companions_close(&h->companions);
}
