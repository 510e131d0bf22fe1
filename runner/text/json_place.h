/* SPDX-License-Identifier: MIT */
/* Finds the place of a byte in a document as a JSON pointer (RFC 6901). */
#ifndef EXRUN_RUNNER_TEXT_JSON_PLACE_H
#define EXRUN_RUNNER_TEXT_JSON_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the pointer of the value at byte @position of @text. If a name in it does not fit or is not
 * valid, the pointer ends at the container before it. */
void json_place(const char *text, size_t size, size_t position, char *pointer, size_t room);

/* Appends "/" and @part, escaped as in RFC 6901. Returns false and appends nothing if it does not
 * fit, because the pointer of the container is still correct, but a part of a name would not be. */
bool json_pointer_append(char *pointer, size_t room, const char *part, size_t length);

#endif
