/* SPDX-License-Identifier: MIT */
/* Opens files that a program left, without trusting their paths. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H
#define EXRUN_SANDBOX_RUN_ARTIFACT_OPEN_H

/* The reason why a file is missing. */
enum artifact_missed {
    ARTIFACT_THERE, /* the file is not missing */
    ARTIFACT_ABSENT,
    ARTIFACT_BEHIND_LINK, /* is a symbolic link, or is behind one */
    ARTIFACT_OUTSIDE,     /* of /box */
    ARTIFACT_DIRECTORY,
    ARTIFACT_IRREGULAR,
    ARTIFACT_LONG_PATH,
    ARTIFACT_TOO_LARGE,
    ARTIFACT_TOO_MANY, /* more than ARTIFACTS_MOST */
    ARTIFACT_GIVEN_UP, /* more than ARTIFACTS_MOST_NAMES; the path is the pattern */
    ARTIFACT_ODD_NAME, /* with control characters */
    N_ARTIFACT_MISSED,
};

/* Opens "/box/@path" in @workspace. Returns the descriptor, which the caller closes, or -errno. On
 * failure, stores in *ret_missed the reason why a visitor can't have the file, or ARTIFACT_THERE if exrun
 * itself failed. */
int artifact_open(int workspace, const char *path, int flags, enum artifact_missed *ret_missed);

#endif
