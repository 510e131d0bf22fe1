/* SPDX-License-Identifier: MIT */
/* Slots, and who owns one. */
#include "sandbox/cell/lease.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"

#define LEASE_SLOTS LEASE_RUNTIME "/slots"
#define CGROUP_PREFIX "cell-"

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

/* /run/exrun/slots, in which every slot that is taken has a file. */
static int open_slots(void)
{
    _cleanup_(fd_closep) int runtime = open_own_directory(LEASE_RUNTIME);

    return runtime < 0 ? runtime : open_own_directory(LEASE_SLOTS);
}

/* For people: who has it. Without memory or a boot id it stays empty. */
static void sign(int fd)
{
    char boot[40] = "", line[128];
    _cleanup_(fd_closep) int id = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t got = id < 0 ? 0 : read(id, boot, sizeof(boot) - 1);
    int length;

    boot[got > 0 ? strcspn(boot, "\n") : 0] = '\0';
    length = snprintf(line, sizeof(line), "boot %s pid %d taken %lld\n", boot, (int)getpid(),
                      (long long)time(NULL));
    if (pwrite(fd, line, (size_t)length, 0) == length && ftruncate(fd, length) < 0)
        return;
}

/* A file that was removed between our opening and locking it is nobody's slot: then it is opened anew. */
static int try_slot(int directory, unsigned int slot, int *ret_fd)
{
    char name[16];

    snprintf(name, sizeof(name), "%u", slot);
    for (;;) {
        _cleanup_(fd_closep) int fd =
            openat(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
        struct stat st;

        if (fd < 0)
            return -errno;
        if (flock(fd, LOCK_EX | LOCK_NB) < 0)
            return errno == EWOULDBLOCK ? LEASE_E_NONE_FREE : -errno;
        if (fstat(fd, &st) < 0)
            return -errno;
        if (st.st_nlink == 0)
            continue;
        *ret_fd = fd_steal(&fd);
        return 0;
    }
}

static int take_from(struct lease *lease, unsigned int first, unsigned int end)
{
    _cleanup_(fd_closep) int slots = open_slots();

    if (slots < 0)
        return slots;
    for (unsigned int slot = first; slot < end; slot++) {
        int r = try_slot(slots, slot, &lease->fd);

        if (r == LEASE_E_NONE_FREE)
            continue;
        lease->slot = slot;
        return r;
    }
    return LEASE_E_NONE_FREE;
}

int lease_take(struct lease *lease, unsigned int first)
{
    int r = take_from(lease, first, LEASE_N_SLOTS);

    if (r == 0)
        sign(lease->fd);
    return r;
}

int lease_take_slot(struct lease *lease, unsigned int slot)
{
    return take_from(lease, slot, slot + 1);
}

void lease_release(struct lease *lease)
{
    _cleanup_(fd_closep) int slots = -1;
    char name[16];

    if (lease->fd < 0)
        return;
    snprintf(name, sizeof(name), "%u", lease->slot);
    slots = open_slots();
    /* Before the lock goes: afterwards it could be another's. */
    if (slots >= 0)
        unlinkat(slots, name, 0);
    fd_closep(&lease->fd);
}

void lease_leave(struct lease *lease)
{
    fd_closep(&lease->fd);
}

bool lease_time(const struct lease *lease, time_t *ret)
{
    struct stat st;

    if (lease->fd < 0 || fstat(lease->fd, &st) < 0)
        return false;
    *ret = st.st_mtim.tv_sec;
    return true;
}

static bool parse_slot(const char *text, unsigned int *ret)
{
    char *end;
    unsigned long slot = strtoul(text, &end, 10);

    *ret = (unsigned int)slot;
    return *text >= '0' && *text <= '9' && !*end && slot < LEASE_N_SLOTS;
}

bool lease_slot_of(const char *name, unsigned int *ret)
{
    return strncmp(name, CGROUP_PREFIX, strlen(CGROUP_PREFIX)) == 0 &&
           parse_slot(name + strlen(CGROUP_PREFIX), ret);
}

int lease_list(unsigned char **ret)
{
    _cleanup_(dir_closep) DIR *directory = NULL;
    int fd = open_slots();
    struct dirent *entry;

    if (fd < 0)
        return fd;
    directory = fdopendir(fd);
    if (!directory) {
        fd_closep(&fd);
        return -ENOMEM;
    }
    *ret = calloc(LEASE_N_SLOTS / 8, 1);
    if (!*ret)
        return -ENOMEM;
    while ((entry = readdir(directory))) {
        unsigned int slot;

        if (parse_slot(entry->d_name, &slot))
            (*ret)[slot / 8] |= (unsigned char)(1U << slot % 8);
    }
    return 0;
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
    snprintf(name, 32, CGROUP_PREFIX "%u", lease->slot);
}
