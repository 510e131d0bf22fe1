/* SPDX-License-Identifier: MIT */
/* `exrun maintenance`: lets the service refuse new runs for a while. */
#include "runner/command/command.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "runner/command/switch.h"

struct options {
    const char *message;
};

static const struct option_row rows[] = {{"message", 0, OPTION_TEXT, offsetof(struct options, message),
                                          "TEXT", "tell clients this, one line of at most 500 bytes"},
                                         {NULL}};

static const struct manual manual = {
    .usage = "exrun maintenance on [--message TEXT]\n"
             "       exrun maintenance off\n",
    .about =
        "on: the service (exrun serve) on this machine answers new runs with 503 and the text, and reports\n"
        "that it is not ready. Runs that it has accepted end as usual. off: it accepts runs again.\n"
        "The switch is kept until the service ends. It has no effect on exrun run. Exit status 0; 69 if no\n"
        "service runs, 77 if this user may not ask it.\n",
    .rows = rows};

static int run(const void *given, char *const *words, int *ret_status, struct error *err)
{
    const struct options *options = given;
    bool is_on = *words && strcmp(*words, "on") == 0;
    int r;

    (void)ret_status;
    if (!is_on && (!*words || strcmp(*words, "off") != 0)) {
        error_set(err, -EINVAL, EX_USAGE, *words ? *words : "", "expected on or off");
        error_hint(err, "read the help (exrun maintenance --help)");
        return -EINVAL;
    }
    r = options_no_words(words + 1, err);
    if (r == 0 && !is_on && options->message)
        r = error_set(err, -EINVAL, EX_USAGE, "--message", "is only for the start of maintenance (on)");
    return r < 0 ? r : switch_maintenance(is_on, options->message, err);
}

const struct command command_maintenance = {.name = "maintenance",
                                            .help = "let the service refuse new runs for a while",
                                            .manual = &manual,
                                            .options_size = sizeof(struct options),
                                            .is_json = COMMAND_NO_JSON,
                                            .run = run};
