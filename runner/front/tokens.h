/* SPDX-License-Identifier: MIT */
/* The tokens file: who may use a listener, and for which profiles.
 *
 * A line is "NAME sha256:HEX [admin] [profiles=a,b]"; empty lines and lines that begin with "#" are skipped.
 * The file has the hashes only, so nobody who reads it can use a token. A token has 256 random bits, so its
 * hash needs no salt and no slow function. */
#ifndef EXRUN_RUNNER_FRONT_TOKENS_H
#define EXRUN_RUNNER_FRONT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runner/text/error.h"
#include "sandbox/base/pack.h"

#define TOKENS_FILE "/etc/exrun/tokens" /* unless a listener names another one */

enum { TOKEN_HASH_BYTES = 32, TOKENS_MOST = 1024, TOKEN_NAME_BYTES = 64 };

/* Everything is owned. @hash: SHA-256. @is_admin: operators' calls are allowed. @profiles: their names;
 * NULL: all. */
struct token {
    char *name;
    unsigned char hash[TOKEN_HASH_BYTES];
    bool is_admin;
    char **profiles;
};

struct tokens {
    struct token *items;
    size_t n;
};

/* Reads the text of the file @path. Returns 0, or -errno with EX_CONFIG and "PATH:LINE" in @err. The caller
 * must call tokens_deinit() even on failure. */
int tokens_read(const char *path, const char *text, size_t size, struct tokens *ret, struct error *err);

/* Packs or unpacks them. The caller must call tokens_deinit() even if they are invalid. */
void tokens_pack(struct pack *pack, struct tokens *tokens);

void tokens_deinit(struct tokens *tokens);

/* Returns the entry of the token @secret, or NULL. The duration depends neither on @secret nor on the hashes:
 * all of them are compared. */
const struct token *tokens_find(const struct tokens *tokens, const char *secret, size_t size);

/* Returns the entry with this name, or NULL. */
const struct token *tokens_named(const struct tokens *tokens, const char *name);

/* Returns true if the token may run programs of @profile. */
bool token_may_run(const struct token *token, const char *profile);

/* Returns true if @name can be the name of a token: letters, digits and "_.-", at most 64. */
bool token_is_name(const char *name);

/* Stores the hash of @secret as it stands in the file, after "sha256:". @ret has room for 64 digits and a
 * NUL. */
void token_hash_text(const char *secret, char ret[2 * TOKEN_HASH_BYTES + 1]);

#endif
