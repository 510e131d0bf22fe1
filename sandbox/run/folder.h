/* SPDX-License-Identifier: MIT */
/* Fetches the folder /prepared out of a dead cell, without trusting its paths. */
#ifndef EXRUN_SANDBOX_RUN_FOLDER_H
#define EXRUN_SANDBOX_RUN_FOLDER_H

#include <stdint.h>

enum folder_state {
    FOLDER_NONE, /* not looked for, because the program did not end well */
    FOLDER_FINE,
    FOLDER_EMPTY,     /* nothing is in it */
    FOLDER_IRREGULAR, /* contains something that is neither a file nor a directory */
    FOLDER_TOO_LARGE, /* more bytes, names or levels than PREPARED_MOST_... */
};

/* @to: an empty directory of the host; borrowed. */
struct folder {
    int to;
    enum folder_state state;
    uint64_t bytes, names;
};

/* Copies files and directories of /prepared in @workspace into @folder->to, with the times of the files.
 * Sets the state. Returns 0, or -errno if exrun itself failed. */
int folder_fetch(int workspace, struct folder *folder);

#endif
