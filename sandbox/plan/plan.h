/* SPDX-License-Identifier: MIT */
/* The plan: job + profile + machine -> every number, path and argv.
 *
 * It is pure: it asks the system nothing, so each of its decisions can be tested with values. Afterwards
 * nothing is looked up or parsed, because the program, its limits and its files are decided here and nowhere
 * else. A limit that the machine can't enforce is found here too, before anything is created, and the run is
 * refused unless the caller said that best effort is enough. */
#ifndef EXRUN_SANDBOX_PLAN_PLAN_H
#define EXRUN_SANDBOX_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/base/fault.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/machine.h"
#include "sandbox/plan/profile.h"

/* The folder that was made ahead for the toolchain of a cell's profile. */
#define PLAN_PREPARED "/prepared"

/* The home directory, user name, host name and PATH of a program in a cell. */
#define PLAN_HOME "/box"
#define PLAN_USER "box"
#define PLAN_HOST "cell"
#define PLAN_PATH "/usr/local/bin:/usr/bin:/bin"

/* One of the two runs of a plan. */
enum stage { STAGE_NONE, STAGE_COMPILE, STAGE_RUN };

/* One of the visitor's files for /box. @path and the data of @content are borrowed. */
struct plan_file {
    const char *path;
    struct bytes content;
    bool is_executable;
};

/* The most that a program gets: its files, its input and its compiled program. exrun holds them twice while
 * it sends them to the cell. */
enum { PLAN_MOST_BYTES = 72 << 20 };

/* The work of one cell. @argv, @env and the array @files are owned, the rest is borrowed from job and
 * profile. @files: in the order of name_compare_paths(). @rlimits: values of the kernel's own limits.
 * @may_exec: programs in the workspace may be executed. @input: NULL if it is empty. */
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
    bool joins_outputs; /* stderr is stdout */
    bool parks;         /* an interpreter that waits for its program */
};

/* @compile is meaningful only if @compiles is true; its product is the file that the run stage's "./..."
 * executes. @unenforced: enum machine_can of the missing facilities. @lowered: a bit for each enum rlimits
 * that the caller's own hard limit keeps below the need of a stage. */
struct plan {
    const struct job *job;
    const struct profile *profile;
    bool compiles;
    struct plan_stage compile;
    struct plan_stage run;
    unsigned int unenforced;
    unsigned int lowered;
};

/* Input of a plan. Job and profile are borrowed while the plan exists. */
struct plan_config {
    const struct job *job;
    const struct profile *profile;
    const struct machine *machine;
    bool best_effort; /* plan even if a limit can't be enforced here */
};

/* Makes the plan. Returns 0 or -errno with a fault: FAULT_PROGRAM if this machine lacks a stage's program;
 * FAULT_MACHINE or FAULT_RLIMIT if a limit can't be enforced, unless @config->best_effort is set and a run
 * without it is possible; FAULT_MEMORY. The caller must call plan_deinit() even on failure. */
int plan_make(struct plan *plan, const struct plan_config *config, struct fault *fault);

/* Return a stage, and how its program waits. */
struct plan_stage *plan_stage_of(struct plan *plan, enum stage stage);
const struct warm *plan_warm(const struct profile *profile, enum stage stage);

/* Adds the compile stage's product to the run stage's files. @product is borrowed. */
void plan_add_product(struct plan *plan, const struct bytes *product);

/* Returns true if best effort does not help against the caller's own hard limit. If it allows no CPU time,
 * each process, including exrun's own, is killed at its first tick (update_rlimit_cpu() of
 * kernel/time/posix-cpu-timers.c), or before Linux 5.4 after a second. */
bool plan_is_hopeless(enum rlimits which, uint64_t hard);

void plan_deinit(struct plan *plan);

#endif
