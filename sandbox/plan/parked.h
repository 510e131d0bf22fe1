/* SPDX-License-Identifier: MIT */
/* The command for which an interpreter was started ahead. It can serve the runs whose program can't tell. */
#ifndef EXRUN_SANDBOX_PLAN_PARKED_H
#define EXRUN_SANDBOX_PLAN_PARKED_H

#include <stdbool.h>
#include <stdint.h>

#include "sandbox/plan/plan.h"

/* @argv, @env: owned; @argv is NULL: the language can't have one. @entry: name of the file for the request's
 * "source", borrowed from the profile; "": it is compiled. @product, @needed: name of the compiled program,
 * and a text that its head must contain, likewise; NULL: none is needed. @early: names that it has looked
 * for in /box, likewise. @memory_bytes, @processes: limits with which it was started; a run can raise them.
 * @has_own_env: some of @env was a request's, and can name a file that is read before the program
 * (OPENSSL_CONF). @keeps_memory: the memory limit is shown in files of its cell, so it can't be raised. */
struct parked_command {
    char **argv, **env;
    const char *entry, *product, *needed;
    char *const *early;
    uint64_t memory_bytes, processes;
    bool has_own_env, keeps_memory;
};

/* Returns true if the job brings variables. */
bool parked_has_own_env(const struct job *job);

/* Takes the command of a stage of @plan. Returns 0 or -ENOMEM. The caller must call parked_command_deinit()
 * even on failure. */
int parked_command_take(struct parked_command *command, const struct plan *plan, enum stage stage);

/* Returns true if the interpreter can run @stage. */
bool parked_command_serves(const struct parked_command *command, const struct plan_stage *stage);

void parked_command_deinit(struct parked_command *command);

#endif
