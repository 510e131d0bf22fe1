/* SPDX-License-Identifier: MIT */
/* Sets the operator's switches of the service. */
#include "runner/command/switch.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "runner/command/ask.h"
#include "runner/language/language.h"
#include "sandbox/base/cleanup.h"

#define KEPT "This is kept in memory: a reload (SIGHUP) keeps it, a new start of the service does not.\n"

/* Sends @object, which is taken, to @target. */
static int post(const char *target, json_t *object /* takes */, struct error *err)
{
    _cleanup_(freep) char *content = object ? json_dumps(object, JSON_COMPACT) : NULL;
    char *answer = NULL;
    size_t size = 0;
    int r;

    json_decref(object);
    if (!content)
        return error_memory(err);
    r = ask(&(struct ask_request){target, content}, &answer, &size, err);
    free(answer);
    return r;
}

/* An option's text can be something else than UTF-8, which JSON can't carry. */
static int check_text(const char *text, const char *option, struct error *err)
{
    json_t *value = json_string(text);
    bool is_fine = value != NULL;

    json_decref(value);
    return is_fine ? 0 : error_set(err, -EINVAL, EX_USAGE, option, "is not UTF-8");
}

int switch_maintenance(bool is_on, const char *message, struct error *err)
{
    int r = message ? check_text(message, "--message", err) : 0;

    if (r == 0)
        r = post("/v1/maintenance", json_pack("{sb ss*}", "on", is_on, "message", message), err);
    if (r < 0 && strcmp(err->where, "/message") == 0)
        snprintf(err->where, sizeof(err->where), "--message");
    if (r < 0)
        return r;
    fputs(is_on ? "maintenance is on: new runs are refused, accepted ones end as usual\n" KEPT
                : "maintenance is off: new runs are accepted\n",
          stdout);
    return answer_check(answer_end(stdout), err);
}

int switch_profile(const char *name, bool is_disabled, struct error *err)
{
    char target[128];
    int r;

    if (language_is_name(name)) {
        snprintf(target, sizeof(target), "/v1/profiles/%s", name);
        r = post(target, json_pack("{sb}", "disabled", is_disabled), err);
    } else {
        r = error_set(err, -EINVAL, EX_USAGE, "", "is not the name of a profile");
    }
    if (r < 0 && err->status == EX_USAGE) {
        snprintf(err->where, sizeof(err->where), "NAME");
        error_hint(err, "list the profiles of the service (exrun status)");
    }
    if (r < 0)
        return r;
    printf("%s is %s%s", name, is_disabled ? "disabled: new runs of it are refused\n" : "enabled\n",
           is_disabled ? KEPT : "");
    return answer_check(answer_end(stdout), err);
}
