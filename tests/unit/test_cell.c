/* SPDX-License-Identifier: MIT */
/* cell/cell: what PID 1 said last is heard, also if it is gone; a cell is made without a request, and waits
 * for it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runner/answer/faults.h"
#include "runner/text/settings_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cell.h"
#include "sandbox/cell/ids.h"
#include "sandbox/cell/reclaim.h"
#include "sandbox/policy/policy.h"
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

/* A cell of a shell, and all that it is made from. */
struct fixture {
    struct profile_mount mounts[4];
    struct cell_config config;
    struct cgroup_tree tree;
    struct plan_stage stage;
    struct plan_file file;
    struct bytes content;
    struct cell cell;
    struct fault fault;
    struct error err;
};

static char usr[] = "/usr", bin[] = "/bin", lib[] = "/lib", lib64[] = "/lib64", to_bin[] = "usr/bin",
            to_lib[] = "usr/lib", to_lib64[] = "usr/lib64", sh[] = "sh", option[] = "-c", said[] = "said\n",
            script[] = "cat in; ulimit -n";
static char *env[] = {NULL}, *argv[] = {sh, option, script, NULL};

static int setup(void **state)
{
    static struct fixture fixture;
    const struct limits most = limits_most();
    struct machine machine;
    static struct settings settings;

    if (getuid() != 0)
        return 0;
    fixture = (struct fixture){.mounts = {{usr, NULL}, {bin, to_bin}, {lib, to_lib}, {lib64, to_lib64}},
                               .content = {said, strlen(said)},
                               .cell = CELL_INIT};
    fixture.file = (struct plan_file){.path = "in", .content = &fixture.content};
    fixture.config = (struct cell_config){.settings = &settings,
                                          .tree = &fixture.tree,
                                          .mounts = fixture.mounts,
                                          .n_mounts = N_ELEMENTS(fixture.mounts),
                                          .filter = &policy_ready,
                                          .may_name_calls = true,
                                          .n_ids = ids_count(),
                                          .limits = limits_normal()};
    fixture.stage = (struct plan_stage){.limits = limits_normal(),
                                        .program = "/usr/bin/sh",
                                        .argv = argv,
                                        .env = env,
                                        .files = &fixture.file,
                                        .n_files = 1};
    assert_int_equal(settings_read(&settings, &fixture.err), 0);
    assert_int_equal(cgroup_tree_open(&fixture.tree, settings.cgroup, true), 0);
    machine_ask(&machine);
    for (enum rlimits i = 0; i < N_RLIMITS; i++)
        fixture.config.rlimits[i] =
            rlimits_wanted(i, &most) < machine.hard[i] ? rlimits_wanted(i, &most) : machine.hard[i];
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    if (!fixture)
        return 0;
    cgroup_tree_close(&fixture->tree);
    return 0;
}

static struct fixture *fixture_of(void **state)
{
    if (!*state)
        skip();
    return *state;
}

static void make(struct fixture *fixture)
{
    assert_int_equal(cell_make(&fixture->cell, &fixture->config, &fixture->fault), 0);
    assert_int_equal(cell_wait(&fixture->cell, &fixture->fault), 0);
}

/* The limits that the plan would have given the stage. */
static void plan_rlimits(struct fixture *fixture)
{
    for (enum rlimits i = 0; i < N_RLIMITS; i++) {
        uint64_t wanted = rlimits_wanted(i, &fixture->stage.limits);

        fixture->stage.rlimits[i] = wanted < fixture->config.rlimits[i] ? wanted : fixture->config.rlimits[i];
    }
}

/* Made, left alone, given other limits (up, and down), started: what it prints comes, and nothing is left. */
static void test_made_ahead(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct limits *limits = &fixture->stage.limits;
    char text[16] = "";
    struct init_report report;

    make(fixture);
    assert_true(fixture->cell.listener >= 0);
    check_bounds(&fixture->cell, &fixture->config.limits);
    for (int i = 0; i < 2; i++) {
        limits->memory_bytes = i == 0 ? limits_normal().memory_bytes * 2 : 16 << 20;
        limits->disk_bytes = i == 0 ? limits_normal().disk_bytes * 2 : 1 << 20;
        limits->processes = i == 0 ? limits_normal().processes + 1 : 2;
        assert_int_equal(cell_adjust(&fixture->cell, limits, &fixture->fault), 0);
        check_bounds(&fixture->cell, limits);
    }
    limits->files = 64;
    plan_rlimits(fixture);
    assert_int_equal(cell_start(&fixture->cell, &fixture->stage, no_cancels, &fixture->fault), 0);
    assert_int_equal(cell_receive(&fixture->cell, &report), 0);
    assert_int_equal(report.event, INIT_ENDED);
    assert_true(WIFEXITED(report.status));
    assert_int_equal(WEXITSTATUS(report.status), 0);
    assert_int_equal(read(fixture->cell.output, text, sizeof(text) - 1), strlen("said\n64\n"));
    assert_string_equal(text, "said\n64\n");
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

static char *file_of(pid_t pid, const char *name)
{
    char path[64], *text;

    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
    assert_int_equal(fd_read_file(AT_FDCWD, path, 1 << 16, &text, NULL), 0);
    return text;
}

/* PID 1, as the host numbers it, and its one child. */
static void processes_of(const struct cell *cell, pid_t ret_pids[2])
{
    char path[64], *text;
    const char *at;

    snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", cell->pidfd);
    assert_int_equal(fd_read_file(AT_FDCWD, path, 1 << 16, &text, NULL), 0);
    at = strstr(text, "Pid:");
    assert_non_null(at);
    ret_pids[0] = (pid_t)strtol(at + strlen("Pid:"), NULL, 10);
    free(text);
    snprintf(path, sizeof(path), "task/%d/children", (int)ret_pids[0]);
    text = file_of(ret_pids[0], path);
    ret_pids[1] = (pid_t)strtol(text, NULL, 10);
    free(text);
    assert_true(ret_pids[0] > 1 && ret_pids[1] > 1);
}

static void check_line(const char *status, const char *name, const char *expected)
{
    const char *at = strstr(status, name);

    assert_non_null(at);
    at += strlen(name);
    if (strncmp(at, expected, strlen(expected)) != 0 || at[strlen(expected)] != '\n')
        fail_msg("%s%.40s", name, at);
}

/* A cell that is ready waits without power: neither of its processes has root's ID or a capability, or can
 * gain one. */
static void test_no_power_waits(void **state)
{
    static const char *const sets[] = {"CapInh:\t", "CapPrm:\t", "CapEff:\t", "CapBnd:\t", "CapAmb:\t"};
    struct fixture *fixture = fixture_of(state);
    pid_t pids[2];

    make(fixture);
    processes_of(&fixture->cell, pids);
    for (int i = 0; i < 2; i++) {
        char ids[80], *status = file_of(pids[i], "status");
        uid_t uid = i == 0 ? lease_init_uid(&fixture->cell.lease) : lease_program_uid(&fixture->cell.lease);

        snprintf(ids, sizeof(ids), "%u\t%u\t%u\t%u", uid, uid, uid, uid);
        check_line(status, "Uid:\t", ids);
        check_line(status, "Gid:\t", ids);
        check_line(status, "Groups:\t", " ");
        for (size_t set = 0; set < N_ELEMENTS(sets); set++)
            check_line(status, sets[set], "0000000000000000");
        check_line(status, "NoNewPrivs:\t", "1");
        check_line(status, "Seccomp:\t", i == 0 ? "0" : "2");
        free(status);
    }
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

/* Less memory than the waiting process uses: v1 refuses it, v2 kills the process. */
static void test_too_little_memory(void **state)
{
    struct fixture *fixture = fixture_of(state);
    int r;

    make(fixture);
    fixture->stage.limits.memory_bytes = 4096;
    plan_rlimits(fixture);
    r = cell_adjust(&fixture->cell, &fixture->stage.limits, &fixture->fault);
    if (r == 0)
        r = cell_start(&fixture->cell, &fixture->stage, no_cancels, &fixture->fault);
    assert_true(r < 0);
    fault_tell(&fixture->fault, &(struct fault_context){0}, &fixture->err);
    assert_string_equal(fixture->err.where, "/limits/memory_bytes");
    assert_non_null(strstr(fixture->err.what, "is too small"));
    assert_int_equal(fixture->err.status, EX_DATAERR);
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

/* Either process may be killed while the cell waits, by whoever: the start says so, and nothing is left. */
static void test_killed_while_it_waits(void **state)
{
    struct fixture *fixture = fixture_of(state);

    plan_rlimits(fixture);
    for (int i = 0; i < 20; i++) {
        struct init_report report;
        pid_t pids[2];
        int r;

        make(fixture);
        processes_of(&fixture->cell, pids);
        assert_int_equal(kill(pids[i % 2], SIGKILL), 0);
        r = cell_start(&fixture->cell, &fixture->stage, no_cancels, &fixture->fault);
        /* PID 1 is a moment at dying before the kernel kills the other, which may have begun by then. */
        if (i % 2 == 0 && r == 0)
            while (cell_receive(&fixture->cell, &report) == 0)
                ;
        else
            assert_true(r < 0 && fixture->fault.kind != FAULT_NONE);
        assert_int_equal(reclaim_cell(&fixture->cell), 0);
    }
}

/* Made and never started, at any moment of its making. */
static void test_made_in_vain(void **state)
{
    struct fixture *fixture = fixture_of(state);

    for (int i = 0; i < 60; i++) {
        const struct timespec moment = {.tv_nsec = i % 20 * 100000};

        assert_int_equal(cell_make(&fixture->cell, &fixture->config, &fixture->fault), 0);
        if (i % 3 == 0)
            assert_int_equal(cell_wait(&fixture->cell, &fixture->fault), 0);
        else
            nanosleep(&moment, NULL);
        assert_int_equal(reclaim_cell(&fixture->cell), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_words),
        cmocka_unit_test_setup_teardown(test_made_ahead, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_power_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_little_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed_while_it_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_made_in_vain, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
