/* SPDX-License-Identifier: MIT */
/* One output stream. */
#include "sandbox/run/output.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define MOST_PENDING 16384

/* At most a page at a time, so that a pipe that is ready takes it whole. */
static ssize_t write_to_fd(const struct output_sink *sink, const char *bytes, size_t size)
{
    ssize_t written = write(sink->fd, bytes, size > PIPE_BUF ? PIPE_BUF : size);

    if (written < 0 && errno == EINTR)
        return -EAGAIN;
    return written < 0 ? -errno : written;
}

struct output_sink output_sink_of_fd(int fd)
{
    if (fd < 0)
        return (struct output_sink)OUTPUT_KEPT;
    return (struct output_sink){.pass = write_to_fd, .fd = fd};
}

int output_init(struct output *output, int source, const struct output_sink *sink,
                struct output_budget *budget)
{
    *output = (struct output){.source = source, .sink = sink, .budget = budget};
    output->pending = malloc(MOST_PENDING); /* its pages take memory only if output comes */
    return output->pending ? 0 : -ENOMEM;
}

void output_deinit(struct output *output)
{
    growing_deinit(&output->kept);
    free(steal(output->pending));
}

size_t output_waiting(const struct output *output)
{
    if (!output->sink->pass || output->error < 0)
        return 0;
    return output->sink->keeps ? output->kept.size - output->n_passed : output->pending_size;
}

bool output_read(struct output *output)
{
    struct output_budget *budget = output->budget;
    ssize_t got;
    size_t size;

    if (output->has_ended || output_waiting(output) > 0)
        return false;
    do
        got = read(output->source, output->pending, MOST_PENDING);
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
        output->has_ended = got == 0 || errno != EAGAIN;
        return false;
    }
    size = (size_t)got;
    if (size > budget->left) {
        size = (size_t)budget->left;
        output->is_truncated = budget->is_exceeded = true;
    }
    budget->left -= size;
    if (output->sink->keeps && !output->is_lost)
        output->is_lost = growing_add(&output->kept, output->pending, size) < 0;
    output->pending_from = 0;
    output->pending_size = size;
    /* Otherwise poll(2) tells when the sink can take it. */
    if (output->sink->fd < 0)
        output_write(output);
    return true;
}

void output_write(struct output *output)
{
    const struct output_sink *sink = output->sink;
    size_t size = output_waiting(output);
    ssize_t taken;

    if (size == 0)
        return;
    taken = sink->pass(
        sink, sink->keeps ? output->kept.data + output->n_passed : output->pending + output->pending_from,
        size);
    if (taken == -EAGAIN)
        return;
    if (taken < 0) {
        output->error = (int)taken;
        return;
    }
    if (sink->keeps) {
        output->n_passed += (size_t)taken;
        return;
    }
    output->pending_from += (size_t)taken;
    output->pending_size -= (size_t)taken;
}

bool output_is_passed(const struct output *output)
{
    int unread = 0;

    return output_waiting(output) == 0 &&
           (output->has_ended || (ioctl(output->source, FIONREAD, &unread) == 0 && unread == 0));
}

void output_drain(struct output *output)
{
    while (output_read(output))
        ;
}
