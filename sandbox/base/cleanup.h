/* SPDX-License-Identifier: MIT */
/* Scope-bound clean-up: the variable that owns an object is marked, so the object is released on every way
 * out of the scope. */
#ifndef EXRUN_SANDBOX_BASE_CLEANUP_H
#define EXRUN_SANDBOX_BASE_CLEANUP_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* _cleanup_(f): f(&variable) is called when the variable's scope ends. */
#define _cleanup_(function) __attribute__((cleanup(function)))

/* Closes *fd if it is open, and sets it to -1, the value of an empty descriptor. */
static inline void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Frees any pointer that came from malloc(). */
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

/* Returns the descriptor and sets the variable to -1, so its scope closes nothing. */
static inline int fd_steal(int *fd)
{
    int stolen = *fd;

    *fd = -1;
    return stolen;
}

/* Returns the pointer and sets the variable to NULL, likewise. */
#define steal(pointer)                           \
    __extension__({                              \
        __typeof__(pointer) *_from = &(pointer); \
        __typeof__(pointer) _stolen = *_from;    \
        *_from = NULL;                           \
        _stolen;                                 \
    })

#endif
