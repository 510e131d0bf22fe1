/* SPDX-License-Identifier: MIT */
/* Running without root. */
#include "sandbox/userns/userns.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/cell/lease.h"
#include "sandbox/plan/machine.h"

#define MAPPER_MS 5000 /* usually it takes a few milliseconds */

/* A range of IDs outside the namespace; @count 0: empty. */
struct range {
    uint64_t first, count;
};

/* One of the two kinds of IDs: group IDs or user IDs. */
struct kind {
    const char *table, *tool, *map;
    unsigned int own;
    struct range range;
};

/* Finds the user's name in /etc/passwd, which /etc/subuid uses. Sets *ret to "" if the user is not listed; a
 * user of a directory service is listed in /etc/subuid by number. */
static void find_name(uid_t uid, char *ret, size_t room)
{
    _cleanup_(file_closep) FILE *users = fopen("/etc/passwd", "re");
    struct passwd *user;

    *ret = '\0';
    while (users && (user = fgetpwent(users)))
        if (user->pw_uid == uid) {
            snprintf(ret, room, "%s", user->pw_name);
            return;
        }
}

/* Returns the user's largest range in @table, with lines of "NAME or ID:FIRST:COUNT", subuid(5). */
static struct range find_range(const char *table, uid_t uid)
{
    _cleanup_(file_closep) FILE *lines = fopen(table, "re");
    char name[64], number[16], line[256], owner[64];
    struct range best = {0}, one;

    find_name(uid, name, sizeof(name));
    snprintf(number, sizeof(number), "%u", uid);
    while (lines && fgets(line, sizeof(line), lines)) {
        if (sscanf(line, "%63[^:]:%" SCNu64 ":%" SCNu64, owner, &one.first, &one.count) != 3)
            continue;
        if ((strcmp(owner, name) == 0 || strcmp(owner, number) == 0) && one.count > best.count)
            best = one;
    }
    return best;
}

static const char *const tools[USERNS_N_TOOLS] = {"newgidmap", "newuidmap"};

const char *userns_tool(unsigned int index)
{
    return tools[index % USERNS_N_TOOLS];
}

/* Finds both kinds: group IDs first, then user IDs. */
static void find_kinds(struct kind kinds[2])
{
    kinds[0] = (struct kind){
        .table = "/etc/subgid", .tool = tools[0], .map = "/proc/self/gid_map", .own = getegid()};
    kinds[1] = (struct kind){
        .table = "/etc/subuid", .tool = tools[1], .map = "/proc/self/uid_map", .own = geteuid()};
    for (int i = 0; i < 2; i++)
        kinds[i].range = find_range(kinds[i].table, geteuid());
}

/* Waits until the pipe's other end is closed, and becomes the tool that maps the IDs of the process
 * @target. */
static void __attribute__((noreturn)) become_mapper(const struct kind *kind, int gate, pid_t target)
{
    char pid[16], own[16], first_inside[16], first[24], count[24], byte;

    snprintf(pid, sizeof(pid), "%d", (int)target);
    snprintf(own, sizeof(own), "%u", kind->own);
    snprintf(first_inside, sizeof(first_inside), "%u", (unsigned int)LEASE_FIRST_UID);
    snprintf(first, sizeof(first), "%" PRIu64, kind->range.first);
    snprintf(count, sizeof(count), "%" PRIu64, kind->range.count);
    while (read(gate, &byte, 1) < 0 && errno == EINTR)
        ;
    /* Discards the tool's messages, because exrun handles its failure. */
    if (freopen("/dev/null", "w", stderr))
        execlp(kind->tool, kind->tool, pid, own, own, "1", first_inside, first, count, (char *)NULL);
    _exit(127);
}

/* Starts a process in the old namespace that will map the IDs of the calling process. Returns its process ID
 * or -errno. */
static pid_t start_mapper(const struct kind *kind, const int gate[2])
{
    pid_t target = getpid(), pid = fork();

    if (pid == 0) {
        close(gate[1]);
        become_mapper(kind, gate[0], target);
    }
    return pid < 0 ? -errno : pid;
}

/* Kills the mapper if it has not ended after MAPPER_MS. The tables can belong to a directory service that
 * can't be reached. */
static void bound(pid_t pid)
{
    _cleanup_(fd_closep) int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    int r;

    if (pidfd < 0)
        return;
    do
        r = poll(&end, 1, MAPPER_MS);
    while (r < 0 && errno == EINTR);
    if (r == 0)
        kill(pid, SIGKILL);
}

static bool has_mapped(pid_t pid)
{
    int status;

    if (pid <= 0)
        return false;
    bound(pid);
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Maps the only ID that every user may map: their own. Their group is mapped to the user's number, so that a
 * cell's user and group are the same. Returns 0 or -errno. */
static int map_own(const struct kind *kind, uid_t uid)
{
    char line[64];

    snprintf(line, sizeof(line), "%u %u 1\n", uid, kind->own);
    return fd_write_file(AT_FDCWD, kind->map, line);
}

static int map_ids(const struct kind kinds[2], const pid_t mappers[2], uid_t uid, struct fault *fault)
{
    bool groups = has_mapped(mappers[0]), users = has_mapped(mappers[1]);
    int r;

    if (groups && users)
        return 0;
    /* If only one of them works, the other tool lacks its privilege. IDs that were mapped stay mapped. */
    if (groups || users)
        return fault_set_index(fault, FAULT_USERNS_TOOL, -ENOEXEC, groups ? 1 : 0);
    r = fd_write_file(AT_FDCWD, "/proc/self/setgroups", "deny");
    for (int i = 0; i < 2 && r == 0; i++)
        r = map_own(&kinds[i], uid);
    return r < 0 ? fault_set(fault, FAULT_USERNS, r) : 0;
}

/* The kernel counts processes and pending signals in each user namespace. The soft limit of the process that
 * creates the namespace bounds all of exrun's processes permanently (create_user_ns() of
 * kernel/user_namespace.c). */
static const __rlimit_resource_t counted[] = {RLIMIT_NPROC, RLIMIT_SIGPENDING};

enum { N_COUNTED = sizeof(counted) / sizeof(*counted) };

static int unshare_user(void)
{
    struct rlimit before[N_COUNTED];
    int r;

    for (int i = 0; i < N_COUNTED; i++) {
        struct rlimit raised;

        if (getrlimit(counted[i], &before[i]) < 0)
            return -errno;
        raised = (struct rlimit){before[i].rlim_max, before[i].rlim_max};
        setrlimit(counted[i], &raised);
    }
    r = unshare(CLONE_NEWUSER) < 0 ? -errno : 0;
    for (int i = 0; i < N_COUNTED; i++)
        setrlimit(counted[i], &before[i]);
    return r;
}

/* Returns true if execlp(3) would find @tool. */
static bool is_installed(const char *search_path, const char *tool)
{
    char file[PATH_MAX];

    for (const char *path = search_path; path; path = strchr(path, ':')) {
        path += *path == ':';
        snprintf(file, sizeof(file), "%.*s/%s", (int)strcspn(path, ":"), path, tool);
        if (access(file, X_OK) == 0)
            return true;
    }
    return false;
}

/* Fills the fault and returns @r. EINVAL means that the process has more than one thread (unshare(2)). */
static int fail_unshare(int r, struct fault *fault)
{
    return fault_set(fault, r == -EINVAL ? FAULT_USERNS_THREADS : FAULT_USERNS, r);
}

static int enter(const struct kind kinds[2], bool has_ranges, uid_t uid, struct fault *fault)
{
    pid_t mappers[2] = {0};
    int gate[2], r;

    if (pipe2(gate, O_CLOEXEC) < 0)
        return fail_unshare(-errno, fault);
    for (int i = 0; i < 2 && has_ranges; i++)
        mappers[i] = start_mapper(&kinds[i], gate);
    r = unshare_user();
    close(gate[0]);
    close(gate[1]); /* lets the mappers continue */
    for (int i = 0; i < 2 && r < 0; i++)
        has_mapped(mappers[i]);
    if (r < 0)
        return fail_unshare(r, fault);
    r = map_ids(kinds, mappers, uid, fault);
    if (r == 0 && unshare(CLONE_NEWNS) < 0)
        r = fail_unshare(-errno, fault);
    return r;
}

/* Returns true if the process does not need a new namespace, because it has CAP_SYS_ADMIN: it has entered
 * one, or was given the capability. */
static bool needs_none(void)
{
    static const cap_value_t needed[] = {CAP_SYS_ADMIN};

    return machine_has(needed, 1);
}

int userns_enter(const char *search_path, struct fault *fault)
{
    const uid_t uid = geteuid();
    uint64_t most = LEASE_N_IDS;
    bool has_ranges = true;
    struct kind kinds[2];

    if (uid == 0 || needs_none())
        return 0;
    find_kinds(kinds);
    for (int i = 0; i < 2; i++)
        if (kinds[i].range.count < most)
            most = kinds[i].range.count;
    /* A cell has the same number as its user and as its group, so both maps have the same length. */
    for (int i = 0; i < 2; i++) {
        kinds[i].range.count = most;
        has_ranges &= kinds[i].range.count > 1 && is_installed(search_path, kinds[i].tool);
    }
    return enter(kinds, has_ranges, uid, fault);
}

struct userns_alone userns_why_alone(const char *search_path)
{
    struct userns_alone alone = {0};
    struct kind kinds[2];

    find_kinds(kinds);
    alone.is_assigned_ids = kinds[0].range.count > 1 && kinds[1].range.count > 1;
    for (int i = 0; i < USERNS_N_TOOLS; i++)
        alone.is_missing[i] = !is_installed(search_path, kinds[i].tool);
    return alone;
}
