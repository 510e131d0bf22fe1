/* SPDX-License-Identifier: MIT */
/* A stranger's words within ours. */
#ifndef EXRUN_RUNNER_TEXT_UTF8_H
#define EXRUN_RUNNER_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Puts a "?" in the place of each byte of @text that is no part of a character, or is one that steers a
 * terminal. What is left is one line of UTF-8. */
void make_printable(char *text);

/* Are these bytes UTF-8, controls and NULs among it? text[size] must be readable. It allocates nothing: a
 * lack of memory must not look like bytes that are no text. */
bool is_utf8(const char *text, size_t size);

#endif
