/* SPDX-License-Identifier: MIT */
/* `exrun status`: what the service is doing. */
#include "runner/command/command.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "runner/answer/answer.h"
#include "runner/command/ask_status.h"
#include "runner/command/status_report.h"
#include "runner/front/status_write.h"
#include "sandbox/base/cleanup.h"

struct options {
    bool is_json;
};

static const struct option_row rows[] = {
    {"json", 0, OPTION_FLAG, offsetof(struct options, is_json), NULL, "print one JSON object"}, {NULL}};

static const struct manual manual = {
    .usage = "exrun status [--json]\n",
    .about =
        "Reports what the service (exrun serve) on this machine is doing: runs, queue, cells, times and\n"
        "verdicts. Without root, asks the user's own service. Exit status 0; 69 if no service runs, 77 if\n"
        "this user may not ask it.\n",
    .rows = rows};

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    const struct options *options = given;
    _cleanup_(status_deinit) struct status status = {.profiles = NULL};
    int r = options_no_words(words, err);

    (void)ret_status;
    if (r == 0)
        r = ask_status(&status, err);
    if (r < 0)
        return r;
    return answer_check(options->is_json ? answer_end_json(status_json(&status), JSON_COMPACT, stdout)
                                         : status_report(&status, stdout),
                        err);
}

const struct command command_status = {.name = "status",
                                       .help = "report what the service is doing",
                                       .manual = &manual,
                                       .options_size = sizeof(struct options),
                                       .is_json = offsetof(struct options, is_json),
                                       .run = run};
