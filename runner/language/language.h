/* SPDX-License-Identifier: MIT */
/* A language: its profile, which the privileged side works with, and the texts that only people read. */
#ifndef EXRUN_RUNNER_LANGUAGE_LANGUAGE_H
#define EXRUN_RUNNER_LANGUAGE_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "runner/text/expression.h"
#include "sandbox/plan/profile.h"

/* How one kind of error is recognised. All members that are not NULL must apply; each is a POSIX extended
 * regular expression. @match: for a line of the message; its first group, if there is one, is the subject of
 * the error.
 * @source: for a file with an ending of the language; if there is no @match, for the entry file. @lacks:
 * likewise, but it must not match in any of them. */
struct error_pattern {
    struct expression *match;
    struct expression *source, *lacks;
    int kind; /* index of error_kinds */
};

/* Everything is owned by the language. */
struct language {
    struct profile profile;
    char *file; /* the path it was read from */
    char *title;
    char *program;       /* name of the program, for people */
    char *package;       /* Debian package that contains it */
    bool cannot_be_seen; /* nobody can tell when a program waits for input (sandbox/run/reading.h) */
    char *unseen;        /* ways to wait for input that can't be noticed; NULL: none is known */
    struct limits min;   /* the lowest limits with which the language starts */
    struct expression *error_begins; /* matches a message's first line; NULL: any line can be one of it */
    struct expression *error_line;   /* its first group is the line of the entry file; NULL: none is named */
    bool error_line_is_last;         /* if a message names several lines, the last one counts */
    struct error_pattern *errors;
    size_t n_errors;
    struct expression **hidden; /* match lines of a linker that are left out if there is no main function */
    size_t n_hidden;
};

/* Returns true if @name is allowed as the name of a profile. */
bool language_is_name(const char *name);

void language_deinit(struct language *language);

#endif
