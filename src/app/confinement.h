/* confinement.h: what each process of this program may do; the tables stand in the .c file.
 *
 * To be called before there is a second thread. DENIED, with words in f, when the setting `confine` requires
 * what this kernel cannot do. The companions have plans of their own, in their main.c.
 */
#ifndef SUNWAI_CONFINEMENT_H
#define SUNWAI_CONFINEMENT_H

#include "config.h"

/* The process that holds the sockets. What it gave up its children cannot get: it may do all that they may.
 * After it listens. */
err confine_supervisor(const struct config *config, const char *program_folder, struct confine_report *out,
                       struct fail *f);
/* The process that answers. After the settings are read, before anything of the data folder is. */
err confine_web(const struct config *config, struct confine_report *out, struct fail *f);
/* A command that takes in what may be anybody's: a list, after it was opened and before its first byte is
 * read; a data folder whose rows somebody may have changed. */
err confine_command(const struct config *config, struct fail *f);
/* The command that makes a folder out of a backup: it reads what it is told to, and writes only where the
 * folder lies. */
err confine_restore(const struct config *config, struct fail *f);

/* One line on standard output: what is confined, or that nothing is. */
void confinement_say(const struct config *config, const struct confine_report *report);
/* The same of this kernel, for --check-config. */
void confinement_foretell(const struct config *config);

/* What the web process tried after it was confined; each must be refused. Written once at start. */
struct confine_tries {
    struct confine_report report;
    enum tried read, write, connect, run;
};
void confine_web_try(const struct config *config, const struct confine_report *report,
                     struct confine_tries *out);

#endif
