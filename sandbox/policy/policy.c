/* SPDX-License-Identifier: MIT */
/* The policy of a cell: choosing its program, and naming a trapped syscall. */
#include "sandbox/policy/policy.h"

#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/policy/common.h"
#include "sandbox/policy/compile.h"

int policy_make(const struct profile *profile, bool may_name_calls, struct policy *policy,
                struct fault *fault)
{
    int r;

    *policy = (struct policy){0};
    if (profile->n_calls == 0 && may_name_calls && !layer_off_any()) {
        policy->program = policy_ready;
        return 0;
    }
    r = policy_compile(profile, may_name_calls, &policy->program, fault);
    policy->is_owned = r == 0;
    return r;
}

void policy_deinit(struct policy *policy)
{
    if (policy->is_owned)
        free(policy->program.filter);
    *policy = (struct policy){0};
}

#define X32_BIT 0x40000000

bool policy_is_lock(uint32_t arch, int number)
{
    return arch == seccomp_arch_native() && (number == SYS_fcntl || number == SYS_flock);
}

static const char *what_for(const char *name)
{
    for (size_t i = 0; i < n_policy_common_denied; i++)
        for (const char *const *one = policy_common_denied[i].syscalls; *one; one++)
            if (strcmp(*one, name) == 0)
                return policy_common_denied[i].what;
    for (size_t i = 0; i < n_policy_common; i++)
        if (policy_common[i].what && strcmp(policy_common[i].syscall, name) == 0)
            return policy_common[i].what;
    return "a system call that is not allowed";
}

void policy_name_call(uint32_t arch, int number, char name[48], char what[64])
{
    _cleanup_(freep) char *known = NULL;

    /* x32 has the architecture of x86-64, and a bit in the number. */
    if (arch != seccomp_arch_native() || (arch == SCMP_ARCH_X86_64 && (number & X32_BIT))) {
        snprintf(name, 48, "call %d of another architecture", number & ~X32_BIT);
        snprintf(what, 64, "a system call of another architecture");
        return;
    }
    known = seccomp_syscall_resolve_num_arch(arch, number);
    snprintf(name, 48, "%s", known ? known : "unknown");
    snprintf(what, 64, "%s", what_for(name));
}
