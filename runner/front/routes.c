/* SPDX-License-Identifier: MIT */
/* The table of the service's resources. */
#include "runner/front/routes.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_run.h"
#include "runner/front/front_switches.h"
#include "runner/front/route_post.h"
#include "runner/front/status.h"

#define RUNS "/v1/runs/"

static struct front_run *find_run(struct connection *connection)
{
    return front_run_find(connection->front, connection->principal, connection->path + strlen(RUNS));
}

static void get_run(struct connection *connection)
{
    struct front_run *run = find_run(connection);
    json_t *object;
    bool is_waiting;

    if (!run) {
        connection_refuse_status(connection, 404, "there is no run with this ID that waits or runs");
        return;
    }
    is_waiting = front_run_waits(run);
    object = json_pack("{ss ss}", "id", run->id, "state", is_waiting ? "queued" : "running");
    if (object && is_waiting)
        json_object_set_new(object, "position",
                            json_integer((json_int_t)queue_position(&connection->front->queue, &run->link)));
    connection_answer_json(connection, 202, object);
}

static void delete_run(struct connection *connection)
{
    struct front_run *run = find_run(connection);

    if (!run) {
        connection_refuse_status(connection, 404, "there is no run with this ID that waits or runs");
        return;
    }
    front_run_cancel(connection->front, run);
    connection_answer(connection, &(struct http_answer){.status = 204}, NULL);
}

static json_t *limits_json(const struct limits *limits)
{
    json_t *object = json_object();

    for (enum limit limit = 0; limit < N_LIMITS; limit++)
        json_object_set_new(object, limit_rows[limit].key,
                            json_integer((json_int_t)limits_get(limits, limit)));
    return object;
}

static json_t *language_json(const struct front *front, size_t index)
{
    const struct language *language = &front->load->languages[index];
    const struct front_version *version = &front->load->versions[index];

    return json_pack("{ss ss ss* s{so so} ss sb}", "name", language->profile.name, "title", language->title,
                     "version", *version->text ? version->text : NULL, "limits", "default",
                     limits_json(&language->profile.normal), "max", limits_json(&language->profile.max),
                     "warm", "none", "disabled",
                     switches_have_disabled(&front->switches, language->profile.name));
}

static void get_profiles(struct connection *connection)
{
    const struct front_load *load = connection->front->load;
    json_t *list = json_array();

    for (size_t i = 0; i < load->n_languages; i++)
        json_array_append_new(list, language_json(connection->front, i));
    connection_answer_json(connection, 200, json_pack("{si so}", "v", 1, "profiles", list));
}

static void get_health(struct connection *connection)
{
    connection_answer_json(connection, 200, json_pack("{ss}", "status", "alive"));
}

static void get_ready(struct connection *connection)
{
    const struct front *front = connection->front;

    if (front->is_draining)
        connection_refuse_status(connection, 503, "the service is being stopped");
    else if (front->switches.is_maintenance)
        connection_refuse_status(connection, 503, front->switches.message);
    else if (!front_keepers_can_run(front))
        connection_refuse_status(connection, 503, "no program can be started at the moment");
    else
        connection_answer_json(connection, 200, json_pack("{ss}", "status", "ready"));
}

static void get_status(struct connection *connection)
{
    struct status status;
    int r = front_status(connection->front, &status);

    connection_answer_json(connection, 200, r == 0 ? status_json(&status) : NULL);
    status_deinit(&status);
}

enum audience {
    EVERYBODY,
    MONITORS, /* administrators, and the listeners with "metrics" */
    ADMINS,   /* only on administrators' sockets */
};

struct route {
    const char *path; /* one that ends in a slash is followed by an ID */
    enum http_method method;
    enum audience audience;
    void (*handle)(struct connection *connection);
};

static const struct route routes[] = {
    {"/v1/runs", HTTP_POST, EVERYBODY, route_post},
    {RUNS, HTTP_GET, EVERYBODY, get_run},
    {RUNS, HTTP_DELETE, EVERYBODY, delete_run},
    {"/v1/profiles", HTTP_GET, EVERYBODY, get_profiles},
    {"/healthz", HTTP_GET, EVERYBODY, get_health},
    {"/readyz", HTTP_GET, EVERYBODY, get_ready},
    {"/v1/status", HTTP_GET, ADMINS, get_status},
    {"/v1/maintenance", HTTP_POST, ADMINS, front_switches_post_maintenance},
    {FRONT_SWITCHES_PROFILES, HTTP_POST, ADMINS, front_switches_post_profile},
    {"/metrics", HTTP_GET, MONITORS, front_metrics_get},
};

static bool is_at(const struct route *route, const char *path)
{
    size_t length = strlen(route->path);

    if (route->path[length - 1] != '/')
        return strcmp(path, route->path) == 0;
    return strncmp(path, route->path, length) == 0 && path[length] != '\0' && !strchr(path + length, '/');
}

/* HEAD is GET without the content: RFC 9110, section 9.3.2. */
static bool takes(const struct route *route, enum http_method method)
{
    return route->method == method || (route->method == HTTP_GET && method == HTTP_HEAD);
}

static const struct route *find_route(const struct connection *connection)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
        if (is_at(&routes[i], connection->path) && takes(&routes[i], connection->method))
            return &routes[i];
    return NULL;
}

/* Lists the methods that the resource has; "": there is no such resource. */
static void list_methods(const char *path, char *ret, size_t room)
{
    static const char *const names[] = {
        [HTTP_GET] = "GET, HEAD", [HTTP_POST] = "POST", [HTTP_DELETE] = "DELETE"};

    *ret = '\0';
    for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
        if (is_at(&routes[i], path))
            snprintf(ret + strlen(ret), room - strlen(ret), "%s%s", *ret ? ", " : "",
                     names[routes[i].method]);
    if (*ret)
        snprintf(ret + strlen(ret), room - strlen(ret), ", OPTIONS");
}

static bool refuse_early(struct connection *connection, unsigned int status, const char *detail)
{
    connection_refuse_early(connection, &(struct http_answer){.status = status}, detail);
    return false;
}

/* A browser asks before it sends a script's request to another origin, and keeps the answer for a while. */
static void answer_options(struct connection *connection, struct http_answer answer)
{
    answer.status = 204;
    if (*connection->origin) {
        answer.headers[HTTP_ALLOW_METHODS] = answer.headers[HTTP_ALLOW];
        answer.headers[HTTP_ALLOW_HEADERS] =
            "Authorization, Content-Type, Accept, Prefer, Last-Event-ID, Exrun-Client";
        answer.headers[HTTP_MAX_AGE] = "600";
    }
    connection_answer(connection, &answer, NULL);
}

bool route_find(struct connection *connection)
{
    struct http_answer answer = {.status = 405};
    char methods[64];

    list_methods(connection->path, methods, sizeof(methods));
    answer.headers[HTTP_ALLOW] = methods;
    if (!*methods)
        return refuse_early(connection, 404, "there is no such resource");
    if (find_route(connection))
        return true;
    if (connection->method == HTTP_OPTIONS)
        answer_options(connection, answer);
    else
        connection_refuse_early(connection, &answer, "this resource does not have this method");
    return false;
}

bool route_check(struct connection *connection)
{
    const struct route *route;

    if (!route_find(connection))
        return false;
    route = find_route(connection);
    if (route->audience == ADMINS && !connection->is_admin)
        return refuse_early(connection, 403, "only an administrator's socket has this resource");
    if (route->audience == MONITORS && !connection->is_admin && !connection->is_monitor)
        return refuse_early(
            connection, 403,
            "only an administrator's socket, or a listener with \"metrics\", has this resource");
    if (connection->has_query)
        return refuse_early(connection, 400, "this resource has no query parameters");
    if (route->method == HTTP_POST && !connection->is_json)
        return refuse_early(connection, 415, "the content must be JSON (Content-Type: application/json)");
    if (connection->is_encoded)
        return refuse_early(connection, 415, "the content must not be encoded (Content-Encoding)");
    if (connection->body_bytes > connection->front->load->config.http.body_bytes)
        return refuse_early(connection, 413, "the content is too large");
    return true;
}

void route_handle(struct connection *connection)
{
    const struct route *route = find_route(connection);

    if (route) /* route_check() has found it */
        route->handle(connection);
}
