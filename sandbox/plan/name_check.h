/* SPDX-License-Identifier: MIT */
/* The names that a job may contain: paths in /box, patterns of such paths, arguments and variables.
 *
 * Both sides of a run use these checks: the reader of a request, and the planner of a job that came from
 * another process. The answer is a code, because the runner's side writes the texts
 * (runner/text/name_words.h). */
#ifndef EXRUN_SANDBOX_PLAN_NAME_CHECK_H
#define EXRUN_SANDBOX_PLAN_NAME_CHECK_H

enum name_fault {
    NAME_FINE,
    NAME_EMPTY,
    NAME_ABSOLUTE,
    NAME_TOO_LONG,
    NAME_CONTROL,     /* a control character, which would control a terminal that lists the file */
    NAME_EMPTY_PART,  /* "a//b" */
    NAME_LONG_PART,   /* more than NAME_MAX bytes */
    NAME_PARENT_PART, /* ".." */
    NAME_SELF_PART,   /* "." */
    NAME_CLASS,       /* from here to NAME_BACKSLASH: patterns only */
    NAME_OPEN_SET,
    NAME_RANGE,
    NAME_COLLATION,
    NAME_BACKSLASH,
    NAME_NO_VARIABLE,
    NAME_LONG_ARGUMENT, /* longer than execve(2) takes: MAX_ARG_STRLEN */
    N_NAME_FAULTS,
};

/* Checks a path relative to /box: at most 1,024 bytes, without the parts "..", "." or "", and without control
 * characters. */
enum name_fault name_check_path(const char *path);

/* Compares two such paths, as qsort(3) needs it. In this order, everything below a directory follows the
 * directory itself. */
int name_compare_paths(const char *a, const char *b);

/* Checks a pattern of such paths in the same way, and its syntax. */
enum name_fault name_check_pattern(const char *pattern);

/* Checks one argument of a program. */
enum name_fault name_check_argument(const char *text);

/* Checks "NAME=value". The name consists of letters, digits and "_", and does not begin with a digit. */
enum name_fault name_check_variable(const char *pair);

#endif
