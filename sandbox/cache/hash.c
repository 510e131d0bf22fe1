/* SPDX-License-Identifier: MIT */
/* The parts of a key. */
#include "sandbox/cache/hash.h"

#include <string.h>

void hash_add(struct sha256_ctx *hash, const void *data, uint64_t size)
{
    sha256_update(hash, sizeof(size), (const uint8_t *)&size);
    sha256_update(hash, (size_t)size, data);
}

void hash_add_text(struct sha256_ctx *hash, const char *text)
{
    hash_add(hash, text ? text : "", text ? strlen(text) : 0);
}

void hash_add_list(struct sha256_ctx *hash, char *const *list)
{
    for (; list && *list; list++)
        hash_add_text(hash, *list);
    hash_add_text(hash, NULL);
}

void hash_add_state(struct sha256_ctx *hash, const struct stat *st)
{
    const uint64_t state[] = {(uint64_t)st->st_ino, (uint64_t)st->st_size, (uint64_t)st->st_ctim.tv_sec,
                              (uint64_t)st->st_ctim.tv_nsec};

    hash_add(hash, state, sizeof(state));
}

void hash_name(const uint8_t *digest, size_t n_bytes, char *ret)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n_bytes; i++) {
        ret[2 * i] = digits[digest[i] >> 4];
        ret[2 * i + 1] = digits[digest[i] & 15];
    }
    ret[2 * n_bytes] = '\0';
}
