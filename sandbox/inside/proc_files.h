/* SPDX-License-Identifier: MIT */
/* The texts of the cell's own files in /proc. They do not change while the program runs.
 *
 * The figures are the cell's: the run's memory limit, the CPUs that the program may use, no load. Two facts
 * are the machine's, and a program can ask the kernel for them as well: the version (uname(2)) and the time
 * since the start (sysinfo(2)), because the kernel counts the start of each process from there. */
#ifndef EXRUN_SANDBOX_INSIDE_PROC_FILES_H
#define EXRUN_SANDBOX_INSIDE_PROC_FILES_H

#include <stdint.h>

enum { PROC_N_FILES = 6 };

extern const char *const proc_file_names[PROC_N_FILES];

/* Writes the files in the directory @directory, anew if they exist. Returns 0 or -errno. Allocates nothing.
 */
int proc_files_write(int directory, uint64_t memory_bytes);

#endif
