/* SPDX-License-Identifier: MIT */
/* Results of earlier compilations, which need not be compiled again.
 *
 * An entry is one file, named after the SHA-256 of everything that decides the result of a compile stage:
 * sources, command, environment, mounts, and the identity of the compiler. It contains the product, the
 * compiler's messages, and a SHA-256 of itself. So if an entry was cut short by a crash, or changed by
 * anybody, it is not valid. It is removed when it is found, and the stage runs.
 *
 * Files are created without a name (O_TMPFILE) and get it when they are complete (linkat), so a writer that
 * is killed leaves nothing behind, and of several writers of one entry the first wins. They belong to exrun's
 * user, and other users can't read or write them; cells can't see the directory. The least recently used
 * entries are removed if there are more bytes than allowed, or more than 8,192 entries.
 *
 * It is not an error if the cache can't be used, because the stage runs then. */
#ifndef EXRUN_SANDBOX_CACHE_COMPILE_CACHE_H
#define EXRUN_SANDBOX_CACHE_COMPILE_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/cache/toolchain.h"
#include "sandbox/plan/plan.h"
#include "sandbox/plan/settings.h"

enum { COMPILE_CACHE_KEY_BYTES = 32 };

/* Outcome of compile_cache_find(). */
enum { COMPILE_CACHE_E_NONE = 1 };

struct compile_cache {
    int directory; /* -1: no cache */
    uint64_t most_bytes;
};

/* Result of a successful compile stage. The caller of compile_cache_find() frees the data of the three. */
struct compile_cache_entry {
    struct bytes product, output, errors;
};

/* Entries that clearing removed, or would remove. */
struct compile_cache_cleared {
    uint64_t entries, bytes;
};

/* Opens the cache. Creates its directory if it is missing. If the directory has another owner than exrun's
 * user, or others have any access to it, the cache is not used. */
void compile_cache_open(struct compile_cache *cache, const struct settings *settings);
void compile_cache_close(struct compile_cache *cache);

/* @toolchain: from toolchain_digest(). */
void compile_cache_key(const struct plan *plan, const uint8_t toolchain[TOOLCHAIN_BYTES],
                       uint8_t ret_key[COMPILE_CACHE_KEY_BYTES]);

/* Finds the entry @key and records its use. Returns 0, COMPILE_CACHE_E_NONE, or -ENOMEM. */
int compile_cache_find(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                       struct compile_cache_entry *ret);

/* Keeps @entry as @key, if it is possible and the entry is not larger than a quarter of the cache. */
void compile_cache_store(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                         const struct compile_cache_entry *entry);

/* Removes all entries, unless @is_dry. Returns 0 or -errno. */
int compile_cache_clear(const struct compile_cache *cache, bool is_dry, struct compile_cache_cleared *ret);

#endif
