/* SPDX-License-Identifier: MIT */
/* Decides whether a profile can be trusted.
 *
 * A profile decides what a cell can see, so its file must be owned by root or by exrun's user, and
 * not be writable by anyone else. If exrun is not root, it enters a user namespace, in which the
 * kernel shows root's files as owned by nobody (user_namespaces(7)). So the files that can be
 * trusted are noted before, and later each of them counts as trusted as long as it is unchanged.
 * The notes belong to the process, like the namespace. */
#ifndef EXRUN_RUNNER_LANGUAGE_TRUST_H
#define EXRUN_RUNNER_LANGUAGE_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "runner/text/error.h"

/* Notes that the file can be trusted, if it can be now. If memory is short, the file is not noted. */
void trust_note(const struct stat *st);

/* Reads the open file @path, which must be trusted, into a new buffer that the caller frees. Returns 0, or
 * -errno with EX_CONFIG. */
int trust_read(int fd, const char *path, char **ret, size_t *ret_size, struct error *err);

#endif
