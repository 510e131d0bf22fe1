/* SPDX-License-Identifier: MIT */
/* The document of the HTTP API. */
#include "runner/front/openapi.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/http_read.h"
#include "runner/front/http_write.h"
#include "runner/front/openapi_schemas.h"
#include "sandbox/base/cleanup.h"

#define PATH_ROOM 64
#define ABOUT                                                                                        \
    "Runs programs that nobody has checked, each in its own cell. Each GET has HEAD, and each path " \
    "OPTIONS. "                                                                                      \
    "Every answer can be a problem (RFC 9457) with a status that the call does not list."

/* Headers of answers, and the statuses that have them. */
static const struct {
    unsigned int status;
    bool is_of_run; /* only in the answers of calls for one run */
    const char *name, *about;
} headers[] = {
    {200, true, "Exrun-Run", "ID of the run"},
    {202, true, "Exrun-Run", "ID of the run"},
    {204, true, "Exrun-Run", "ID of the run"},
    {202, false, "Retry-After", "seconds after which to ask again"},
    {429, false, "Retry-After", "seconds after which to try again"},
    {503, false, "Retry-After", "seconds after which to try again"},
    {304, false, "ETag", "the hash of the content"},
    {401, false, "WWW-Authenticate", "Bearer"},
};

/* Problems that each call can have, before its own code is reached. */
static const unsigned int problems[] = {400, 401, 403, 408, 411, 414, 415, 421, 431};

static const char *const audiences[] = {
    [PAGES] = "Only on a listener with \"page\".",
    [MONITORS] = "Only on an administrator's socket, or a listener with \"metrics\".",
    [ADMINS] = "Only on an administrator's socket.",
};

static bool is_of_run(const struct route *route)
{
    return strncmp(route->path, "/v1/runs", strlen("/v1/runs")) == 0;
}

static json_t *header_list(const struct route *route, unsigned int status)
{
    json_t *list = json_object();

    for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++)
        if (headers[i].status == status && (!headers[i].is_of_run || is_of_run(route)) &&
            json_object_set_new(
                list, headers[i].name,
                json_pack("{ss s{ss}}", "description", headers[i].about, "schema", "type", "string")) < 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

/* @schema: NULL: there is no content. */
static json_t *content(const char *type, const char *schema)
{
    char place[64];

    if (!schema)
        return json_object();
    snprintf(place, sizeof(place), "#/components/schemas/%s", schema);
    return json_pack("{s{s{ss}}}", type, "schema", "$ref", place);
}

static int add_response(json_t *responses, const struct route *route, const struct route_answer *answer)
{
    const char *type = answer->status >= 400 ? "application/problem+json"
                       : answer->type        ? answer->type
                                             : "application/json";
    char name[16];

    snprintf(name, sizeof(name), "%u", answer->status);
    if (json_object_get(responses, name))
        return json_object_update_new(json_object_get(json_object_get(responses, name), "content"),
                                      content(type, answer->schema));
    return json_object_set_new(responses, name,
                               json_pack("{ss so so}", "description", http_title(answer->status), "headers",
                                         header_list(route, answer->status), "content",
                                         content(type, answer->status < 400 ? answer->schema : "Problem")));
}

static json_t *responses(const struct route *route)
{
    _cleanup_(json_decrefp) json_t *all = json_object();
    int r = all ? 0 : -1;

    for (size_t i = 0; i < sizeof(problems) / sizeof(*problems) && r == 0; i++)
        r = add_response(all, route, &(struct route_answer){problems[i], NULL});
    for (size_t i = 0; i < ROUTE_MOST_ANSWERS && route->answers[i].status > 0 && r == 0; i++)
        r = add_response(all, route, &route->answers[i]);
    if (r == 0)
        r = json_object_set_new(all, "default",
                                json_pack("{ss so}", "description", "Problem", "content",
                                          content("application/problem+json", "Problem")));
    return r == 0 ? steal(all) : NULL;
}

static bool has_id(const struct route *route)
{
    return route->path[strlen(route->path) - 1] == '/';
}

static const char *id_name(const struct route *route)
{
    return route->is_file ? "file" : "id";
}

/* Returns true if a path follows the suffix. */
static bool has_path(const struct route *route)
{
    return route->suffix && route->suffix[strlen(route->suffix) - 1] == '/';
}

static json_t *path_parameter(const char *name)
{
    return json_pack("{ss ss sb s{ss}}", "name", name, "in", "path", "required", true, "schema", "type",
                     "string");
}

static json_t *query_parameter(const struct query_row *row)
{
    json_t *schema = row->kind == QUERY_WORD     ? json_pack("{s[ss*]}", "enum", row->words[0], row->words[1])
                     : row->kind == QUERY_NUMBER ? json_pack("{ss si}", "type", "integer", "minimum", 0)
                                                 : json_pack("{ss}", "type", "string");

    return json_pack("{ss ss so}", "name", row->name, "in", "query", "schema", schema);
}

static bool takes_runs(const struct route *route)
{
    return route->request && is_of_run(route) && !has_id(route);
}

static bool has_events(const struct route *route)
{
    return route->suffix && strcmp(route->suffix, "/events") == 0;
}

/* Headers of requests. Accept is not one of the document's: the types of its answers say what can be asked
 * for (OpenAPI 3.1, Parameter Object). @most: characters. */
static const struct {
    bool (*is_of)(const struct route *route);
    const char *name, *description;
    int most;
} header_rows[] = {
    {takes_runs, "Exrun-Client", "Whose run it is, for fairness; as the label client.",
     CONNECTION_CLIENT_ROOM - 1},
    {takes_runs, "Exrun-Cell",
     "cold, ready or parked: the kind of cell to run in. Only on an administrator's socket.", 6},
    {takes_runs, "Prefer", "With respond-async, the answer is 202, and the run goes on without a client.",
     HTTP_HEAD_BYTES},
    {has_events, "Last-Event-ID", "The ID of the last event that the client has; the next one is the first.",
     HTTP_HEAD_BYTES},
};

static int add_headers(json_t *list, const struct route *route)
{
    int r = 0;

    for (size_t i = 0; i < sizeof(header_rows) / sizeof(*header_rows) && r == 0; i++)
        if (header_rows[i].is_of(route))
            r = json_array_append_new(list, json_pack("{ss ss ss s{ss si si}}", "name", header_rows[i].name,
                                                      "in", "header", "description",
                                                      header_rows[i].description, "schema", "type", "string",
                                                      "minLength", 1, "maxLength", header_rows[i].most));
    return r;
}

static json_t *parameters(const struct route *route)
{
    _cleanup_(json_decrefp) json_t *list = json_array();
    int r = list ? 0 : -1;

    if (r == 0 && has_id(route))
        r = json_array_append_new(list, path_parameter(id_name(route)));
    if (r == 0 && has_path(route))
        r = json_array_append_new(list, path_parameter("path"));
    for (int member = 0; member < N_QUERY_MEMBERS && r == 0; member++)
        if (route->query & QUERY_BIT(member))
            r = json_array_append_new(list, query_parameter(&query_rows[member]));
    if (r == 0)
        r = add_headers(list, route);
    return r == 0 ? steal(list) : NULL;
}

/* Writes the path, in which @id stands for the run's or the profile's name, and @path for an artifact's. */
static void write_path(const struct route *route, const char *id, const char *path, char ret[PATH_ROOM])
{
    snprintf(ret, PATH_ROOM, "%s%s%s%s", route->path, has_id(route) ? id : "",
             route->suffix ? route->suffix : "", has_path(route) ? path : "");
}

/* Writes the call's name: the method and the words of the path. */
static void name_call(const struct route *route, char *ret, size_t room)
{
    char path[PATH_ROOM];

    write_path(route, id_name(route), "path", path);
    snprintf(ret, room, "%s%s", route_method(route), path);
    for (char *c = ret; *c; c++)
        *c = (char)(isalnum((unsigned char)*c) ? tolower((unsigned char)*c) : '_');
}

static json_t *operation(const struct route *route)
{
    char name[96];
    _cleanup_(json_decrefp) json_t *call = NULL;

    name_call(route, name, sizeof(name));
    call = json_pack("{ss ss so so}", "operationId", name, "summary", route->summary, "parameters",
                     parameters(route), "responses", responses(route));
    if (!call ||
        (route->request &&
         json_object_set_new(
             call, "requestBody",
             json_pack("{sb so}", "required", true, "content",
                       content(route->takes_bytes ? "application/octet-stream" : "application/json",
                               route->request))) < 0) ||
        (audiences[route->audience] &&
         json_object_set_new(call, "description", json_string(audiences[route->audience])) < 0))
        return NULL;
    return steal(call);
}

static int add_route(json_t *paths, const struct route *route)
{
    char path[PATH_ROOM], method[16], id[16];
    json_t *item;

    snprintf(id, sizeof(id), "{%s}", id_name(route));
    write_path(route, id, "{path}", path);
    snprintf(method, sizeof(method), "%s", route_method(route));
    for (char *c = method; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    item = json_object_get(paths, path);
    if (!item) {
        item = json_object();
        if (json_object_set_new(paths, path, item) < 0)
            return -1;
    }
    return json_object_set_new(item, method, operation(route));
}

json_t *openapi_make(const struct route *routes, size_t n, const char *version)
{
    _cleanup_(json_decrefp) json_t *paths = json_object();

    for (size_t i = 0; i < n; i++)
        if (!paths || add_route(paths, &routes[i]) < 0)
            return NULL;
    return json_pack("{ss s{ss ss ss s{ss ss}} sO s{so s{s{ss ss}}} s[{} {s[]}]}", "openapi", "3.1.0", "info",
                     "title", "exrun", "version", version, "description", ABOUT, "license", "name", "MIT",
                     "identifier", "MIT", "paths", paths, "components", "schemas", openapi_schemas(),
                     "securitySchemes", "token", "type", "http", "scheme", "bearer", "security", "token");
}
