/* SPDX-License-Identifier: MIT */
/* The only code that removes leftovers of cells. */
#include "sandbox/cell/reclaim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/cell/slot.h"
#include "sandbox/cell/workspace.h"

/* In milliseconds, for the leftovers of a dead owner. */
#define PATIENCE_OF_CLEAN 100

/* <linux/mount.h> and <linux/stat.h> of Linux 6.8. */
#ifndef STATX_MNT_ID_UNIQUE
#define STATX_MNT_ID_UNIQUE 0x4000U
#endif
#ifndef SYS_listmount
#define SYS_listmount 458
#endif
#ifndef LSMT_ROOT
#define LSMT_ROOT UINT64_MAX
#endif

struct mount_id_request {
    uint32_t size, reserved;
    uint64_t mount_id, after;
};

/* Returns the number of the mount that @fd is in, or 0 if the kernel does not tell. */
static uint64_t mount_number(int fd)
{
    struct statx st;

    return statx(fd, "", AT_EMPTY_PATH, STATX_MNT_ID_UNIQUE, &st) == 0 && st.stx_mask & STATX_MNT_ID_UNIQUE
               ? st.stx_mnt_id
               : 0;
}

/* Returns true if no mount that exrun can see is newer than the mount @number. Mounts are numbered in the
 * order in which they are made. Returns false if the kernel does not tell. */
static bool is_newest(uint64_t number)
{
    const struct mount_id_request request = {sizeof(request), 0, LSMT_ROOT, number};
    uint64_t newer;

    return number != 0 && syscall(SYS_listmount, &request, &newer, 1, 0) == 0;
}

/* Returns true if a workspace of device @device is mounted anywhere that exrun can see. Reads the third field
 * of mountinfo (proc(5)), and the source, because the kernel gives the number of a device that is gone to the
 * next file system. */
static bool is_mounted(dev_t device)
{
    _cleanup_(file_closep) FILE *mounts = fopen("/proc/self/mountinfo", "re");
    _cleanup_(freep) char *line = NULL;
    unsigned int high, low;
    size_t room = 0;

    while (mounts && getline(&line, &room, mounts) > 0)
        if (sscanf(line, "%*d %*d %u:%u", &high, &low) == 2 && makedev(high, low) == device &&
            strstr(line, " - tmpfs " WORKSPACE_SOURCE " "))
            return true;
    return false;
}

/* Identifies an open descriptor by its file, because another thread can reuse its number as soon as it is
 * closed. */
struct known {
    int number;
    struct stat st;
};

/* Returns an unknown descriptor (-1) if @fd is not open, or if its file does not identify it. That is true
 * for the listener, because all anonymous descriptors share one inode. */
static struct known known_of(int fd)
{
    struct known known = {.number = fd};

    if (fd >= 0 && (fstat(fd, &known.st) < 0 || (known.st.st_mode & S_IFMT) == 0))
        known.number = -1;
    return known;
}

/* Compares the time of the inode as well, because another thread's next workspace can have the device
 * number of one that is gone. */
static bool is_still_open(const struct known *known)
{
    struct stat now;

    return known->number >= 0 && fstat(known->number, &now) == 0 && now.st_dev == known->st.st_dev &&
           memcmp(&now.st_ctim, &known->st.st_ctim, sizeof(now.st_ctim)) == 0 &&
           now.st_ino == known->st.st_ino;
}

static void give_back_lease(struct cell *cell)
{
    if (!cell->lender) {
        lease_release(&cell->lease);
        return;
    }
    cell->lender->is_leased = false;
    cell->lender = NULL;
    cell->lease.fd = -1;
}

unsigned int reclaim_cell(struct cell *cell)
{
    int *const fds[] = {&cell->listener, &cell->control, &cell->input,
                        &cell->output,   &cell->errors,  &cell->workspace};
    struct known known[sizeof(fds) / sizeof(*fds)];
    struct stat workspace = {0};
    bool had_workspace = cell->workspace >= 0 && fstat(cell->workspace, &workspace) == 0;
    uint64_t mount = had_workspace ? mount_number(cell->workspace) : 0;
    unsigned int left = 0;

    if (cell_kill(cell) < 0)
        left |= LEFT_PROCESSES;
    for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++) {
        known[i] = known_of(*fds[i]);
        fd_closep(fds[i]);
    }
    if (!layer_off("reclaim") && cgroup_remove(&cell->cgroup) < 0)
        left |= LEFT_CGROUP;
    /* Checks with the kernel instead of relying on the result of the removal. */
    if (cell->cgroup.tree && cell->cgroup.tree->ops && cgroup_exists(cell->cgroup.tree, cell->cgroup.name))
        left |= LEFT_CGROUP;
    for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++)
        if (is_still_open(&known[i]))
            left |= LEFT_DESCRIPTORS;
    if (had_workspace && !is_newest(mount) && is_mounted(workspace.st_dev))
        left |= LEFT_MOUNTS;
    if (left == 0)
        give_back_lease(cell);
    cell->state = CELL_NONE;
    return left;
}

const char *reclaim_word(enum reclaim_left left)
{
    switch (left) {
    case LEFT_PROCESSES:
        return "processes";
    case LEFT_CGROUP:
        return "cgroup";
    case LEFT_DESCRIPTORS:
        return "descriptors";
    case LEFT_MOUNTS:
        return "mounts";
    }
    return "?";
}

const char *reclaim_kind_word(enum reclaim_kind kind)
{
    static const char *const words[N_RECLAIM_KINDS] = {[RECLAIM_CGROUPS] = "cgroups",
                                                       [RECLAIM_PROCESSES] = "processes",
                                                       [RECLAIM_SLOTS] = "slots",
                                                       [RECLAIM_SOCKETS] = "sockets"};

    return words[kind];
}

static void note_group(void *arg, const char *name)
{
    unsigned char *bits = arg;
    unsigned int slot;

    if (lease_slot_of(name, &slot))
        bits[slot / 8] |= (unsigned char)(1U << slot % 8);
}

static bool is_set(const unsigned char *bits, unsigned int slot)
{
    return bits[slot / 8] & 1U << slot % 8;
}

bool reclaim_is_young(const struct reclaim_wish *wish, uint64_t left_ms)
{
    uint64_t now_ms = timing_wall_us() / 1000;

    return left_ms <= now_ms && now_ms - left_ms < wish->older_than_ms;
}

static int note_failure(const struct reclaim_wish *wish, enum reclaim_kind kind, const char *name, int r)
{
    if (wish->failed)
        wish->failed(wish->arg, kind, name, r);
    return 1;
}

/* Cleans a slot whose lease this process holds. Because of the lease, no other exrun can use the slot,
 * except one that has lost its lease file but still holds the group. Returns how many leftovers could not
 * be removed. */
static int clean_slot(const struct cgroup_tree *tree, const struct reclaim_wish *wish, struct lease *lease,
                      bool had_file, struct reclaim_count *removed)
{
    struct cgroup_leftover group = {0};
    char name[32];
    int r = 0;

    lease_cgroup_name(lease, name);
    cgroup_look(tree, name, &group);
    if (reclaim_is_young(wish, had_file ? lease_time_ms(lease) : group.changed_ms) || group.is_held)
        return 0;
    if (!wish->is_dry)
        r = slot_discard(tree, lease, PATIENCE_OF_CLEAN);
    if (r < 0)
        return r == -EWOULDBLOCK ? 0 : note_failure(wish, RECLAIM_CGROUPS, name, r);
    removed[RECLAIM_CGROUPS].items += group.is_there;
    removed[RECLAIM_CGROUPS].bytes += group.bytes;
    removed[RECLAIM_PROCESSES].items += group.processes;
    removed[RECLAIM_SLOTS].items += had_file;
    if (!wish->is_dry)
        lease_release(lease);
    return 0;
}

int reclaim_stale(const struct cgroup_tree *tree, const struct reclaim_wish *wish,
                  struct reclaim_count ret_removed[N_RECLAIM_KINDS])
{
    _cleanup_(freep) unsigned char *files = NULL;
    unsigned char groups[LEASE_N_SLOTS / 8] = {0};
    int r = lease_list(wish->runtime, !wish->is_dry, &files), n_left = 0;

    memset(ret_removed, 0, N_RECLAIM_KINDS * sizeof(*ret_removed));
    if (r < 0)
        return r;
    cgroup_each(tree, note_group, groups);
    for (unsigned int slot = 0; slot < LEASE_N_SLOTS; slot++) {
        struct lease lease = {.fd = -1, .runtime = wish->runtime};
        char name[16];

        if (!is_set(files, slot) && !is_set(groups, slot))
            continue;
        r = lease_take_slot(&lease, slot, !wish->is_dry);
        snprintf(name, sizeof(name), "%u", slot);
        if (r < 0)
            n_left += note_failure(wish, RECLAIM_SLOTS, name, r);
        if (r != 0)
            continue;
        n_left += clean_slot(tree, wish, &lease, is_set(files, slot), ret_removed);
        /* A slot that was skipped or could not be cleaned keeps its file, unless this function itself
         * created that file. */
        if (is_set(files, slot))
            lease_leave(&lease);
        else
            lease_release(&lease);
    }
    return n_left;
}
