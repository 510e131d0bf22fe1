/* SPDX-License-Identifier: MIT */
/* Notices that something was replaced which an interpreter has read when it started. */
#include "sandbox/warm/fingerprint.h"

#include <string.h>
#include <sys/stat.h>

#include "sandbox/cache/hash.h"

/* A file that is not there is all zeros. */
static void add_file(struct sha256_ctx *hash, const char *path)
{
    struct stat st = {0};

    if (!path || stat(path, &st) < 0)
        st = (struct stat){0};
    hash_add_state(hash, &st);
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
