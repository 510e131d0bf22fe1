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
#include <sys/stat.h>

/* Notes that the file can be trusted, if it can be now. If memory is short, the file is not noted. */
void trust_note(const struct stat *st);

/* Returns true if the file can be trusted, now or because it was noted. */
bool trust_has(const struct stat *st);

#endif
