/* SPDX-License-Identifier: MIT */
/* Prepared folders. */
#include "sandbox/cache/prepared.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/cache/directory.h"
#include "sandbox/cache/hash.h"

#define FOLDERS "prepared"
#define DIGEST_BYTES 16 /* as many of the toolchain's digest as a name contains */
#define UNFINISHED ".new"
#define REMOVED ".old" /* a folder that is being removed must not look finished */
#define KEPT_OF_PROFILE 2
#define USE_S 3600 /* a use is noted once an hour, because each note writes to the disk */

static void name_of(const struct profile *profile, const uint8_t toolchain[TOOLCHAIN_BYTES],
                    char ret[NAME_MAX + 1])
{
    char digest[2 * DIGEST_BYTES + 1];

    hash_name(toolchain, DIGEST_BYTES, digest);
    snprintf(ret, NAME_MAX + 1, "%s-%s", profile->name, digest);
}

/* Opens the directory of all folders. Returns the descriptor, which the caller closes, or -errno as
 * directory_open() does. */
static int open_folders(const struct settings *settings, bool creates)
{
    _cleanup_(fd_closep) int cache = directory_open(settings, creates), folders = -1;
    struct stat st;

    if (cache < 0)
        return cache;
    if (creates)
        mkdirat(cache, FOLDERS, 0700);
    folders = openat(cache, FOLDERS, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folders < 0 || fstat(folders, &st) < 0)
        return -errno;
    return directory_is_ours_alone(&st) ? fd_steal(&folders) : -EPERM;
}

static bool is_folder(const struct stat *st)
{
    return S_ISDIR(st->st_mode) && st->st_uid == geteuid() && (st->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

void prepared_place(const struct settings *settings, char *ret_path, size_t room)
{
    snprintf(ret_path, room, "%s/" FOLDERS, settings->cache);
}

bool prepared_find(const struct settings *settings, const struct profile *profile,
                   const uint8_t toolchain[TOOLCHAIN_BYTES], char ret_path[PATH_MAX])
{
    _cleanup_(fd_closep) int directory = open_folders(settings, false);
    char name[NAME_MAX + 1];
    struct stat st;

    if (directory < 0)
        return false;
    name_of(profile, toolchain, name);
    if (fstatat(directory, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !is_folder(&st) ||
        snprintf(ret_path, PATH_MAX, "%s/" FOLDERS "/%s", settings->cache, name) >= PATH_MAX)
        return false;
    if (st.st_mtim.tv_sec + USE_S < time(NULL))
        utimensat(directory, name, NULL, AT_SYMLINK_NOFOLLOW);
    return true;
}

/* Opens the directory @name for reading its entries. Returns NULL with errno set if it can't be opened. */
static DIR *open_entries(int directory, const char *name)
{
    int fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);

    if (!entries)
        fd_closep(&fd);
    return entries;
}

static bool is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* Counts the bytes of the tree @name, and removes it unless @is_dry. @depth: of directories that may follow.
 * Returns 0 or -errno. */
static int take_tree(int directory, const char *name, bool is_dry, int depth, uint64_t *bytes)
{
    _cleanup_(dir_closep) DIR *entries = open_entries(directory, name);
    struct dirent *entry;
    struct stat st;
    int r = 0;

    if (!entries)
        return errno == ENOENT ? 0 : -errno;
    if (depth < 0)
        return -ELOOP;
    while (r == 0 && (entry = readdir(entries))) {
        int fd = dirfd(entries);

        if (!is_entry(entry))
            continue;
        if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
            return -errno;
        if (S_ISDIR(st.st_mode))
            r = take_tree(fd, entry->d_name, is_dry, depth - 1, bytes);
        else if (!is_dry && unlinkat(fd, entry->d_name, 0) < 0)
            return -errno;
        else
            *bytes += (uint64_t)st.st_blocks * 512;
    }
    if (r == 0 && !is_dry && unlinkat(directory, name, AT_REMOVEDIR) < 0)
        return -errno;
    return r;
}

static int remove_tree(int directory, const char *name, uint64_t *bytes)
{
    return take_tree(directory, name, false, PREPARED_MOST_DEPTH + 1, bytes);
}

/* Removes a finished folder under another name, so that a half of it is never used. */
static int remove_folder(int directory, const char *name, uint64_t *bytes)
{
    int r = remove_tree(directory, REMOVED, bytes);

    if (r == 0 && renameat(directory, name, directory, REMOVED) < 0)
        r = -errno;
    return r < 0 ? r : remove_tree(directory, REMOVED, bytes);
}

static const char *const unfinished[] = {REMOVED, UNFINISHED};

/* Removes what makers that were killed left behind. */
static int remove_unfinished(int directory)
{
    uint64_t bytes = 0;
    int r = 0;

    for (size_t i = 0; i < sizeof(unfinished) / sizeof(*unfinished) && r == 0; i++)
        r = remove_tree(directory, unfinished[i], &bytes);
    return r;
}

static int lock(int directory)
{
    while (flock(directory, LOCK_EX | LOCK_NB) < 0)
        if (errno != EINTR)
            return errno == EWOULDBLOCK ? PREPARED_E_BUSY : -errno;
    return 0;
}

int prepared_begin(const struct settings *settings, const struct profile *profile,
                   const uint8_t toolchain[TOOLCHAIN_BYTES], struct prepared_new *ret)
{
    _cleanup_(fd_closep) int directory = open_folders(settings, true);
    char path[PATH_MAX];
    int r;

    *ret = (struct prepared_new)PREPARED_NEW_NONE;
    if (directory < 0)
        return directory;
    r = lock(directory);
    if (r != 0)
        return r;
    if (prepared_find(settings, profile, toolchain, path))
        return PREPARED_E_THERE;
    r = remove_unfinished(directory);
    if (r < 0)
        return r;
    if (mkdirat(directory, UNFINISHED, 0755) < 0)
        return -errno;
    ret->folder = openat(directory, UNFINISHED, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    /* The umask must not keep cells from reading the folder. */
    if (ret->folder < 0 || fchmod(ret->folder, 0755) < 0)
        return -errno;
    ret->directory = fd_steal(&directory);
    return 0;
}

/* Returns true if @name is that of a folder of the profile. */
static bool is_of_profile(const char *name, const struct profile *profile)
{
    size_t length = strlen(profile->name);

    return strncmp(name, profile->name, length) == 0 && name[length] == '-' &&
           strlen(name + length + 1) == (size_t)2 * DIGEST_BYTES;
}

/* Finds the folder of the profile that was not used for the longest time. Returns how many folders there
 * are, or -errno. */
static int find_oldest(int directory, const struct profile *profile, char ret_name[NAME_MAX + 1])
{
    _cleanup_(dir_closep) DIR *entries = open_entries(directory, ".");
    struct timespec oldest = {0};
    struct dirent *entry;
    int n = 0;

    if (!entries)
        return -errno;
    while ((entry = readdir(entries))) {
        struct stat st;

        if (!is_of_profile(entry->d_name, profile) ||
            fstatat(directory, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
            continue;
        if (n++ == 0 || st.st_mtim.tv_sec < oldest.tv_sec ||
            (st.st_mtim.tv_sec == oldest.tv_sec && st.st_mtim.tv_nsec < oldest.tv_nsec)) {
            oldest = st.st_mtim;
            snprintf(ret_name, NAME_MAX + 1, "%s", entry->d_name);
        }
    }
    return n;
}

static int remove_oldest(int directory, const struct profile *profile)
{
    char name[NAME_MAX + 1];
    uint64_t bytes = 0;
    int n;

    while ((n = find_oldest(directory, profile, name)) > KEPT_OF_PROFILE) {
        int r = remove_folder(directory, name, &bytes);

        if (r < 0)
            return r;
    }
    return n < 0 ? n : 0;
}

int prepared_commit(struct prepared_new *made, const struct profile *profile,
                    const uint8_t toolchain[TOOLCHAIN_BYTES])
{
    char name[NAME_MAX + 1];

    /* If the machine crashes, files that are not yet on the disk would be empty in a finished folder. */
    if (syncfs(made->folder) < 0 || futimens(made->folder, NULL) < 0)
        return -errno;
    name_of(profile, toolchain, name);
    if (renameat(made->directory, UNFINISHED, made->directory, name) < 0)
        return -errno;
    fd_closep(&made->folder);
    return remove_oldest(made->directory, profile);
}

void prepared_abandon(struct prepared_new *made)
{
    if (made->folder >= 0 && made->directory >= 0)
        remove_unfinished(made->directory);
    fd_closep(&made->folder);
    fd_closep(&made->directory);
}

/* Removes and counts unfinished folders. */
static int clear_unfinished(int directory, bool is_dry, struct prepared_count *count)
{
    int r = 0;

    for (size_t i = 0; i < sizeof(unfinished) / sizeof(*unfinished) && r == 0; i++) {
        count->folders += faccessat(directory, unfinished[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0;
        r = take_tree(directory, unfinished[i], is_dry, PREPARED_MOST_DEPTH + 1, &count->bytes);
    }
    return r;
}

static int clear_finished(int directory, bool is_dry, struct prepared_count *count)
{
    _cleanup_(dir_closep) DIR *entries = open_entries(directory, ".");
    struct dirent *entry;
    int r = 0;

    if (!entries)
        return -errno;
    while (r == 0 && (entry = readdir(entries))) {
        if (*entry->d_name == '.')
            continue;
        count->folders++;
        r = is_dry ? take_tree(directory, entry->d_name, true, PREPARED_MOST_DEPTH + 1, &count->bytes)
                   : remove_folder(directory, entry->d_name, &count->bytes);
    }
    return r;
}

int prepared_clear(const struct settings *settings, bool all, bool is_dry, struct prepared_count *ret)
{
    _cleanup_(fd_closep) int directory = open_folders(settings, false);
    int r;

    *ret = (struct prepared_count){0};
    /* No cache, or one that is never used. */
    if (directory == -ENOENT || directory == -ENODATA || directory == -ELOOP || directory == -EPERM)
        return 0;
    r = directory < 0 ? directory : lock(directory);
    if (r != 0)
        return r == PREPARED_E_BUSY ? 0 : r;
    r = clear_unfinished(directory, is_dry, ret);
    return r < 0 || !all ? r : clear_finished(directory, is_dry, ret);
}
