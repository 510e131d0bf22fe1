/* SPDX-License-Identifier: MIT */
/* Random texts that nobody guesses: IDs and tokens. */
#ifndef EXRUN_RUNNER_TEXT_RANDOM_TEXT_H
#define EXRUN_RUNNER_TEXT_RANDOM_TEXT_H

#include <stddef.h>

/* Room for the text of @n bytes and its NUL. */
#define RANDOM_TEXT_ROOM(n) (((n)*8 + 5) / 6 + 1)

/* Stores @n random bytes, at most 48, in the alphabet of base64url without "=" (RFC 4648, section 5), so that
 * the text can be a part of a path or of a header. Returns 0, or -EIO if there are no random numbers. */
int random_text(size_t n, char *ret);

#endif
