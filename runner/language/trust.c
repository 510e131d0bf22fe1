/* SPDX-License-Identifier: MIT */
/* Decides whether a profile can be trusted. */
#include "runner/language/trust.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sandbox/base/fd_read.h"

#define LARGEST (1 << 20)

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

static bool trust_has(const struct stat *st)
{
    return is_ours(st) || is_noted(st);
}

int trust_read(int fd, const char *path, char **ret, size_t *ret_size, struct error *err)
{
    struct stat st;
    int r;

    if (fstat(fd, &st) < 0)
        return error_set(err, -errno, EX_CONFIG, path, "can't be inspected: %s", strerror(errno));
    if (!S_ISREG(st.st_mode))
        return error_set(err, -EINVAL, EX_CONFIG, path, "is not a regular file");
    if (!trust_has(&st)) {
        error_set(err, -EPERM, EX_CONFIG, path, "is not owned by root or you, or others can write to it");
        error_hint(err, "change its owner and mode (chown root, chmod go-w)");
        return -EPERM;
    }
    r = fd_read_all(fd, LARGEST, ret, ret_size);
    return r < 0 ? error_set(err, r, EX_CONFIG, path, "can't be read: %s", strerror(-r)) : 0;
}
