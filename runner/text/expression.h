/* SPDX-License-Identifier: MIT */
/* A regular expression (POSIX extended, regcomp(3)) that is compiled when it is first needed, and kept.
 *
 * The service searches the output of each run for a few patterns. Compiling one takes 10 to 100 us, searching
 * a short output takes one or two. */
#ifndef EXRUN_RUNNER_TEXT_EXPRESSION_H
#define EXRUN_RUNNER_TEXT_EXPRESSION_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#define EXPRESSION_GROUPS 2 /* the whole match, and the first group */

struct expression;

/* @flags: of regcomp(3); REG_EXTENDED is added. Returns an expression that the caller owns, or NULL if memory
 * is short. @text is copied, and not checked. */
struct expression *expression_new(const char *text, int flags);

/* Frees it; NULL is allowed. */
void expression_free(struct expression *expression);

/* Returns 0, or -EINVAL with what is wrong in @said, of @room bytes, if it is not a valid one. */
int expression_check(const struct expression *expression, char *said, size_t room);

/* Returns true if a part of the @size bytes at @text matches, and then sets @ret_groups, unless a flag was
 * REG_NOSUB. Returns false also if it is not a valid one, or memory is short. Several threads can search. */
bool expression_search(struct expression *expression, const char *text, size_t size,
                       regmatch_t ret_groups[EXPRESSION_GROUPS]);

#endif
