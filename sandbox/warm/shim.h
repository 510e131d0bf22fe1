/* SPDX-License-Identifier: MIT */
/* Makes an interpreter wait in its cell: an object that the dynamic linker loads into it.
 *
 * It uses no function of libc but dlsym(3), so that a cell with another distribution's /usr can load it too.
 * Its own system calls are raw ones, so they don't reach the functions that it interposes. */
#ifndef EXRUN_SANDBOX_WARM_SHIM_H
#define EXRUN_SANDBOX_WARM_SHIM_H

#include <stdint.h>

/* The interposed functions call these before the real ones. @path: the file that the interpreter opens, or
 * asks for. If that is the point, they wait for the start message. */
void shim_at_open(const char *path);
void shim_at_access(const char *path);
void shim_at_stat(const char *path);

/* And these after them, for WARM_READ_ENTRY. @fd: the descriptor of @path, or -1; it is returned. */
int shim_was_opened(const char *path, int fd);
void shim_was_read(int fd, char *buffer, long got);

/* Notes where a time was stored. */
void shim_note_clock(int64_t *clock);

#endif
