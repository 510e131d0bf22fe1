/* SPDX-License-Identifier: MIT */
/* policy/common: the table is consistent, libseccomp accepts it, and its answers are correct. */
#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "sandbox/policy/common.h"
#include "unit.h"

static bool is_denied(const char *call)
{
    for (size_t i = 0; i < n_policy_common_denied; i++)
        for (const char *const *name = policy_common_denied[i].syscalls; *name; name++)
            if (strcmp(*name, call) == 0)
                return true;
    return false;
}

static size_t n_rules(const char *call)
{
    size_t n = 0;

    for (size_t i = 0; i < n_policy_common; i++)
        if (strcmp(policy_common[i].syscall, call) == 0)
            n++;
    return n;
}

static bool looks_at_several(const char *call)
{
    for (size_t i = 0; i < n_policy_common; i++)
        if (strcmp(policy_common[i].syscall, call) == 0 && policy_common[i].when == POLICY_ZEROS)
            return true;
    return false;
}

static bool applies(const struct policy_rule *rule, uint64_t argument)
{
    switch (rule->when) {
    case POLICY_ALWAYS:
        return true;
    case POLICY_EQUAL:
        return argument == rule->value;
    case POLICY_NOT_EQUAL:
        return argument != rule->value;
    case POLICY_MASKED_EQUAL:
        return (argument & rule->mask) == rule->value;
    case POLICY_ZEROS:
        return argument == 0;
    }
    return false;
}

#define SKIPPED -2

/* Returns the answer to @call if the argument that its rules check is @argument: 0 if it is allowed, -1 if
 * it is denied, SKIPPED, or the error. */
static int answer(const char *call, uint64_t argument)
{
    if (is_denied(call))
        return -1;
    for (size_t i = 0; i < n_policy_common; i++) {
        const struct policy_rule *rule = &policy_common[i];

        if (strcmp(rule->syscall, call) != 0 || !applies(rule, argument))
            continue;
        switch (rule->action) {
        case POLICY_ALLOW:
        case POLICY_LOCK:
            return 0;
        case POLICY_SKIP:
            return SKIPPED;
        case POLICY_DENY:
            return -1;
        case POLICY_ERRNO:
            return rule->error;
        }
    }
    return ENOSYS;
}

static void test_libseccomp_knows_all_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_policy_common; i++)
        if (seccomp_syscall_resolve_name(policy_common[i].syscall) == __NR_SCMP_ERROR)
            fail_msg("libseccomp does not know %s", policy_common[i].syscall);
    for (size_t i = 0; i < n_policy_common_denied; i++)
        for (const char *const *name = policy_common_denied[i].syscalls; *name; name++)
            if (seccomp_syscall_resolve_name(*name) == __NR_SCMP_ERROR)
                fail_msg("libseccomp does not know %s", *name);
}

static void test_each_rule_is_well_formed(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_policy_common; i++) {
        const struct policy_rule *rule = &policy_common[i];

        assert_true(rule->argument < (rule->when == POLICY_ZEROS ? 2 : 6));
        assert_int_equal(rule->action == POLICY_DENY || rule->action == POLICY_LOCK, rule->what != NULL);
        assert_int_equal(rule->action == POLICY_ERRNO, rule->error > 0);
        assert_true(rule->action != POLICY_SKIP || rule->layer);
        assert_true(rule->also.argument == 0 || rule->when == POLICY_MASKED_EQUAL);
        assert_int_not_equal(rule->error, ENOSYS); /* the default, which libseccomp refuses as a rule */
        assert_int_equal(rule->value & ~rule->mask, rule->when == POLICY_MASKED_EQUAL ? 0 : rule->value);
        if (rule->when == POLICY_ALWAYS && n_rules(rule->syscall) != 1)
            fail_msg("%s has a rule without condition, and another", rule->syscall);
        if (is_denied(rule->syscall))
            fail_msg("%s stands in the table and in a deny group", rule->syscall);
        for (size_t j = 0; j < i; j++)
            if (strcmp(policy_common[j].syscall, rule->syscall) == 0 && !looks_at_several(rule->syscall))
                assert_int_equal(policy_common[j].argument, rule->argument);
    }
}

static void test_each_syscall_is_denied_once(void **state)
{
    size_t n_names = 0;

    (void)state;
    for (size_t i = 0; i < n_policy_common_denied; i++) {
        assert_true(strlen(policy_common_denied[i].what) > 0);
        for (const char *const *name = policy_common_denied[i].syscalls; *name; name++) {
            n_names++;
            for (size_t j = 0; j < n_policy_common_denied; j++)
                for (const char *const *other = policy_common_denied[j].syscalls; *other; other++)
                    if (other != name && strcmp(*other, *name) == 0)
                        fail_msg("%s is denied twice", *name);
        }
    }
    assert_true(n_names >= 30);
}

/* libseccomp fails with EEXIST, EACCES or EINVAL if rules contradict each other or the default. */
static void test_libseccomp_accepts_all_rules(void **state)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));

    (void)state;
    assert_non_null(filter);
    for (size_t i = 0; i < n_policy_common; i++) {
        const struct policy_rule *rule = &policy_common[i];
        uint32_t action = rule->action == POLICY_ALLOW  ? SCMP_ACT_ALLOW
                          : rule->action == POLICY_SKIP ? SCMP_ACT_ERRNO(0)
                          : rule->action == POLICY_DENY || rule->action == POLICY_LOCK
                              ? SCMP_ACT_NOTIFY
                              : SCMP_ACT_ERRNO((uint32_t)rule->error);
        struct scmp_arg_cmp conditions[2] = {{.arg = rule->argument, .datum_a = rule->value}};
        unsigned int n = rule->when != POLICY_ALWAYS;
        int r;

        if (rule->when == POLICY_MASKED_EQUAL)
            conditions[0] =
                (struct scmp_arg_cmp){rule->argument, SCMP_CMP_MASKED_EQ, rule->mask, rule->value};
        else
            conditions[0].op = rule->when == POLICY_EQUAL ? SCMP_CMP_EQ : SCMP_CMP_NE;
        if (rule->when == POLICY_ZEROS)
            for (n = 0; n <= rule->argument; n++)
                conditions[n] = (struct scmp_arg_cmp){.arg = n, .op = SCMP_CMP_EQ};
        if (rule->also.argument > 0)
            conditions[n++] = (struct scmp_arg_cmp){rule->also.argument, SCMP_CMP_MASKED_EQ, rule->also.mask,
                                                    rule->also.value};
        r = seccomp_rule_add_array(filter, action, seccomp_syscall_resolve_name(rule->syscall), n,
                                   conditions);
        if (r < 0)
            fail_msg("libseccomp refuses %s: %s", rule->syscall, strerror(-r));
    }
    for (size_t i = 0; i < n_policy_common_denied; i++)
        for (const char *const *name = policy_common_denied[i].syscalls; *name; name++)
            assert_int_equal(
                seccomp_rule_add_array(filter, SCMP_ACT_NOTIFY, seccomp_syscall_resolve_name(*name), 0, NULL),
                0);
    seccomp_release(filter);
}

static void test_the_filter_answers_as_the_table(void **state)
{
    static const char *const allowed[] = {
        "read",          "write",      "openat",    "close",           "newfstatat", "statx",
        "getdents64",    "mmap",       "brk",       "futex",           "execve",     "vfork",
        "wait4",         "exit_group", "kill",      "rt_sigreturn",    "poll",       "rseq",
        "pipe2",         "epoll_wait", "getrandom", "prlimit64",       "sendmsg",    "shmget",
        "rename",        "unlink",     "utimensat", "restart_syscall", "setresuid",  "set_tid_address",
        "timer_settime", "getcwd"};
    static const char *const denied[] = {"ptrace",
                                         "process_vm_readv",
                                         "process_vm_writev",
                                         "pidfd_getfd",
                                         "bpf",
                                         "init_module",
                                         "finit_module",
                                         "delete_module",
                                         "kexec_load",
                                         "kexec_file_load",
                                         "mount",
                                         "umount2",
                                         "pivot_root",
                                         "chroot",
                                         "move_mount",
                                         "open_tree",
                                         "fsopen",
                                         "fsconfig",
                                         "fsmount",
                                         "fspick",
                                         "mount_setattr",
                                         "setns",
                                         "keyctl",
                                         "add_key",
                                         "request_key",
                                         "reboot",
                                         "swapon",
                                         "open_by_handle_at",
                                         "fanotify_init",
                                         "perf_event_open",
                                         "swapoff",
                                         "iopl",
                                         "ioperm",
                                         "acct"};
    static const char *const unknown[] = {"clone3",
                                          "io_uring_setup",
                                          "io_uring_enter",
                                          "io_uring_register",
                                          "userfaultfd",
                                          "memfd_create",
                                          "memfd_secret",
                                          "execveat",
                                          "splice",
                                          "tee",
                                          "vmsplice",
                                          "mbind",
                                          "migrate_pages",
                                          "move_pages",
                                          "landlock_create_ruleset",
                                          "seccomp",
                                          "personality",
                                          "modify_ldt",
                                          "kcmp",
                                          "name_to_handle_at",
                                          "inotify_init1",
                                          "mq_open",
                                          "quotactl"};
    static const char *const skipped[] = {"fsync",  "fdatasync",       "sync",
                                          "syncfs", "sync_file_range", "fadvise64"};
    static const uint64_t namespaces[] = {0x80,      0x20000,    0x2000000,  0x4000000,
                                          0x8000000, 0x10000000, 0x20000000, 0x40000000};
    static const uint64_t clones[] = {0x3d0f00 /* pthread_create */, 0x1200011 /* fork */,
                                      0x4111 /* posix_spawn */};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(allowed); i++)
        if (answer(allowed[i], 0) != 0)
            fail_msg("%s must be allowed", allowed[i]);
    for (size_t i = 0; i < N_ELEMENTS(denied); i++)
        if (answer(denied[i], 0) != -1)
            fail_msg("%s must be denied", denied[i]);
    for (size_t i = 0; i < N_ELEMENTS(unknown); i++)
        if (answer(unknown[i], 0) != ENOSYS)
            fail_msg("%s must be unknown", unknown[i]);
    for (size_t i = 0; i < N_ELEMENTS(namespaces); i++) {
        assert_int_equal(answer("clone", namespaces[i] | 0x11), -1);
        assert_int_equal(answer("unshare", namespaces[i]), -1);
        assert_int_equal(answer("clone", namespaces[i] | namespaces[0] | UINT64_C(1) << 32), -1);
    }
    for (size_t i = 0; i < N_ELEMENTS(clones); i++)
        assert_int_equal(answer("clone", clones[i]), 0);
    assert_int_equal(answer("clone", 0x8011), ENOSYS);  /* CLONE_PARENT */
    assert_int_equal(answer("clone", 0x511), ENOSYS);   /* CLONE_FILES without CLONE_THREAD */
    assert_int_equal(answer("unshare", 0x400), ENOSYS); /* CLONE_FILES: no namespace */
    for (size_t i = 0; i < N_ELEMENTS(skipped); i++)
        assert_int_equal(answer(skipped[i], 0), SKIPPED);
    assert_int_equal(answer("msync", 1), 0);
    assert_int_equal(answer("msync", 4 | 2), SKIPPED); /* MS_SYNC */
    assert_int_equal(answer("fcntl", 37), EINVAL);     /* F_OFD_SETLK */
    assert_int_equal(answer("fcntl", 6), 0);
    assert_int_equal(answer("flock", 32), ENOSYS);      /* LOCK_MAND */
    assert_int_equal(answer("openat", 0x4000), EINVAL); /* O_DIRECT */
    assert_int_equal(answer("openat", 0x4000 | 2), EINVAL);
    assert_int_equal(answer("openat", 0x80241), 0);
    assert_int_equal(answer("preadv2", 0), 0);
    assert_int_equal(answer("pwritev2", 0x12), 0);     /* RWF_DSYNC | RWF_APPEND */
    assert_int_equal(answer("preadv2", 8), ENOSYS);    /* RWF_NOWAIT */
    assert_int_equal(answer("preadv2", 0x80), ENOSYS); /* RWF_DONTCACHE */
    assert_int_equal(answer("madvise", 4), 0);
    assert_int_equal(answer("madvise", 3), SKIPPED); /* MADV_WILLNEED */
    assert_int_equal(answer("madvise", 21), EINVAL); /* MADV_PAGEOUT */
    assert_int_equal(answer("ioctl", 0x5401), 0);
    assert_int_equal(answer("ioctl", 0x5412), -1);
    assert_int_equal(answer("ioctl", UINT64_C(0xffffffff00005412)), -1); /* the kernel reads 32 bits */
    assert_int_equal(answer("socket", 1), 0);
    assert_int_equal(answer("socket", 2), EACCES);
    assert_int_equal(answer("socket", UINT64_C(0x100000001)), EACCES);
    assert_int_equal(answer("socketpair", 30), EACCES);
    assert_int_equal(answer("prlimit64", 1), EPERM); /* the cell's PID 1 */
    assert_int_equal(answer("prlimit64", UINT64_C(0x100000000)), EPERM);
    assert_int_equal(answer("setpriority", 0), 0);
    assert_int_equal(answer("setpriority", 1), EPERM);
    assert_int_equal(answer("mknodat", 0010644), 0);
    assert_int_equal(answer("mknodat", 0020644), ENOSYS);
    assert_int_equal(answer("prctl", 22), ENOSYS);      /* PR_SET_SECCOMP */
    assert_int_equal(answer("setsockopt", 26), ENOSYS); /* SO_ATTACH_FILTER */
    assert_int_equal(answer("getxattr", 0), EOPNOTSUPP);
    assert_int_equal(answer("setgroups", 0), EPERM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_libseccomp_knows_all_names),
        cmocka_unit_test(test_each_rule_is_well_formed),
        cmocka_unit_test(test_each_syscall_is_denied_once),
        cmocka_unit_test(test_libseccomp_accepts_all_rules),
        cmocka_unit_test(test_the_filter_answers_as_the_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
