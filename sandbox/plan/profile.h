/* SPDX-License-Identifier: MIT */
/* What one language may do, as plain data: read and checked by language/language_read.h, trusted from there
 * on.
 */
#ifndef EXRUN_SANDBOX_PLAN_PROFILE_H
#define EXRUN_SANDBOX_PLAN_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/limits.h"

/* A part of the host that the cell sees, read-only. @link: it is a link to this, which is made anew in the
 * cell (merged /usr); NULL: it is mounted. */
struct profile_mount {
    char *path;
    char *link;
};

/* What the profile's policy says of one system call beyond the common list. @error: errno that the call gets;
 * 0: it is allowed. */
struct profile_call {
    char *syscall;
    int error;
};

/* Why there is no program. What is found of its name, and is none, tells more than that there is nothing. */
enum program_lack { PROGRAM_ABSENT, PROGRAM_NOT_EXECUTABLE, PROGRAM_IRREGULAR, PROGRAM_DIRECTORY };

/* One stage: how a program is called. @argv holds "{entry}", "{args}", "{memory_mib}" as they were written.
 * @program is the path in the cell of what argv[0] names; NULL where this machine does not have it: @lack
 * says why. */
struct profile_stage {
    char **argv;
    char *program;
    enum program_lack lack;
};

/* Everything is owned by the profile. */
struct profile {
    char *name;
    char *entry;                  /* name of the file that "source" becomes */
    char **endings;               /* ".php" ... */
    char *program;                /* name of the program, for people */
    char *package;                /* Debian package that brings it */
    struct profile_stage version; /* what tells the program's version; argv is NULL where nothing does */
    struct profile_stage run;
    struct profile_stage compile; /* argv is NULL where the language is interpreted */
    char *produces;               /* what the compile stage leaves in /box for the run stage */
    struct limits compile_limits; /* in force for the compile stage, whatever a request says */
    struct limits normal;         /* for a request that asks for nothing */
    struct limits max;            /* the most that a request may ask for */
    char **env;                   /* "NAME=value" */
    char **env_denied;            /* patterns of names that a request may not set */
    struct profile_mount *mounts;
    size_t n_mounts;
    struct profile_call *calls;
    size_t n_calls;
};

void profile_deinit(struct profile *profile);

#endif
