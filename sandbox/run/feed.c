/* SPDX-License-Identifier: MIT */
/* Feeds a program's stdin. */
#include "sandbox/run/feed.h"

#include <errno.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

static void close_when_done(struct feed *feed)
{
    if (feed->size == 0 && feed->source < 0)
        fd_closep(&feed->pipe);
}

void feed_init(struct feed *feed, int pipe, int source, const char *bytes, size_t size)
{
    *feed = (struct feed){.pipe = pipe, .source = source, .bytes = bytes, .size = size};
    close_when_done(feed);
}

void feed_deinit(struct feed *feed)
{
    fd_closep(&feed->pipe);
}

void feed_wants(const struct feed *feed, int *ret_write_fd, int *ret_read_fd)
{
    *ret_write_fd = feed->size > 0 ? feed->pipe : -1;
    *ret_read_fd = feed->size == 0 && feed->pipe >= 0 ? feed->source : -1;
}

void feed_write(struct feed *feed)
{
    ssize_t written = write(feed->pipe, feed->bytes, feed->size);

    if (written < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (written < 0) {
        /* The program no longer reads its stdin, which is not an error. */
        feed->size = 0;
        feed->source = -1;
    } else {
        feed->bytes += written;
        feed->size -= (size_t)written;
    }
    close_when_done(feed);
}

void feed_read(struct feed *feed)
{
    ssize_t got = read(feed->source, feed->buffer, sizeof(feed->buffer));

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        feed->source = -1;
    } else {
        feed->bytes = feed->buffer;
        feed->size = (size_t)got;
    }
    close_when_done(feed);
}
