/* SPDX-License-Identifier: MIT */
/* Runs the `prepare` command of a profile in a cell, and keeps what it leaves (cache/prepared.h). */
#ifndef EXRUN_SANDBOX_RUN_PREPARE_H
#define EXRUN_SANDBOX_RUN_PREPARE_H

#include "sandbox/run/folder.h"
#include "sandbox/run/run.h"

enum prepare_state {
    PREPARE_MADE,
    PREPARE_THERE,  /* it was made before */
    PREPARE_BUSY,   /* another exrun is making one */
    PREPARE_FAILED, /* @run and @folder say why */
    PREPARE_ERROR,  /* the cache can't be used: @error */
};

/* @run: owned; empty unless the command was run. @error: -errno. */
struct prepare_result {
    enum prepare_state state;
    struct run_result run;
    struct folder folder;
    int error;
};

/* Prepares the toolchain of @profile, which has such a command. The job of the command has no file and no
 * input. @io: its cancels end the command. Returns 0, or -errno with @fault if the command could not be run.
 * The caller must call run_result_deinit() for @ret->run even on failure. */
int prepare_run(const struct host *host, const struct profile *profile, const struct run_io *io,
                struct prepare_result *ret, struct fault *fault);

#endif
