/* SPDX-License-Identifier: MIT */
/* Slots and their leases. */
#include "sandbox/cell/lease.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/plan/settings.h"

#define SLOTS "/slots"
#define CGROUP_PREFIX "cell-"
#define PARENT_WORD " cgroup "
#define LINE_ROOM 512

/* Opens the directory @path. If @makes, creates it if it is missing. Returns -EPERM unless exrun's user
 * owns it and only that user may write to it, because a lock file that others can replace protects
 * nothing. */
static int open_own_directory(const char *path, mode_t mode, bool makes)
{
    _cleanup_(fd_closep) int fd = -1;
    struct stat st;

    if (makes && mkdir(path, mode) < 0 && errno != EEXIST)
        return -errno;
    fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    if (st.st_uid != geteuid() || (st.st_mode & (S_IWGRP | S_IWOTH)))
        return -EPERM;
    return fd_steal(&fd);
}

/* Opens the directory that contains a file for each slot in use. */
static int open_slots(const char *runtime, bool makes)
{
    char path[SETTINGS_RUNTIME_ROOM + sizeof(SLOTS)];
    /* The sockets of the service are in it, too. */
    _cleanup_(fd_closep) int above = open_own_directory(runtime, 0755, makes);

    if (above < 0)
        return above;
    snprintf(path, sizeof(path), "%s" SLOTS, runtime);
    return open_own_directory(path, 0700, makes);
}

int lease_lock(const char *runtime)
{
    _cleanup_(fd_closep) int slots = open_slots(runtime, true);

    if (slots < 0)
        return slots;
    while (flock(slots, LOCK_EX) < 0)
        if (errno != EINTR)
            return -errno;
    return fd_steal(&slots);
}

/* Ignores errors, because on a full file system a new file stays empty. */
void lease_sign(const struct lease *lease, const char *parent)
{
    char boot[40] = "", line[LINE_ROOM];
    _cleanup_(fd_closep) int id = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t got = id < 0 ? 0 : read(id, boot, sizeof(boot) - 1);
    int length;

    boot[got > 0 ? strcspn(boot, "\n") : 0] = '\0';
    length = snprintf(line, sizeof(line), "boot %s pid %d taken %lld%s%s\n", boot, (int)getpid(),
                      (long long)time(NULL), *parent ? PARENT_WORD : "", parent);
    if (pwrite(lease->fd, line, (size_t)length, 0) == length && ftruncate(lease->fd, length) < 0)
        return;
}

bool lease_parent(const struct lease *lease, char *ret, size_t room)
{
    char line[LINE_ROOM];
    ssize_t got = lease->fd < 0 ? 0 : pread(lease->fd, line, sizeof(line) - 1, 0);
    const char *parent;
    size_t length;

    line[got > 0 ? got : 0] = '\0';
    if (strncmp(line, "boot ", 5) != 0)
        return false;
    parent = strstr(line, PARENT_WORD);
    parent = parent ? parent + strlen(PARENT_WORD) : "";
    length = strcspn(parent, "\n");
    if (length >= room)
        return false;
    memcpy(ret, parent, length);
    ret[length] = '\0';
    return true;
}

/* Locks the slot's file. If the file was removed between opening and locking it, the lock protects
 * nothing, so it opens the file again. */
static int try_slot(int directory, unsigned int slot, bool makes, int *ret_fd)
{
    char name[16];

    snprintf(name, sizeof(name), "%u", slot);
    for (;;) {
        _cleanup_(fd_closep) int fd = openat(
            directory, name, O_RDWR | (makes ? O_CREAT : 0) | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
        struct stat st;

        if (fd < 0)
            return errno == ENOENT && !makes ? 0 : -errno;
        if (fstat(fd, &st) < 0)
            return -errno;
        if (!S_ISREG(st.st_mode))
            return -ENOTSUP;
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

/* Returns true if the error @r is about the file of one slot, and does not affect the others. */
static bool is_of_one(int r)
{
    return r == -EISDIR || r == -ELOOP || r == -ENXIO || r == -ENOTSUP || r == -EACCES || r == -EPERM;
}

unsigned int lease_n_slots(unsigned int n_ids)
{
    return n_ids == 1 || n_ids / 2 > LEASE_N_SLOTS ? LEASE_N_SLOTS : n_ids / 2;
}

int lease_take(struct lease *lease, unsigned int first)
{
    const unsigned int n_slots = lease_n_slots(lease->n_ids);
    _cleanup_(fd_closep) int slots = open_slots(lease->runtime, true);
    int odd = 0;

    if (slots < 0)
        return slots;
    for (lease->slot = first; lease->slot < n_slots; lease->slot++) {
        int r = try_slot(slots, lease->slot, true, &lease->fd);

        if (is_of_one(r))
            odd = r;
        else if (r != LEASE_E_NONE_FREE)
            return r;
    }
    return odd < 0 ? odd : LEASE_E_NONE_FREE;
}

int lease_take_slot(struct lease *lease, unsigned int slot, bool makes)
{
    _cleanup_(fd_closep) int slots = open_slots(lease->runtime, makes);

    lease->slot = slot;
    if (slots < 0)
        return slots == -ENOENT && !makes ? 0 : slots;
    return try_slot(slots, slot, makes, &lease->fd);
}

void lease_release(struct lease *lease)
{
    _cleanup_(fd_closep) int slots = -1;
    char name[16];

    if (lease->fd < 0)
        return;
    snprintf(name, sizeof(name), "%u", lease->slot);
    slots = open_slots(lease->runtime, false);
    /* Removes the file before the lock is released, because afterwards it can belong to another owner. */
    if (slots >= 0)
        unlinkat(slots, name, 0);
    fd_closep(&lease->fd);
}

void lease_leave(struct lease *lease)
{
    fd_closep(&lease->fd);
}

uint64_t lease_time_ms(const struct lease *lease)
{
    struct stat st;

    return lease->fd < 0 || fstat(lease->fd, &st) < 0 ? 0 : fd_changed_ms(&st);
}

/* Parses "0" or "17", but not "017", which is a different file name. */
static bool parse_slot(const char *text, unsigned int *ret)
{
    char *end;
    unsigned long slot = strtoul(text, &end, 10);

    *ret = (unsigned int)slot;
    return *text >= '0' && *text <= '9' && (*text != '0' || !text[1]) && !*end && slot < LEASE_N_SLOTS;
}

bool lease_slot_of(const char *name, unsigned int *ret)
{
    return strncmp(name, CGROUP_PREFIX, strlen(CGROUP_PREFIX)) == 0 &&
           parse_slot(name + strlen(CGROUP_PREFIX), ret);
}

int lease_list(const char *runtime, bool makes, unsigned char **ret)
{
    _cleanup_(dir_closep) DIR *directory = NULL;
    int fd = open_slots(runtime, makes);
    struct dirent *entry;

    *ret = calloc(LEASE_N_SLOTS / 8, 1);
    if (!*ret) {
        fd_closep(&fd);
        return -ENOMEM;
    }
    if (fd < 0)
        return fd == -ENOENT && !makes ? 0 : fd;
    directory = fdopendir(fd);
    if (!directory) {
        fd_closep(&fd);
        return -ENOMEM;
    }
    while ((entry = readdir(directory))) {
        unsigned int slot;

        if (parse_slot(entry->d_name, &slot))
            (*ret)[slot / 8] |= (unsigned char)(1U << slot % 8);
    }
    return 0;
}

void lease_cgroup_name(const struct lease *lease, char name[32])
{
    snprintf(name, 32, CGROUP_PREFIX "%u", lease->slot);
}
