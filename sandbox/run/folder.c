/* SPDX-License-Identifier: MIT */
/* Copies a folder, file by file, through descriptors. */
#include "sandbox/run/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cache/prepared.h"
#include "sandbox/plan/plan.h"

/* Everything is readable for the program of a cell, and nothing writable. */
static mode_t mode_of(const struct stat *st)
{
    return (st->st_mode & S_IXUSR) ? 0555 : 0444;
}

static int copy_bytes(int from, int to, uint64_t size)
{
    while (size > 0) {
        ssize_t n = sendfile(to, from, NULL, size < INT32_MAX ? (size_t)size : INT32_MAX);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -errno : -EIO;
        size -= (uint64_t)n;
    }
    return 0;
}

/* Copies the file @name with its time, because a Java archive is only used with the time that it was trained
 * with. */
static int copy_file(int from, int to, const char *name, struct folder *folder)
{
    _cleanup_(fd_closep) int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    _cleanup_(fd_closep) int target =
        openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    struct stat st;
    int r;

    if (source < 0 || target < 0 || fstat(source, &st) < 0)
        return -errno;
    if ((uint64_t)st.st_size > PREPARED_MOST_BYTES - folder->bytes) {
        folder->state = FOLDER_TOO_LARGE;
        return 0;
    }
    folder->bytes += (uint64_t)st.st_size;
    r = copy_bytes(source, target, (uint64_t)st.st_size);
    if (r == 0 && (fchmod(target, mode_of(&st)) < 0 ||
                   futimens(target, (struct timespec[]){st.st_mtim, st.st_mtim}) < 0))
        r = -errno;
    return r;
}

static int copy_entries(int from, int to, int depth, struct folder *folder);

static int copy_directory(int from, int to, const char *name, int depth, struct folder *folder)
{
    _cleanup_(fd_closep) int source = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    _cleanup_(fd_closep) int target = -1;

    if (source < 0 || mkdirat(to, name, 0755) < 0)
        return -errno;
    target = openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (target < 0 || fchmod(target, 0755) < 0)
        return -errno;
    return copy_entries(fd_steal(&source), target, depth + 1, folder);
}

/* Copies one entry, or finds why the folder can't be kept. */
static int copy_entry(int from, int to, const char *name, int depth, struct folder *folder)
{
    struct stat st;

    if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    if (++folder->names > PREPARED_MOST_NAMES)
        folder->state = FOLDER_TOO_MANY;
    else if (depth >= PREPARED_MOST_DEPTH)
        folder->state = FOLDER_TOO_DEEP;
    else if (S_ISDIR(st.st_mode))
        return copy_directory(from, to, name, depth, folder);
    else if (S_ISREG(st.st_mode))
        return copy_file(from, to, name, folder);
    else
        folder->state = FOLDER_IRREGULAR;
    return 0;
}

/* Takes over the descriptor @from. */
static int copy_entries(int from, int to, int depth, struct folder *folder)
{
    _cleanup_(dir_closep) DIR *entries = fdopendir(from);
    struct dirent *entry;
    int r = 0;

    if (!entries) {
        close(from);
        return -ENOMEM;
    }
    while (r == 0 && folder->state == FOLDER_FINE && (entry = readdir(entries)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            r = copy_entry(from, to, entry->d_name, depth, folder);
    return r;
}

void folder_fetch(int workspace, struct folder *folder)
{
    int fd = openat(workspace, PLAN_PREPARED + 1, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    folder->state = FOLDER_FINE;
    folder->error = fd < 0 ? -errno : copy_entries(fd, folder->to, 0, folder);
    if (folder->state == FOLDER_FINE && folder->names == 0)
        folder->state = FOLDER_EMPTY;
}
