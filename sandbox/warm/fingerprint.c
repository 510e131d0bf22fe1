/* SPDX-License-Identifier: MIT */
/* Notices that something was replaced which an interpreter has read when it started. */
#include "sandbox/warm/fingerprint.h"

#include <string.h>
#include <sys/stat.h>

#include "sandbox/cache/hash.h"

static void add_file(struct sha256_ctx *hash, const char *path)
{
    struct stat st = {.st_ino = 0};
    uint64_t of_file[4] = {0};

    if (path && stat(path, &st) == 0) {
        of_file[0] = (uint64_t)st.st_ino;
        of_file[1] = (uint64_t)st.st_size;
        of_file[2] = (uint64_t)st.st_ctim.tv_sec;
        of_file[3] = (uint64_t)st.st_ctim.tv_nsec;
    }
    hash_add(hash, of_file, sizeof(of_file));
}

uint64_t fingerprint(const struct profile *profile, const struct settings *settings)
{
    uint64_t print;
    uint8_t digest[sizeof(print)];
    struct sha256_ctx hash;

    sha256_init(&hash);
    add_file(&hash, profile->run.program);
    add_file(&hash, settings->shim);
    for (size_t i = 0; i < profile->n_mounts; i++)
        add_file(&hash, profile->mounts[i].path);
    sha256_digest(&hash, sizeof(digest), digest);
    memcpy(&print, digest, sizeof(print));
    return print;
}
