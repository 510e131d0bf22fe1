/* SPDX-License-Identifier: MIT */
/* The functions of libc that the shim interposes: an interpreter calls one of them at its point. Each does
 * what the real one does. */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>

#include "sandbox/warm/shim.h"

/* Of open(2), whose header would declare the functions with attributes of its own. */
#define CREATES (0100 | 020000000) /* O_CREAT, __O_TMPFILE */

#define EXPORT __attribute__((visibility("default")))

extern void *dlsym(void *handle, const char *symbol) __attribute__((weak));

/* Finds the function that would be called without the shim, once. */
#define REAL(name)                                                \
    static __typeof__(&(name)) real;                              \
    if (!real) {                                                  \
        *(void **)&real = dlsym ? dlsym(RTLD_NEXT, #name) : NULL; \
        if (!real)                                                \
            __builtin_trap();                                     \
    }

/* Reads the argument @mode of a function with @flags. */
#define READ_MODE                          \
    unsigned int mode = 0;                 \
    va_list rest;                          \
    if (flags & CREATES) {                 \
        va_start(rest, flags);             \
        mode = va_arg(rest, unsigned int); \
        va_end(rest);                      \
    }

#define OPEN(name)                                             \
    EXPORT int name(const char *path, int flags, ...);         \
    EXPORT int name(const char *path, int flags, ...)          \
    {                                                          \
        READ_MODE                                              \
        REAL(name)                                             \
                                                               \
        shim_at_open(path);                                    \
        return shim_was_opened(path, real(path, flags, mode)); \
    }

#define OPENAT(name)                                                      \
    EXPORT int name(int directory, const char *path, int flags, ...);     \
    EXPORT int name(int directory, const char *path, int flags, ...)      \
    {                                                                     \
        READ_MODE                                                         \
        REAL(name)                                                        \
                                                                          \
        shim_at_open(path);                                               \
        return shim_was_opened(path, real(directory, path, flags, mode)); \
    }

/* For fortified callers (glibc's fcntl2.h). */
#define OPEN_2(name)                                     \
    EXPORT int name(const char *path, int flags);        \
    EXPORT int name(const char *path, int flags)         \
    {                                                    \
        REAL(name)                                       \
                                                         \
        shim_at_open(path);                              \
        return shim_was_opened(path, real(path, flags)); \
    }

#define OPENAT_2(name)                                              \
    EXPORT int name(int directory, const char *path, int flags);    \
    EXPORT int name(int directory, const char *path, int flags)     \
    {                                                               \
        REAL(name)                                                  \
                                                                    \
        shim_at_open(path);                                         \
        return shim_was_opened(path, real(directory, path, flags)); \
    }

#define FOPEN(name)                                        \
    EXPORT void *name(const char *path, const char *mode); \
    EXPORT void *name(const char *path, const char *mode)  \
    {                                                      \
        REAL(name)                                         \
                                                           \
        shim_at_open(path);                                \
        return real(path, mode);                           \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
OPEN_2(__open_2)
OPEN_2(__open64_2)
OPENAT_2(__openat_2)
OPENAT_2(__openat64_2)
FOPEN(fopen)
FOPEN(fopen64)

EXPORT long read(int fd, void *buffer, size_t size);
EXPORT long read(int fd, void *buffer, size_t size)
{
    REAL(read)
    long got = real(fd, buffer, size);

    shim_was_read(fd, buffer, got);
    return got;
}

EXPORT int access(const char *path, int mode);
EXPORT int access(const char *path, int mode)
{
    REAL(access)

    shim_at_access(path);
    return real(path, mode);
}

EXPORT int statx(int directory, const char *path, int flags, unsigned int mask, void *ret);
EXPORT int statx(int directory, const char *path, int flags, unsigned int mask, void *ret)
{
    REAL(statx)

    shim_at_stat(path);
    return real(directory, path, flags, mask, ret);
}

/* The real one reads six arguments, too, whatever the number of them is. */
EXPORT long syscall(long number, ...);
EXPORT long syscall(long number, ...)
{
    REAL(syscall)
    long args[6];
    va_list rest;

    va_start(rest, number);
    for (size_t i = 0; i < 6; i++)
        args[i] = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_statx)
        shim_at_stat((const char *)args[1]);
    return real(number, args[0], args[1], args[2], args[3], args[4], args[5]);
}

EXPORT int64_t time(int64_t *ret);
EXPORT int64_t time(int64_t *ret)
{
    REAL(time)

    if (ret)
        shim_note_clock(ret);
    return real(ret);
}
