/* SPDX-License-Identifier: MIT */
/* The permissions of one language as plain data, read and checked by language/language_read.h and trusted
 * afterwards. */
#ifndef EXRUN_SANDBOX_PLAN_PROFILE_H
#define EXRUN_SANDBOX_PLAN_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/limits.h"
#include "sandbox/plan/warm.h"

/* A part of the host that the cell sees, read-only. @link: target of a link that the cell gets as well
 * (merged /usr); NULL: the path is mounted. */
struct profile_mount {
    char *path;
    char *link;
};

/* A small file that the cell gets in its own /etc. @path: below /etc. */
struct profile_etc {
    char *path;
    char *text;
};

/* The profile's rule for one syscall beyond the common list. @error: errno that the call gets; 0: the call is
 * allowed. */
struct profile_call {
    char *syscall;
    int error;
};

/* The reason why the program is missing. If a file with its name is found but can't be run, saying so is more
 * helpful than saying that there is nothing. */
enum program_lack { PROGRAM_ABSENT, PROGRAM_NOT_EXECUTABLE, PROGRAM_IRREGULAR, PROGRAM_DIRECTORY };

/* One stage: the command of a program. @argv holds "{entry}", "{sources}", "{args}", "{memory_mib}"
 * unchanged. @program is
 * the path in the cell of the program that argv[0] names; NULL if this machine does not have it, and @lack is
 * the reason. */
struct profile_stage {
    char **argv;
    char *program;
    enum program_lack lack;
};

/* Everything is owned by the profile. */
struct profile {
    char *name;
    char *entry;                  /* name of the file for the request's "source" */
    char **endings;               /* ".php" ... */
    struct profile_stage version; /* command that prints the program's version; argv is NULL if the profile
                                     has no such command */
    struct profile_stage run;
    struct profile_stage compile; /* argv is NULL if the language is interpreted */
    char *produces;               /* name of the compile stage's product in /box, for the run stage */
    struct profile_stage prepare; /* argv is NULL if nothing is made ahead for this toolchain */
    struct limits compile_limits; /* limits of the compile stage, whatever the request says */
    struct limits prepare_limits;
    struct limits normal; /* limits for a request that sets none */
    struct limits max;    /* highest limits that a request may set */
    char **env;           /* "NAME=value" */
    char **env_denied;    /* patterns of names that a request may not set */
    struct profile_mount *mounts;
    size_t n_mounts;
    struct profile_etc *etc;
    size_t n_etc;
    struct warm warm, compile_warm; /* of the run stage and of the compile stage */
    bool has_proc_files;            /* the cell has its own /proc/cpuinfo and the like: inside/proc.h */
    struct profile_call *calls;
    size_t n_calls;
};

/* Returns a profile with the cells of @profile, in which @command is the program, with @limits, and nothing
 * is compiled. Everything in it is borrowed, so it is not deinitialized. */
struct profile profile_for_command(const struct profile *profile, const struct profile_stage *command,
                                   const struct limits *limits);

void profile_deinit(struct profile *profile);

#endif
