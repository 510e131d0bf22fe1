/* SPDX-License-Identifier: MIT */
/* A cell that runs a shell, and checks of the kernel's view of it. */
#include "cell_fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner/text/environment.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cell_start.h"
#include "sandbox/cell/ids.h"
#include "sandbox/policy/policy.h"
#include "sandbox/userns/userns.h"

const struct cell_cancel no_cancels[CELL_N_CANCELS] = {{-1, 0}, {-1, 0}};

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

void check_bounds(const struct cell *cell, const struct limits *limits)
{
    struct statvfs fs;

    bound_of(cell, "memory.limit_in_bytes", "memory.max", CGROUP_MEMORY, limits->memory_bytes);
    bound_of(cell, "pids.max", "pids.max", CGROUP_PIDS, limits->processes);
    assert_int_equal(fstatvfs(cell->workspace, &fs), 0);
    assert_int_equal(fs.f_blocks * fs.f_bsize, limits->disk_bytes);
    assert_int_equal(fs.f_files, limits->disk_bytes / 4096 < 256 ? 256 : limits->disk_bytes / 4096);
    assert_memory_equal(&cell->limits, limits, sizeof(*limits));
}

static char usr[] = "/usr", bin[] = "/bin", lib[] = "/lib", lib64[] = "/lib64", to_bin[] = "usr/bin",
            to_lib[] = "usr/lib", to_lib64[] = "usr/lib64", sh[] = "sh", option[] = "-c", said[] = "said\n",
            script[] = "cat in; ulimit -n";
static char *env[] = {NULL}, *argv[] = {sh, option, script, NULL};

int fixture_setup(void **state)
{
    static struct fixture fixture;
    const struct limits most = limits_most();
    struct machine machine;
    static struct settings settings;

    assert_int_equal(environment_read(&settings, &fixture.err), 0);
    if (userns_enter(settings.search_path, &fixture.fault) < 0)
        return 0;
    fixture = (struct fixture){.mounts = {{usr, NULL}, {bin, to_bin}, {lib, to_lib}, {lib64, to_lib64}},
                               .content = {said, strlen(said)},
                               .cell = CELL_INIT};
    fixture.file = (struct plan_file){.path = "in", .content = fixture.content};
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
    assert_int_equal(cgroup_tree_open(&fixture.tree, settings.cgroup, true), 0);
    machine_ask(&machine);
    for (enum rlimits i = 0; i < N_RLIMITS; i++)
        fixture.config.rlimits[i] =
            rlimits_wanted(i, &most) < machine.hard[i] ? rlimits_wanted(i, &most) : machine.hard[i];
    *state = &fixture;
    return 0;
}

int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;

    if (!fixture)
        return 0;
    cgroup_tree_close(&fixture->tree);
    return 0;
}

struct fixture *fixture_of(void **state)
{
    if (!*state)
        skip();
    return *state;
}

void fixture_make(struct fixture *fixture)
{
    assert_int_equal(cell_make(&fixture->cell, &fixture->config, &fixture->fault), 0);
    assert_int_equal(cell_wait(&fixture->cell, &fixture->fault), 0);
}

/* Sets the limits that the plan would set for the stage. */
void fixture_plan_rlimits(struct fixture *fixture)
{
    for (enum rlimits i = 0; i < N_RLIMITS; i++) {
        uint64_t wanted = rlimits_wanted(i, &fixture->stage.limits);

        fixture->stage.rlimits[i] = wanted < fixture->config.rlimits[i] ? wanted : fixture->config.rlimits[i];
    }
}

void fixture_run(struct fixture *fixture)
{
    struct init_report report = {0};

    assert_int_equal(cell_start(&fixture->cell, &fixture->stage, no_cancels, &fixture->fault), 0);
    assert_int_equal(cell_receive(&fixture->cell, &report), 0);
    assert_int_equal(report.event, INIT_ENDED);
    assert_true(WIFEXITED(report.status));
    assert_int_equal(WEXITSTATUS(report.status), 0);
}

char *file_of(pid_t pid, const char *name)
{
    char path[64], *text;

    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
    assert_int_equal(fd_read_file(AT_FDCWD, path, 1 << 16, &text, NULL), 0);
    return text;
}

/* Stores the host's process IDs of PID 1 and of its only child. */
void processes_of(const struct cell *cell, pid_t ret_pids[2])
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
