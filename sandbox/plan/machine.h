/* SPDX-License-Identifier: MIT */
/* What this machine and this process can enforce, asked once. The plan compares with it what a run needs. */
#ifndef EXRUN_SANDBOX_PLAN_MACHINE_H
#define EXRUN_SANDBOX_PLAN_MACHINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/capability.h>

#include "sandbox/plan/rlimits.h"

/* What can be had. A missing one is named by its word in a result's "unenforced". */
enum machine_can {
    CAN_WALLS = 1 << 0,     /* namespaces, mounts, other user ids: the cell itself */
    CAN_MEMORY = 1 << 1,    /* a cgroup that bounds memory */
    CAN_PROCESSES = 1 << 2, /* a cgroup that bounds the number of processes */
    CAN_CPU = 1 << 3,       /* a cgroup that counts CPU time */
    CAN_POLICY = 1 << 4,    /* seccomp filters */
    CAN_NAME_CALLS =
        1 << 5, /* user notification: a denied call can be named; without it, it is killed namelessly */
    CAN_CELLS = 1 << 6, /* a kernel with all the calls that a cell is made with */
    CAN_RAISE = 1 << 7, /* the caller's hard limits don't bind: CAP_SYS_RESOURCE on the machine itself */
};

struct machine_word {
    enum machine_can can;
    const char *word;
};

enum { MACHINE_N_NEEDED = 6 };

/* The oldest kernel that has them: mount_setattr and clone3 into a cgroup came before, cgroup.kill with 5.14.
 */
enum { MACHINE_KERNEL_MAJOR = 5, MACHINE_KERNEL_MINOR = 14 };

/* All that a run needs, in the order in which a person is told. */
extern const struct machine_word machine_needed[MACHINE_N_NEEDED];

struct machine {
    unsigned int can;    /* enum machine_can; the cgroup bits are added by whoever opened the cgroup tree */
    unsigned int n_cpus; /* on which a cell may run */
    uint64_t hard[N_RLIMITS];    /* the hard limits of this process, which its cells inherit */
    bool core_dumps_run_handler; /* as the host's root, fed by whoever crashes: core(5) */
};

/* Are all @n of @needed in force, capabilities(7)? Without memory to ask with, they are not. */
bool machine_has(const cap_value_t *needed, size_t n);

/* Asks for all but cgroups. */
void machine_ask(struct machine *machine);

#endif
