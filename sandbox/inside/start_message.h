/* SPDX-License-Identifier: MIT */
/* The start message: everything about a run that a finished cell must know. It is sent as a sealed memfd, so
 * files of any size arrive without being copied through a socket, and PID 1 of the cell needs no memory of
 * its own to receive it. The contents of the visitor's files are counted bytes, which are passed on and never
 * interpreted. */
#ifndef EXRUN_SANDBOX_INSIDE_START_MESSAGE_H
#define EXRUN_SANDBOX_INSIDE_START_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "sandbox/plan/rlimits.h"

/* Descriptors with which a process enters the cell's groups: the directory of the v2 group, for its clone,
 * and the open "tasks" of the v1 groups. -1: missing. */
enum { JOIN_INTO, JOIN_TASKS, N_JOINS = JOIN_TASKS + 3 };

/* The descriptor of a parked interpreter's start socket. The kernel's table of descriptors has room for 64 at
 * first (proc_pid_status(5), FDSize), so it does not grow for this one. */
enum { START_PARK_SOCKET = 63 };

struct start_file {
    char *path;
    char *data;
    size_t size;
    mode_t mode;
};

/* @resource: a number of setrlimit(2). */
struct start_rlimit {
    int resource;
    uint64_t value;
};

/* Pointers are offsets in the memfd until release_receive() has converted them. @size: of the whole message,
 * in bytes; release_receive() stores it. */
struct start {
    size_t size;
    char *program;
    char **argv;
    char **env;
    struct start_file *files;
    size_t n_files, n_argv, n_env;
    struct start_rlimit rlimits[N_RLIMITS]; /* by enum rlimits */
    bool joins_outputs;                     /* stderr is stdout */
    bool parks; /* an interpreter, which gets the control socket as warm/shim_protocol.h says */
};

/* Waits for the joins. They are close-on-exec and owned by the caller; a missing one is -1. Returns 0, -EPIPE
 * if the other end is closed, or another -errno. Allocates nothing. */
int start_receive_joins(int control, int ret_joins[N_JOINS]);

#endif
