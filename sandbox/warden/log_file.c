/* SPDX-License-Identifier: MIT */
/* The file of the service's log. */
#include "sandbox/warden/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define MODE 0640
#define LINE_MOST 16384
#define LINE_BEGIN "{\"at\":"
#define FLAGS (O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static bool is_owned(const struct stat *st)
{
    return st->st_uid == 0 || st->st_uid == geteuid();
}

static bool is_ours(const struct stat *st)
{
    return !(st->st_mode & (S_IWGRP | S_IWOTH)) && is_owned(st);
}

/* If others could replace a part of the way to the directory, it could lead to another one. A symbolic link
 * only needs the right owner, because the way behind it is checked, too. In a directory with the sticky bit,
 * others can't rename what is ours. */
static int check_parts(const char *directory)
{
    char path[PATH_MAX];
    struct stat st;

    for (const char *end = directory; end; end = strchr(end + 1, '/')) {
        bool is_right;

        if (end == directory)
            continue;
        memcpy(path, directory, (size_t)(end - directory));
        path[end - directory] = '\0';
        if (lstat(path, &st) < 0)
            return -errno;
        is_right = S_ISLNK(st.st_mode) || st.st_mode & S_ISVTX ? is_owned(&st) : is_ours(&st);
        if (!is_right)
            return -EPERM;
    }
    return 0;
}

/* @directory: ends with a slash. In a user namespace, the owners of the upper directories are not known, but
 * the service has no more rights there than its user. */
static int check_way(const char *directory)
{
    char real[PATH_MAX + 1];
    struct stat st;
    size_t length;
    int r;

    if (lstat("/", &st) < 0)
        return -errno;
    if (st.st_uid != 0)
        return 0;
    r = check_parts(directory);
    if (r < 0)
        return r;
    if (!realpath(directory, real))
        return -errno;
    length = strlen(real);
    real[length] = '/';
    real[length + 1] = '\0';
    return check_parts(real);
}

/* Opens the directory of @path, and stores the file's name in *ret. Returns the descriptor or -errno. */
static int open_directory(const char *path, const char **ret)
{
    const char *slash = strrchr(path, '/');
    _cleanup_(fd_closep) int fd = -1;
    char directory[PATH_MAX];
    struct stat st;
    int r;

    if (!slash || slash[1] == '\0' || strlen(path) >= sizeof(directory))
        return -EINVAL;
    memcpy(directory, path, (size_t)(slash - path) + 1);
    directory[slash - path + 1] = '\0';
    r = check_way(directory);
    if (r < 0)
        return r;
    fd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    if (!is_ours(&st))
        return -EPERM;
    *ret = slash + 1;
    return fd_steal(&fd);
}

/* Opens a file that exists. Returns the descriptor or -errno. No other user can put another file there
 * between the look and the opening, because the directory is ours. */
static int open_old(int directory, const char *name)
{
    struct stat st;
    int fd;

    if (fstatat(directory, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    if (!S_ISREG(st.st_mode))
        return S_ISLNK(st.st_mode) ? -ELOOP : -EINVAL;
    if (!is_ours(&st))
        return -EPERM;
    fd = openat(directory, name, FLAGS);
    return fd < 0 ? -errno : fd;
}

/* Its mode does not depend on the umask. */
static int create(int directory, const char *name, gid_t group)
{
    _cleanup_(fd_closep) int fd = openat(directory, name, FLAGS | O_CREAT | O_EXCL, 0600);

    if (fd < 0)
        return -errno;
    if ((group != (gid_t)-1 && fchown(fd, (uid_t)-1, group) < 0) || fchmod(fd, MODE) < 0)
        return -errno;
    return fd_steal(&fd);
}

int log_file_open(const char *path, gid_t group)
{
    const char *name = "";
    _cleanup_(fd_closep) int directory = open_directory(path, &name);
    int fd = directory < 0 ? directory : open_old(directory, name);

    return fd == -ENOENT && directory >= 0 ? create(directory, name, group) : fd;
}

int log_file_check(const char *path)
{
    const char *name = "";
    _cleanup_(fd_closep) int directory = open_directory(path, &name);
    _cleanup_(fd_closep) int fd = directory < 0 ? directory : open_old(directory, name);

    if (fd != -ENOENT || directory < 0)
        return fd < 0 ? fd : 0;
    return faccessat(directory, ".", W_OK | X_OK, AT_EACCESS) < 0 ? -errno : 0;
}

void log_file_mend(int fd)
{
    _cleanup_(fd_closep) int file = -1;
    char path[64], bytes[LINE_MOST];
    const char *begin;
    struct stat st;
    size_t length;
    ssize_t size;

    /* The same file, even if its name is another one's by now. */
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0 || fstat(file, &st) < 0)
        return;
    size = pread(file, bytes, sizeof(bytes), st.st_size > LINE_MOST ? st.st_size - LINE_MOST : 0);
    if (size <= 0)
        return;
    begin = memrchr(bytes, '\n', (size_t)size);
    begin = begin ? begin + 1 : bytes;
    length = (size_t)(bytes + size - begin);
    if ((begin == bytes && size < st.st_size) ||
        memcmp(begin, LINE_BEGIN, length < strlen(LINE_BEGIN) ? length : strlen(LINE_BEGIN)) != 0)
        return;
    /* If it fails, one line of the log can't be read. */
    if (ftruncate(file, st.st_size - (off_t)length) < 0)
        return;
}
