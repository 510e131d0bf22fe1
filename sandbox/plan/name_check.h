/* SPDX-License-Identifier: MIT */
/* The names that a job may hold: paths in /box, patterns of such paths, arguments and variables.
 *
 * Both sides of a run ask here: the reader of a request, and whoever plans a job that came from elsewhere.
 * The answer is a code, because words are made on the runner's side (runner/text/name_words.h). */
#ifndef EXRUN_SANDBOX_PLAN_NAME_CHECK_H
#define EXRUN_SANDBOX_PLAN_NAME_CHECK_H

enum name_fault {
    NAME_FINE,
    NAME_EMPTY,
    NAME_ABSOLUTE,
    NAME_TOO_LONG,
    NAME_CONTROL,     /* a control character: it would steer a terminal that lists the file */
    NAME_EMPTY_PART,  /* "a//b" */
    NAME_LONG_PART,   /* more than NAME_MAX bytes */
    NAME_PARENT_PART, /* ".." */
    NAME_SELF_PART,   /* "." */
    NAME_CLASS,       /* from here to NAME_BACKSLASH: of patterns only */
    NAME_OPEN_SET,
    NAME_RANGE,
    NAME_COLLATION,
    NAME_BACKSLASH,
    NAME_NO_VARIABLE,
    NAME_LONG_ARGUMENT, /* longer than execve(2) takes: MAX_ARG_STRLEN */
    N_NAME_FAULTS,
};

/* A path relative to /box: at most 1,024 bytes, no part "..", "." or "", no control characters. */
enum name_fault name_check_path(const char *path);

/* The same for a pattern of such paths. */
enum name_fault name_check_pattern(const char *pattern);

/* One argument of a program. */
enum name_fault name_check_argument(const char *text);

/* "NAME=value", whose name is of letters, digits and "_", and begins with no digit. */
enum name_fault name_check_variable(const char *pair);

#endif
