/* message_seed.h: the messages that a library begins with: plain statements of law with their basis, all
 * still to be approved. Nothing is put into a commission's mouth. */
#ifndef SUNWAI_MESSAGE_SEED_H
#define SUNWAI_MESSAGE_SEED_H

#include "seed_file.h"

/* In a write job, behind the units. */
err messages_write(struct seeding *s);

#endif
