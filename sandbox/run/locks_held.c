/* SPDX-License-Identifier: MIT */
/* Counts held locks. */
#include "sandbox/run/locks_held.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/timing.h"
#include "sandbox/cell/cgroup_tasks.h"
#include "sandbox/run/blocked_call.h"

#define MOST_TEXT (4 << 20)
#define OWN_SEGMENTS 8                  /* mappings of its own file that a compiled program has */
#define MOST_ROUNDS 16                  /* rounds in which new tasks were found */
#define MOST_TRIES 3                    /* tries before a socket without a descriptor counts */
#define MOST_CPU_NS UINT64_C(100000000) /* a descriptor takes 15 us */
#define MOST_IN_MESSAGE 253             /* files: unix(7), SCM_RIGHTS */

/* @sockets: the inodes of the sockets that descriptors refer to. */
struct look {
    const struct cgroup *cgroup;
    const struct locks_devices *own;
    uint64_t most, until_ns;
    struct locks_count count;
    ino_t *sockets;
    size_t n_sockets, room;
};

static void look_deinit(struct look *look)
{
    free(look->sockets);
}

static void count_most(struct look *look)
{
    look->count.n = look->most;
}

/* Returns true if the limit is reached. If counting takes too long, the limit counts as reached. */
static bool is_full(struct look *look)
{
    if (timing_cpu_ns() > look->until_ns)
        count_most(look);
    return look->count.n >= look->most;
}

static bool has_task(const struct cgroup_tasks *tasks, pid_t id)
{
    for (size_t i = 0; i < tasks->n; i++)
        if (tasks->ids[i] == id)
            return true;
    return false;
}

/* Removes the tasks that are in @known from @tasks, and adds the others to @known. Returns false if memory
 * is short. */
static bool keep_new(struct cgroup_tasks *tasks, struct cgroup_tasks *known)
{
    size_t n = 0;
    pid_t *grown = reallocarray(known->ids, known->n + tasks->n + 1, sizeof(*grown));

    if (!grown)
        return false;
    known->ids = grown;
    for (size_t i = 0; i < tasks->n; i++)
        if (!has_task(known, tasks->ids[i]))
            tasks->ids[n++] = tasks->ids[i];
    for (size_t i = 0; i < n; i++)
        known->ids[known->n++] = tasks->ids[i];
    tasks->n = n;
    return true;
}

/* Compares the objects of one kind (@what) that two tasks use, in the kernel's own order (kcmp(2)). Returns 0
 * if they share the object. */
static int compare(pid_t a, pid_t b, int what)
{
    long order = syscall(SYS_kcmp, a, b, what, 0, 0);

    return order == 1 ? -1 : order == 2 ? 1 : 0;
}

static int compare_files(const void *a, const void *b)
{
    return compare(*(const pid_t *)a, *(const pid_t *)b, KCMP_FILES);
}

static int compare_memory(const void *a, const void *b)
{
    return compare(*(const pid_t *)a, *(const pid_t *)b, KCMP_VM);
}

/* Keeps one task for each table of descriptors or each memory, in random order. If the order were
 * predictable, a program that passes its files on during the count would know from which task to hide
 * them. Returns the number of tasks in @ret_ids. */
static size_t reduce(const struct cgroup_tasks *tasks, int what, pid_t *ret_ids)
{
    uint32_t number;
    size_t n = 0;

    memcpy(ret_ids, tasks->ids, tasks->n * sizeof(*ret_ids));
    qsort(ret_ids, tasks->n, sizeof(*ret_ids), what == KCMP_FILES ? compare_files : compare_memory);
    for (size_t i = 0; i < tasks->n; i++)
        if (n == 0 || syscall(SYS_kcmp, ret_ids[n - 1], ret_ids[i], what, 0, 0) != 0)
            ret_ids[n++] = ret_ids[i];
    for (size_t i = 1; i < n && getrandom(&number, sizeof(number), 0) == sizeof(number); i++) {
        size_t other = number % (i + 1);
        pid_t kept = ret_ids[i];

        ret_ids[i] = ret_ids[other];
        ret_ids[other] = kept;
    }
    return n;
}

/* Counts the locks that are listed in @text, the content of a file in /proc/PID/fdinfo
 * (proc_pid_fdinfo(5)). */
static void count_locks(const char *text, const struct locks_devices *own, struct locks_count *count)
{
    for (const char *line = text; (line = strstr(line, "lock:")); line++) {
        unsigned int high, low;

        count->n++;
        if (sscanf(line, "lock: %*d: %*s %*s %*s %*d %x:%x:", &high, &low) == 2)
            count->has_foreign |= makedev(high, low) != own->workspace && makedev(high, low) != own->pipes;
    }
}

/* Returns the number that follows @name in @text, or @otherwise. */
static unsigned long number_in(const char *text, const char *name, unsigned long otherwise)
{
    const char *at = strstr(text, name);

    return at ? strtoul(at + strlen(name), NULL, 10) : otherwise;
}

static void note_socket(struct look *look, ino_t inode)
{
    if (look->n_sockets == look->room) {
        size_t room = look->room ? 2 * look->room : 64;
        ino_t *grown = reallocarray(look->sockets, room, sizeof(*grown));

        if (!grown) {
            count_most(look);
            return;
        }
        look->sockets = grown;
        look->room = room;
    }
    look->sockets[look->n_sockets++] = inode;
}

static void look_at_descriptor(struct look *look, const char *text)
{
    count_locks(text, look->own, &look->count);
    if (!strstr(text, "scm_fds:"))
        return;
    if (number_in(text, "scm_fds:", 0) > 0)
        count_most(look);
    note_socket(look, number_in(text, "ino:", 0));
}

/* Returns true for files, directories, pipes and sockets. Other entries are not read, because an epoll(7)
 * descriptor lists up to 86,000 entries, one in each line, which took seconds. */
static bool can_tell(int fds, const char *name)
{
    struct stat st;

    return fstatat(fds, name, &st, 0) == 0 &&
           (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

/* Returns true for the errors of /proc if a task has ended, or is about to end. */
static bool is_gone(int error)
{
    return error == ENOENT || error == ESRCH;
}

static void look_at_files(struct look *look, pid_t id)
{
    char path[48];
    _cleanup_(dir_closep) DIR *infos = NULL;
    _cleanup_(fd_closep) int fds = -1;
    struct dirent *entry;

    snprintf(path, sizeof(path), "/proc/%d/fdinfo", (int)id);
    infos = opendir(path);
    snprintf(path, sizeof(path), "/proc/%d/fd", (int)id);
    fds = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if ((!infos || fds < 0) && !is_gone(errno))
        count_most(look);
    while (infos && fds >= 0 && !is_full(look) && (entry = readdir(infos))) {
        _cleanup_(freep) char *text = NULL;

        if (entry->d_name[0] == '.' || !can_tell(fds, entry->d_name))
            continue;
        if (fd_read_file(dirfd(infos), entry->d_name, MOST_TEXT, &text, NULL) == 0)
            look_at_descriptor(look, text);
    }
}

/* Counts mappings of the workspace in /proc/PID/maps, which has lines like "FROM-TO FLAGS OFFSET
 * MAJOR:MINOR INODE PATH". */
static void look_at_memory(struct look *look, pid_t id)
{
    _cleanup_(freep) char *text = NULL;
    char path[48];
    uint64_t n = 0;
    int r;

    snprintf(path, sizeof(path), "/proc/%d/maps", (int)id);
    r = fd_read_file(AT_FDCWD, path, MOST_TEXT, &text, NULL);
    if (r == -EFBIG || r == -ENOMEM || r == -EACCES)
        count_most(look);
    for (const char *line = text; line && *line; line = strchr(line, '\n')) {
        unsigned int high, low;

        line += *line == '\n';
        n +=
            sscanf(line, "%*s %*s %*s %x:%x", &high, &low) == 2 && makedev(high, low) == look->own->workspace;
    }
    if (n > OWN_SEGMENTS)
        look->count.n += n - OWN_SEGMENTS;
}

/* A blocked syscall keeps its files open even if their descriptors are closed. */
static void look_at_call(struct look *look, pid_t id)
{
    struct blocked_call call;

    if (blocked_call_read(id, &call) < 0)
        return;
    if (call.number == SYS_poll || call.number == SYS_ppoll)
        look->count.n += call.args[1] & UINT32_MAX;
    else if (call.number == SYS_select || call.number == SYS_pselect6)
        look->count.n += call.args[0] & INT32_MAX;
    else if (call.number == SYS_sendmsg)
        look->count.n += MOST_IN_MESSAGE;
}

static void look_at_tasks(struct look *look, const struct cgroup_tasks *tasks)
{
    _cleanup_(freep) pid_t *ids = calloc(tasks->n + 1, sizeof(*ids));
    size_t n;

    if (!ids) {
        count_most(look);
        return;
    }
    n = reduce(tasks, KCMP_FILES, ids);
    for (size_t i = 0; i < n && !is_full(look); i++)
        look_at_files(look, ids[i]);
    n = reduce(tasks, KCMP_VM, ids);
    for (size_t i = 0; i < n && !is_full(look); i++)
        look_at_memory(look, ids[i]);
    for (size_t i = 0; i < tasks->n && !is_full(look); i++)
        look_at_call(look, tasks->ids[i]);
}

static bool is_seen(const struct look *look, ino_t inode)
{
    for (size_t i = 0; i < look->n_sockets; i++)
        if (look->sockets[i] == inode)
            return true;
    return false;
}

/* Returns true if there is a socket that only a blocked syscall holds, without a descriptor, because messages
 * in such a socket can contain files. All tasks have the same network namespace, which lists its sockets as
 * "ADDRESS: COUNT PROTOCOL FLAGS TYPE STATE INODE PATH". A socket that has not been accepted yet has no
 * inode. */
static bool has_hidden_socket(const struct look *look, pid_t id)
{
    _cleanup_(freep) char *text = NULL;
    char path[48];

    snprintf(path, sizeof(path), "/proc/%d/net/unix", (int)id);
    if (fd_read_file(AT_FDCWD, path, MOST_TEXT, &text, NULL) < 0)
        return false;
    for (const char *line = strchr(text, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
        unsigned long inode;

        if (sscanf(line + 1, "%*s %*s %*s %*s %*s %*s %lu", &inode) == 1 && inode > 0 &&
            !is_seen(look, inode))
            return true;
    }
    return false;
}

/* Looks at all tasks, and then at new ones, until it finds no more. */
static void look_at_all(struct look *look, pid_t *ret_last)
{
    _cleanup_(cgroup_tasks_deinit) struct cgroup_tasks known = {0};

    for (int round = 0; round < MOST_ROUNDS; round++) {
        _cleanup_(cgroup_tasks_deinit) struct cgroup_tasks tasks = {0};

        if (cgroup_tasks_list(look->cgroup, &tasks) < 0 || !keep_new(&tasks, &known))
            break;
        if (tasks.n == 0)
            return;
        *ret_last = tasks.ids[0];
        look_at_tasks(look, &tasks);
    }
    count_most(look);
}

struct locks_count locks_held(const struct cgroup *cgroup, const struct locks_devices *own, uint64_t most)
{
    struct locks_count count = {.n = most};

    for (int try = 0; try < MOST_TRIES; try++) {
        _cleanup_(look_deinit) struct look look = {
            .cgroup = cgroup, .own = own, .most = most, .until_ns = timing_cpu_ns() + MOST_CPU_NS};
        pid_t last = 0;

        look_at_all(&look, &last);
        count = look.count;
        if (is_full(&look) || last == 0 || !has_hidden_socket(&look, last))
            return count;
    }
    count.n = most;
    return count;
}

bool locks_are_foreign(pid_t tid, int fd, const struct locks_devices *own)
{
    _cleanup_(freep) char *text = NULL;
    struct locks_count count = {0};
    char path[64];

    snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)tid, fd);
    if (fd_read_file(AT_FDCWD, path, MOST_TEXT, &text, NULL) == 0)
        count_locks(text, own, &count);
    return count.has_foreign;
}
