/* SPDX-License-Identifier: MIT */
/* Finds out the version of a language's program: its own command prints it, in a cell of the profile without
 * a visitor's file, and only if it is not known yet (cache/versions.h). */
#ifndef EXRUN_SANDBOX_RUN_VERSION_H
#define EXRUN_SANDBOX_RUN_VERSION_H

#include "sandbox/plan/version_text.h"
#include "sandbox/run/run.h"

/* How the command is run. @wall_ms: one that takes longer is stopped, and has no version; 0: it is not run.
 * @may_be_unkept: it is run even if the version can't be kept. @cancels: as of struct run_io, CELL_N_CANCELS
 * of them. Everything is borrowed. */
struct version_config {
    const struct host *host;
    const struct profile *profile;
    uint64_t wall_ms;
    bool may_be_unkept;
    const struct cell_cancel *cancels;
};

/* Enough for a busy machine, if somebody waits for the version. */
enum { VERSION_WALL_MS = 10000 };

/* @text: "": the command failed, or printed something else, or the program was replaced meanwhile. @verdict:
 * how the command ended, if it was run. @unreclaimed: enum reclaim_left, of its cell. */
struct version {
    char text[VERSION_TEXT_ROOM];
    enum verdict verdict;
    unsigned int unreclaimed;
};

/* Returns a number for the state of the program: another one, if its file was replaced. 0: the profile has no
 * command for the version, or this machine does not have the program. */
uint64_t version_state(const struct profile *profile);

/* Runs the command, which the profile must have, and keeps the version for version_get(). Returns 0, or
 * -errno if the command could not be run. */
int version_ask(const struct version_config *config, struct version *ret, struct fault *fault);

/* Finds the version. Runs the command only if the version is not known, and unless @may_be_unkept only if it
 * can be kept, so that this does not happen at each run. */
void version_get(const struct version_config *config, struct version *ret);

#endif
