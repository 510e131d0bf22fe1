/* SPDX-License-Identifier: MIT */
/* Bytes to which others are appended. A NUL stands behind them, so they can be read as a text.
 *
 * The room doubles, so n bytes cost n steps in all. Pages that are never written take no memory, and
 * mremap(2) moves large ones without copying. */
#ifndef EXRUN_SANDBOX_BASE_GROWING_H
#define EXRUN_SANDBOX_BASE_GROWING_H

#include <stddef.h>

/* Starts as {0}. @data: owned; NULL: nothing was appended yet. @room: size of the memory at @data. */
struct growing {
    char *data;
    size_t size, room;
};

/* Appends bytes. Returns 0, or -ENOMEM; then nothing has changed. */
int growing_add(struct growing *growing, const char *bytes, size_t size);

/* Gives back the memory that nothing needs, once everything was appended. */
void growing_fit(struct growing *growing);

void growing_deinit(struct growing *growing);

#endif
