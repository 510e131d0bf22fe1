/* SPDX-License-Identifier: MIT */
/* Turns the signals that end exrun into a descriptor to wait for. */
#include "runner/command/cancels.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define PATIENCE_MS 1000

/* Lists the signals that would end exrun and can be blocked. Signals that the caller had ignored,
 * as nohup(1) does with SIGHUP, stay ignored. */
static void cancel_signals(sigset_t *ret)
{
    static const int numbers[] = {SIGINT,  SIGTERM, SIGHUP,    SIGQUIT, SIGUSR1,
                                  SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU};
    struct sigaction now;

    sigemptyset(ret);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(ret, numbers[i]);
}

int cancels_open(struct cancels *cancels, struct error *err)
{
    sigset_t signals;

    cancel_signals(&signals);
    if (sigprocmask(SIG_BLOCK, &signals, &cancels->before) == 0)
        cancels->signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (cancels->signals < 0)
        return error_set(err, -errno, EX_OSERR, "", "can't wait for signals: %s", strerror(errno));
    return 0;
}

void cancels_answer(struct cancels *cancels)
{
    struct signalfd_siginfo answered;

    while (read(cancels->signals, &answered, sizeof(answered)) > 0)
        ;
}

int cancels_write(struct cancels *cancels, const char *text, size_t size)
{
    struct pollfd fds[] = {{.fd = STDOUT_FILENO, .events = POLLOUT},
                           {.fd = cancels->signals, .events = POLLIN}};

    while (size > 0) {
        /* If a pipe can take anything, it takes this much without blocking (pipe(7)). */
        size_t piece = size < PIPE_BUF ? size : PIPE_BUF;
        ssize_t written;

        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return -errno;
        /* A reader that is merely slow gets the whole answer. */
        if (!fds[0].revents && fds[1].revents && poll(fds, 1, PATIENCE_MS) <= 0)
            return -EINTR;
        if (!fds[0].revents)
            continue;
        written = write(STDOUT_FILENO, text, piece);
        if (written < 0 && errno != EINTR && errno != EAGAIN)
            return -errno;
        if (written > 0) {
            text += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

void cancels_close(struct cancels *cancels)
{
    if (cancels->signals < 0)
        return;
    fd_closep(&cancels->signals);
    sigprocmask(SIG_SETMASK, &cancels->before, NULL);
}
