/* SPDX-License-Identifier: MIT */
/* Chooses text or base64 for the bytes of a program's output or file in JSON. */
#ifndef EXRUN_RUNNER_TEXT_ENCODING_H
#define EXRUN_RUNNER_TEXT_ENCODING_H

#include <stdbool.h>

#include "sandbox/plan/job.h"

/* Returns true if a JSON string can carry @bytes: they are UTF-8, and the escapes of control
 * characters (RFC 8259, section 7: six bytes for one) don't more than double them. Output full of
 * them would take six times its size in the memory of every reader, while base64 takes a third
 * more. */
bool encoding_is_text(const struct bytes *bytes);

/* Returns @bytes, or at most three bytes less of them if they are text except for a last character
 * that was cut. */
struct bytes encoding_whole_characters(const struct bytes *bytes);

#endif
