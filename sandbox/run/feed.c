/* SPDX-License-Identifier: MIT */
/* Feeds a program's stdin. */
#include "sandbox/run/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define BUFFER_SIZE 16384

static bool can_come(const struct feed *feed)
{
    const struct live_input *live = feed->source.live;

    return feed->source.fd >= 0 || (live && (!live->has_ended || live->size > 0));
}

static void close_when_done(struct feed *feed)
{
    if (feed->size == 0 && !can_come(feed))
        fd_closep(&feed->pipe);
}

int feed_init(struct feed *feed, int pipe, const struct feed_source *source)
{
    *feed = (struct feed){.pipe = pipe, .source = *source};
    if (source->fd < 0 && !source->live)
        return 0;
    feed->buffer = malloc(BUFFER_SIZE);
    return feed->buffer ? 0 : -ENOMEM;
}

void feed_begin(struct feed *feed, const char *bytes, size_t size)
{
    feed->bytes = bytes;
    feed->size = size;
    close_when_done(feed);
}

void feed_deinit(struct feed *feed)
{
    fd_closep(&feed->pipe);
    free(steal(feed->buffer));
}

/* Drops live input that nobody will read, so that its sender does not wait for room. */
static void drop(struct feed *feed)
{
    struct live_input *live = feed->source.live;

    feed->n_live += live->size;
    live->size = 0;
}

void feed_take(struct feed *feed)
{
    struct live_input *live = feed->source.live;

    if (!live)
        return;
    if (feed->pipe < 0) {
        drop(feed);
        return;
    }
    if (feed->size > 0)
        return;
    feed->size = live_input_take(live, feed->buffer, BUFFER_SIZE);
    feed->bytes = feed->buffer;
    feed->is_live = feed->size > 0;
    close_when_done(feed);
}

bool feed_is_waiting(const struct feed *feed)
{
    return feed->pipe >= 0 && feed->size == 0;
}

void feed_wants(const struct feed *feed, int *ret_write_fd, int *ret_read_fd)
{
    *ret_write_fd = feed->size > 0 ? feed->pipe : -1;
    *ret_read_fd = feed_is_waiting(feed) ? feed->source.fd : -1;
}

/* The program no longer reads its stdin, which is not an error. */
static void give_up(struct feed *feed)
{
    feed->n_live += feed->is_live ? feed->size : 0;
    feed->size = 0;
    feed->source.fd = -1;
    fd_closep(&feed->pipe);
}

void feed_write(struct feed *feed)
{
    ssize_t written = write(feed->pipe, feed->bytes, feed->size);

    if (written < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (written < 0) {
        give_up(feed);
        return;
    }
    feed->n_live += feed->is_live ? (size_t)written : 0;
    feed->bytes += written;
    feed->size -= (size_t)written;
    close_when_done(feed);
}

void feed_read(struct feed *feed)
{
    ssize_t got = read(feed->source.fd, feed->buffer, BUFFER_SIZE);

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        feed->source.fd = -1;
    } else {
        feed->bytes = feed->buffer;
        feed->size = (size_t)got;
    }
    close_when_done(feed);
}
