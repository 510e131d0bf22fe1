/* SPDX-License-Identifier: MIT */
/* Where in a document something stands: JSON pointers, RFC 6901. */
#ifndef EXRUN_RUNNER_TEXT_JSON_PLACE_H
#define EXRUN_RUNNER_TEXT_JSON_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the pointer of what stands at byte @position of @text. Where a name in it does not fit or
 * is none, that of the nearest container whose does. */
void json_place(const char *text, size_t size, size_t position, char *pointer, size_t room);

/* Appends "/" and @part, escaped as RFC 6901 says. Where it does not fit, nothing is appended: the pointer of
 * the container is true, a part of a name is not. Returns whether it did. */
bool json_pointer_append(char *pointer, size_t room, const char *part, size_t length);

#endif
