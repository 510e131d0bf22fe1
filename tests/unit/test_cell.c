/* SPDX-License-Identifier: MIT */
/* cell/cell: the last report of PID 1 is received even if PID 1 is gone. A cell is made without a request,
 * and waits for it. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cell_fixture.h"
#include "config.h"
#include "runner/answer/faults.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/ids.h"

/* If a dead process left a message unread, the kernel reports its death first (unix(7), ECONNRESET). */
static void test_last_words_are_received(void **state)
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

/* A cell is made and left alone. Its limits are changed, all together and one by one, up and down. Then it
 * is started: its output is received, its time does not include the time that it waited, and nothing is
 * left. */
static void test_a_cell_can_wait_for_its_start(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct limits *limits = &fixture->stage.limits;
    const struct limits normal = fixture->config.limits;
    const struct limits others[] = {
        {.memory_bytes = normal.memory_bytes * 2, .disk_bytes = normal.disk_bytes * 2, .processes = 99},
        {.memory_bytes = normal.memory_bytes * 2, .disk_bytes = normal.disk_bytes * 2, .processes = 3},
        {.memory_bytes = normal.memory_bytes * 2, .disk_bytes = 1 << 20, .processes = 3},
        {.memory_bytes = 16 << 20, .disk_bytes = 1 << 20, .processes = 3}};
    const struct timespec moment = {.tv_nsec = 50000000};
    const struct timing *timing = &fixture->cell.timing;
    char text[16] = "";
    uint64_t began_ns;

    fixture_make(fixture);
    assert_true(fixture->cell.listener >= 0);
    check_bounds(&fixture->cell, &normal);
    for (size_t i = 0; i < N_ELEMENTS(others); i++) {
        limits->memory_bytes = others[i].memory_bytes;
        limits->disk_bytes = others[i].disk_bytes;
        limits->processes = others[i].processes;
        assert_int_equal(cell_adjust(&fixture->cell, limits, &fixture->fault), 0);
        check_bounds(&fixture->cell, limits);
    }
    limits->files = 64;
    fixture_plan_rlimits(fixture);
    assert_true(timing_us(timing, TIMING_LEASE, TIMING_START) > 0);
    nanosleep(&moment, NULL);
    began_ns = timing_now_ns();
    fixture_run(fixture);
    assert_int_equal(timing_us(timing, TIMING_LEASE, TIMING_CGROUP), 0);
    assert_true(timing_us(timing, TIMING_START, TIMING_START) <= (timing_now_ns() - began_ns) / 1000);
    assert_int_equal(read(fixture->cell.output, text, sizeof(text) - 1), strlen("said\n64\n"));
    assert_string_equal(text, "said\n64\n");
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

/* A cell can't be started twice. */
static void test_a_cell_starts_only_once(void **state)
{
    struct fixture *fixture = fixture_of(state);

    fixture_make(fixture);
    fixture_plan_rlimits(fixture);
    fixture_run(fixture);
    assert_true(cell_start(&fixture->cell, &fixture->stage, no_cancels, &fixture->fault) < 0);
    assert_int_equal(fixture->fault.kind, FAULT_USED);
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

/* If setting the limits fails, the next call sets all of them again. */
static void test_a_failure_sets_all_limits_again(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct limits impossible = fixture->config.limits;

    fixture_make(fixture);
    impossible.memory_bytes = 8 << 20;
    impossible.processes = UINT64_C(5000000000);
    assert_true(cell_adjust(&fixture->cell, &impossible, &fixture->fault) < 0);
    assert_int_equal(cell_adjust(&fixture->cell, &fixture->config.limits, &fixture->fault), 0);
    check_bounds(&fixture->cell, &fixture->config.limits);
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

/* If a caller ignores SIGCHLD, as many services do, the cell inherits that. */
static void test_a_caller_can_ignore_children(void **state)
{
    struct fixture *fixture = fixture_of(state);

    signal(SIGCHLD, SIG_IGN);
    fixture_make(fixture);
    fixture_plan_rlimits(fixture);
    fixture_run(fixture);
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
    signal(SIGCHLD, SIG_DFL);
}

static void check_line(const char *status, const char *name, const char *expected)
{
    const char *at = strstr(status, name);

    assert_non_null(at);
    at += strlen(name);
    if (strncmp(at, expected, strlen(expected)) != 0 || at[strlen(expected)] != '\n')
        fail_msg("%s%.40s", name, at);
}

/* A cell that is ready has no privileges while it waits: neither of its processes has root's ID or a
 * capability, or can gain one. */
static void test_a_waiting_cell_has_no_power(void **state)
{
    static const char *const sets[] = {"CapInh:\t", "CapPrm:\t", "CapEff:\t", "CapBnd:\t", "CapAmb:\t"};
    struct fixture *fixture = fixture_of(state);
    pid_t pids[2];

    fixture_make(fixture);
    processes_of(&fixture->cell, pids);
    for (int i = 0; i < 2; i++) {
        char ids[80], *status = file_of(pids[i], "status");
        uid_t uid = i == 0 ? ids_init(&fixture->cell.lease) : ids_program(&fixture->cell.lease);

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

/* If the limit is less memory than the waiting process uses, v1 refuses it, and v2 kills the process. */
static void test_too_little_memory_is_noticed(void **state)
{
    struct fixture *fixture = fixture_of(state);
    int r;

    fixture_make(fixture);
    fixture->stage.limits.memory_bytes = 4096;
    fixture_plan_rlimits(fixture);
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

/* If either process is killed while the cell waits, the start reports it, and nothing is left. */
static void test_a_kill_during_the_wait_is_reported(void **state)
{
    struct fixture *fixture = fixture_of(state);

    fixture_plan_rlimits(fixture);
    for (int i = 0; i < 40; i++) {
        struct init_report report;
        pid_t pids[2];
        int r;

        fixture_make(fixture);
        processes_of(&fixture->cell, pids);
        assert_int_equal(kill(pids[i % 2], SIGKILL), 0);
        r = cell_start(&fixture->cell, &fixture->stage, no_cancels, &fixture->fault);
        /* PID 1 takes a moment to die before the kernel kills the other process, which might have started
         * its program by then. */
        if (i % 2 == 0 && r == 0)
            while (cell_receive(&fixture->cell, &report) == 0)
                ;
        else
            assert_true(r < 0 && (fixture->fault.kind == FAULT_DIED || fixture->fault.kind == FAULT_KILLED));
        if (r < 0) {
            fault_tell(&fixture->fault, &(struct fault_context){0}, &fixture->err);
            assert_int_equal(fixture->err.status, EX_TEMPFAIL);
        }
        assert_int_equal(reclaim_cell(&fixture->cell), 0);
    }
}

/* Cells are reclaimed without being started, at any moment while they are made. */
static void test_unused_cells_leave_nothing(void **state)
{
    struct fixture *fixture = fixture_of(state);

    for (int i = 0; i < 200; i++) {
        const struct timespec moment = {.tv_nsec = i % 20 * 100000};

        assert_int_equal(cell_make(&fixture->cell, &fixture->config, &fixture->fault), 0);
        if (i % 3 == 0)
            assert_int_equal(cell_wait(&fixture->cell, &fixture->fault), 0);
        else
            nanosleep(&moment, NULL);
        assert_int_equal(reclaim_cell(&fixture->cell), 0);
    }
}

#if EXRUN_FAULTS

/* A cell is ready only if it has no privileges left. If its PID 1 keeps them, it is not ready. */
static void test_a_cell_with_power_is_not_ready(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct settings hanging = *fixture->config.settings;

    hanging.fault = "hang:init_user";
    fixture->config.settings = &hanging;
    assert_int_equal(cell_make(&fixture->cell, &fixture->config, &fixture->fault), 0);
    assert_int_equal(cell_wait(&fixture->cell, &fixture->fault), -ETIMEDOUT);
    assert_int_equal(fixture->fault.kind, FAULT_TIME_MAKING);
    assert_false(fixture->cell.is_confined);
    assert_int_equal(reclaim_cell(&fixture->cell), 0);
}

#else

static void test_a_cell_with_power_is_not_ready(void **state)
{
    (void)state;
    skip();
}

#endif

enum { N_MAKERS = 4 };

/* Makes and starts cells in an endless loop. */
static void *make_for_ever(void *arg)
{
    struct fixture fixture = *(const struct fixture *)arg;

    for (;;) {
        struct cell cell;

        if (cell_make(&cell, &fixture.config, NULL) == 0)
            cell_start(&cell, &fixture.stage, no_cancels, NULL);
        reclaim_cell(&cell);
    }
    return NULL;
}

static unsigned int slots_in_use(const struct fixture *fixture)
{
    unsigned int n = 0;

    for (unsigned int slot = 0; slot < 64; slot++) {
        struct lease lease = {.fd = -1, .runtime = fixture->config.settings->runtime};

        n += lease_take_slot(&lease, slot, false) == LEASE_E_NONE_FREE;
        lease_leave(&lease);
    }
    return n;
}

/* A caller with several threads is killed at any moment. Then no cell survives, whatever another thread
 * had open while it was made. If one did, its program would show it, because that waits for a long time. */
static void test_no_cell_outlives_its_killed_maker(void **state)
{
    static char sh[] = "sh", option[] = "-c", sleeps[] = "sleep 1000";
    static char *argv[] = {sh, option, sleeps, NULL};
    struct fixture *fixture = fixture_of(state);
    struct reclaim_count removed[N_RECLAIM_KINDS];
    const struct reclaim_wish wish = {.runtime = fixture->config.settings->runtime};

    fixture->stage.argv = argv;
    fixture_plan_rlimits(fixture);
    for (int i = 0; i < 60; i++) {
        const struct timespec moment = {.tv_nsec = 2000000 + i % 30 * 1000000}, step = {.tv_nsec = 20000000};
        pthread_t threads[N_MAKERS];
        pid_t maker = fork();

        if (maker == 0) {
            for (int thread = 0; thread < N_MAKERS; thread++)
                pthread_create(&threads[thread], NULL, make_for_ever, fixture);
            for (;;)
                pause();
        }
        nanosleep(&moment, NULL);
        kill(maker, SIGKILL);
        waitpid(maker, NULL, 0);
        for (int waited = 0; slots_in_use(fixture) > 0; waited++) {
            assert_true(waited < 1000);
            nanosleep(&step, NULL);
        }
    }
    assert_int_equal(reclaim_stale(&fixture->tree, &wish, removed), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_words_are_received),
        cmocka_unit_test_setup_teardown(test_a_cell_can_wait_for_its_start, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_cell_starts_only_once, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_failure_sets_all_limits_again, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_caller_can_ignore_children, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_cell_with_power_is_not_ready, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_no_cell_outlives_its_killed_maker, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_waiting_cell_has_no_power, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_too_little_memory_is_noticed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_kill_during_the_wait_is_reported, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_unused_cells_leave_nothing, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
