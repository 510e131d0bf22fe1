/* SPDX-License-Identifier: MIT */
/* Slots, and who owns one. */
#include "sandbox/cell/lease.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"

/* Opens @path, made where it is missing, for nobody but us: a lock that others can hold is none. */
static int open_own_directory(const char *path)
{
    _cleanup_(fd_closep) int fd = -1;
    struct stat st;

    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return -errno;
    fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    if (st.st_uid != geteuid() || (st.st_mode & (S_IWGRP | S_IWOTH)))
        return -EPERM;
    return fd_steal(&fd);
}

static int try_slot(int directory, unsigned int slot, int *ret_fd)
{
    _cleanup_(fd_closep) int fd = -1;
    char name[16];

    snprintf(name, sizeof(name), "%u", slot);
    fd = openat(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return -errno;
    if (flock(fd, LOCK_EX | LOCK_NB) < 0)
        return errno == EWOULDBLOCK ? LEASE_E_NONE_FREE : -errno;
    *ret_fd = fd_steal(&fd);
    return 0;
}

int lease_take(struct lease *lease)
{
    _cleanup_(fd_closep) int runtime = open_own_directory(LEASE_RUNTIME), slots = -1;

    if (runtime < 0)
        return runtime;
    slots = open_own_directory(LEASE_RUNTIME "/slots");
    if (slots < 0)
        return slots;
    for (unsigned int slot = 0; slot < LEASE_N_SLOTS; slot++) {
        int r = try_slot(slots, slot, &lease->fd);

        if (r == LEASE_E_NONE_FREE)
            continue;
        lease->slot = slot;
        return r;
    }
    return LEASE_E_NONE_FREE;
}

void lease_release(struct lease *lease)
{
    fd_closep(&lease->fd);
}

uid_t lease_program_uid(const struct lease *lease)
{
    return LEASE_FIRST_UID + 2 * lease->slot;
}

uid_t lease_init_uid(const struct lease *lease)
{
    return lease_program_uid(lease) + 1;
}

void lease_cgroup_name(const struct lease *lease, char name[32])
{
    snprintf(name, 32, "cell-%u", lease->slot);
}
