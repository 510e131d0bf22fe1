/* SPDX-License-Identifier: MIT */
/* Scope-bound clean-up: whoever owns a thing in a scope marks it, and no way out of the scope can forget it.
 */
#ifndef EXRUN_SANDBOX_BASE_CLEANUP_H
#define EXRUN_SANDBOX_BASE_CLEANUP_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* _cleanup_(f): f(&variable) is called when the variable's scope ends. */
#define _cleanup_(function) __attribute__((cleanup(function)))

/* Closes *fd where it is open, and marks it empty. A descriptor is -1 when empty. */
static inline void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* For any pointer that came from malloc(). */
static inline void freep(void *pointer)
{
    free(*(void **)pointer);
}

static inline void dir_closep(DIR **directory)
{
    if (*directory)
        closedir(*directory);
}

static inline void file_closep(FILE **file)
{
    if (*file)
        fclose(*file);
}

/* Hands the descriptor on: the variable is empty afterwards, so its scope closes nothing. */
static inline int fd_steal(int *fd)
{
    int stolen = *fd;

    *fd = -1;
    return stolen;
}

/* Hands the pointer on, likewise. */
#define steal(pointer)                           \
    __extension__({                              \
        __typeof__(pointer) *_from = &(pointer); \
        __typeof__(pointer) _stolen = *_from;    \
        *_from = NULL;                           \
        _stolen;                                 \
    })

#endif
