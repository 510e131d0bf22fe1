/* SPDX-License-Identifier: MIT */
/* Decides whether a profile can be trusted. */
#include "runner/language/trust.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* A file, and the time of its last change of any kind. */
struct note {
    dev_t device;
    ino_t inode;
    struct timespec changed;
};

static struct {
    pthread_mutex_t lock;
    struct note *notes;
    size_t n;
} trusted = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool is_ours(const struct stat *st)
{
    return !(st->st_mode & (S_IWGRP | S_IWOTH)) && (st->st_uid == 0 || st->st_uid == geteuid());
}

static bool is_noted(const struct stat *st)
{
    bool found = false;

    pthread_mutex_lock(&trusted.lock);
    for (size_t i = 0; i < trusted.n && !found; i++) {
        const struct note *note = &trusted.notes[i];

        found = note->device == st->st_dev && note->inode == st->st_ino &&
                note->changed.tv_sec == st->st_ctim.tv_sec && note->changed.tv_nsec == st->st_ctim.tv_nsec;
    }
    pthread_mutex_unlock(&trusted.lock);
    return found;
}

void trust_note(const struct stat *st)
{
    struct note *more;

    if (!is_ours(st) || is_noted(st))
        return;
    pthread_mutex_lock(&trusted.lock);
    more = realloc(trusted.notes, (trusted.n + 1) * sizeof(*more));
    if (more) {
        trusted.notes = more;
        trusted.notes[trusted.n++] = (struct note){st->st_dev, st->st_ino, st->st_ctim};
    }
    pthread_mutex_unlock(&trusted.lock);
}

bool trust_has(const struct stat *st)
{
    return is_ours(st) || is_noted(st);
}
