/* SPDX-License-Identifier: MIT */
/* Compiles the rules into the BPF program that the kernel loads, with libseccomp. This takes milliseconds, so
 * the program of the common rules is compiled when exrun is built (policy/generate.c), and only a profile
 * with its own rules waits for it. */
#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/policy/common.h"
#include "sandbox/policy/compile.h"
#include "sandbox/policy/shorten.h"

static void context_release(scmp_filter_ctx *context)
{
    if (*context)
        seccomp_release(*context);
}

/* Ignores -EACCES (the rule does the same as the filter's default) and -EEXIST (the rule exists already). */
static int tolerate(int r)
{
    return r == -EACCES || r == -EEXIST ? 0 : r;
}

static bool is_of_profile(const struct profile *profile, const char *syscall_name)
{
    for (size_t i = 0; i < profile->n_calls; i++)
        if (strcmp(profile->calls[i].syscall, syscall_name) == 0)
            return true;
    return false;
}

/* Returns true if the release of a program, which runs under its filter, needs the syscall: see
 * inside/release.h. */
static bool is_needed_to_start(const char *syscall_name)
{
    static const char *const needed[] = {"clock_gettime", "close", "dup3",   "execve",    "exit_group",
                                         "mkdirat",       "mmap",  "openat", "prlimit64", "recvmsg",
                                         "sendmsg",       "write", NULL};

    for (const char *const *one = needed; *one; one++)
        if (strcmp(*one, syscall_name) == 0)
            return true;
    return false;
}

static int add_profile(scmp_filter_ctx context, const struct profile *profile, struct fault *fault)
{
    for (size_t i = 0; i < profile->n_calls; i++) {
        const struct profile_call *call = &profile->calls[i];
        int number = seccomp_syscall_resolve_name(call->syscall), r = 0;

        if (call->error && is_needed_to_start(call->syscall))
            return fault_set_index(fault, FAULT_POLICY_NEEDED_CALL, -EINVAL, i);
        if (number == __NR_SCMP_ERROR)
            return fault_set_index(fault, FAULT_POLICY_UNKNOWN_CALL, -EINVAL, i);
        /* Negative: the syscall exists only on other architectures, so no program can call it here. */
        if (number >= 0)
            r = seccomp_rule_add(
                context, call->error ? SCMP_ACT_ERRNO((uint32_t)call->error) : SCMP_ACT_ALLOW, number, 0);
        if (tolerate(r) < 0)
            return fault_set_index(fault, FAULT_POLICY_CALL, r, i);
    }
    return 0;
}

/* Returns the layer of the rule, which a test can disable, or NULL if it does not belong to a layer. */
static const char *layer_of(const struct policy_rule *rule)
{
    if (rule->layer)
        return rule->layer;
    if (rule->action == POLICY_DENY)
        return strcmp(rule->syscall, "ioctl") == 0 ? "policy-ioctl" : "policy-namespaces";
    if (rule->action == POLICY_LOCK)
        return "policy-locks";
    if (rule->action == POLICY_ERRNO)
        return strncmp(rule->syscall, "socket", 6) == 0 ? "policy-sockets" : "policy-other";
    return NULL;
}

/* Writes the conditions of the rule and returns their number. */
static unsigned int write_conditions(const struct policy_rule *rule, struct scmp_arg_cmp ret[6])
{
    static const enum scmp_compare operators[] = {[POLICY_EQUAL] = SCMP_CMP_EQ,
                                                  [POLICY_NOT_EQUAL] = SCMP_CMP_NE,
                                                  [POLICY_MASKED_EQUAL] = SCMP_CMP_MASKED_EQ};
    bool is_masked = rule->when == POLICY_MASKED_EQUAL;
    unsigned int n = 0;

    if (rule->when == POLICY_ZEROS)
        for (; n <= rule->argument; n++)
            ret[n] = (struct scmp_arg_cmp){.arg = n, .op = SCMP_CMP_EQ};
    else if (rule->when != POLICY_ALWAYS)
        ret[n++] = (struct scmp_arg_cmp){.arg = rule->argument,
                                         .op = operators[rule->when],
                                         .datum_a = is_masked ? rule->mask : rule->value,
                                         .datum_b = is_masked ? rule->value : 0};
    if (rule->also.argument > 0)
        ret[n++] =
            (struct scmp_arg_cmp){rule->also.argument, SCMP_CMP_MASKED_EQ, rule->also.mask, rule->also.value};
    return n;
}

static int add_rule(scmp_filter_ctx context, const struct policy_rule *rule, uint32_t deny)
{
    const uint32_t actions[] = {[POLICY_LOCK] = deny == SCMP_ACT_NOTIFY ? deny : SCMP_ACT_ERRNO(ENOLCK),
                                [POLICY_ALLOW] = SCMP_ACT_ALLOW,
                                [POLICY_SKIP] = SCMP_ACT_ERRNO(0),
                                [POLICY_ERRNO] = SCMP_ACT_ERRNO((uint32_t)rule->error),
                                [POLICY_DENY] = deny};
    struct scmp_arg_cmp conditions[6];
    int number = seccomp_syscall_resolve_name(rule->syscall);

    if (number < 0)
        return 0;
    return tolerate(seccomp_rule_add_array(context, actions[rule->action], number,
                                           write_conditions(rule, conditions), conditions));
}

/* Adds the common rules, except those for syscalls that the profile has its own rule for. */
static int add_common(scmp_filter_ctx context, const struct profile *profile, uint32_t deny)
{
    int r = 0;

    for (size_t i = 0; i < n_policy_common && r == 0; i++)
        if (!is_of_profile(profile, policy_common[i].syscall)) {
            struct policy_rule rule = policy_common[i];

            if (layer_of(&rule) && layer_off(layer_of(&rule)))
                rule.action = POLICY_ALLOW;
            r = add_rule(context, &rule, deny);
        }
    for (size_t i = 0; i < n_policy_common_denied && r == 0; i++)
        for (const char *const *name = policy_common_denied[i].syscalls; *name && r == 0; name++) {
            const struct policy_rule rule = {
                .syscall = *name,
                .action = layer_off(policy_common_denied[i].layer) ? POLICY_ALLOW : POLICY_DENY};

            if (!is_of_profile(profile, *name))
                r = add_rule(context, &rule, deny);
        }
    return r;
}

static int export_program(scmp_filter_ctx context, struct sock_fprog *program)
{
    _cleanup_(fd_closep) int fd = memfd_create("filter", MFD_CLOEXEC);
    char *instructions;
    size_t size;
    int r;

    if (fd < 0)
        return -errno;
    r = seccomp_export_bpf(context, fd);
    if (r < 0)
        return r;
    if (lseek(fd, 0, SEEK_SET) < 0)
        return -errno;
    r = fd_read_all(fd, BPF_MAXINSNS * sizeof(struct sock_filter), &instructions, &size);
    if (r < 0)
        return r;
    program->len = (unsigned short)(size / sizeof(struct sock_filter));
    program->filter = (struct sock_filter *)(void *)instructions;
    return 0;
}

static int shorten(struct sock_fprog *program)
{
    int r = policy_shorten(seccomp_arch_native(), program);

    if (r < 0)
        free(program->filter);
    return r;
}

int policy_compile(const struct profile *profile, bool may_name_calls, struct sock_fprog *ret_program,
                   struct fault *fault)
{
    _cleanup_(context_release) scmp_filter_ctx context =
        seccomp_init(layer_off("policy-other") ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(ENOSYS));
    uint32_t deny = may_name_calls ? SCMP_ACT_NOTIFY : SCMP_ACT_KILL_PROCESS;
    int r;

    if (!context)
        return fault_memory(fault);
    r = seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, layer_off("policy-arch") ? SCMP_ACT_ALLOW : deny);
    /* A binary tree, so that the common calls cost a few comparisons. */
    if (r == 0)
        r = seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    if (r == 0) {
        r = add_profile(context, profile, fault);
        if (r < 0)
            return r;
    }
    if (r == 0)
        r = add_common(context, profile, deny);
    if (r == 0)
        r = export_program(context, ret_program);
    if (r == 0)
        r = shorten(ret_program);
    return r < 0 ? fault_set(fault, FAULT_POLICY, r) : 0;
}
