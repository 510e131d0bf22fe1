/* SPDX-License-Identifier: MIT */
/* `exrun serve token`: makes a token. */
#include "runner/command/serve_token.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/tokens.h"
#include "runner/text/random_text.h"
#include "sandbox/base/strv.h"

/* Scanners for secrets find a token in a repository or a log by it. */
#define PREFIX "exrun_"
#define RANDOM_BYTES 32

int serve_token(char *const *words, struct error *err)
{
    char secret[sizeof(PREFIX) + RANDOM_TEXT_ROOM(RANDOM_BYTES)] = PREFIX;
    char hash[2 * TOKEN_HASH_BYTES + 1];

    if (strv_length(words) != 1 || !token_is_name(words[0])) {
        error_set(err, -EINVAL, EX_USAGE, "token",
                  strv_length(words) == 1 ? "is followed by a name that is not valid" : "needs one name");
        error_hint(err,
                   "name who will use the token, with letters, digits, \"_\", \".\" and \"-\": exrun serve "
                   "token site");
        return -EINVAL;
    }
    if (random_text(RANDOM_BYTES, secret + strlen(PREFIX)) < 0)
        return error_set(err, -EIO, EX_OSERR, "", "the machine has no random numbers");
    token_hash_text(secret, hash);
    fprintf(stderr, "The token, which is shown only now, and the line for %s (owner root, mode 0640):\n",
            TOKENS_FILE);
    printf("%s\n%s sha256:%s\n", secret, words[0], hash);
    return 0;
}
