/* SPDX-License-Identifier: MIT */
/* The identity of a toolchain. */
#include "sandbox/cache/toolchain.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sandbox/cache/hash.h"

/* Headers, libraries and the programs that a driver calls come with packages, or are installed beside them.
 * If one of these changes, everything is compiled again. */
static const char *const surroundings[] = {"/var/lib/dpkg/status", "/etc/alternatives", "/etc/ld.so.cache",
                                           "/usr/local/include", "/usr/local/lib"};

/* Adds size and times of the file at @path, which are different for another compiler. The numbers of device
 * and inode are left out, because btrfs and overlayfs have another device at each mount, and overlayfs can
 * have other inodes. */
static void add_identity(struct sha256_ctx *hash, const char *path)
{
    struct stat st = {0};
    uint64_t identity[5] = {0};

    if (path && stat(path, &st) == 0) {
        const uint64_t of_file[] = {(uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec,
                                    (uint64_t)st.st_mtim.tv_nsec, (uint64_t)st.st_ctim.tv_sec,
                                    (uint64_t)st.st_ctim.tv_nsec};

        memcpy(identity, of_file, sizeof(identity));
    }
    hash_add_text(hash, path);
    hash_add(hash, identity, sizeof(identity));
}

static void add_stage(struct sha256_ctx *hash, const struct profile_stage *stage)
{
    char real[PATH_MAX];

    hash_add_list(hash, stage->argv);
    /* A link that was changed may lead to a file of the same size and times. */
    hash_add_text(hash, stage->program ? realpath(stage->program, real) : NULL);
    add_identity(hash, stage->program);
}

void toolchain_digest(const struct profile *profile, uint8_t ret[TOOLCHAIN_BYTES])
{
    struct sha256_ctx hash;

    sha256_init(&hash);
    hash_add_text(&hash, profile->name);
    hash_add_text(&hash, profile->produces);
    hash_add_list(&hash, profile->env);
    add_stage(&hash, &profile->run);
    add_stage(&hash, &profile->compile);
    add_stage(&hash, &profile->prepare);
    hash_add_list(&hash, profile->compile_warm.argv);
    add_identity(&hash, profile->compile_warm.program);
    add_identity(&hash, profile->version.program);
    for (size_t i = 0; i < profile->n_mounts; i++)
        hash_add_text(&hash, profile->mounts[i].path);
    for (size_t i = 0; i < profile->n_etc; i++) {
        hash_add_text(&hash, profile->etc[i].path);
        hash_add_text(&hash, profile->etc[i].text);
    }
    hash_add_text(&hash, profile->has_proc_files ? "proc" : NULL);
    for (size_t i = 0; i < sizeof(surroundings) / sizeof(*surroundings); i++)
        add_identity(&hash, surroundings[i]);
    sha256_digest(&hash, TOOLCHAIN_BYTES, ret);
}
