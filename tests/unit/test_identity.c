/* SPDX-License-Identifier: MIT */
/* inside/identity: at no moment can another process of the same user open one of exrun's processes. */
#include <errno.h>
#include <seccomp.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/inside/identity.h"
#include "unit.h"

/* Returns 0 if the process still has its capabilities when its memory can't be protected, because the
 * capabilities protect it, too. */
static int drop_with_open_memory(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    cap_flag_value_t has = CAP_CLEAR;
    cap_t now;

    if (!filter ||
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOMEM), SCMP_SYS(prctl), 1,
                         SCMP_A0_32(SCMP_CMP_EQ, PR_SET_DUMPABLE)) < 0 ||
        seccomp_load(filter) < 0)
        return 2;
    if (identity_drop(getuid()) != -ENOMEM)
        return 3;
    now = cap_get_proc();
    if (!now || cap_get_flag(now, CAP_SYS_ADMIN, CAP_EFFECTIVE, &has) < 0)
        return 4;
    return has == CAP_SET ? 0 : 1;
}

static void test_memory_is_closed_first(void **state)
{
    int status = -1;
    pid_t pid;

    (void)state;
    if (getuid() != 0)
        skip();
    pid = fork();
    if (pid == 0)
        _exit(drop_with_open_memory());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory_is_closed_first)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
