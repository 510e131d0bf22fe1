/* SPDX-License-Identifier: MIT */
/* Makes an interpreter wait in its cell: an object that the dynamic linker loads into it.
 *
 * It uses no function of libc but dlsym(3), so that a cell with another distribution's /usr can load it too.
 * Its own system calls are raw ones, so they don't reach the functions that it interposes. */
#ifndef EXRUN_SANDBOX_WARM_SHIM_H
#define EXRUN_SANDBOX_WARM_SHIM_H

#include <stdint.h>

/* The interposed functions call this before the real ones. @path: the file that the interpreter opens. If
 * that is the point, waits for the start message. */
void shim_at_open(const char *path);

/* Notes where a time was stored. */
void shim_note_clock(int64_t *clock);

#endif
