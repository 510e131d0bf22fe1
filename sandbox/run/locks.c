/* SPDX-License-Identifier: MIT */
/* Answering calls that lock files. */
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
#include "sandbox/run/locks_held.h"

#define MOST_WALKED (UINT64_C(1) << 24)
#define MOST_LOCKS 4096    /* a lock is 200 bytes of the kernel's, which it bills to nobody */
#define MOST_READ 50000    /* 2 us each */
#define MOST_REFUSED 4096  /* 15 us each */
#define LONGEST_WAIT_MS 20 /* between two tries */

uint64_t locks_most(uint64_t files, uint64_t processes)
{
    uint64_t most = MOST_WALKED / (files * processes);

    return most < 1 ? 1 : most > MOST_LOCKS ? MOST_LOCKS : most;
}

void locks_init(struct locks *locks, const struct cell *cell, const struct limits *limits)
{
    struct stat st;

    *locks = (struct locks){.cell = cell, .most = locks_most(limits->files, limits->processes)};
    if (fstat(cell->workspace, &st) == 0) {
        locks->workspace = st.st_dev;
        locks->has_workspace = true;
    }
}

void locks_deinit(struct locks *locks)
{
    for (unsigned int i = 0; i < locks->n_waiting; i++)
        close(locks->waiting[i].fd);
    locks->n_waiting = 0;
}

/* Returns false if the call is not there any more: its process was killed, or a signal ended the call. */
static bool reply(const struct locks *locks, uint64_t id, int error, uint32_t flags)
{
    struct seccomp_notif_resp answer = {.id = id, .error = -error, .flags = flags};

    return ioctl(locks->cell->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0;
}

static bool is_waiting_still(const struct locks *locks, uint64_t id)
{
    return ioctl(locks->cell->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

static bool is_own(const struct locks *locks, const struct stat *st)
{
    return locks->has_workspace && st->st_dev == locks->workspace;
}

/* Looks again. If that found no room, not before four times as long: a program that is refused and goes on
 * has us look for a fifth of the time at most. */
static void count_again(struct locks *locks)
{
    uint64_t begun_ns = timing_now_ns(), ended_ns;

    if (begun_ns < locks->next_look_ns || locks->n_read >= MOST_READ)
        return;
    locks->taken = locks_held(&locks->cell->cgroup, locks->most, &locks->n_read);
    ended_ns = timing_now_ns();
    if (locks->taken >= locks->most)
        locks->next_look_ns = ended_ns + 4 * (ended_ns - begun_ns);
}

/* May one more be taken? */
static bool has_room(struct locks *locks)
{
    if (locks->taken >= locks->most)
        count_again(locks);
    return locks->taken < locks->most;
}

static bool refuse(struct locks *locks, uint64_t id, int error)
{
    if (error == ENOLCK && ++locks->n_refused > MOST_REFUSED)
        return false;
    reply(locks, id, error, 0);
    return true;
}

/* A record lock. The number can't be reused by another task while the call is trapped, and what comes too
 * late for it is answered to nobody. */
static bool answer_record(struct locks *locks, const struct seccomp_notif *call)
{
    char path[64];
    struct stat st;

    snprintf(path, sizeof(path), "/proc/%u/fd/%d", call->pid, (int)call->data.args[0]);
    if (stat(path, &st) < 0)
        return refuse(locks, call->id, errno == ENOENT ? EBADF : ENOLCK);
    if (!is_own(locks, &st) || !has_room(locks))
        return refuse(locks, call->id, ENOLCK);
    locks->taken++;
    reply(locks, call->id, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
    return true;
}

static int open_task(pid_t tid)
{
    const unsigned int thread = O_EXCL; /* PIDFD_THREAD, Linux 6.9 */

    return (int)syscall(SYS_pidfd_open, tid, thread);
}

/* The process of a thread, for a kernel that has no descriptors of threads; -1 if it is gone. */
static pid_t process_of(pid_t tid)
{
    _cleanup_(freep) char *text = NULL;
    char path[32], *at;
    int process;

    snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
    if (fd_read_file(AT_FDCWD, path, 1 << 14, &text, NULL) < 0)
        return -1;
    at = strstr(text, "Tgid:");
    return at && sscanf(at, "Tgid: %d", &process) == 1 ? (pid_t)process : -1;
}

/* Returns a copy of the descriptor that @call names, or -errno. */
static int copy_of(const struct locks *locks, const struct seccomp_notif *call)
{
    pid_t tid = (pid_t)call->pid;
    int theirs = (int)call->data.args[0];
    _cleanup_(fd_closep) int task = open_task(tid), copy = -1;

    if (task < 0 && errno == EINVAL)
        task = (int)syscall(SYS_pidfd_open, process_of(tid), 0);
    /* The number was not reused before it was opened (seccomp_unotify(2)). */
    if (task < 0 || !is_waiting_still(locks, call->id))
        return -ESRCH;
    copy = (int)syscall(SYS_pidfd_getfd, task, theirs, 0);
    if (copy < 0)
        return -errno;
    /* A thread may have a table of descriptors of its own. */
    if (syscall(SYS_kcmp, tid, getpid(), KCMP_FILE, theirs, copy) > 0)
        return -EBADF;
    return fd_steal(&copy);
}

static bool wait_for(struct locks *locks, const struct seccomp_notif *call, int *fd)
{
    if (locks->n_waiting == LOCKS_MOST_WAITING)
        return refuse(locks, call->id, ENOLCK);
    locks->waiting[locks->n_waiting++] =
        (struct locks_waiting){call->id, fd_steal(fd), (int)call->data.args[1]};
    return true;
}

static bool answer_flock(struct locks *locks, const struct seccomp_notif *call)
{
    _cleanup_(fd_closep) int fd = copy_of(locks, call);
    int operation = (int)call->data.args[1];
    struct stat st;

    if (fd == -EBADF)
        return refuse(locks, call->id, EBADF);
    if (fd < 0 || fstat(fd, &st) < 0 || !is_own(locks, &st) || !has_room(locks))
        return refuse(locks, call->id, ENOLCK);
    locks->taken++;
    if (flock(fd, operation | LOCK_NB) == 0) {
        reply(locks, call->id, 0, 0);
        return true;
    }
    if (errno == EWOULDBLOCK && !(operation & LOCK_NB))
        return wait_for(locks, call, &fd);
    reply(locks, call->id, errno, 0);
    return true;
}

/* The caller sleeps until it has its answer, so we may have its processor: a lock costs half as much
 * (Linux 6.6). */
static void wake_in_turn(struct locks *locks)
{
    const unsigned long sync_wake_up = 1;

    if (!locks->wakes_in_turn)
        ioctl(locks->cell->listener, SECCOMP_IOW(4, uint64_t) /* SECCOMP_IOCTL_NOTIF_SET_FLAGS */,
              sync_wake_up);
    locks->wakes_in_turn = true;
}

bool locks_answer(struct locks *locks, const struct seccomp_notif *call)
{
    wake_in_turn(locks);
    return call->data.nr == SYS_flock ? answer_flock(locks, call) : answer_record(locks, call);
}

int locks_patience_ms(const struct locks *locks)
{
    unsigned int ms = 1 + locks->n_tries / 8;

    return locks->n_waiting == 0 ? -1 : ms < LONGEST_WAIT_MS ? (int)ms : LONGEST_WAIT_MS;
}

/* Returns true if the call that waits was answered, or is gone: a signal ended it as it ends any flock(2).
 * That is why SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV is not asked for. */
static bool try_again(const struct locks *locks, const struct locks_waiting *waiting)
{
    if (!is_waiting_still(locks, waiting->id))
        return true;
    if (flock(waiting->fd, waiting->operation | LOCK_NB) == 0) {
        /* Its caller was told of a signal, and not of a lock. */
        if (!reply(locks, waiting->id, 0, 0))
            flock(waiting->fd, LOCK_UN);
        return true;
    }
    if (errno == EWOULDBLOCK)
        return false;
    reply(locks, waiting->id, errno, 0);
    return true;
}

void locks_retry(struct locks *locks)
{
    unsigned int n_left = 0;

    for (unsigned int i = 0; i < locks->n_waiting; i++)
        if (try_again(locks, &locks->waiting[i]))
            close(locks->waiting[i].fd);
        else
            locks->waiting[n_left++] = locks->waiting[i];
    locks->n_tries = n_left < locks->n_waiting ? 0 : locks->n_tries + 1;
    locks->n_waiting = n_left;
}
