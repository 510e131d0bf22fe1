/* SPDX-License-Identifier: MIT */
/* The versions of languages' programs that were found out before, so that a run does not start the command
 * that prints one.
 *
 * An entry belongs to one state of one program: its file's inode, size and time of change, and the profile's
 * command. After an upgrade it is not found any more. The entries are kept as those of the compile cache are
 * (compile_cache.h), in "versions" below the cache's directory, and the oldest ones make room for new ones.
 * If a command does not print a version, this is remembered for an hour at most, because the cause can be
 * another than the program. */
#ifndef EXRUN_SANDBOX_CACHE_VERSIONS_H
#define EXRUN_SANDBOX_CACHE_VERSIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/cache/compile_cache.h"
#include "sandbox/plan/profile.h"
#include "sandbox/plan/settings.h"
#include "sandbox/plan/version_text.h"

/* Returns a number for the state of the program that prints the version: another one, if its file was
 * replaced. 0: the profile has no such command, or this machine does not have the program. */
uint64_t versions_state(const struct profile *profile);

/* Stores the version in @ret; "": the command does not print one. Returns false if it is not known. */
bool versions_find(const struct settings *settings, const struct profile *profile,
                   char ret[VERSION_TEXT_ROOM]);

/* Returns true if an entry can be kept: there is a cache, and its disk is not full. */
bool versions_can_keep(const struct settings *settings, const struct profile *profile);

/* Keeps @version, if it is possible; "": the command does not print one. @state: that of the program before
 * the command ran. Returns false, and keeps nothing, if the program was replaced since then. */
bool versions_store(const struct settings *settings, const struct profile *profile, uint64_t state,
                    const char *version);

/* Removes all entries and their directory, unless @is_dry. Returns 0 or -errno. */
int versions_clear(const struct settings *settings, bool is_dry);

#endif
