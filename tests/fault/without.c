/* without CALLS -- COMMAND…: runs the command as on a kernel that does not have these system calls (ENOSYS).
 * CALLS are names apart by commas; "seccomp" means both ways to ask for a filter. */
#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static bool forget(scmp_filter_ctx filter, const char *name)
{
    const int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) != 0) {
        return false;
    }
    return strcmp(name, "seccomp") != 0 || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl),
                                                            1, SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP)) == 0;
}

int main(int argc, char *argv[])
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (argc < 4 || strcmp(argv[2], "--") != 0 || filter == NULL) {
        (void)fputs("usage: without CALL,CALL… -- COMMAND…\n", stderr);
        return 64;
    }
    bool fine = true;
    for (char *name = argv[1]; fine && name != NULL;) {
        char *next = strchr(name, ',');
        if (next != NULL) {
            *next++ = '\0';
        }
        fine = forget(filter, name);
        name = next;
    }
    if (!fine || seccomp_load(filter) != 0) {
        (void)fputs("without: the filter cannot be made\n", stderr);
        return 69;
    }
    seccomp_release(filter);
    (void)execvp(argv[3], argv + 3);
    perror(argv[3]);
    return 127;
}
