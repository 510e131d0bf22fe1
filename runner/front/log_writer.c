/* SPDX-License-Identifier: MIT */
/* Writes the lines of the log, in a thread. */
#include "runner/front/log_writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"

#define PIECE_BYTES ((size_t)64 << 10) /* of one write, so that room is made soon */
#define RETRY_S 1
#define CLOSE_S 2

static struct timespec after(time_t seconds)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    now.tv_sec += seconds;
    return now;
}

/* Returns the size of the next piece: without the bytes that go on at the start of the buffer. @most: bytes
 * that may be written. */
static size_t piece(const struct log_writer *writer, size_t most)
{
    size_t size = LOG_BUFFER_BYTES - writer->at;

    size = size < writer->n ? size : writer->n;
    return size < most ? size : most;
}

/* Writes one piece, without the lock: the loop only adds behind what waits. Returns false if nothing could be
 * written. */
static bool write_piece(struct log_writer *writer, size_t most)
{
    const size_t size = piece(writer, most);
    const char *data = writer->buffer + writer->at;
    const int fd = writer->fd;
    ssize_t written;

    pthread_mutex_unlock(&writer->lock);
    do
        written = write(fd, data, size);
    while (written < 0 && errno == EINTR);
    pthread_mutex_lock(&writer->lock);
    if (written <= 0)
        return false;
    writer->is_torn = data[written - 1] != '\n';
    writer->at = (writer->at + (size_t)written) % LOG_BUFFER_BYTES;
    writer->n -= (size_t)written;
    return true;
}

/* Returns the bytes up to the end of the line that waits first. */
static size_t line_bytes(const struct log_writer *writer)
{
    size_t size = 0;

    while (size < writer->n && writer->buffer[(writer->at + size) % LOG_BUFFER_BYTES] != '\n')
        size++;
    return size < writer->n ? size + 1 : size;
}

/* Ends the line in the old file. If that can't be done, its rest is dropped, because it would not be a line
 * of the new one. */
static void change_file(struct log_writer *writer)
{
    while (writer->fd >= 0 && writer->is_torn && write_piece(writer, line_bytes(writer)))
        ;
    if (writer->is_torn) {
        size_t rest = line_bytes(writer);

        writer->at = (writer->at + rest) % LOG_BUFFER_BYTES;
        writer->n -= rest;
        writer->n_dropped++;
    }
    writer->is_torn = false;
    fd_closep(&writer->fd);
    writer->fd = fd_steal(&writer->next_fd);
}

static void *run(void *arg)
{
    struct log_writer *writer = arg;

    pthread_mutex_lock(&writer->lock);
    writer->runs = true;
    pthread_cond_broadcast(&writer->changed);
    while (!writer->ends || (writer->n > 0 && writer->fd >= 0)) {
        if (writer->next_fd >= 0) {
            change_file(writer);
        } else if (writer->n == 0 || writer->fd < 0) {
            pthread_cond_wait(&writer->changed, &writer->lock);
        } else if (!write_piece(writer, PIECE_BYTES)) {
            const struct timespec later = after(RETRY_S);

            if (writer->ends)
                break;
            pthread_cond_timedwait(&writer->changed, &writer->lock, &later);
        }
    }
    writer->runs = false;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
    return NULL;
}

static int init(struct log_writer *writer)
{
    pthread_condattr_t attributes;
    int r = pthread_condattr_init(&attributes);

    *writer = (struct log_writer){.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1, .next_fd = -1};
    if (r != 0)
        return -r;
    r = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (r == 0)
        r = pthread_cond_init(&writer->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    return -r;
}

int log_writer_open(struct log_writer *writer)
{
    int r = init(writer);

    if (r < 0)
        return r;
    writer->buffer = malloc(LOG_BUFFER_BYTES);
    if (!writer->buffer)
        return -ENOMEM;
    r = pthread_create(&writer->thread, NULL, run, writer);
    writer->is_started = r == 0;
    pthread_mutex_lock(&writer->lock);
    while (writer->is_started && !writer->runs)
        pthread_cond_wait(&writer->changed, &writer->lock);
    pthread_mutex_unlock(&writer->lock);
    return -r;
}

void log_writer_set(struct log_writer *writer, int fd /* takes */)
{
    pthread_mutex_lock(&writer->lock);
    fd_closep(&writer->next_fd);
    writer->next_fd = fd;
    pthread_cond_broadcast(&writer->changed);
    pthread_mutex_unlock(&writer->lock);
}

void log_writer_add(struct log_writer *writer, const char *line, size_t size)
{
    pthread_mutex_lock(&writer->lock);
    if (size > LOG_BUFFER_BYTES - writer->n) {
        writer->n_dropped++;
    } else {
        size_t end = (writer->at + writer->n) % LOG_BUFFER_BYTES;
        size_t first = size < LOG_BUFFER_BYTES - end ? size : LOG_BUFFER_BYTES - end;

        memcpy(writer->buffer + end, line, first);
        memcpy(writer->buffer, line + first, size - first);
        writer->n += size;
        pthread_cond_broadcast(&writer->changed);
    }
    pthread_mutex_unlock(&writer->lock);
}

void log_writer_drop(struct log_writer *writer, uint64_t n)
{
    pthread_mutex_lock(&writer->lock);
    writer->n_dropped += n;
    pthread_mutex_unlock(&writer->lock);
}

uint64_t log_writer_dropped(struct log_writer *writer)
{
    uint64_t n;

    pthread_mutex_lock(&writer->lock);
    n = writer->n_dropped;
    pthread_mutex_unlock(&writer->lock);
    return n;
}

void log_writer_close(struct log_writer *writer)
{
    const struct timespec later = after(CLOSE_S);
    bool has_ended;

    if (writer->is_started) {
        pthread_mutex_lock(&writer->lock);
        writer->ends = true;
        pthread_cond_broadcast(&writer->changed);
        while (writer->runs && pthread_cond_timedwait(&writer->changed, &writer->lock, &later) != ETIMEDOUT)
            ;
        has_ended = !writer->runs;
        pthread_mutex_unlock(&writer->lock);
        if (!has_ended)
            return;
        pthread_join(writer->thread, NULL);
    }
    fd_closep(&writer->fd);
    fd_closep(&writer->next_fd);
    free(steal(writer->buffer));
    writer->is_started = false;
}
