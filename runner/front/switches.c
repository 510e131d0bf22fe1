/* SPDX-License-Identifier: MIT */
/* The operator's switches. */
#include "runner/front/switches.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json.h"
#include "runner/text/json_parse.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/utf8.h"

/* The members of a request. @message: borrowed from the document; NULL: not given. */
struct change {
    bool is_on, is_disabled;
    const char *message;
};

static int read_on(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct change *)target)->is_on);
}

static int read_disabled(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct change *)target)->is_disabled);
}

/* Returns true if the text would be changed before it is printed, because it has a control character. */
static bool has_controls(const char *text)
{
    char copy[SWITCHES_MESSAGE_BYTES + 1];

    memcpy(copy, text, strlen(text) + 1);
    make_printable(copy);
    return strcmp(copy, text) != 0;
}

static int read_message(struct json_in *in, const json_t *value, void *target)
{
    struct change *change = target;
    int r = json_in_text(in, value, &change->message);

    if (r < 0)
        return r;
    if (!*change->message)
        return json_in_fail(in, "is empty");
    if (strlen(change->message) > SWITCHES_MESSAGE_BYTES)
        return json_in_fail(in, "is longer than %d bytes", SWITCHES_MESSAGE_BYTES);
    if (has_controls(change->message))
        return json_in_fail(in, "must be one line of plain text, without control characters");
    return change->is_on ? 0 : json_in_fail(in, "is only for the start of maintenance (\"on\": true)");
}

/* The text of a request. */
struct body {
    const char *text;
    size_t size;
};

/* Reads the object. The caller must json_decref() *ret_document even on failure. */
static int read_body(const struct body *body, const struct json_member *members, struct change *change,
                     json_t **ret_document, struct error *err)
{
    struct json_in in = {.err = err, .status = EX_DATAERR};
    int r = json_in_parse(&in, body->text, body->size, ret_document);

    return r < 0 ? r : json_in_object(&in, *ret_document, members, change);
}

int switches_read_maintenance(struct switches *switches, const char *text, size_t size, struct error *err)
{
    static const struct json_member members[] = {
        {"on", read_on, true}, {"message", read_message, false}, {NULL}};
    _cleanup_(json_decrefp) json_t *document = NULL;
    struct change change = {.message = NULL};
    int r = read_body(&(struct body){text, size}, members, &change, &document, err);

    if (r < 0)
        return r;
    switches->is_maintenance = change.is_on;
    text = change.message ? change.message : SWITCHES_MESSAGE;
    memset(switches->message, 0, sizeof(switches->message));
    if (change.is_on)
        memcpy(switches->message, text, strlen(text));
    return 0;
}

/* Does nothing if the profile is not disabled. */
static void enable(struct switches *switches, const char *name)
{
    for (char **at = switches->disabled; at && *at; at++) {
        if (strcmp(*at, name) != 0)
            continue;
        free(*at);
        do
            at[0] = at[1];
        while (*at++);
        return;
    }
}

static int disable(struct switches *switches, const char *name, struct error *err)
{
    if (switches_have_disabled(switches, name))
        return 0;
    if (strv_length(switches->disabled) >= SWITCHES_MOST_DISABLED)
        return error_set(err, -ENOSPC, EX_TEMPFAIL, "", "%d profiles are disabled already",
                         SWITCHES_MOST_DISABLED);
    return strv_add(&switches->disabled, name) < 0 ? error_memory(err) : 0;
}

int switches_read_profile(struct switches *switches, const char *name, const char *text, size_t size,
                          struct error *err)
{
    static const struct json_member members[] = {{"disabled", read_disabled, true}, {NULL}};
    _cleanup_(json_decrefp) json_t *document = NULL;
    struct change change = {.message = NULL};
    int r = read_body(&(struct body){text, size}, members, &change, &document, err);

    if (r < 0)
        return r;
    if (change.is_disabled)
        return disable(switches, name, err);
    enable(switches, name);
    return 0;
}

bool switches_have_disabled(const struct switches *switches, const char *profile)
{
    return strv_has(switches->disabled, profile);
}

void switches_pack(struct pack *pack, struct switches *switches)
{
    char *message = switches->message;

    PACK_NUMBER(pack, switches->is_maintenance, 1);
    if (pack->is_reading)
        message = NULL;
    pack_text(pack, &message);
    pack_texts(pack, &switches->disabled);
    if (!pack->is_reading)
        return;
    if (pack->error == 0 && (!message || strlen(message) > SWITCHES_MESSAGE_BYTES))
        pack->error = -EBADMSG;
    if (pack->error == 0)
        memcpy(switches->message, message, strlen(message) + 1);
    free(message);
}

void switches_deinit(struct switches *switches)
{
    strv_free(switches->disabled);
    *switches = (struct switches){.disabled = NULL};
}
