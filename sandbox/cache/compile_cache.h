/* SPDX-License-Identifier: MIT */
/* What was compiled before, and need not be compiled again.
 *
 * An entry is one file, named by the SHA-256 of all that decides what comes of a compile stage: sources,
 * command, environment, mounts, and which compiler stands there. It holds the product and what the compiler
 * said, and a SHA-256 of itself. So an entry that was cut short by a crash, or changed by anybody, is not an
 * entry: it is removed where it is met, and the stage runs.
 *
 * Files come into being without a name (O_TMPFILE) and get it when they are whole (linkat), so that a writer
 * that is killed leaves nothing, and of several writers of one entry the first wins. They belong to exrun's
 * user and nobody else may read or write them; no cell sees the directory. The longest unused go when there
 * are more bytes than allowed.
 *
 * A cache that can't be had is no error: the stage runs. */
#ifndef EXRUN_SANDBOX_CACHE_COMPILE_CACHE_H
#define EXRUN_SANDBOX_CACHE_COMPILE_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "sandbox/plan/plan.h"
#include "sandbox/plan/settings.h"

enum { COMPILE_CACHE_KEY_BYTES = 32 };

/* Outcome of compile_cache_find(). */
enum { COMPILE_CACHE_E_NONE = 1 };

struct compile_cache {
    int directory; /* -1: there is none */
    uint64_t most_bytes;
};

/* What a good compile stage leaves. Owned by who holds it; compile_cache_entry_deinit(). */
struct compile_cache_entry {
    struct bytes product, output, errors;
};

/* What clearing removed, or would remove. */
struct compile_cache_cleared {
    uint64_t entries, bytes;
};

/* Opens the cache, making its directory where it is missing. A directory that others may write to is no
 * cache. */
void compile_cache_open(struct compile_cache *cache, const struct settings *settings);
void compile_cache_close(struct compile_cache *cache);

void compile_cache_key(const struct plan *plan, uint8_t ret_key[COMPILE_CACHE_KEY_BYTES]);

/* Finds the entry @key and notes that it was used. COMPILE_CACHE_E_NONE, -ENOMEM. */
int compile_cache_find(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                       struct compile_cache_entry *ret);

/* Keeps @entry as @key, where there is room and a way. */
void compile_cache_store(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                         const struct compile_cache_entry *entry);

/* Removes all entries, unless @is_dry. 0 or -errno. */
int compile_cache_clear(const struct compile_cache *cache, bool is_dry, struct compile_cache_cleared *ret);

void compile_cache_entry_deinit(struct compile_cache_entry *entry);

#endif
