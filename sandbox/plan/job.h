/* SPDX-License-Identifier: MIT */
/* One validated request as plain data. Whoever reads it may rely on what request/request.h promises of it. */
#ifndef EXRUN_SANDBOX_PLAN_JOB_H
#define EXRUN_SANDBOX_PLAN_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/limits.h"

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

void job_deinit(struct job *job);

#endif
