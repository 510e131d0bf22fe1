/* SPDX-License-Identifier: MIT */
/* IDs of runs that have none. */
#include "runner/front/run_id.h"

#include <errno.h>
#include <sys/random.h>

#define ID_BYTES 16

/* The URL-safe alphabet of RFC 4648, section 5, so that an ID can be part of a path. */
int run_id_make(char ret[RUN_ID_ROOM])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char random[ID_BYTES];
    unsigned int bits = 0, n_bits = 0;
    char *to = ret;

    if (getrandom(random, sizeof(random), 0) != sizeof(random))
        return -EIO;
    for (size_t i = 0; i < sizeof(random); i++) {
        bits = bits << 8 | random[i];
        for (n_bits += 8; n_bits >= 6; n_bits -= 6)
            *to++ = alphabet[bits >> (n_bits - 6) & 63];
    }
    *to++ = alphabet[bits << (6 - n_bits) & 63];
    *to = '\0';
    return 0;
}
