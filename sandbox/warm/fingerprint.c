/* SPDX-License-Identifier: MIT */
/* Notices that something was replaced which an interpreter has read when it started. */
#include "sandbox/warm/fingerprint.h"

#include <fts.h>
#include <string.h>
#include <sys/stat.h>

#include "sandbox/cache/hash.h"
#include "sandbox/cache/prepared.h"

#define CONFIGURATION "/etc/"
#define MOST_FILES 4096 /* of one mount */

/* A file that is not there is all zeros. */
static void add_file(struct sha256_ctx *hash, const char *path)
{
    struct stat st = {0};

    if (!path || stat(path, &st) < 0)
        st = (struct stat){0};
    hash_add_state(hash, &st);
}

/* Of the folders that are made ahead. A compiler may wait only after a check if its own has come meanwhile.
 */
static void add_prepared(struct sha256_ctx *hash, const struct settings *settings)
{
    char path[SETTINGS_CACHE_ROOM + 16];

    prepared_place(settings, path, sizeof(path));
    add_file(hash, path);
}

static void add_all(struct sha256_ctx *hash, const struct profile *profile, const struct settings *settings)
{
    add_file(hash, profile->run.program);
    add_file(hash, profile->compile_warm.program);
    add_file(hash, settings->shim);
    if (profile->compile_warm.parks)
        add_prepared(hash, settings);
    for (size_t i = 0; i < profile->n_mounts; i++)
        add_file(hash, profile->mounts[i].path);
}

static int compare_names(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Adds all that is below a folder, in the order of the names. */
static void add_folder(struct sha256_ctx *hash, const char *path)
{
    char *const paths[] = {(char *)(uintptr_t)path, NULL};
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, compare_names);
    const FTSENT *entry;

    if (!walk)
        return;
    for (size_t n = 0; n < MOST_FILES && (entry = fts_read(walk)); n++)
        if (entry->fts_info != FTS_DP && entry->fts_statp)
            hash_add_state(hash, entry->fts_statp);
    fts_close(walk);
}

static uint64_t end(struct sha256_ctx *hash)
{
    uint64_t print;
    uint8_t digest[sizeof(print)];

    sha256_digest(hash, sizeof(digest), digest);
    memcpy(&print, digest, sizeof(print));
    return print;
}

uint64_t fingerprint(const struct profile *profile, const struct settings *settings)
{
    struct sha256_ctx hash;

    sha256_init(&hash);
    add_all(&hash, profile, settings);
    return end(&hash);
}

uint64_t fingerprint_whole(const struct profile *profile, const struct settings *settings)
{
    struct sha256_ctx hash;

    sha256_init(&hash);
    add_all(&hash, profile, settings);
    for (size_t i = 0; i < profile->n_mounts; i++)
        if (strncmp(profile->mounts[i].path, CONFIGURATION, strlen(CONFIGURATION)) == 0)
            add_folder(&hash, profile->mounts[i].path);
    return end(&hash);
}
