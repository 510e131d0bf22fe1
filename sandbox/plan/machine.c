/* SPDX-License-Identifier: MIT */
/* The limits that this machine can enforce. */
#include "sandbox/plan/machine.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define FIRST_USER_NAMESPACE 0xEFFFFFFDU /* its inode: PROC_USER_INIT_INO of linux/proc_ns.h */

const struct machine_word machine_needed[MACHINE_N_NEEDED] = {
    {CAN_CELLS, "cells"},         {CAN_WALLS, "walls"}, {CAN_MEMORY, "memory"},
    {CAN_PROCESSES, "processes"}, {CAN_CPU, "cpu"},     {CAN_POLICY, "syscalls"},
};

bool machine_has(const cap_value_t *needed, size_t n)
{
    cap_t own = cap_get_proc();
    bool has = own != NULL;

    for (size_t i = 0; has && i < n; i++) {
        cap_flag_value_t value = CAP_CLEAR;

        has = cap_get_flag(own, needed[i], CAP_EFFECTIVE, &value) == 0 && value == CAP_SET;
    }
    cap_free(own);
    return has;
}

/* Returns true if a tmpfs can be opened. In exrun's own user namespace, having the capabilities is not
 * enough, because some machines grant them in name only. */
static bool may_mount(void)
{
    int context = fsopen("tmpfs", FSOPEN_CLOEXEC);

    if (context >= 0)
        close(context);
    return context >= 0;
}

/* Returns true if the process has the power to create cells. Root in a container often lacks some
 * capabilities; such a root has no power here. */
static bool has_power(void)
{
    static const cap_value_t needed[] = {CAP_SYS_ADMIN, CAP_SETUID, CAP_SETGID, CAP_SETPCAP,
                                         CAP_CHOWN,     CAP_MKNOD,  CAP_KILL,   CAP_NET_ADMIN};

    return machine_has(needed, sizeof(needed) / sizeof(*needed)) && (geteuid() == 0 || may_mount());
}

/* Returns true if the process can raise hard limits. CAP_SYS_RESOURCE allows that in the first user namespace
 * only (setrlimit(2)). */
static bool may_raise(void)
{
    static const cap_value_t needed[] = {CAP_SYS_RESOURCE};
    struct stat st;

    return machine_has(needed, 1) && stat("/proc/self/ns/user", &st) == 0 &&
           st.st_ino == FIRST_USER_NAMESPACE;
}

/* Returns true if the kernel passes core dumps to a program. If that can't be read, it is assumed. */
static bool core_dumps_run_handler(void)
{
    _cleanup_(fd_closep) int fd = open("/proc/sys/kernel/core_pattern", O_RDONLY | O_CLOEXEC);
    char first = '|';

    return fd < 0 || read(fd, &first, 1) < 0 || first == '|';
}

static void ask_hard_limits(struct machine *machine)
{
    for (int i = 0; i < N_RLIMITS; i++) {
        struct rlimit limit;

        if (getrlimit((__rlimit_resource_t)rlimits_rows[i].resource, &limit) == 0)
            machine->hard[i] = limit.rlim_max;
    }
    machine->core_dumps_run_handler = core_dumps_run_handler();
}

/* Compares the version number, because a missing syscall would otherwise show only when a run fails in the
 * middle. */
static bool is_new_enough(void)
{
    struct utsname name;
    unsigned int major, minor;

    if (uname(&name) < 0 || sscanf(name.release, "%u.%u", &major, &minor) != 2)
        return false;
    return major > MACHINE_KERNEL_MAJOR || (major == MACHINE_KERNEL_MAJOR && minor >= MACHINE_KERNEL_MINOR);
}

static bool has_action(uint32_t action)
{
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

void machine_ask(struct machine *machine)
{
    cpu_set_t cpus;

    *machine = (struct machine){.n_cpus = 1};
    if (is_new_enough())
        machine->can |= CAN_CELLS;
    if (has_power())
        machine->can |= CAN_WALLS;
    if (has_action(SECCOMP_RET_ERRNO) && has_action(SECCOMP_RET_KILL_PROCESS))
        machine->can |= CAN_POLICY;
    if (has_action(SECCOMP_RET_USER_NOTIF))
        machine->can |= CAN_NAME_CALLS;
    if (may_raise())
        machine->can |= CAN_RAISE;
    ask_hard_limits(machine);
    if (sched_getaffinity(0, sizeof(cpus), &cpus) == 0)
        machine->n_cpus = (unsigned int)CPU_COUNT(&cpus);
}
