/* SPDX-License-Identifier: MIT */
/* The facilities of a machine. This table consists of words for people. Elsewhere, sandbox/ reports codes.
 * Old kernels answer ENOSYS to syscalls that they don't know. Any other error to senseless arguments shows
 * that the syscall exists. */
#include "sandbox/doctor/host_checks.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/cache/compile_cache.h"
#include "sandbox/cell/ids.h"
#include "sandbox/cell/lease.h"
#include "sandbox/inside/landlock.h"
#include "sandbox/plan/machine.h"
#include "sandbox/userns/userns.h"

static void __attribute__((format(printf, 3, 4)))
say(struct host_finding *answer, enum host_state state, const char *found, ...)
{
    va_list arguments;

    va_start(arguments, found);
    vsnprintf(answer->found, sizeof(answer->found), found, arguments);
    va_end(arguments);
    answer->state = state;
}

static void ask_kernel(const struct host *host, struct host_finding *answer)
{
    struct utsname name;

    if (uname(&name) < 0)
        say(answer, HOST_MISSING, "%s", strerror(errno));
    else
        say(answer, host->machine.can & CAN_CELLS ? HOST_THERE : HOST_MISSING, "%s %s %s", name.sysname,
            name.release, name.machine);
}

static void ask_power(const struct host *host, struct host_finding *answer)
{
    bool has = host->machine.can & CAN_WALLS;

    say(answer, has ? HOST_THERE : HOST_MISSING, "%s",
        !has             ? "too few capabilities"
        : geteuid() == 0 ? "all that a cell takes"
                         : "all that a cell takes, in a user namespace");
}

/* The switches with which a machine denies user namespaces to its users: the kernel's own limit, Debian's
 * switch, and that of Ubuntu's AppArmor. */
static void ask_user_namespaces(const struct host *host, struct host_finding *answer)
{
    static const struct {
        const char *path;
        uint64_t forbids;
    } switches[] = {{"/proc/sys/user/max_user_namespaces", 0},
                    {"/proc/sys/kernel/unprivileged_userns_clone", 0},
                    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 1}};
    bool is_root = geteuid() == 0;

    if (host->userns.kind == FAULT_USERNS_TOOL) {
        answer->state = HOST_MISSING;
        answer->fault = host->userns;
        return;
    }
    for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
        _cleanup_(fd_closep) int fd = open(switches[i].path, O_RDONLY | O_CLOEXEC);
        uint64_t value;

        if (fd < 0 || fd_read_number(fd, &value) < 0 || value != switches[i].forbids)
            continue;
        say(answer, HOST_MISSING, "%s is %" PRIu64, switches[i].path, value);
        return;
    }
    if (is_root || host->machine.can & CAN_WALLS)
        say(answer, HOST_THERE, is_root ? "open to users; root needs none" : "open");
    else
        say(answer, HOST_MISSING, "closed by a container or a security module");
}

/* Done in a child, whose namespaces disappear when it ends. */
static void ask_namespaces(const struct host *host, struct host_finding *answer)
{
    pid_t pid = fork();
    int status;

    (void)host;
    if (pid == 0) {
        int r = unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET |
                        CLONE_NEWCGROUP);

        _exit(r < 0 ? errno : 0);
    }
    if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
        say(answer, HOST_MISSING, "could not be asked for");
    else if (WEXITSTATUS(status) != 0)
        say(answer, HOST_MISSING, "%s", strerror(WEXITSTATUS(status)));
    else
        say(answer, HOST_THERE, "mount, pid, ipc, uts, network, cgroup");
}

static void ask_cgroup(const struct host *host, struct host_finding *answer)
{
    static const struct {
        enum machine_can can;
        const char *word;
    } parts[] = {{CAN_MEMORY, "memory"}, {CAN_PROCESSES, "processes"}, {CAN_CPU, "CPU time"}};
    char has[64] = "", lacks[64] = "";

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        char *list = host->tree.can & parts[i].can ? has : lacks;
        size_t length = strlen(list);

        snprintf(list + length, sizeof(has) - length, "%s%s", length ? ", " : "", parts[i].word);
    }
    say(answer,
        !*lacks ? HOST_THERE
        : *has  ? HOST_PARTLY
                : HOST_MISSING,
        "%s: %s%s%s%s%.100s", cgroup_tree_version(&host->tree), *has ? has : "nothing",
        *lacks ? "; not " : "", lacks, host->tree.busy ? "; processes are in " : "",
        host->tree.busy ? host->tree.busy : "");
}

static bool has_swap(void)
{
    struct sysinfo info;

    return sysinfo(&info) < 0 || info.totalswap > 0;
}

static void ask_swap(const struct host *host, struct host_finding *answer)
{
    if (!has_swap())
        say(answer, HOST_THERE, "no swap here");
    else if (cgroup_tree_counts_swap(&host->tree))
        say(answer, HOST_THERE, "swap is closed to cells");
    else
        say(answer, HOST_PARTLY, "there is swap, and no accounting of it");
}

static void ask_filter(const struct host *host, struct host_finding *answer)
{
    bool has = host->machine.can & CAN_POLICY;

    say(answer, has ? HOST_THERE : HOST_MISSING, has ? "filters" : "no filters");
}

static void ask_names(const struct host *host, struct host_finding *answer)
{
    bool has = host->machine.can & CAN_NAME_CALLS;

    say(answer, has ? HOST_THERE : HOST_MISSING, has ? "user notification" : "no user notification");
}

/* Locks need access to a program's descriptors: ptrace(2), "Ptrace access mode checking". */
static void ask_locks(const struct host *host, struct host_finding *answer)
{
    static const cap_value_t needed[] = {CAP_SYS_PTRACE};
    bool may_look = machine_has(needed, 1), may_answer = host->machine.can & CAN_NAME_CALLS;

    say(answer, may_look && may_answer ? HOST_THERE : HOST_MISSING, "%s",
        !may_look     ? "no CAP_SYS_PTRACE, so no program's descriptor can be looked at"
        : !may_answer ? "no user notification, so no call can be answered"
                      : "on files of the cell");
}

static void ask_landlock(const struct host *host, struct host_finding *answer)
{
    int version = landlock_version();

    (void)host;
    if (version == 0)
        say(answer, HOST_MISSING, "not in this kernel, or disabled");
    else
        say(answer, version < LANDLOCK_LEAST ? HOST_PARTLY : HOST_THERE, "version %d", version);
}

/* Checks the syscalls that have no substitute. */
static void ask_calls(const struct host *host, struct host_finding *answer)
{
    static const struct {
        const char *name;
        long number;
        const char *since;
    } calls[] = {{"pidfd_open", SYS_pidfd_open, "5.3"},
                 {"clone3", SYS_clone3, "5.3"},
                 {"openat2", SYS_openat2, "5.6"},
                 {"close_range", SYS_close_range, "5.9"}};

    (void)host;
    for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
        if (syscall(calls[i].number, -1, NULL, 0, 0) >= 0 || errno != ENOSYS)
            continue;
        say(answer, HOST_MISSING, "%s (since Linux %s)", calls[i].name, calls[i].since);
        return;
    }
    say(answer, HOST_THERE, "pidfd, clone3, openat2, close_range");
}

static void ask_mounts(const struct host *host, struct host_finding *answer)
{
    _cleanup_(fd_closep) int context = fsopen("tmpfs", FSOPEN_CLOEXEC);
    bool has_setattr;

    (void)host;
    if (context < 0) {
        say(answer, HOST_MISSING, "fsopen: %s", strerror(errno));
        return;
    }
    has_setattr = mount_setattr(-1, "", 0, NULL, 0) >= 0 || errno != ENOSYS;
    if (has_setattr)
        say(answer, HOST_THERE, "mounts by descriptor");
    else
        say(answer, HOST_MISSING, "mount_setattr (since Linux 5.12)");
}

/* Reports why the user has one ID for all cells, although more are assigned. */
static void say_alone(struct host_finding *answer, const bool is_missing[USERNS_N_TOOLS])
{
    const char *groups = userns_tool(0), *users = userns_tool(1);

    if (is_missing[0] && is_missing[1])
        say(answer, HOST_MISSING, "only your own ID: %s and %s are not installed", groups, users);
    else if (is_missing[0] || is_missing[1])
        say(answer, HOST_MISSING, "only your own ID: %s is not installed", is_missing[0] ? groups : users);
    else
        say(answer, HOST_MISSING, "only your own ID: %s and %s map no IDs", groups, users);
    snprintf(answer->hint, sizeof(answer->hint),
             "apt-get install uidmap; newuidmap and newgidmap must both be there, and set-user-ID root or "
             "with their capabilities");
}

/* Reports whether cells have two IDs per slot, or one ID for all of them. */
static void ask_range(const struct host *host, struct host_finding *answer)
{
    const struct userns_alone alone = userns_why_alone(host->settings.search_path);

    if (host->n_ids > 1)
        say(answer, HOST_THERE, "for %u cells", host->n_ids / 2);
    else if (alone.is_assigned_ids)
        say_alone(answer, alone.is_missing);
    else
        say(answer, HOST_MISSING, "only your own ID");
}

/* Checks that the IDs are mapped, because a user namespace maps only some IDs. */
static void ask_ids(const struct host *host, struct host_finding *answer)
{
    const uint64_t n = (uint64_t)2 * LEASE_N_SLOTS, first = LEASE_FIRST_UID, last = first + n - 1;

    if (geteuid() != 0)
        say(answer, HOST_THERE, "%s", host->n_ids > 1 ? "those of /etc/subuid and /etc/subgid" : "your own");
    else if (ids_mapped(LEASE_FIRST_UID) >= n)
        say(answer, HOST_THERE, "%" PRIu64 " to %" PRIu64, first, last);
    else
        say(answer, HOST_MISSING, "%" PRIu64 " to %" PRIu64 " are not mapped", first, last);
}

/* Takes a slot and releases it. */
static void ask_slots(const struct host *host, struct host_finding *answer)
{
    struct lease lease = {.fd = -1, .runtime = host->settings.runtime, .n_ids = host->n_ids};
    int r = lease_take(&lease, 0);

    if (r == 0)
        say(answer, HOST_THERE, "%.150s", lease.runtime);
    else
        say(answer, HOST_MISSING, "%.150s: %s", lease.runtime, r > 0 ? "all slots are in use" : strerror(-r));
    lease_release(&lease);
}

static void ask_cache(const struct host *host, struct host_finding *answer)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    const char *path = host->settings.cache;
    struct statvfs fs;

    compile_cache_open(&cache, &host->settings);
    if (!*path || cache.most_bytes == 0) {
        say(answer, HOST_MISSING, "disabled, or EXRUN_CACHE_BYTES is not a size such as 256M");
        return;
    }
    if (cache.directory < 0 || fstatvfs(cache.directory, &fs) < 0) {
        say(answer, HOST_MISSING, "%.150s can't be used", path);
        return;
    }
    say(answer, fs.f_bavail * fs.f_frsize < cache.most_bytes ? HOST_PARTLY : HOST_THERE,
        "%.100s, %" PRIu64 " MiB free, up to %" PRIu64 " MiB used", path,
        (uint64_t)(fs.f_bavail * fs.f_frsize) >> 20, cache.most_bytes >> 20);
}

/* Returns the first hard limit that is too low for a run under @limits; N_RLIMITS if all are high enough. */
static enum rlimits first_too_low(const struct machine *machine, const struct limits *limits)
{
    enum rlimits which = 0;

    while (which < N_RLIMITS &&
           (machine->can & CAN_RAISE ||
            machine->hard[which] >= rlimits_least(which, limits, machine->core_dumps_run_handler)))
        which++;
    return which;
}

/* A hard limit must be high enough for a profile that sets no limits. If it is too low just for the highest
 * possible request, the check passes and reports it. */
static void ask_hard_limits(const struct host *host, struct host_finding *answer)
{
    const struct machine *machine = &host->machine;
    const struct limits normal = limits_normal(), most = limits_most();
    enum rlimits low = first_too_low(machine, &normal), short_of_most = first_too_low(machine, &most);

    if (low < N_RLIMITS)
        say(answer, HOST_MISSING, "%s is %" PRIu64 ", and exrun can't raise it", rlimits_rows[low].word,
            machine->hard[low]);
    else if (short_of_most < N_RLIMITS)
        say(answer, HOST_THERE, "enough; %s is %" PRIu64 ", and a request for more is refused",
            rlimits_rows[short_of_most].word, machine->hard[short_of_most]);
    else
        say(answer, HOST_THERE, "enough");
}

/* Reports how many cells of the default size the machine has memory for. */
static void ask_room(const struct host *host, struct host_finding *answer)
{
    struct limits normal = limits_normal();
    struct sysinfo info;
    uint64_t bytes;

    if (sysinfo(&info) < 0) {
        say(answer, HOST_MISSING, "%s", strerror(errno));
        return;
    }
    bytes = (uint64_t)info.totalram * info.mem_unit;
    say(answer, bytes < normal.memory_bytes ? HOST_MISSING : HOST_THERE,
        "%u processors, %" PRIu64 " MiB: %" PRIu64 " cells of %" PRIu64 " MiB at once", host->machine.n_cpus,
        bytes >> 20, bytes / normal.memory_bytes, normal.memory_bytes >> 20);
}

const struct host_check host_checks[N_HOST_CHECKS] = {
    {"kernel", true, ask_kernel, "no cell can be made", "run Linux 5.14 or newer"},
    {"room", false, ask_room, "a program is ended for memory before it reaches its limit",
     "lower memory_bytes, or add memory"},
    {"power", true, ask_power, "no cell can be made",
     "run as root; in a container add CAP_SYS_ADMIN, SETUID, SETGID, SETPCAP, CHOWN, MKNOD, KILL, NET_ADMIN"},
    {"user-namespaces", false, ask_user_namespaces, "only root can make cells",
     "sysctl user.max_user_namespaces=10000; on Debian kernel.unprivileged_userns_clone=1; on Ubuntu "
     "kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile for exrun with \"userns,\""},
    {"namespaces", true, ask_namespaces, "no cell can be made",
     "a kernel with all namespaces; a container that may make them"},
    {"cgroup", true, ask_cgroup,
     "what is missing can't be limited: runs are refused, or go on with --best-effort",
     "mount cgroup v2, or the v1 controllers memory, pids and cpuacct; without root have a group handed "
     "over: "
     "Delegate=yes in the unit, or systemd-run --user --scope -p Delegate=yes"},
    {"swap", false, ask_swap, "a program may use swap beyond its memory limit",
     "boot with swapaccount=1, or without swap"},
    {"seccomp", true, ask_filter, "system calls can't be limited", "a kernel with CONFIG_SECCOMP_FILTER"},
    {"seccomp-notify", false, ask_names, "a denied call ends the run, but its name is not known",
     "Linux 5.0 or later"},
    {"locks", false, ask_locks, "programs can't lock their files: SQLite can't write a database",
     "in a container add CAP_SYS_PTRACE; Linux 5.6 or later"},
    {"landlock", false, ask_landlock, "files have one fence, the root, and not two",
     "Linux 5.19 or later, with lsm=landlock"},
    {"calls", true, ask_calls, "no cell can be made", "Linux 5.9 or later"},
    {"mounts", true, ask_mounts, "no cell can be made", "Linux 5.12 or later"},
    {"user-ids", true, ask_ids, "cells would share a user with somebody", "map these ids into the container"},
    {"id-range", false, ask_range,
     "the program, and the front of the service, have the ID of the user who runs exrun",
     "apt-get install uidmap, and usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER"},
    {"hard-limits", true, ask_hard_limits, "a program would meet them before its own: runs are refused",
     "start exrun without them (ulimit -H, prlimit; systemd: LimitCPU= and the like), or with "
     "CAP_SYS_RESOURCE"},
    {"slots", true, ask_slots, "no cell can be made", "make the directory writable for exrun's user alone"},
    {"cache", false, ask_cache, "each compiled program is compiled at each run",
     "name a directory of exrun's own in EXRUN_CACHE"},
};

const char *host_state_word(enum host_state state)
{
    static const char *const words[] = {
        [HOST_THERE] = "yes", [HOST_PARTLY] = "partly", [HOST_MISSING] = "no"};

    return words[state];
}
