/* SPDX-License-Identifier: MIT */
/* cell/cell: what PID 1 said last is heard, also if it is gone; a cell is made without a request, and waits
 * for it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cell.h"
#include "sandbox/cell/ids.h"
#include "sandbox/cell/policy.h"
#include "sandbox/cell/reclaim.h"
#include "unit.h"

static const struct cell_cancel no_cancels[CELL_N_CANCELS] = {{-1, 0}, {-1, 0}};

/* The kernel tells of the death first, where a message to the dead was not read: unix(7), ECONNRESET. */
static void test_last_words(void **state)
{
    const struct init_report said = {.event = INIT_FAILED, .error = 5};
    struct init_report heard = {0};
    struct cell cell = CELL_INIT;
    int pair[2];

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    cell.control = pair[0];
    assert_int_equal(write(cell.control, "unread", 6), 6);
    assert_int_equal(write(pair[1], &said, sizeof(said)), sizeof(said));
    fd_closep(&pair[1]);
    assert_int_equal(cell_receive(&cell, &heard), 0);
    assert_memory_equal(&heard, &said, sizeof(said));
    assert_int_equal(cell_receive(&cell, &heard), -EPIPE);
    fd_closep(&cell.control);
}

static void bound_of(const struct cell *cell, const char *v1, const char *v2, enum cgroup_part part,
                     uint64_t expected)
{
    bool is_v1 = cell->cgroup.dirs[part] >= 0;
    _cleanup_(fd_closep) int fd =
        openat(cell->cgroup.dirs[is_v1 ? part : CGROUP_UNIFIED], is_v1 ? v1 : v2, O_RDONLY | O_CLOEXEC);
    uint64_t bound = 0;

    assert_int_equal(fd_read_number(fd, &bound), 0);
    assert_int_equal(bound, expected);
}

static void check_bounds(const struct cell *cell, const struct limits *limits)
{
    struct statvfs fs;

    bound_of(cell, "memory.limit_in_bytes", "memory.max", CGROUP_MEMORY, limits->memory_bytes);
    bound_of(cell, "pids.max", "pids.max", CGROUP_PIDS, limits->processes);
    assert_int_equal(fstatvfs(cell->workspace, &fs), 0);
    assert_int_equal(fs.f_blocks * fs.f_bsize, limits->disk_bytes);
}

/* Made, left alone, given other limits (up, and down), started: what it prints comes, and nothing is left. */
static void test_made_ahead(void **state)
{
    char usr[] = "/usr", bin[] = "/bin", lib[] = "/lib", lib64[] = "/lib64", to_bin[] = "usr/bin",
         to_lib[] = "usr/lib", to_lib64[] = "usr/lib64";
    struct profile_mount mounts[] = {{usr, NULL}, {bin, to_bin}, {lib, to_lib}, {lib64, to_lib64}};
    char sh[] = "sh", option[] = "-c", script[] = "cat in; ulimit -n", said[] = "said\n";
    char *argv[] = {sh, option, script, NULL}, *env[] = {NULL};
    struct bytes content = {said, strlen(said)};
    struct plan_file file = {.path = "in", .content = &content};
    struct plan_stage step = {.limits = limits_normal(),
                             .program = "/usr/bin/sh",
                             .argv = argv,
                             .env = env,
                             .files = &file,
                             .n_files = 1};
    struct cell_config config = {.mounts = mounts,
                                 .n_mounts = N_ELEMENTS(mounts),
                                 .filter = &policy_ready,
                                 .may_name_calls = true,
                                 .n_ids = ids_count(),
                                 .limits = limits_normal()};
    const struct limits most = limits_most();
    struct machine machine;
    struct cgroup_tree tree;
    struct error err = {0};
    struct init_report report;
    struct cell cell;
    char text[16] = "";
    const char *parent;

    (void)state;
    if (getuid() != 0)
        skip();
    assert_int_equal(cgroup_parent(&parent, &err), 0);
    assert_int_equal(cgroup_tree_open(&tree, parent, true, &err), 0);
    config.tree = &tree;
    machine_ask(&machine);
    for (enum rlimits i = 0; i < N_RLIMITS; i++)
        config.rlimits[i] =
            rlimits_wanted(i, &most) < machine.hard[i] ? rlimits_wanted(i, &most) : machine.hard[i];
    assert_int_equal(cell_make(&cell, &config, &err), 0);
    assert_int_equal(cell_wait(&cell, &err), 0);
    assert_true(cell.listener >= 0);
    check_bounds(&cell, &config.limits);
    for (int i = 0; i < 2; i++) {
        step.limits.memory_bytes = i == 0 ? config.limits.memory_bytes * 2 : 16 << 20;
        step.limits.disk_bytes = i == 0 ? config.limits.disk_bytes * 2 : 1 << 20;
        step.limits.processes = i == 0 ? config.limits.processes + 1 : 2;
        assert_int_equal(cell_adjust(&cell, &step.limits, &err), 0);
        check_bounds(&cell, &step.limits);
    }
    step.limits.files = 64;
    for (enum rlimits i = 0; i < N_RLIMITS; i++)
        step.rlimits[i] = rlimits_wanted(i, &step.limits) < config.rlimits[i]
                              ? rlimits_wanted(i, &step.limits)
                              : config.rlimits[i];
    assert_int_equal(cell_start(&cell, &step, no_cancels, &err), 0);
    assert_int_equal(cell_receive(&cell, &report), 0);
    assert_int_equal(report.event, INIT_ENDED);
    assert_true(WIFEXITED(report.status));
    assert_int_equal(WEXITSTATUS(report.status), 0);
    assert_int_equal(read(cell.output, text, sizeof(text) - 1), strlen("said\n64\n"));
    assert_string_equal(text, "said\n64\n");
    assert_int_equal(reclaim_cell(&cell), 0);
    cgroup_tree_close(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_last_words), cmocka_unit_test(test_made_ahead)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
