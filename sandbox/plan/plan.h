/* SPDX-License-Identifier: MIT */
/* The plan: job + profile + machine -> every number, path and argv.
 *
 * Pure: it asks nothing of the system, so that each of its decisions can be tested with values. After it
 * nothing is looked up and nothing is parsed: what runs, under which limits, with which files, is decided
 * here and nowhere else. What the machine can't enforce is found here too, before anything is made; it
 * refuses the run, unless the caller said that its best effort is enough.
 */
#ifndef EXRUN_SANDBOX_PLAN_PLAN_H
#define EXRUN_SANDBOX_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/base/fault.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/machine.h"
#include "sandbox/plan/profile.h"

/* What a cell's program is told of its place; the contract's part "What a program finds". */
#define PLAN_HOME "/box"
#define PLAN_USER "box"
#define PLAN_HOST "cell"
#define PLAN_PATH "/usr/local/bin:/usr/bin:/bin"

/* Which of the two runs of a plan. */
enum stage { STAGE_NONE, STAGE_COMPILE, STAGE_RUN };

/* A file of the visitor's for /box. @path and @content are borrowed. */
struct plan_file {
    const char *path;
    const struct bytes *content;
    bool is_executable;
};

/* One cell's worth of work. @argv, @env and the array @files are owned, the rest is borrowed from job and
 * profile. @rlimits: what the kernel's own limits are set to.
 * @may_exec: programs in the workspace may be executed. @input: NULL for none. */
struct plan_stage {
    struct limits limits;
    uint64_t rlimits[N_RLIMITS];
    const char *program;
    char **argv;
    char **env;
    struct plan_file *files;
    size_t n_files;
    const struct bytes *input;
    bool may_exec;
};

/* @compile is meaningful where @compiles; its @produces is what the run stage's "./..." executes.
 * @unenforced: enum machine_can of what is missing here. @lowered: a bit for each enum rlimits that a
 * caller's own hard limit keeps below what a stage needs. */
struct plan {
    const struct job *job;
    const struct profile *profile;
    bool compiles;
    struct plan_stage compile;
    struct plan_stage run;
    unsigned int unenforced;
    unsigned int lowered;
};

/* What a plan is made of. Job and profile are borrowed for the plan's life. */
struct plan_config {
    const struct job *job;
    const struct profile *profile;
    const struct machine *machine;
    bool best_effort; /* plan also if a limit can't be enforced here */
};

/* FAULT_PROGRAM if this machine lacks a stage's program; FAULT_MACHINE and FAULT_RLIMIT if a limit can't be
 * enforced, unless @config->best_effort. plan_deinit() in any case. */
int plan_make(struct plan *plan, const struct plan_config *config, struct fault *fault);

/* Adds what the compile stage produced to the run stage's files. @product is borrowed. */
void plan_add_product(struct plan *plan, const struct bytes *product);

/* Returns true if no effort helps against the caller's own hard limit. Without CPU time each process is
 * killed at its first tick, exrun too (update_rlimit_cpu() of kernel/time/posix-cpu-timers.c; before
 * Linux 5.4 it was a second). */
bool plan_is_hopeless(enum rlimits which, uint64_t hard);

void plan_deinit(struct plan *plan);

#endif
