/* SPDX-License-Identifier: MIT */
/* The reason why a requested file is not in the answer. */
#include "runner/answer/missed_artifact.h"

#include <string.h>

#include "sandbox/base/utf8.h"

static const char *const words[N_ARTIFACT_MISSED] = {
    [ARTIFACT_ABSENT] = "there is no such file",
    [ARTIFACT_BEHIND_LINK] = "is, or lies behind, a symbolic link",
    [ARTIFACT_OUTSIDE] = "lies outside of /box",
    [ARTIFACT_DIRECTORY] = "is a directory",
    [ARTIFACT_IRREGULAR] = "is not a regular file",
    [ARTIFACT_LONG_PATH] = "has too long a path",
    [ARTIFACT_TOO_LARGE] = "is larger than what may be sent",
    [ARTIFACT_TOO_MANY] = "is one too many",
    [ARTIFACT_GIVEN_UP] = "was given up: there are too many names",
    [ARTIFACT_ODD_NAME] = "has a name with control characters",
};

const char *missed_artifact(const struct artifact *artifact)
{
    /* JSON can't carry the name. */
    if (artifact->missed == ARTIFACT_THERE && !is_utf8(artifact->path, strlen(artifact->path)))
        return "has a name that is not UTF-8";
    return words[artifact->missed];
}
