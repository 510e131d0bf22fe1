/* SPDX-License-Identifier: MIT */
/* A result without what its reader has had before. */
#ifndef EXRUN_RUNNER_ANSWER_RESULT_LEAN_H
#define EXRUN_RUNNER_ANSWER_RESULT_LEAN_H

#include "runner/answer/result_parts.h"
#include "sandbox/base/growing.h"

/* Appends to @ret the result @text as result_write() writes it with @is_lean. @parts: of @text. Returns 0, or
 * -ENOMEM with a part of it in @ret. */
int result_lean(const struct growing *text, const struct result_parts *parts, struct growing *ret);

#endif
