/* SPDX-License-Identifier: MIT */
/* One validated request as plain data. Whoever reads it may rely on what request/request.h promises of it. */
#ifndef EXRUN_SANDBOX_PLAN_JOB_H
#define EXRUN_SANDBOX_PLAN_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/base/fault.h"
#include "sandbox/plan/limits.h"
#include "sandbox/plan/profile.h"

/* Bytes of any kind; data[size] is NUL. data is NULL where there are none. */
struct bytes {
    char *data;
    size_t size;
};

/* A file for /box. @path is relative, without "..", empty parts or control characters. */
struct job_file {
    char *path;
    struct bytes content;
};

struct job_label {
    char *name;
    char *value;
};

/* Everything is owned by the job. */
struct job {
    char *id;      /* NULL: none given */
    char *profile; /* its name */
    struct bytes source;
    struct job_file *files;
    size_t n_files;
    struct bytes input; /* for stdin */
    char **args;
    char **env; /* "NAME=value" */
    struct limits asked;
    char **artifacts; /* patterns of files to bring back from /box; NULL: none asked for */
    struct job_label *labels;
    size_t n_labels;
};

/* Arguments and variables together: what a program is given costs memory before it runs. */
enum { JOB_MOST_ARGUMENT_BYTES = 512 << 10 };

/* The measure of a job: does its profile allow what it asks for? No text is parsed here. The reader of a
 * request calls it to refuse early, and whoever plans a job that came from another process, because that
 * process may have been taken over.
 *
 * Checks limits, names, files that fit and do not collide, variables and the size of arguments. Returns 0;
 * -EINVAL with a FAULT_JOB_ kind; -ENOMEM. */
int job_check(const struct job *job, const struct profile *profile, struct fault *fault);

void job_deinit(struct job *job);

#endif
