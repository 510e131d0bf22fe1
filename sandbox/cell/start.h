/* SPDX-License-Identifier: MIT */
/* The start message: all of a run that a finished cell has to know. It travels as a sealed memfd, so that
 * files of any size pass without being copied through a socket, and PID 1 of the cell needs no memory of its
 * own to receive it. What a visitor chose is in it as counted bytes, which are handed on and never
 * interpreted. */
#ifndef EXRUN_SANDBOX_CELL_START_H
#define EXRUN_SANDBOX_CELL_START_H

#include <stddef.h>
#include <sys/types.h>

#include "sandbox/plan/plan.h"

struct start_file {
    char *path;
    char *data;
    size_t size;
    mode_t mode;
};

/* Pointers are offsets within the memfd until start_map() has made them pointers. */
struct start {
    char *program;
    char **argv;
    char **env;
    struct start_file *files;
    size_t n_files, n_argv, n_env;
    struct limits limits;
};

/* Packs @step; the memfd's descriptor or -errno. */
int start_pack(const struct plan_step *step);

/* Maps the memfd @fd, privately, and makes its offsets pointers. In the cell: allocates nothing. The mapping
 * stays for good. */
int start_map(int fd, struct start **ret);

#endif
