/* SPDX-License-Identifier: MIT */
/* The cell's /proc: its own processes, and if the profile asks for them, six files about the machine.
 *
 * The option subset=pid makes the kernel hide everything in /proc except processes, but then cpuinfo and the
 * like are hidden, too, and no file can be created there. So with these files, /proc is mounted without the
 * option. The cell's own files are mounted over the kernel's files of the same names, and then the option is
 * added to the mounted file system. From then on, the kernel doesn't look up a name that is not a process
 * (fs/proc/generic.c, proc_lookup). It still finds the six names, because a name with a mount on it stays in
 * the cache of names. A listing of /proc doesn't contain them.
 *
 * All of this happens before the program's process exists. exrun needs no list of the names to hide, so names
 * that a newer kernel or a module adds are hidden as well. If one of the six mounts were lost, the program
 * would see the kernel's file of that name, and nothing else. */
#ifndef EXRUN_SANDBOX_INSIDE_PROC_H
#define EXRUN_SANDBOX_INSIDE_PROC_H

#include <stdbool.h>
#include <stdint.h>

/* @memory_bytes: the run's memory limit. */
struct proc {
    bool has_files; /* the profile has "proc": "files" */
    uint64_t memory_bytes;
};

/* Mounts /proc in the directory @root. Returns 0 or -errno; -EPERM if the kernel still shows its own files.
 * Allocates nothing. */
int proc_place(const struct proc *proc, int root);

#endif
