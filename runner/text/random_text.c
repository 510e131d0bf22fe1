/* SPDX-License-Identifier: MIT */
/* Random texts. */
#include "runner/text/random_text.h"

#include <errno.h>
#include <nettle/base64.h>
#include <string.h>
#include <sys/random.h>

#define MOST_BYTES 48

int random_text(size_t n, char *ret)
{
    unsigned char random[MOST_BYTES];
    char text[BASE64_ENCODE_RAW_LENGTH(MOST_BYTES) + BASE64_ENCODE_FINAL_LENGTH];
    struct base64_encode_ctx encoder;
    size_t size;

    if (n > sizeof(random) || getrandom(random, n, 0) != (ssize_t)n)
        return -EIO;
    base64url_encode_init(&encoder);
    size = base64_encode_update(&encoder, text, n, random);
    size += base64_encode_final(&encoder, text + size);
    while (size > 0 && text[size - 1] == '=')
        size--;
    memcpy(ret, text, size);
    ret[size] = '\0';
    return 0;
}
