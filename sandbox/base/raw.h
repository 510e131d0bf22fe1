/* SPDX-License-Identifier: MIT */
/* System calls without libc: each returns the syscall's result, or -errno.
 *
 * They exist for the release of a program, which is to run inside an interpreter too. There, libc's functions
 * can be replaced, errno belongs to a thread, and nothing of libc may be linked. x86-64 only: syscall(2),
 * "Architecture calling conventions". */
#ifndef EXRUN_SANDBOX_BASE_RAW_H
#define EXRUN_SANDBOX_BASE_RAW_H

#include <stdint.h>
#include <sys/syscall.h>

static inline long raw_call(long number, const long arguments[6])
{
    register long d __asm__("r10") = arguments[3]; /* cppcheck-suppress constStatement */
    register long e __asm__("r8") = arguments[4];  /* cppcheck-suppress constStatement */
    register long f __asm__("r9") = arguments[5];  /* cppcheck-suppress constStatement */
    long result = number;                          /* the same register */

    __asm__ volatile("syscall"
                     : "+a"(result)
                     : "D"(arguments[0]), "S"(arguments[1]), "d"(arguments[2]), "r"(d), "r"(e), "r"(f)
                     : "rcx", "r11", "memory");
    return result;
}

/* raw(SYS_openat, directory, RAW(path), flags): missing arguments are 0. */
#define raw(number, ...) raw_call((number), (const long[6]){__VA_ARGS__})
#define RAW(pointer) ((long)(uintptr_t)(pointer))

/* Returns the time of a clock of clock_gettime(2), in nanoseconds. */
static inline uint64_t raw_clock_ns(long clock)
{
    struct {
        long seconds, nanoseconds;
    } now = {0, 0};

    raw(SYS_clock_gettime, clock, RAW(&now));
    return (uint64_t)now.seconds * 1000000000U + (uint64_t)now.nanoseconds;
}

#endif
