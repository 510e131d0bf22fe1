/* SPDX-License-Identifier: MIT */
/* Answers the front's questions. */
#include "sandbox/keeper/questions.h"

#include <poll.h>
#include <string.h>

#include "sandbox/run/version.h"
#include "sandbox/warm/check.h"

_Static_assert((int)VERSION_WALL_MS < (int)QUESTION_MOST_MS, "the command ends first");

unsigned int question_version(const struct question *question, struct version_answer *ret)
{
    const struct cell_cancel cancels[CELL_N_CANCELS] = {{question->socket, POLLIN}, {.fd = -1}};
    const struct version_config config = {.host = question->host,
                                          .profile = question->profile,
                                          .wall_ms = VERSION_WALL_MS,
                                          .may_be_unkept = true,
                                          .cancels = cancels};
    struct version version = {.text = ""};

    *ret = (struct version_answer){.size = sizeof(ret->head)};
    if (!question->profile)
        return 0;
    ret->head.program = version_state(question->profile);
    version_get(&config, &version);
    memcpy(ret->text, version.text, sizeof(ret->text));
    ret->size += strlen(ret->text);
    return version.unreclaimed;
}

unsigned int question_check(const struct question *question, struct wire_checked *ret)
{
    const struct cell_cancel cancels[CELL_N_CANCELS] = {{question->socket, POLLIN}, {.fd = -1}};
    struct warm_check check = {.is_known = false};

    if (question->profile)
        warm_check(question->host, question->profile, cancels, &check);
    *ret = (struct wire_checked){
        .fault = check.fault, .is_known = check.is_known, .fingerprint = check.fingerprint};
    return check.unreclaimed;
}
