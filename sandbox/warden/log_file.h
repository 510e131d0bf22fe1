/* SPDX-License-Identifier: MIT */
/* The file of the service's log.
 *
 * The front appends to it, and what it writes comes from strangers, so the file must not be one that somebody
 * else has put there: it is a regular file, and it and its directory are owned by root or by the user who
 * starts the service, and not writable by others. */
#ifndef EXRUN_SANDBOX_WARDEN_LOG_FILE_H
#define EXRUN_SANDBOX_WARDEN_LOG_FILE_H

#include <sys/types.h>

/* Opens the file to append to it. If it does not exist, creates it with mode 0640 and @group; (gid_t)-1: it
 * keeps the process's own. Returns the descriptor, -EPERM if the file or its directory is somebody else's or
 * others can write to it, -EINVAL if it is not a regular file, -ELOOP if it is a symbolic link, or another
 * -errno. */
int log_file_open(const char *path, gid_t group);

/* Checks whether log_file_open() can work, and creates nothing. Returns 0 or its -errno. */
int log_file_check(const char *path);

/* Cuts off a last line that a process began to write and did not end, because it was killed. Leaves a file
 * alone whose last line is not one of the log. No other process may write to it meanwhile. */
void log_file_mend(int fd);

#endif
