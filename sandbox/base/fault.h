/* SPDX-License-Identifier: MIT */
/* Failures on the privileged side, as codes.
 *
 * sandbox/ writes no sentences, except in doctor's table: the caller gets a struct fault, which
 * runner/answer/faults.h turns into a text for people. The struct has no pointer and no text, so one process
 * can send it to another. */
#ifndef EXRUN_SANDBOX_BASE_FAULT_H
#define EXRUN_SANDBOX_BASE_FAULT_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In brackets: the meaning of @step and @index. */
enum fault_kind {
    FAULT_NONE,
    FAULT_MEMORY, /* failed allocation */

    /* A job against its profile: plan/job_check.c. [index: of the element at fault] */
    FAULT_JOB_LIMIT, /* below or above the profile's range [index: enum limit] */
    FAULT_JOB_PATH,
    FAULT_JOB_ARGUMENT,
    FAULT_JOB_VARIABLE,
    FAULT_JOB_PATTERN,
    FAULT_JOB_FILE_TWICE,
    FAULT_JOB_FILE_IS_ENTRY,
    FAULT_JOB_FILE_BELOW_FILE,
    FAULT_JOB_NO_SOURCE,
    FAULT_JOB_SOURCE_SIZE,
    FAULT_JOB_FILES_SIZE,
    FAULT_JOB_VARIABLE_NEVER,  /* not allowed in any profile */
    FAULT_JOB_VARIABLE_DENIED, /* not allowed by this profile */
    FAULT_JOB_NO_ARGUMENTS,    /* the profile's program takes no arguments */
    FAULT_JOB_ARGUMENTS_SIZE,
    FAULT_JOB_ENV_SIZE,
    FAULT_ORDER, /* the order is not one */

    /* The plan. */
    FAULT_PROGRAM, /* a program is missing [step: enum stage; index: enum program_lack] */
    FAULT_MACHINE, /* this machine can't enforce a limit [index: of machine_needed] */
    FAULT_RLIMIT,  /* the caller's own hard limit is too low [step: enum stage; index: enum rlimits] */

    /* The policy. [index: of profile.calls] */
    FAULT_POLICY,
    FAULT_POLICY_NEEDED_CALL, /* the profile forbids a syscall without which no program starts */
    FAULT_POLICY_UNKNOWN_CALL,
    FAULT_POLICY_CALL,

    /* The machine. */
    FAULT_CGROUPS, /* the hierarchies can't be read */
    FAULT_USERNS,
    FAULT_USERNS_THREADS, /* the process has more than one thread */
    FAULT_USERNS_TOOL,    /* only one of the two tools maps IDs [index: userns_tool() of the other] */

    /* A cell. */
    FAULT_SLOTS, /* all are in use */
    FAULT_LEASE, /* problem with the directory of the slots */
    FAULT_WORKSPACE,
    FAULT_WORKSPACE_SIZE,
    FAULT_CLONE,
    FAULT_GROUP,       /* [index: the slot] */
    FAULT_GROUP_TAKEN, /* taken by an exrun whose slots are elsewhere [index: the slot] */
    FAULT_LIMIT_USED,  /* a waiting cell already uses more memory than the limit */
    FAULT_HAND_OVER,   /* the start message can't be sent */
    FAULT_STEP,        /* a step inside failed [step: enum inside_step_id; index: enum stage] */
    FAULT_DIED,        /* the cell died while it was being created */
    FAULT_KILLED,      /* the program's process was killed before the program began, but not for its memory */
    FAULT_USED,        /* the cell has been started before */
    FAULT_REPORT,      /* the cell sent a report that it may not send [index: enum init_event] */
    FAULT_TIME_MAKING, /* [index: seconds waited] */
    FAULT_TIME_START,  /* likewise */

    /* An interpreter that is started ahead. */
    FAULT_PRELOAD,     /* it can't be given its shim */
    FAULT_SHIM,        /* it has not loaded it */
    FAULT_POINT,       /* it did not open its program, but has ended; -ETIMEDOUT: [index: seconds waited] */
    FAULT_PARKED,      /* it has more threads or descriptors than it may have */
    FAULT_PARKED_GONE, /* it did not wait until it was needed [index: enum park_state] */
    FAULT_CHECK,       /* the check program could not be run */
    FAULT_UNEQUAL,     /* the check program ended otherwise than without it [index: enum check_part] */

    /* A run. */
    FAULT_WATCH,
    FAULT_SINK,  /* output can't be passed on [index: 0 stdout, 1 stderr] */
    FAULT_FETCH, /* product or artifacts can't be brought back [step: enum stage] */

    /* The service. */
    FAULT_SERVICE,  /* its processes can't be prepared */
    FAULT_LISTENER, /* a socket can't be opened [index: of load_settings.listeners] */
    /* A socket of the service manager: -EADDRNOTAVAIL: no listener has its address. -EADDRINUSE: another one
     * of the manager's has it too. -ENOTSOCK: it does not wait for connections. [index: of
     * warden_config.inherited] */
    FAULT_INHERITED,
    FAULT_PROFILES, /* the profiles can't be read */
    N_FAULT_KINDS,
};

/* 12 bytes without gaps. @error: -errno. */
struct fault {
    uint16_t kind;
    uint16_t step;
    int32_t error;
    uint32_t index;
};

_Static_assert(sizeof(struct fault) == 12, "one process can send it to another");

/* Fills @ret unless it is NULL, and returns @error, so that a caller can return it directly. */
static inline int fault_set(struct fault *ret, enum fault_kind kind, int error)
{
    if (ret)
        *ret = (struct fault){.kind = (uint16_t)kind, .error = error};
    return error;
}

static inline int fault_set_index(struct fault *ret, enum fault_kind kind, int error, size_t index)
{
    fault_set(ret, kind, error);
    if (ret)
        ret->index = (uint32_t)index;
    return error;
}

/* Returns true if the errno @error means that the machine or the caller's limits ran out of memory or
 * descriptors. If so, the object that was looked for can exist all the same. */
static inline bool fault_is_shortage(int error)
{
    return error == ENOMEM || error == EMFILE || error == ENFILE;
}

static inline int fault_memory(struct fault *ret)
{
    return fault_set(ret, FAULT_MEMORY, -ENOMEM);
}

#endif
