/* SPDX-License-Identifier: MIT */
/* Whose word a profile is.
 *
 * A profile decides what a cell sees, so its file must be root's or ours, and nobody else's to write. In a
 * user namespace, which exrun enters where it is not root, the kernel shows root's files as nobody's
 * (user_namespaces(7)): so before that is done, the files that can be trusted are noted, and later each of
 * them counts for as long as nothing about it was changed. What is noted is the process's, as the namespace
 * is. */
#ifndef EXRUN_RUNNER_LANGUAGE_TRUST_H
#define EXRUN_RUNNER_LANGUAGE_TRUST_H

#include <stdbool.h>
#include <sys/stat.h>

/* Notes that the file can be trusted, if it can be now; without memory it is not noted. */
void trust_note(const struct stat *st);

/* Can the file be trusted, now or as it was noted? */
bool trust_has(const struct stat *st);

#endif
