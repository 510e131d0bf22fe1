/* SPDX-License-Identifier: MIT */
/* One validated request as plain data. Readers can rely on the guarantees in request/request.h. */
#ifndef EXRUN_SANDBOX_PLAN_JOB_H
#define EXRUN_SANDBOX_PLAN_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/plan/limits.h"

/* The largest numbers of files, of arguments or variables, and of artifact patterns. */
enum { JOB_MOST_FILES = 4096, JOB_MOST_ITEMS = 1024, JOB_MOST_ARTIFACTS = 64 };

/* Bytes of any kind. data[size] is NUL; data is NULL if the bytes are missing. */
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
    char *id;      /* NULL: not given */
    char *profile; /* the profile's name */
    struct bytes source;
    struct job_file *files;
    size_t n_files;
    struct bytes input;    /* input for stdin */
    bool keeps_input_open; /* more input can come while the program runs */
    bool joins_outputs;    /* stderr is stdout, so that the order of their bytes is kept */
    char **args;
    char **env; /* "NAME=value" */
    struct limits asked;
    char **artifacts; /* patterns of files to bring back from /box; NULL: not requested */
    struct job_label *labels;
    size_t n_labels;
};

void job_deinit(struct job *job);

#endif
