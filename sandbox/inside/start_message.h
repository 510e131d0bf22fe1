/* SPDX-License-Identifier: MIT */
/* The start message: all of a run that a finished cell has to know. It travels as a sealed memfd, so that
 * files of any size pass without being copied through a socket, and PID 1 of the cell needs no memory of its
 * own to receive it. What a visitor chose is in it as counted bytes, which are handed on and never
 * interpreted. */
#ifndef EXRUN_SANDBOX_INSIDE_START_MESSAGE_H
#define EXRUN_SANDBOX_INSIDE_START_MESSAGE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/plan/rlimits.h"

/* What a process enters the cell's groups by: the v2 group's directory, for its clone, and the open "tasks"
 * of the v1 groups. -1: none. */
enum { JOIN_INTO, JOIN_TASKS, N_JOINS = JOIN_TASKS + 3 };

struct start_file {
    char *path;
    char *data;
    size_t size;
    mode_t mode;
};

/* @resource: as setrlimit(2) counts them. */
struct start_rlimit {
    int resource;
    uint64_t value;
};

/* Pointers are offsets within the memfd until release_receive() has made them pointers. */
struct start {
    char *program;
    char **argv;
    char **env;
    struct start_file *files;
    size_t n_files, n_argv, n_env;
    struct start_rlimit rlimits[N_RLIMITS]; /* by enum rlimits */
};

/* Waits for the joins, which are the caller's, close-on-exec; none is -1. -EPIPE if the other end is gone.
 * Allocates nothing. */
int start_receive_joins(int control, int ret_joins[N_JOINS]);

#endif
