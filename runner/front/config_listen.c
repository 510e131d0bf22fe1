/* SPDX-License-Identifier: MIT */
/* Reads the members of a listener. */
#include "runner/front/config_listen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#define SCHEME "unix:"
#define EXAMPLE "use a Unix socket, as in \"unix:/run/exrun/exrun.sock\""
#define LONGEST_GROUP 32

/* Returns the reason why @path can't be the path of a socket, or NULL. */
static const char *path_fault(const char *path)
{
    size_t length = strlen(path);

    if (*path != '/')
        return "has a path that is not absolute";
    if (length >= sizeof(((struct sockaddr_un *)0)->sun_path))
        return "has a path of more than 107 bytes";
    if (path[length - 1] == '/')
        return "has a path that ends in \"/\"";
    for (const char *c = path; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return "contains a control character";
    return NULL;
}

static int read_address(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "", *fault;
    int r = json_in_text(in, value, &text);

    if (r == 0 && strncmp(text, SCHEME, strlen(SCHEME)) != 0)
        r = json_in_fail(in, strchr(text, ':') ? "is not a Unix socket; TCP addresses are not supported yet"
                                               : "does not begin with \"" SCHEME "\"");
    if (r == 0) {
        text += strlen(SCHEME);
        fault = path_fault(text);
        if (fault)
            r = json_in_fail(in, "%s", fault);
    }
    if (r < 0) {
        error_hint(in->err, "%s", EXAMPLE);
        return r;
    }
    ((struct config_listener *)target)->path = strdup(text);
    return ((struct config_listener *)target)->path ? 0 : error_memory(in->err);
}

/* A text, because JSON has no octal numbers. */
static int read_mode(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);
    size_t length = strlen(text);

    if (r == 0 && (length < 3 || length > 4 || strspn(text, "01234567") != length))
        r = json_in_fail(in, "must be of three or four octal digits");
    if (r == 0 && strtoul(text, NULL, 8) & ~0666UL)
        r = json_in_fail(in, "has bits that a socket does not use");
    if (r < 0)
        error_hint(in->err, "give read and write permission in octal digits, as in \"0660\"");
    else
        ((struct config_listener *)target)->mode = (unsigned int)strtoul(text, NULL, 8);
    return r;
}

static int read_group(struct json_in *in, const json_t *value, void *target)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    const char *text = "";
    int r = json_in_text(in, value, &text);
    size_t length = strspn(text, letters);

    if (r == 0 && (length == 0 || length > LONGEST_GROUP || text[length]))
        r = json_in_fail(in, "is not a valid name of a group");
    if (r < 0) {
        error_hint(in->err, "name the group whose members may connect, as in \"www-data\"");
        return r;
    }
    ((struct config_listener *)target)->group = strdup(text);
    return ((struct config_listener *)target)->group ? 0 : error_memory(in->err);
}

static int read_admin(struct json_in *in, const json_t *value, void *target)
{
    if (!json_is_boolean(value))
        return json_in_fail(in, "must be true or false, not %s", json_in_kind(value));
    ((struct config_listener *)target)->is_admin = json_is_true(value);
    return 0;
}

/* Refuses a member for who may connect, instead of ignoring it, because the socket would be less protected
 * than its owner believes. */
static int refuse_access(struct json_in *in, const json_t *value, void *target)
{
    int r = json_in_fail(in, "is not supported yet");

    (void)value;
    (void)target;
    error_hint(in->err, "remove it; \"mode\" and \"group\" decide who may connect to a Unix socket");
    return r;
}

static int refuse_feature(struct json_in *in, const json_t *value, void *target)
{
    int r = json_in_fail(in, "is not supported yet");

    (void)value;
    (void)target;
    error_hint(in->err, "remove it");
    return r;
}

int config_listener_read(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"address", read_address, true},
                                                 {"mode", read_mode, false},
                                                 {"group", read_group, false},
                                                 {"admin", read_admin, false},
                                                 {"hosts", refuse_access, false},
                                                 {"auth", refuse_access, false},
                                                 {"tokens_file", refuse_access, false},
                                                 {"cors", refuse_access, false},
                                                 {"metrics", refuse_feature, false},
                                                 {"page", refuse_feature, false},
                                                 {NULL}};
    int r;

    *(struct config_listener *)target = (struct config_listener){.mode = CONFIG_LISTENER_MODE};
    r = json_in_object(in, value, members, target);
    if (r == -EINVAL && in->err && !*in->err->hint)
        error_hint(in->err, "a listener has \"address\", \"mode\", \"group\" and \"admin\"");
    return r;
}

void config_listener_deinit(struct config_listener *listener)
{
    free(listener->path);
    free(listener->group);
}
