/* SPDX-License-Identifier: MIT */
/* cell/cgroup_v1, cgroup_v2: which number is written to which file, and which figure is read from which
 * file. The tests use a directory of plain files that look like the kernel's. The tests in tests/cli show
 * that the kernel acts on them, for the version that the machine has. */
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cell/cgroup_figures.h"
#include "sandbox/cell/cgroup_ops.h"
#include "sandbox/plan/machine.h"
#include "unit.h"

static const struct limits limits = {.memory_bytes = 64 << 20, .processes = 7};

struct file {
    const char *name, *before, *after;
};

struct fake {
    char path[64];
    int dir;
    struct cgroup_tree tree;
    struct cgroup cgroup;
};

static void put(int dir, const char *name, const char *text)
{
    _cleanup_(fd_closep) int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(fd_write_all(fd, text, strlen(text)), 0);
}

static void fake_init(struct fake *fake, const struct cgroup_ops *ops, unsigned int parts,
                      const struct file *files)
{
    *fake = (struct fake){
        .path = "/tmp/cgroup-unit.XXXXXX",
        .tree = {.ops = ops, .parents = {-1, -1, -1, -1}, .can = CAN_MEMORY | CAN_PROCESSES | CAN_CPU},
        .cgroup = CGROUP_NONE};
    assert_non_null(mkdtemp(fake->path));
    fake->dir = open(fake->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(fake->dir >= 0);
    fake->cgroup.tree = &fake->tree;
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        if (parts & (1U << part))
            fake->cgroup.dirs[part] = fcntl(fake->dir, F_DUPFD_CLOEXEC, 3);
    for (; files->name; files++)
        put(fake->dir, files->name, files->before);
}

static void close_counters(struct cgroup *cgroup)
{
    for (int i = 0; i < N_CGROUP_COUNTERS; i++)
        fd_closep(&cgroup->counters[i]);
    fd_closep(&cgroup->kill);
}

static void fake_deinit(struct fake *fake, const struct file *files)
{
    for (; files->name; files++) {
        _cleanup_(freep) char *text = NULL;

        assert_int_equal(fd_read_file(fake->dir, files->name, 4096, &text, NULL), 0);
        if (files->after)
            assert_string_equal(text, files->after);
        assert_int_equal(unlinkat(fake->dir, files->name, 0), 0);
    }
    for (int part = 0; part < N_CGROUP_PARTS; part++)
        fd_closep(&fake->cgroup.dirs[part]);
    fd_closep(&fake->cgroup.cpu);
    fd_closep(&fake->cgroup.memory_events);
    fd_closep(&fake->cgroup.events);
    close_counters(&fake->cgroup);
    fd_closep(&fake->dir);
    assert_int_equal(rmdir(fake->path), 0);
}

static void check_facts(const struct fake *fake)
{
    struct cgroup_facts facts;

    cgroup_read(&fake->cgroup, &facts);
    assert_int_equal(facts.cpu_us, 1500);
    assert_int_equal(facts.user_us, 1000);
    assert_int_equal(facts.system_us, 500);
    assert_int_equal(facts.memory_peak_bytes, 4096);
    assert_int_equal(facts.processes_peak, 3);
    assert_int_equal(facts.processes_refused, 2);
    assert_int_equal(facts.oom_kills, 1);
    assert_int_equal(cgroup_cpu_us(&fake->cgroup), 1500);
    assert_int_equal(cgroup_oom_kills(&fake->cgroup), 1);
}

/* Makes a cell's files, sets limits and reads counters with them, and compares the written values. */
static void check(const struct cgroup_ops *ops, unsigned int parts, const struct file *files)
{
    struct fake fake;

    fake_init(&fake, ops, parts, files);
    assert_int_equal(ops->limit(&fake.cgroup, &limits), 0);
    assert_int_equal(ops->open_counters(&fake.cgroup), 0);
    check_facts(&fake);
    ops->kill(&fake.cgroup);
    ops->shut(&fake.cgroup);
    fake_deinit(&fake, files);
}

static void test_v2_files_are_read_and_written(void **state)
{
    static const struct file files[] = {
        {"memory.max", "", "67108864"},
        {"memory.swap.max", "", "0"},
        {"memory.oom.group", "", "1"},
        {"pids.max", "", "7"},
        {"cpu.stat", "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n", NULL},
        {"memory.peak", "4096\n", NULL},
        {"memory.events", "low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\noom_group_kill 1\n", NULL},
        {"pids.peak", "3\n", NULL},
        {"pids.events", "max 2\n", NULL},
        {"cgroup.kill", "", "1"},
        {NULL},
    };

    (void)state;
    check(&cgroup_ops_v2, 1U << CGROUP_UNIFIED, files);
}

static void test_hybrid_files_are_read_and_written(void **state)
{
    static const struct file files[] = {
        {"memory.limit_in_bytes", "", "67108864"},
        {"memory.memsw.limit_in_bytes", "", "67108864"},
        {"pids.max", "", "7"},
        {"cpu.stat", "usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n", NULL},
        {"memory.max_usage_in_bytes", "4096\n", NULL},
        {"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n", NULL},
        {"pids.peak", "3\n", NULL},
        {"pids.events", "max 2\n", NULL},
        {"cgroup.kill", "", "1"},
        {NULL},
    };

    (void)state;
    check(&cgroup_ops_v1, 1U << CGROUP_MEMORY | 1U << CGROUP_PIDS | 1U << CGROUP_UNIFIED, files);
}

static void test_pure_v1_needs_no_swap_accounting(void **state)
{
    static const struct file files[] = {
        {"memory.limit_in_bytes", "", "67108864"},
        {"memory.swappiness", "", "0"},
        {"pids.max", "", "0"}, /* first 7, and then 0 because the group is killed */
        {"cgroup.procs", "", ""},
        {"cpuacct.usage", "1500999\n", NULL},
        {"cpuacct.stat", "user 2\nsystem 1\n", NULL},
        {"memory.max_usage_in_bytes", "4096\n", NULL},
        {"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n", NULL},
        {"pids.peak", "3\n", NULL},
        {"pids.events", "max 2\n", NULL},
        {NULL},
    };

    (void)state;
    check(&cgroup_ops_v1, 1U << CGROUP_MEMORY | 1U << CGROUP_PIDS | 1U << CGROUP_CPU, files);
}

/* Checks the figures in files of real kernels: see recorded/README.md. */
static void check_recorded(const char *name, uint64_t memory_peak, uint64_t processes_peak,
                           uint64_t processes_now)
{
    struct cgroup_tree tree = {.ops = &cgroup_ops_v2, .can = CAN_MEMORY | CAN_PROCESSES | CAN_CPU};
    struct cgroup cgroup = CGROUP_NONE;
    struct cgroup_facts facts, looked = {0};
    char path[4096];

    cgroup.tree = &tree;
    snprintf(path, sizeof(path), "%s/tests/unit/recorded/%s", EXRUN_SOURCE_DIR, name);
    cgroup.dirs[CGROUP_UNIFIED] = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(cgroup.dirs[CGROUP_UNIFIED] >= 0);
    assert_int_equal(cgroup_ops_v2.open_counters(&cgroup), 0);
    /* A change of memory.events "generates a file modified event" (cgroup-v2.rst), which is POLLPRI in
     * poll(2). */
    assert_true(cgroup.events >= 0);
    assert_int_equal(cgroup.events_mask, POLLPRI);
    cgroup_read(&cgroup, &facts);
    assert_int_equal(facts.cpu_us, 245195);
    assert_int_equal(facts.user_us, 224779);
    assert_int_equal(facts.system_us, 20415);
    assert_int_equal(facts.memory_peak_bytes, memory_peak);
    assert_int_equal(facts.processes_peak, processes_peak);
    assert_int_equal(facts.processes_refused, 1);
    assert_int_equal(facts.oom_kills, 4);
    cgroup_look_for_peaks(&cgroup, &looked);
    assert_int_equal(looked.processes_peak, processes_now);
    assert_int_equal(looked.memory_peak_bytes, memory_peak ? 0 : 39 << 20);
    fd_closep(&cgroup.dirs[CGROUP_UNIFIED]);
    fd_closep(&cgroup.cpu);
    fd_closep(&cgroup.memory_events);
    fd_closep(&cgroup.events);
    close_counters(&cgroup);
}

static void test_recorded_machines_are_read(void **state)
{
    (void)state;
    check_recorded("v2-6.18", 40 << 20, 3, 0);
    /* If the kernel has no peak of processes (before 6.6) or of memory (before 5.19), the current values
     * are read. */
    check_recorded("v2-6.1", 40 << 20, 0, 2);
    check_recorded("v2-5.15", 0, 0, 2);
}

static pid_t sleeper(void)
{
    pid_t pid = fork();

    while (pid == 0)
        pause();
    assert_true(pid > 0);
    return pid;
}

/* Writes the list of members twice, for two reads. A pipe without a writer reports its end. */
static pid_t tell_members(const char *path, pid_t first, pid_t second)
{
    const pid_t told[] = {first, second};
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    for (int i = 0; i < 2; i++) {
        const struct timespec moment = {.tv_nsec = 50000000};
        int fd = open(path, O_WRONLY);

        if (dprintf(fd, "%d\n", (int)told[i]) < 0)
            _exit(1);
        close(fd);
        nanosleep(&moment, NULL); /* until its reader has closed it */
    }
    _exit(0);
}

/* On pure v1, members are killed one by one. If another process, which is not a member, has the ID of a
 * former member by now, it is not killed. */
static void test_a_reused_id_is_not_killed(void **state)
{
    static const struct file none[] = {{NULL, NULL, NULL}};
    const pid_t member = sleeper(), stranger = sleeper();
    char path[96];
    struct fake fake;
    pid_t teller;
    int status;

    (void)state;
    fake_init(&fake, &cgroup_ops_v1, 1U << CGROUP_PIDS, none);
    snprintf(path, sizeof(path), "%s/cgroup.procs", fake.path);
    assert_int_equal(mkfifo(path, 0600), 0);
    for (int i = 0; i < 2; i++) {
        teller = tell_members(path, i == 0 ? stranger : member, member);
        cgroup_ops_v1.kill(&fake.cgroup);
        assert_int_equal(waitpid(teller, &status, 0), teller);
        assert_int_equal(status, 0);
        assert_int_equal(waitpid(stranger, &status, WNOHANG), 0);
        assert_int_equal(waitpid(member, &status, i == 0 ? WNOHANG : 0), i == 0 ? 0 : member);
    }
    kill(stranger, SIGKILL);
    waitpid(stranger, &status, 0);
    unlink(path);
    fake_deinit(&fake, none);
}

/* Lets the machine seem to have @n memory groups, for this process only. */
static void count_groups_as(unsigned int n)
{
    char path[] = "/tmp/cgroup-unit-count.XXXXXX", text[64];
    int fd = mkstemp(path), size = snprintf(text, sizeof(text), "#subsys_name\nmemory\t4\t%u\t1\n", n);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, (size_t)size), size);
    close(fd);
    assert_int_equal(mount(path, "/proc/cgroups", NULL, MS_BIND, NULL), 0);
    unlink(path);
}

static bool has_own_mounts(void)
{
    return unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* The kernel tries for a millisecond if it is asked in vain. */
static void test_caches_are_dropped_only_if_they_keep_a_group(void **state)
{
    static const char none[] = "inactive_file 0\nactive_file 0\n",
                      some[] = "inactive_file 4096\nactive_file 0\n";
    static const struct {
        unsigned int n_groups;
        const char *kernel, *files, *written;
    } rows[] = {
        {500, "100000", none, ""},   {500, "100000", some, ""},   {2000, "100000", none, ""},
        {2000, "100000", some, "0"}, {3000, "100000", none, "0"}, {500, "10000000", none, "0"},
    };

    (void)state;
    if (!has_own_mounts())
        skip();
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct file files[] = {{"memory.kmem.usage_in_bytes", rows[i].kernel, NULL},
                                     {"memory.stat", rows[i].files, NULL},
                                     {"memory.force_empty", "", rows[i].written},
                                     {NULL}};
        struct fake fake;

        fake_init(&fake, &cgroup_ops_v1, 1U << CGROUP_MEMORY, files);
        count_groups_as(rows[i].n_groups);
        cgroup_ops_v1.drop_caches(&fake.cgroup);
        assert_int_equal(umount2("/proc/cgroups", MNT_DETACH), 0);
        fake_deinit(&fake, files);
    }
}

static bool is_cached(int fd)
{
    unsigned char is_there = 0;
    void *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);

    assert_true(page != MAP_FAILED);
    assert_int_equal(mincore(page, 1, &is_there), 0);
    assert_int_equal(munmap(page, 1), 0);
    return is_there & 1;
}

/* A process in a new memory group reads the only page of @fd, and ends. Returns the group's directory. */
static int read_in_group(const char *group, int fd)
{
    int dir, status;
    char byte;
    pid_t pid;

    assert_int_equal(mkdir(group, 0755), 0);
    dir = open(group, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(dir >= 0);
    pid = fork();
    if (pid == 0)
        _exit(fd_write_file(dir, "tasks", "0") < 0 || pread(fd, &byte, 1, 0) != 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    return dir;
}

/* One page of a file keeps a removed group. It can be too few to be in memory.stat. The kernel may keep a
 * page that another processor is about to list, so most of the pages are enough. */
static void test_a_page_that_keeps_a_group_is_dropped(void **state)
{
    const char *parent = getenv("EXRUN_CGROUP");
    int n_read = 0, n_kept = 0;

    (void)state;
    if (access("/sys/fs/cgroup/memory/tasks", F_OK) < 0 || geteuid() != 0 || !has_own_mounts())
        skip();
    count_groups_as(3000);
    for (int i = 0; i < 20; i++) {
        char path[] = "/tmp/cgroup-unit-page.XXXXXX", group[128];
        int fd = mkstemp(path);
        struct cgroup cgroup = CGROUP_NONE;

        assert_true(fd >= 0);
        assert_int_equal(write(fd, "x", 1), 1);
        assert_int_equal(fsync(fd), 0);
        assert_int_equal(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED), 0);
        if (!is_cached(fd)) { /* a tmpfs has its files nowhere else */
            snprintf(group, sizeof(group), "/sys/fs/cgroup/memory%s/unit-%d-%d", parent ? parent : "",
                     (int)getpid(), i);
            cgroup.dirs[CGROUP_MEMORY] = read_in_group(group, fd);
            cgroup_ops_v1.drop_caches(&cgroup);
            n_read++;
            n_kept += is_cached(fd);
            fd_closep(&cgroup.dirs[CGROUP_MEMORY]);
            assert_int_equal(rmdir(group), 0);
        }
        close(fd);
        unlink(path);
    }
    assert_int_equal(umount2("/proc/cgroups", MNT_DETACH), 0);
    if (n_read == 0)
        skip();
    assert_true(n_kept <= n_read / 4); /* the kernel promises only to try */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_v2_files_are_read_and_written),
        cmocka_unit_test(test_hybrid_files_are_read_and_written),
        cmocka_unit_test(test_pure_v1_needs_no_swap_accounting),
        cmocka_unit_test(test_recorded_machines_are_read),
        cmocka_unit_test(test_a_reused_id_is_not_killed),
        cmocka_unit_test(test_caches_are_dropped_only_if_they_keep_a_group),
        cmocka_unit_test(test_a_page_that_keeps_a_group_is_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
