/* SPDX-License-Identifier: MIT */
/* Adds the parts of a key to a SHA-256. Each part is preceded by its length, so that different lists of parts
 * never give the same bytes. */
#ifndef EXRUN_SANDBOX_CACHE_HASH_H
#define EXRUN_SANDBOX_CACHE_HASH_H

#include <nettle/sha2.h>
#include <stdint.h>
#include <sys/stat.h>

void hash_add(struct sha256_ctx *hash, const void *data, uint64_t size);

/* @text, @list: NULL counts as empty. */
void hash_add_text(struct sha256_ctx *hash, const char *text);
void hash_add_list(struct sha256_ctx *hash, char *const *list);

/* Adds inode, size and time of change of a file, which are others if it was replaced. */
void hash_add_state(struct sha256_ctx *hash, const struct stat *st);

/* Writes @n_bytes of @digest as 2 × @n_bytes digits and a NUL. */
void hash_name(const uint8_t *digest, size_t n_bytes, char *ret);

#endif
