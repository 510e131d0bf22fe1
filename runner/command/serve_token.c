/* SPDX-License-Identifier: MIT */
/* `exrun serve token`: makes a token. */
#include "runner/command/serve_token.h"

#include <errno.h>
#include <nettle/base64.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "runner/front/tokens.h"
#include "sandbox/base/strv.h"

/* Scanners for secrets find a token in a repository or a log by it. */
#define PREFIX "exrun_"
#define RANDOM_BYTES 32

struct secret {
    char text[sizeof(PREFIX) + BASE64_ENCODE_RAW_LENGTH(RANDOM_BYTES)];
};

static int draw(struct secret *ret, struct error *err)
{
    const size_t start = sizeof(PREFIX) - 1;
    unsigned char random[RANDOM_BYTES];
    struct base64_encode_ctx encoder;
    size_t size;

    if (getrandom(random, sizeof(random), 0) != sizeof(random))
        return error_set(err, -errno, EX_OSERR, "", "no random numbers can be had: %s", strerror(errno));
    memcpy(ret->text, PREFIX, start);
    base64url_encode_init(&encoder);
    size = base64_encode_update(&encoder, ret->text + start, sizeof(random), random);
    size += base64_encode_final(&encoder, ret->text + start + size);
    /* 32 bytes need one "=" at the end, which base64url can leave out (RFC 4648, section 3.2). */
    while (ret->text[start + size - 1] == '=')
        size--;
    ret->text[start + size] = '\0';
    return 0;
}

int serve_token(char *const *words, struct error *err)
{
    char hash[2 * TOKEN_HASH_BYTES + 1];
    struct secret secret;
    int r;

    if (strv_length(words) != 1 || !token_is_name(words[0])) {
        error_set(err, -EINVAL, EX_USAGE, "token",
                  strv_length(words) == 1 ? "is followed by a name that is not valid" : "needs one name");
        error_hint(err,
                   "name who will use the token, with letters, digits, \"_\", \".\" and \"-\": exrun serve "
                   "token site");
        return -EINVAL;
    }
    r = draw(&secret, err);
    if (r < 0)
        return r;
    token_hash_text(secret.text, hash);
    fprintf(stderr, "The token, which is shown only now, and the line for %s (owner root, mode 0640):\n",
            TOKENS_FILE);
    printf("%s\n%s sha256:%s\n", secret.text, words[0], hash);
    return 0;
}
