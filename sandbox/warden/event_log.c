/* SPDX-License-Identifier: MIT */
/* The warden's part in the log. */
#include "sandbox/warden/event_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/warden/log_file.h"

int event_log_open(struct warden *warden)
{
    struct warden_log *events = warden->log;

    if (getrandom(events->key, sizeof(events->key), 0) != sizeof(events->key))
        return -EIO;
    event_log_renew(warden);
    return 0;
}

static void send_file(const struct warden *warden)
{
    struct wire_log told;

    memcpy(told.key, warden->log->key, sizeof(told.key));
    if (warden->log->fd >= 0)
        warden_to_front(warden, &(struct wire_message){.type = WIRE_LOG,
                                                       .payload = (char *)&told,
                                                       .size = sizeof(told),
                                                       .fd = warden->log->fd});
    explicit_bzero(&told, sizeof(told));
}

/* Sends the events that wait, as far as a front takes them. */
static void send_events(const struct warden *warden)
{
    struct warden_log *events = warden->log;
    size_t n = 0;

    while (n < events->n_pending && warden->front_socket >= 0 &&
           wire_send(warden->front_socket, &(struct wire_message){.type = WIRE_EVENT,
                                                                  .payload = (char *)&events->pending[n],
                                                                  .size = sizeof(events->pending[n]),
                                                                  .fd = -1}) == 0)
        n++;
    events->n_pending -= n;
    memmove(events->pending, events->pending + n, events->n_pending * sizeof(*events->pending));
}

static bool is_same(int fd, int other)
{
    struct stat one, two;

    return fstat(fd, &one) == 0 && fstat(other, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

/* Opens the file of the settings. Without one, lines go to /dev/null, for a front that has had a file. */
static int open_file(const struct warden *warden)
{
    const struct load_settings *settings = &warden->load.settings;
    int fd;

    if (settings->log_path)
        return log_file_open(settings->log_path, settings->log_group);
    fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

void event_log_renew(struct warden *warden)
{
    struct warden_log *events = warden->log;
    _cleanup_(fd_closep) int fd = -1;

    if (events->fd < 0 && !warden->load.settings.log_path)
        return;
    fd = open_file(warden);
    if (fd < 0) {
        warden_tell(warden, WARDEN_CANT_LOG, events->fd >= 0, -fd);
        return;
    }
    if (events->fd >= 0 && is_same(fd, events->fd))
        return;
    fd_closep(&events->fd);
    events->fd = fd_steal(&fd);
    send_file(warden);
}

void event_log_greet(struct warden *warden)
{
    if (warden->log->fd >= 0)
        log_file_mend(warden->log->fd);
    send_file(warden);
    send_events(warden);
}

void event_log_note(const struct warden *warden, const struct wire_event *event)
{
    struct warden_log *events = warden->log;

    if (events->fd < 0 || event->event >= N_WARDEN_LOGGED)
        return;
    send_events(warden);
    if (events->n_pending == WARDEN_MOST_EVENTS) {
        events->n_lost++;
        return;
    }
    events->pending[events->n_pending] = *event;
    events->pending[events->n_pending++].n_lost = events->n_lost;
    events->n_lost = 0;
    send_events(warden);
}

void event_log_end(struct warden *warden)
{
    const struct warden_calls *calls = &warden->config->calls;

    for (size_t i = 0; i < warden->log->n_pending && warden->log->fd >= 0; i++)
        calls->line(calls->arg, warden->log->fd, &warden->log->pending[i]);
    warden->log->n_pending = 0;
}

void event_log_close(struct warden *warden)
{
    fd_closep(&warden->log->fd);
    explicit_bzero(warden->log->key, sizeof(warden->log->key));
}
