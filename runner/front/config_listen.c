/* SPDX-License-Identifier: MIT */
/* Reads the members of a listener. */
#include "runner/front/config_listen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runner/front/address.h"
#include "runner/front/tokens.h"
#include "sandbox/base/strv.h"

#define EXAMPLE "as in \"unix:/run/exrun/exrun.sock\" or \"127.0.0.1:7878\""
#define LONGEST_GROUP 32
#define LONGEST_HOST 253 /* RFC 1035, without the final dot */
#define MOST_NAMES 64
#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

/* A listener that is being read. @auth: NULL: not given. */
struct reading {
    struct config_listener *listener;
    const char *auth;
    bool has_mode;
};

static int copy_text(struct json_in *in, const char *text, char **ret)
{
    *ret = strdup(text);
    return *ret ? 0 : error_memory(in->err);
}

static int read_address(struct json_in *in, const json_t *value, void *target)
{
    char address[LISTENER_ADDRESS_ROOM];
    const char *text = "", *fault;
    int r = json_in_text(in, value, &text);

    if (r == 0) {
        fault = address_read(text, address);
        if (fault)
            r = json_in_fail(in, "%s", fault);
    }
    if (r < 0) {
        error_hint(in->err, "name a Unix socket, or an IP address and a port, " EXAMPLE);
        return r;
    }
    return copy_text(in, address, &((struct reading *)target)->listener->address);
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
        ((struct reading *)target)->listener->mode = (unsigned int)strtoul(text, NULL, 8);
    ((struct reading *)target)->has_mode = true;
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
    return copy_text(in, text, &((struct reading *)target)->listener->group);
}

static int read_admin(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct reading *)target)->listener->is_admin);
}

static int read_metrics(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct reading *)target)->listener->has_metrics);
}

static int read_page(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct reading *)target)->listener->has_page);
}

static int read_auth(struct json_in *in, const json_t *value, void *target)
{
    struct reading *reading = target;
    int r = json_in_text(in, value, &reading->auth);

    if (r == 0 && strcmp(reading->auth, "tokens") != 0 && strcmp(reading->auth, "none") != 0)
        r = json_in_fail(in, "is not known");
    if (r < 0)
        error_hint(in->err, "use \"tokens\" or \"none\"");
    return r;
}

static int read_tokens_file(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);

    if (r == 0 && *text != '/')
        r = json_in_fail(in, "is not an absolute path");
    if (r < 0) {
        error_hint(in->err, "name the file, as in \"" TOKENS_FILE "\"");
        return r;
    }
    return copy_text(in, text, &((struct reading *)target)->listener->tokens_file);
}

/* Returns true if @text is a name of a host: lower case, because that is how it is compared (RFC 9110,
 * section 4.2.3). */
static bool is_host(const char *text)
{
    size_t length = strspn(text, LETTERS DIGITS ".-");

    return length > 0 && length <= LONGEST_HOST && !text[length];
}

static int read_host(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);

    if (r == 0 && !is_host(text) && !address_is_ip(text))
        r = json_in_fail(in, "is not the name of a host");
    if (r < 0) {
        error_hint(in->err, "write the name in lower case and without a port, as in \"exrun.example.org\"");
        return r;
    }
    return strv_add(&((struct reading *)target)->listener->hosts, text) < 0 ? error_memory(in->err) : 0;
}

static int read_hosts(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, MOST_NAMES, read_host, target);
}

/* Returns true if @text is an origin as browsers write it (RFC 6454, section 6.2). */
static bool is_origin(const char *text)
{
    const char *host = strncmp(text, "https://", 8) == 0  ? text + 8
                       : strncmp(text, "http://", 7) == 0 ? text + 7
                                                          : "";
    size_t length = strcspn(host, ":/");
    char name[LONGEST_HOST + 1];

    if (*host == '[')
        length = strcspn(host, "]") + 1;
    if (length > LONGEST_HOST || length > strlen(host))
        return false;
    memcpy(name, host, length);
    name[length] = '\0';
    if (!is_host(name) && !address_is_ip(name))
        return false;
    host += length;
    return !*host || (*host == ':' && host[1] && host[1 + strspn(host + 1, DIGITS)] == '\0');
}

static int read_origin(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);

    if (r == 0 && strcmp(text, "*") == 0)
        r = json_in_fail(in, "would let every page in the Internet run programs");
    else if (r == 0 && !is_origin(text))
        r = json_in_fail(in, "is not an origin");
    if (r < 0) {
        error_hint(
            in->err,
            "name the pages' origin as browsers write it, as in \"https://example.org\", without a path");
        return r;
    }
    return strv_add(&((struct reading *)target)->listener->origins, text) < 0 ? error_memory(in->err) : 0;
}

static int read_origins(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, MOST_NAMES, read_origin, target);
}

static int refuse_member(struct json_in *in, const char *name, const char *what, const char *hint)
{
    json_in_enter(in, name);
    json_in_fail(in, "%s", what);
    error_hint(in->err, "%s", hint);
    return -EINVAL;
}

/* A page that anybody can open has no token that it could send, so with tokens it could run nothing; and a
 * script of it must not be able to do what only operators may. A Unix socket takes every name, so without
 * @hosts, every site whose name leads to the proxy in front of it would be the page's own origin. */
static int check_page(struct json_in *in, const struct config_listener *listener, bool wants_token)
{
    if (!listener->has_page)
        return 0;
    if (wants_token)
        return refuse_member(in, "page", "can't be used with tokens, because a page has no token",
                             "add \"auth\": \"none\", and listen on 127.0.0.1 or a Unix socket");
    if (listener->is_admin)
        return refuse_member(in, "page", "would let scripts of a page manage the service",
                             "use a listener without \"admin\"");
    if (!address_is_tcp(listener->address) && !listener->hosts)
        return refuse_member(in, "page", "needs \"hosts\", because a Unix socket takes every name",
                             "add the names by which browsers know it, as in [\"play.example.org\"]");
    return 0;
}

/* A client of an operator's socket can manage the service, so the clients' group can't use it by itself. */
static int settle_admin(struct json_in *in, const struct reading *reading)
{
    struct config_listener *listener = reading->listener;

    if (!listener->is_admin || address_is_tcp(listener->address))
        return 0;
    if (!reading->has_mode && !listener->group)
        listener->mode = CONFIG_ADMIN_MODE;
    if (listener->mode & S_IRWXO)
        return refuse_member(in, "mode", "would let every user of this machine manage the service",
                             "use \"0600\", or \"0660\" with a group of operators");
    if (listener->mode & S_IRWXG && !listener->group)
        return refuse_member(in, "mode", "would let the group of the clients manage the service",
                             "name the operators' own \"group\", or use \"0600\"");
    return 0;
}

/* Compares the members with each other, and decides whether clients need a token. */
static int settle(struct json_in *in, const struct reading *reading)
{
    struct config_listener *listener = reading->listener;
    const bool is_tcp = address_is_tcp(listener->address);
    const bool wants_token =
        reading->auth ? strcmp(reading->auth, "tokens") == 0 : is_tcp || listener->tokens_file;

    if (is_tcp && (reading->has_mode || listener->group))
        return refuse_member(in, reading->has_mode ? "mode" : "group", "is only for a Unix socket",
                             "remove it; tokens decide who may use a TCP address");
    if (!wants_token && listener->tokens_file)
        return refuse_member(in, "tokens_file", "is not used if \"auth\" is \"none\"",
                             "remove one of the two");
    if (!wants_token && !address_is_loopback(listener->address))
        return refuse_member(in, "auth", "would let everybody who reaches this address run programs",
                             "use \"tokens\", or listen on 127.0.0.1 or a Unix socket");
    if (!wants_token && is_tcp && listener->is_admin)
        return refuse_member(in, "admin", "would let every user of this machine manage the service",
                             "use \"auth\": \"tokens\", or a Unix socket");
    if (check_page(in, listener, wants_token) < 0 || settle_admin(in, reading) < 0)
        return -EINVAL;
    return wants_token && !listener->tokens_file ? copy_text(in, TOKENS_FILE, &listener->tokens_file) : 0;
}

int config_listener_read(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"address", read_address, true},
                                                 {"mode", read_mode, false},
                                                 {"group", read_group, false},
                                                 {"admin", read_admin, false},
                                                 {"auth", read_auth, false},
                                                 {"tokens_file", read_tokens_file, false},
                                                 {"hosts", read_hosts, false},
                                                 {"cors", read_origins, false},
                                                 {"metrics", read_metrics, false},
                                                 {"page", read_page, false},
                                                 {NULL}};
    struct reading reading = {.listener = target};
    int r;

    *reading.listener = (struct config_listener){.mode = CONFIG_LISTENER_MODE};
    r = json_in_object(in, value, members, &reading);
    if (r == -EINVAL && in->err && !*in->err->hint)
        error_hint(in->err, "a listener has \"address\", \"mode\", \"group\", \"admin\", \"auth\", "
                            "\"tokens_file\", \"hosts\", \"cors\", \"metrics\" and \"page\"");
    return r < 0 ? r : settle(in, &reading);
}

void config_listener_deinit(struct config_listener *listener)
{
    free(listener->address);
    free(listener->group);
    free(listener->tokens_file);
    strv_free(listener->hosts);
    strv_free(listener->origins);
}
