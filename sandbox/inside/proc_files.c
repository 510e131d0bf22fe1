/* SPDX-License-Identifier: MIT */
/* The texts of the cell's own files in /proc. Their formats are those of proc(5). */
#include "sandbox/inside/proc_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

#define TICKS 100       /* in a second: USER_HZ */
#define MOST_CPUS 1024U /* that are listed, because the cell's root has only 1 MiB */

/* @n_cpus: CPUs that the program may use. @up: the time since the machine's start. */
struct facts {
    unsigned int n_cpus;
    uint64_t memory_kib;
    struct timespec up, now;
    struct utsname kernel;
};

/* A file that is being written. @error: 0 or the first -errno. */
struct text {
    int fd, error;
    size_t n;
    char bytes[4096];
};

static void flush(struct text *text)
{
    if (text->error == 0)
        text->error = fd_write_all(text->fd, text->bytes, text->n);
    text->n = 0;
}

static void add(struct text *text, const char *words)
{
    for (; *words; words++) {
        if (text->n == sizeof(text->bytes))
            flush(text);
        text->bytes[text->n++] = *words;
    }
}

/* Adds @before, the number, and @after. */
static void add_number(struct text *text, const char *before, uint64_t number, const char *after)
{
    char digits[24], *at = digits + sizeof(digits) - 1;

    *at = '\0';
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    add(text, before);
    add(text, at);
    add(text, after);
}

/* Adds seconds with two decimals. */
static void add_seconds(struct text *text, const struct timespec *time)
{
    uint64_t hundredths = (uint64_t)time->tv_nsec / 10000000;

    add_number(text, "", (uint64_t)time->tv_sec, hundredths < 10 ? ".0" : ".");
    add_number(text, "", hundredths, "");
}

static void write_cpuinfo(struct text *text, const struct facts *facts)
{
    for (unsigned int cpu = 0; cpu < facts->n_cpus; cpu++) {
        add_number(text, "processor\t: ", cpu, "\nvendor_id\t: exrun\nmodel name\t: virtual CPU\n");
        add_number(text, "physical id\t: 0\nsiblings\t: ", facts->n_cpus, "\n");
        add_number(text, "core id\t\t: ", cpu, "\n");
        add_number(text, "cpu cores\t: ", facts->n_cpus, "\n\n");
    }
}

/* All CPUs have been idle since the machine's start, so that the sums of their times are not 0. */
static void write_stat(struct text *text, const struct facts *facts)
{
    uint64_t idle = (uint64_t)facts->up.tv_sec * TICKS;

    add_number(text, "cpu  0 0 0 ", idle * facts->n_cpus, " 0 0 0 0 0 0\n");
    for (unsigned int cpu = 0; cpu < facts->n_cpus; cpu++) {
        add_number(text, "cpu", cpu, " 0 0 0 ");
        add_number(text, "", idle, " 0 0 0 0 0 0\n");
    }
    add_number(text, "intr 0\nctxt 0\nbtime ", (uint64_t)(facts->now.tv_sec - facts->up.tv_sec), "\n");
    add(text, "processes 1\nprocs_running 1\nprocs_blocked 0\n");
}

/* As it was before the program started: all of the run's memory is free. */
static void write_meminfo(struct text *text, const struct facts *facts)
{
    static const char *const limit[] = {"MemTotal:       ", "MemFree:        ", "MemAvailable:   "};
    static const char *const none[] = {
        "Buffers:        ", "Cached:         ", "SwapCached:     ", "Active:         ",
        "Inactive:       ", "SwapTotal:      ", "SwapFree:       ", "Shmem:          ",
        "Slab:           ", "SReclaimable:   ", "SUnreclaim:     "};

    for (size_t i = 0; i < sizeof(limit) / sizeof(*limit); i++)
        add_number(text, limit[i], facts->memory_kib, " kB\n");
    for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
        add_number(text, none[i], 0, " kB\n");
}

static void write_uptime(struct text *text, const struct facts *facts)
{
    const struct timespec idle = {.tv_sec = facts->up.tv_sec * facts->n_cpus};

    add_seconds(text, &facts->up);
    add(text, " ");
    add_seconds(text, &idle);
    add(text, "\n");
}

static void write_loadavg(struct text *text, const struct facts *facts)
{
    (void)facts;
    add(text, "0.00 0.00 0.00 1/1 1\n");
}

static void write_version(struct text *text, const struct facts *facts)
{
    add(text, facts->kernel.sysname);
    add(text, " version ");
    add(text, facts->kernel.release);
    add(text, " ");
    add(text, facts->kernel.version);
    add(text, "\n");
}

const char *const proc_file_names[PROC_N_FILES] = {"cpuinfo", "stat",    "meminfo",
                                                   "uptime",  "loadavg", "version"};
static void (*const writers[PROC_N_FILES])(struct text *, const struct facts *) = {
    write_cpuinfo, write_stat, write_meminfo, write_uptime, write_loadavg, write_version};

/* Returns the number of CPUs that the calling process may use; 1 if it is unknown. */
static unsigned int count_cpus(void)
{
    unsigned char mask[1024]; /* 8192 CPUs, the most that a kernel supports (CONFIG_NR_CPUS) */
    long size = syscall(SYS_sched_getaffinity, 0, sizeof(mask), mask);
    unsigned int n = 0;

    for (long i = 0; i < size; i++)
        n += (unsigned int)__builtin_popcount(mask[i]);
    return n == 0 ? 1 : n > MOST_CPUS ? MOST_CPUS : n;
}

static int write_file(int directory, size_t which, const struct facts *facts)
{
    _cleanup_(fd_closep) int fd = openat(directory, proc_file_names[which],
                                         O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0444);
    struct text text;

    if (fd < 0)
        return -errno;
    text.fd = fd;
    text.error = 0;
    text.n = 0;
    writers[which](&text, facts);
    flush(&text);
    return text.error;
}

int proc_files_write(int directory, uint64_t memory_bytes)
{
    struct facts facts = {.n_cpus = count_cpus(), .memory_kib = memory_bytes >> 10};
    int r = 0;

    if (uname(&facts.kernel) < 0 || clock_gettime(CLOCK_BOOTTIME, &facts.up) < 0 ||
        clock_gettime(CLOCK_REALTIME, &facts.now) < 0)
        return -errno;
    for (size_t i = 0; i < PROC_N_FILES && r == 0; i++)
        r = write_file(directory, i, &facts);
    return r;
}
