/* SPDX-License-Identifier: MIT */
/* A language: its profile, which the side with power works by, and what only people are told of it. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/profile.h"

/* How the language words one kind of error: a POSIX extended regular expression for a line of it, whose first
 * group (if any) is what it is about. */
struct error_pattern {
    char *match;
    int kind; /* index of error_kinds */
};

/* Everything is owned by the language. */
struct language {
    struct profile profile;
    char *file; /* where it was read */
    char *title;
    struct limits min;  /* the least with which the language starts at all */
    char *error_begins; /* what an error message begins with; NULL: any line may be of one */
    char *error_line;   /* how a message names a line of the entry file: its first group; NULL: it does not */
    bool error_line_is_last; /* of several lines the last one is meant */
    struct error_pattern *errors;
    size_t n_errors;
};

/* May a profile be named so? */
bool language_is_name(const char *name);

void language_deinit(struct language *language);

#endif
