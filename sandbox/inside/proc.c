/* SPDX-License-Identifier: MIT */
/* The cell's /proc. */
#include "sandbox/inside/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/inside/filesystem.h"
#include "sandbox/inside/proc_files.h"

static const struct filesystem_option processes_only[] = {
    {"hidepid", "invisible"}, {"subset", "pid"}, {NULL, NULL}};
static const struct filesystem_option all_files[] = {{"hidepid", "invisible"}, {NULL, NULL}};

/* Creates /proc, which is not attached yet. Returns its descriptor, or -errno. */
static int make(const struct filesystem_option *options)
{
    return filesystem_new("proc", layer_off("proc") ? processes_only + 2 : options,
                          MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC);
}

/* Mounts the file @name of the directory @files over the kernel's file, read-only. */
static int cover(int proc, int files, const char *name)
{
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
                                                MOUNT_ATTR_NOEXEC};
    _cleanup_(fd_closep) int tree =
        open_tree(files, name, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);

    if (tree < 0 || mount_setattr(tree, "", AT_EMPTY_PATH, &attributes, sizeof(attributes)) < 0)
        return -errno;
    return filesystem_attach(tree, proc, name);
}

/* Hides the kernel's own files, and checks that one which every kernel has is hidden. It must not be looked
 * up before, because the kernel would remember its name. */
static int hide(int proc)
{
    _cleanup_(fd_closep) int kernel = -1;
    int r;

    if (layer_off("proc"))
        return 0;
    r = filesystem_change(proc, processes_only + 1);
    if (r < 0)
        return r;
    kernel = openat(proc, "cmdline", O_PATH | O_CLOEXEC);
    return kernel < 0 && errno == ENOENT ? 0 : -EPERM;
}

/* Attaches @proc with the cell's own files. They are created in the directory that /proc then hides. If a
 * test has disabled this layer, the cell sees the host's files instead. */
static int place_with_files(int proc, int root, uint64_t memory_bytes)
{
    _cleanup_(fd_closep) int files =
        openat(root, layer_off("proc-files") ? "/proc" : "proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int r;

    if (files < 0)
        return -errno;
    r = layer_off("proc-files") ? 0 : proc_files_write(files, memory_bytes);
    if (r == 0)
        r = filesystem_attach(proc, root, "proc");
    for (size_t i = 0; i < PROC_N_FILES && r == 0; i++)
        r = cover(proc, files, proc_file_names[i]);
    return r < 0 ? r : hide(proc);
}

int proc_place(const struct proc *proc, int root)
{
    _cleanup_(fd_closep) int fd = make(proc->has_files ? all_files : processes_only);
    bool has_files = proc->has_files;

    /* In a user namespace, a kernel can permit the smaller one only (fs/namespace.c, mount_too_revealing),
     * because a container hides a part of its own /proc. */
    if (fd == -EPERM && has_files) {
        has_files = false;
        fd = make(processes_only);
    }
    if (fd < 0)
        return fd;
    return has_files ? place_with_files(fd, root, proc->memory_bytes) : filesystem_attach(fd, root, "proc");
}
