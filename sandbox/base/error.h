/* SPDX-License-Identifier: MIT */
/* Errors: one idiom for the whole host.
 *
 * Every function that can fail returns an int. 0: done. Negative: -errno, fatal here, passed up unchanged.
 * Positive: an outcome of that module, listed in its header; the caller must decide, and it never travels
 * further.
 *
 * Where a person wrote the input (a request, a profile, options, a machine that lacks something), the last
 * parameter is a struct error. It is filled once, by the function that knows what the person did; everybody
 * above hands it on. Nothing is printed here: where the sentence goes is decided in a command.
 */
#ifndef EXRUN_SANDBOX_BASE_ERROR_H
#define EXRUN_SANDBOX_BASE_ERROR_H

#include <stdbool.h>
#include <sysexits.h>

/* A value: nothing to free. Texts that don't fit are cut. */
struct error {
    int code;        /* -errno, or -EINVAL where only the words matter */
    int status;      /* who has to act, as a value of sysexits.h; what a command exits with */
    char where[192]; /* JSON pointer, path, or option; "" for the whole of it */
    char what[256];  /* what is wrong there, in the reader's words */
    char hint[256];  /* what to do about it, or "" */
};

/* Fills @err and returns @code, so that a caller can return it at once. @what is a format; its text says what
 * is wrong at @where, without a full stop. Where it was memory or descriptors that lacked, the status, and
 * for descriptors the mend, are always the same. @err may be NULL. */
int error_set(struct error *err, int code, int status, const char *where, const char *what, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds what to do about it. */
void error_hint(struct error *err, const char *hint, ...) __attribute__((format(printf, 2, 3)));

/* The shorthand for a failed allocation. Returns -ENOMEM. */
int error_memory(struct error *err);

/* The same for whatever it is that the machine or the caller's limits lack: -ENOMEM, -EMFILE, -ENFILE. */
int error_shortage(struct error *err, int r);

/* Does -@error tell of one? Then what was looked for may well be there. */
bool error_is_shortage(int error);

#endif
