/* SPDX-License-Identifier: MIT */
/* Errors: one idiom for all code of the host.
 *
 * Every function that can fail returns an int. 0: done. Negative: -errno, fatal here, passed up unchanged.
 * Positive: an outcome of that module, listed in its header; the caller must handle it and never returns it
 * further up.
 *
 * If the input comes from a person (a request, a profile, options, a machine without some facility), the last
 * parameter is a struct error. It is filled once, by the function that knows what the person did; all callers
 * pass it on. Nothing is printed here, because a command decides how to show the sentence. */
#ifndef EXRUN_RUNNER_TEXT_ERROR_H
#define EXRUN_RUNNER_TEXT_ERROR_H

#include <sysexits.h>

/* A value: nothing to free. Texts that don't fit are cut. */
struct error {
    int code;        /* -errno, or -EINVAL if only the text matters */
    int status;      /* exit status of a command, a value of sysexits.h; says who has to act */
    char where[192]; /* JSON pointer, path, or option; "" for the whole input */
    char what[256];  /* problem at that place, in the reader's words */
    char hint[256];  /* advice to the reader, or "" */
};

/* Fills @err and returns @code, so that a caller can return it directly. @what is a format for the
 * problem at @where, without a full stop. If memory or descriptors ran out, the status is a fixed
 * one instead of @status (for memory, unless @status is EX_DATAERR), and -EMFILE gets a fixed hint.
 * @err may be NULL. */
int error_set(struct error *err, int code, int status, const char *where, const char *what, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds the hint to @err, which may be NULL. */
void error_hint(struct error *err, const char *hint, ...) __attribute__((format(printf, 2, 3)));

/* Fills @err for a failed allocation. Returns -ENOMEM. */
int error_memory(struct error *err);

/* Fills @err for any resource that the machine or the caller's limits ran out of, and returns @r: -ENOMEM,
 * -EMFILE or -ENFILE. */
int error_shortage(struct error *err, int r);

#endif
