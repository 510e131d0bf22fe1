/* SPDX-License-Identifier: MIT */
/* Writes the lines of the log, in a thread: a write to a file has no EAGAIN, so a disk that stalls or a pipe
 * that nobody reads would hold up the loop.
 *
 * The lines wait in a buffer of 1 MiB. If it is full, further ones are dropped and counted. After an error,
 * such as that of a full disk, the thread tries again each second, and the file goes on where it ended, even
 * within a line. So a file has whole lines only, as soon as it can be written. */
#ifndef EXRUN_RUNNER_FRONT_LOG_WRITER_H
#define EXRUN_RUNNER_FRONT_LOG_WRITER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOG_BUFFER_BYTES = 1 << 20 };

/* @lock: of everything below. @at, @n: where the bytes begin that wait, and their number; they can go on at
 * the start of @buffer. @fd: -1: no file has come yet. @next_fd: takes its place; -1: none. @is_torn: the
 * file ends within a line. */
struct log_writer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char *buffer;
    size_t at, n;
    int fd, next_fd;
    uint64_t n_dropped;
    bool is_started, runs, ends, is_torn;
};

/* Starts the thread, and waits until it runs: its start makes system calls that a filter may forbid later.
 * Returns 0 or -errno. The caller must call log_writer_close() even on failure. */
int log_writer_open(struct log_writer *writer);

/* Gives it another file. A line that the old one has the first part of is ended there, if that is possible.
 */
void log_writer_set(struct log_writer *writer, int fd /* takes */);

/* Adds one line with its end. Never waits for a file. */
void log_writer_add(struct log_writer *writer, const char *line, size_t size);

/* Counts @n lines that could not be added. */
void log_writer_drop(struct log_writer *writer, uint64_t n);

/* Returns the number of lines that were dropped since log_writer_open(). */
uint64_t log_writer_dropped(struct log_writer *writer);

/* Ends the thread when all lines are written, or after two seconds. If it is in a write that does not end by
 * then, the thread and its memory stay until the process ends. */
void log_writer_close(struct log_writer *writer);

#endif
