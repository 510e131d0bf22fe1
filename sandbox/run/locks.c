/* SPDX-License-Identifier: MIT */
/* Answers syscalls that lock files. */
#include "sandbox/run/locks.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/timing.h"
#include "sandbox/run/locks_held.h"

#define MOST_WALKED (UINT64_C(1) << 24)
#define MOST_LOCKS 4096 /* a lock takes 200 bytes of kernel memory, which are charged to no cgroup */
#define MOST_REFUSED 1024
#define LONGEST_WAIT_MS 20 /* maximum time between two tries */
#define LOOKS_PART 5       /* counting takes at most 1/LOOKS_PART of the time */

/* The state of a trapped syscall. REFUSED: it was answered, or can't be allowed. LATER: it is too early to
 * count the locks again. BUSY: another open file has the lock. */
enum answer { ANSWERED, REFUSED, LATER, BUSY };

/* Returns how many locks a cell with these limits may hold; at least one. */
static uint64_t most_locks(uint64_t files, uint64_t processes)
{
    uint64_t most = MOST_WALKED / (files * processes);

    return most < 1 ? 1 : most > MOST_LOCKS ? MOST_LOCKS : most;
}

void locks_init(struct locks *locks, const struct cell *cell, const struct limits *limits)
{
    struct stat workspace, pipe;

    *locks = (struct locks){.cell = cell, .most = most_locks(limits->files, limits->processes)};
    if (fstat(cell->workspace, &workspace) < 0 || fstat(cell->output, &pipe) < 0)
        return;
    locks->own = (struct locks_devices){workspace.st_dev, pipe.st_dev};
    locks->has_devices = true;
}

void locks_deinit(struct locks *locks)
{
    for (unsigned int i = 0; i < locks->n_waiting; i++)
        fd_closep(&locks->waiting[i].fd);
    locks->n_waiting = 0;
    free(steal(locks->waiting));
}

/* Returns false if nothing waits for the answer: the process was killed, or a signal ended the syscall. */
static bool reply(const struct locks *locks, uint64_t id, int error, uint32_t flags)
{
    struct seccomp_notif_resp answer = {.id = id, .error = -error, .flags = flags};

    return ioctl(locks->cell->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0;
}

static bool is_waiting_still(const struct locks *locks, uint64_t id)
{
    return ioctl(locks->cell->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

/* Returns true if the file is the cell's own. These are files of its workspace, and pipes: its own ones,
 * and the three that lead to exrun. */
static bool is_own(const struct locks *locks, const struct stat *st)
{
    return locks->has_devices &&
           (st->st_dev == locks->own.workspace || (S_ISFIFO(st->st_mode) && st->st_dev == locks->own.pipes));
}

/* Returns ANSWERED if one more lock may be taken, REFUSED if not, or LATER if it is too early to count the
 * locks again. */
static enum answer ask_for_room(struct locks *locks)
{
    uint64_t begun_ns, ended_ns;
    struct locks_count count;

    if (locks->taken < locks->most)
        return ANSWERED;
    begun_ns = timing_now_ns();
    if (begun_ns < locks->next_look_ns)
        return LATER;
    count = locks_held(&locks->cell->cgroup, &locks->own, locks->most);
    ended_ns = timing_now_ns();
    locks->next_look_ns = ended_ns + (LOOKS_PART - 1) * (ended_ns - begun_ns);
    locks->taken = count.n;
    locks->is_raced |= count.has_foreign;
    return locks->taken < locks->most ? ANSWERED : REFUSED;
}

static enum answer fail(const struct locks *locks, uint64_t id, int error)
{
    reply(locks, id, error, 0);
    return ANSWERED;
}

/* Refuses a lock on a file that is not the cell's own. */
static enum answer refuse(const struct locks *locks, uint64_t id)
{
    reply(locks, id, ENOLCK, 0);
    return REFUSED;
}

/* Only threads share a table of descriptors (the policy ensures that), so a process with one thread can't
 * race. The directory of a process's threads has two links, and one more for each thread. */
static bool may_race(pid_t tid)
{
    char path[32];
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%d/task", (int)tid);
    return stat(path, &st) < 0 || st.st_nlink != 3;
}

static void remember(struct locks *locks, const struct seccomp_notif *call)
{
    if (!may_race((pid_t)call->pid))
        return;
    locks->last[locks->at_last] = (struct locks_last){(pid_t)call->pid, (int)call->data.args[0]};
    locks->at_last = (locks->at_last + 1) % LOCKS_N_LAST;
    locks->has_news = true;
}

/* Answers a syscall for a record lock. While it is trapped, another task can't reuse its thread ID. If the
 * task has been killed, nothing receives the answer. */
static enum answer answer_record(struct locks *locks, const struct seccomp_notif *call)
{
    char path[64];
    enum answer room;
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%u/fd/%d", call->pid, (int)call->data.args[0]);
    if (stat(path, &st) < 0)
        return fail(locks, call->id, errno == ENOENT ? EBADF : ENOLCK);
    if (!is_own(locks, &st))
        return refuse(locks, call->id);
    room = ask_for_room(locks);
    if (room != ANSWERED)
        return room == LATER ? LATER : fail(locks, call->id, ENOLCK);
    locks->taken++;
    remember(locks, call);
    reply(locks, call->id, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
    return ANSWERED;
}

static int open_task(pid_t tid)
{
    const unsigned int thread = O_EXCL; /* PIDFD_THREAD, Linux 6.9 */

    return (int)syscall(SYS_pidfd_open, tid, thread);
}

/* Returns the content of /proc/TID/status, which the caller frees; NULL if the task is gone. */
static char *status_of(pid_t tid)
{
    char path[32], *text = NULL;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
    return fd_read_file(AT_FDCWD, path, 1 << 14, &text, NULL) < 0 ? NULL : text;
}

/* Returns the process ID of a thread, or -1 if it is gone. Needed if the kernel has no pidfds for threads. */
static pid_t process_of(pid_t tid)
{
    _cleanup_(freep) char *status = status_of(tid);
    const char *at = status ? strstr(status, "Tgid:") : NULL;
    int process;

    return at && sscanf(at, "Tgid: %d", &process) == 1 ? (pid_t)process : -1;
}

/* Returns a copy of the descriptor that @call names, which the caller closes, or -errno. */
static int copy_of(const struct locks *locks, const struct seccomp_notif *call)
{
    pid_t tid = (pid_t)call->pid;
    int theirs = (int)call->data.args[0];
    _cleanup_(fd_closep) int task = open_task(tid), copy = -1;

    if (task < 0 && errno == EINVAL)
        task = (int)syscall(SYS_pidfd_open, process_of(tid), 0);
    /* This check proves that the ID was not reused before the pidfd was opened (seccomp_unotify(2)). */
    if (task < 0 || !is_waiting_still(locks, call->id))
        return -ESRCH;
    copy = (int)syscall(SYS_pidfd_getfd, task, theirs, 0);
    if (copy < 0)
        return -errno;
    /* A thread can have its own table of descriptors. */
    if (syscall(SYS_kcmp, tid, gettid(), KCMP_FILE, theirs, copy) > 0)
        return -EBADF;
    return fd_steal(&copy);
}

/* Answers flock(2). *@fd is the copy of the descriptor from an earlier try, or -1. It is kept for the next
 * try, and the caller closes it. */
static enum answer answer_flock(struct locks *locks, const struct seccomp_notif *call, int *fd)
{
    int operation = (int)call->data.args[1];
    enum answer room;
    struct stat st;

    if (*fd < 0)
        *fd = copy_of(locks, call);
    if (*fd < 0)
        return fail(locks, call->id, *fd == -EBADF ? EBADF : ENOLCK);
    if (fstat(*fd, &st) < 0 || !is_own(locks, &st))
        return refuse(locks, call->id);
    room = ask_for_room(locks);
    if (room != ANSWERED)
        return room == LATER ? LATER : fail(locks, call->id, ENOLCK);
    if (flock(*fd, operation | LOCK_NB) < 0) {
        if (errno == EWOULDBLOCK && !(operation & LOCK_NB))
            return BUSY;
        return fail(locks, call->id, errno);
    }
    locks->taken++;
    /* A signal ended the syscall in the meantime, and the program was told so. So it must not have the
     * lock. */
    if (!reply(locks, call->id, 0, 0))
        flock(*fd, LOCK_UN);
    return ANSWERED;
}

static enum answer answer(struct locks *locks, struct locks_waiting *one)
{
    return one->call.data.nr == SYS_flock ? answer_flock(locks, &one->call, &one->fd)
                                          : answer_record(locks, &one->call);
}

static void wait_for(struct locks *locks, struct locks_waiting *one)
{
    if (!locks->waiting)
        locks->waiting = malloc(LOCKS_MOST_WAITING * sizeof(*locks->waiting));
    if (!locks->waiting || locks->n_waiting == LOCKS_MOST_WAITING) {
        fail(locks, one->call.id, ENOLCK);
        fd_closep(&one->fd);
        return;
    }
    locks->waiting[locks->n_waiting++] = *one;
}

/* The program's thread sleeps until it has the answer, so exrun can wake it on the same CPU. Then a lock
 * costs half as much (Linux 6.6). */
static void wake_in_turn(struct locks *locks)
{
    const unsigned long sync_wake_up = 1;

    if (!locks->wakes_in_turn)
        ioctl(locks->cell->listener, SECCOMP_IOW(4, uint64_t) /* SECCOMP_IOCTL_NOTIF_SET_FLAGS */,
              sync_wake_up);
    locks->wakes_in_turn = true;
}

/* Returns true if the run may continue after this answer. */
static bool goes_on(struct locks *locks, enum answer given)
{
    locks->n_refused += given == REFUSED;
    return locks->n_refused <= MOST_REFUSED && !locks->is_raced;
}

bool locks_check(struct locks *locks)
{
    for (unsigned int i = 0; i < LOCKS_N_LAST; i++)
        if (locks->last[i].tid > 0)
            locks->is_raced |= locks_are_foreign(locks->last[i].tid, locks->last[i].fd, &locks->own);
    return goes_on(locks, ANSWERED);
}

/* Checks only the last record lock, because each earlier one was checked when it was the last. */
static void check_last(struct locks *locks)
{
    const struct locks_last *last = &locks->last[(locks->at_last + LOCKS_N_LAST - 1) % LOCKS_N_LAST];

    if (locks->has_news && last->tid > 0)
        locks->is_raced |= locks_are_foreign(last->tid, last->fd, &locks->own);
    locks->has_news = false;
}

bool locks_answer(struct locks *locks, const struct seccomp_notif *call)
{
    struct locks_waiting one = {.call = *call, .fd = -1};
    uint64_t begun_ns = timing_cpu_ns();
    enum answer given;

    wake_in_turn(locks);
    check_last(locks);
    given = answer(locks, &one);
    if (given == LATER || given == BUSY)
        wait_for(locks, &one);
    else
        fd_closep(&one.fd);
    locks->cpu_ns += timing_cpu_ns() - begun_ns;
    return goes_on(locks, given);
}

int locks_patience_ms(const struct locks *locks)
{
    unsigned int ms = 1 + locks->n_tries / 8;

    return locks->n_waiting == 0 ? -1 : ms < LONGEST_WAIT_MS ? (int)ms : LONGEST_WAIT_MS;
}

/* Returns true if the task has a pending signal that is neither blocked nor ignored. */
static bool has_signal(pid_t tid)
{
    _cleanup_(freep) char *status = status_of(tid);
    const char *at = status ? strstr(status, "SigPnd:") : NULL;
    unsigned long long own, shared, blocked, ignored;

    return at &&
           sscanf(at, "SigPnd: %llx ShdPnd: %llx SigBlk: %llx SigIgn: %llx", &own, &shared, &blocked,
                  &ignored) == 4 &&
           ((own | shared) & ~(blocked | ignored)) != 0;
}

/* After exrun has received a trapped syscall, a signal that has a handler does not end it (see
 * policy_load()). So if a flock(2) waits for another lock, it is continued in the kernel, and ends as the
 * handler's flags determine. It is counted, because it can still get the lock. If a syscall waits for a
 * count, or if its process could race, exrun itself answers with EINTR. */
static enum answer end_by_signal(struct locks *locks, const struct seccomp_notif *call, enum answer given)
{
    if (given == BUSY && !may_race((pid_t)call->pid)) {
        locks->taken++;
        reply(locks, call->id, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
    } else {
        reply(locks, call->id, EINTR, 0);
    }
    return ANSWERED;
}

static enum answer answer_again(struct locks *locks, struct locks_waiting *one)
{
    enum answer given;

    if (!is_waiting_still(locks, one->call.id))
        return ANSWERED;
    given = answer(locks, one);
    if ((given == LATER || given == BUSY) && has_signal((pid_t)one->call.pid))
        return end_by_signal(locks, &one->call, given);
    return given;
}

bool locks_retry(struct locks *locks)
{
    unsigned int n_left = 0, n_before = locks->n_waiting;
    uint64_t begun_ns = timing_cpu_ns();
    bool is_fine = true;

    /* Tries depend on the time, and not on how many other events there are. */
    if (timing_now_ns() < locks->next_try_ns)
        return true;
    for (unsigned int i = 0; i < n_before; i++) {
        enum answer given = answer_again(locks, &locks->waiting[i]);

        is_fine &= goes_on(locks, given);
        if (given == LATER || given == BUSY)
            locks->waiting[n_left++] = locks->waiting[i];
        else
            fd_closep(&locks->waiting[i].fd);
    }
    locks->n_tries = n_left < n_before ? 0 : locks->n_tries + 1;
    locks->n_waiting = n_left;
    locks->cpu_ns += timing_cpu_ns() - begun_ns;
    if (n_left > 0)
        locks->next_try_ns = timing_now_ns() + (uint64_t)locks_patience_ms(locks) * 1000000U;
    return is_fine;
}
