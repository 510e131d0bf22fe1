/* SPDX-License-Identifier: MIT */
/* Checks and cleans text from a request before exrun prints it. */
#ifndef EXRUN_SANDBOX_BASE_UTF8_H
#define EXRUN_SANDBOX_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Replaces each byte of @text that is not part of a character, or can control a terminal, by "?".
 * The result is one line of UTF-8. */
void make_printable(char *text);

/* Returns true if the bytes are UTF-8; controls and NULs are allowed. Allocates nothing, so a lack of memory
 * can't look like invalid text. */
bool is_utf8(const char *text, size_t size);

#endif
