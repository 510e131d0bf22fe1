/* SPDX-License-Identifier: MIT */
/* One output stream. */
#include "sandbox/run/output.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM 4096

void output_init(struct output *output, int source, int sink, struct output_budget *budget)
{
    *output = (struct output){.source = source, .sink = sink, .budget = budget};
}

void output_deinit(struct output *output)
{
    free(output->data);
    output->data = NULL;
}

static int keep(struct output *output, const char *bytes, size_t size)
{
    if (output->size + size >= output->room) {
        size_t room = output->room ? output->room : FIRST_ROOM;
        char *grown;

        while (room <= output->size + size)
            room *= 2;
        grown = realloc(output->data, room);
        if (!grown)
            return -ENOMEM;
        output->data = grown;
        output->room = room;
    }
    memcpy(output->data + output->size, bytes, size);
    output->size += size;
    output->data[output->size] = '\0';
    return 0;
}

bool output_read(struct output *output)
{
    struct output_budget *budget = output->budget;
    ssize_t got;
    size_t size;

    if (output->has_ended || output->pending_size > 0)
        return false;
    do
        got = read(output->source, output->pending, sizeof(output->pending));
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
    if (output->error == 0 && output->sink < 0)
        output->error = keep(output, output->pending, size);
    else if (output->error == 0)
        output->pending_size = size;
    output->pending_from = 0;
    return true;
}

void output_write(struct output *output)
{
    size_t size = output->pending_size > PIPE_BUF ? PIPE_BUF : output->pending_size;
    ssize_t written;

    if (size == 0)
        return;
    written = write(output->sink, output->pending + output->pending_from, size);
    if (written < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (written < 0) {
        output->error = -errno;
        output->pending_size = 0;
        return;
    }
    output->pending_from += (size_t)written;
    output->pending_size -= (size_t)written;
}

void output_drain(struct output *output)
{
    while (output_read(output))
        ;
}

bool output_is_lost(const struct output *output)
{
    return output->sink < 0 && output->error < 0;
}
