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
    FOLDER_TOO_LARGE, /* more than PREPARED_MOST_BYTES */
    FOLDER_TOO_MANY,  /* more than PREPARED_MOST_NAMES */
    FOLDER_TOO_DEEP,  /* more than PREPARED_MOST_DEPTH */
};

/* @to: an empty directory of the host; borrowed. */
struct folder {
    int to;
    enum folder_state state;
    uint64_t bytes, names;
    int error; /* -errno: the copy failed, for example because the disk is full */
};

/* Copies files and directories of /prepared in @workspace into @folder->to, with the times of the files. Sets
 * the state, or the error. */
void folder_fetch(int workspace, struct folder *folder);

#endif
