/* SPDX-License-Identifier: MIT */
/* The limits that this machine and this process can enforce, found out once. The plan compares them with the
 * needs of a run. */
#ifndef EXRUN_SANDBOX_PLAN_MACHINE_H
#define EXRUN_SANDBOX_PLAN_MACHINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/capability.h>

#include "sandbox/plan/rlimits.h"

/* Facilities. If one is missing, its word is in a result's "unenforced". */
enum machine_can {
    CAN_WALLS = 1 << 0,      /* namespaces, mounts and other user IDs, without which no cell exists */
    CAN_MEMORY = 1 << 1,     /* a cgroup that bounds memory */
    CAN_PROCESSES = 1 << 2,  /* a cgroup that bounds the number of processes */
    CAN_CPU = 1 << 3,        /* a cgroup that counts CPU time */
    CAN_POLICY = 1 << 4,     /* seccomp filters */
    CAN_NAME_CALLS = 1 << 5, /* user notification: a denied call can be named; without it, the program is
                                killed and the call has no name */
    CAN_CELLS = 1 << 6,      /* a kernel with all the syscalls that create a cell */
    CAN_RAISE = 1 << 7,      /* CAP_SYS_RESOURCE on the machine itself: hard limits can be raised */
};

struct machine_word {
    enum machine_can can;
    const char *word;
};

enum { MACHINE_N_NEEDED = 6 };

/* The oldest kernel with all of them: mount_setattr and clone3 into a cgroup are older, cgroup.kill came with
 * 5.14. */
enum { MACHINE_KERNEL_MAJOR = 5, MACHINE_KERNEL_MINOR = 14 };

/* All facilities that a run needs, in the order in which a person is told about them. */
extern const struct machine_word machine_needed[MACHINE_N_NEEDED];

struct machine {
    unsigned int can;            /* enum machine_can; opening the cgroup tree adds the cgroup bits */
    unsigned int n_cpus;         /* number of CPUs on which a cell may run */
    uint64_t hard[N_RLIMITS];    /* the hard limits of this process, which its cells inherit */
    bool core_dumps_run_handler; /* a program of the host runs as root on data from any crashed process:
                                    core(5) */
};

/* Returns true if all @n capabilities in @needed are effective (capabilities(7)). Returns false if there is
 * not enough memory to find out. */
bool machine_has(const cap_value_t *needed, size_t n);

/* Finds out everything except the cgroup bits. */
void machine_ask(struct machine *machine);

#endif
