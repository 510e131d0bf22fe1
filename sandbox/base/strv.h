/* SPDX-License-Identifier: MIT */
/* Lists of strings that end in NULL, so that they can be passed to execve() unchanged. NULL is the empty
 * list. */
#ifndef EXRUN_SANDBOX_BASE_STRV_H
#define EXRUN_SANDBOX_BASE_STRV_H

#include <stdbool.h>
#include <stddef.h>

size_t strv_length(char *const *list);
bool strv_has(char *const *list, const char *text);

/* Appends a copy of @text. Returns 0 or -ENOMEM. */
int strv_add(char ***list, const char *text);

/* Appends @text itself, which is freed on failure. Returns 0, or -ENOMEM, also if @text is NULL, because a
 * failed asprintf() gives NULL. */
int strv_take(char ***list, char *text /* takes */);

/* Returns true if both have the same strings in the same order. */
bool strv_equal(char *const *a, char *const *b);

/* Returns a copy, which is never NULL unless memory is short. */
char **strv_copy(char *const *list);

/* Returns true if @text matches one of the patterns (fnmatch(3)). */
bool strv_matches(const char *const *patterns, const char *text);

void strv_free(char **list);
void strv_freep(char ***list);

#endif
