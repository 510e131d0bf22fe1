/* SPDX-License-Identifier: MIT */
/* The table of the service's resources. */
#include "runner/front/routes.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "runner/front/connection_access.h"
#include "runner/front/connection_answer.h"
#include "runner/front/event_write.h"
#include "runner/front/front.h"
#include "runner/front/front_metrics.h"
#include "runner/front/front_places.h"
#include "runner/front/front_run.h"
#include "runner/front/front_switches.h"
#include "runner/front/metrics_write.h"
#include "runner/front/openapi.h"
#include "runner/front/page.h"
#include "runner/front/resource_url.h"
#include "runner/front/route_events.h"
#include "runner/front/route_input.h"
#include "runner/front/route_page.h"
#include "runner/front/route_post.h"
#include "runner/front/route_profiles.h"
#include "runner/front/route_resource.h"
#include "runner/front/route_run.h"
#include "runner/front/status_write.h"

#define ADMIN_BYTES (16 << 10) /* of a request that sets a switch */

/* Answers with @object and takes it. */
static void answer_json(struct connection *connection, unsigned int status, json_t *object /* takes */)
{
    connection_answer_json(connection, &(struct http_answer){.status = status}, object);
}

static void get_health(struct connection *connection)
{
    answer_json(connection, 200, json_pack("{ss}", "status", "alive"));
}

static void get_ready(struct connection *connection)
{
    const struct front *front = connection->front;

    if (front->is_draining)
        connection_refuse_status(connection, 503, "the service is being stopped");
    else if (front->switches.is_maintenance)
        connection_refuse_status(connection, 503, front->switches.message);
    else if (!front_places_can_run(front))
        connection_refuse_status(connection, 503, "no program can be started at the moment");
    else
        answer_json(connection, 200, json_pack("{ss}", "status", "ready"));
}

static void get_status(struct connection *connection)
{
    struct status status;
    int r = front_status(connection->front, &status);

    answer_json(connection, 200, r == 0 ? status_json(&status) : NULL);
    status_deinit(&status);
}

static void get_openapi(struct connection *connection);

static const struct route routes[] = {
    {"/v1/runs",
     HTTP_POST,
     EVERYBODY,
     route_post,
     QUERY_BIT(QUERY_LEAN),
     "Request",
     "Runs a program.",
     {{200, "Result"},
      {200, "Events", EVENTS_TYPE},
      {202, "State"},
      {409},
      {413},
      {422},
      {429},
      {500},
      {503}}},
    {ROUTE_RUNS,
     HTTP_GET,
     EVERYBODY,
     route_run_get,
     0,
     NULL,
     "Returns the result of a run, or its state.",
     {{200, "Result"}, {202, "State"}, {404}}},
    {ROUTE_RUNS,
     HTTP_DELETE,
     EVERYBODY,
     route_run_delete,
     QUERY_BIT(QUERY_FORGET),
     NULL,
     "Cancels a run, and drops its result if the query says so.",
     {{204}, {404}}},
    {ROUTE_RUNS,
     HTTP_GET,
     EVERYBODY,
     route_events_get,
     QUERY_BIT(QUERY_LEAN),
     NULL,
     "Returns the events of a run as they happen, from the start or after Last-Event-ID.",
     {{200, "Events", EVENTS_TYPE}, {204}, {404}, {429}},
     ROUTE_EVENTS},
    {ROUTE_RUNS,
     HTTP_POST,
     EVERYBODY,
     route_input_post,
     QUERY_BIT(QUERY_CLOSE) | QUERY_BIT(QUERY_AT),
     "Bytes",
     "Appends to the stdin of a run that has \"stdin_open\", from the offset \"at\" on, and closes it if the "
     "query says so.",
     {{204}, {404}, {409}, {413}, {429}, {503}},
     ROUTE_INPUT,
     true,
     FRONT_INPUT_MOST_BYTES},
    {ROUTE_RUNS,
     HTTP_GET,
     EVERYBODY,
     route_resource_get,
     QUERY_BIT(QUERY_SCRIPTS) | QUERY_BIT(QUERY_KEY),
     NULL,
     "Returns an artifact of a run. Its type depends on the ending of its name.",
     {{200, "Bytes", "*/*"}, {404}},
     RESOURCE_URL_ARTIFACTS},
    {ROUTE_RUNS,
     HTTP_GET,
     EVERYBODY,
     route_resource_get,
     QUERY_BIT(QUERY_AS) | QUERY_BIT(QUERY_SCRIPTS) | QUERY_BIT(QUERY_KEY),
     NULL,
     "Returns the standard output of a run.",
     {{200, "Bytes", "*/*"}, {404}},
     RESOURCE_URL_OUTPUT},
    {"/v1/profiles",
     HTTP_GET,
     EVERYBODY,
     route_profiles_get,
     0,
     NULL,
     "Lists the languages.",
     {{200, "Profiles"}}},
    {"/openapi.json",
     HTTP_GET,
     EVERYBODY,
     get_openapi,
     0,
     NULL,
     "Returns this document.",
     {{200, "Document"}}},
    {"/healthz", HTTP_GET, EVERYBODY, get_health, 0, NULL, "Says that the service lives.", {{200, "Health"}}},
    {"/readyz",
     HTTP_GET,
     EVERYBODY,
     get_ready,
     0,
     NULL,
     "Says whether programs can be run.",
     {{200, "Health"}, {503}}},
    {"/v1/status",
     HTTP_GET,
     ADMINS,
     get_status,
     0,
     NULL,
     "Says what the service is doing.",
     {{200, "Status"}}},
    {"/v1/maintenance",
     HTTP_POST,
     ADMINS,
     front_switches_post_maintenance,
     0,
     "MaintenanceSwitch",
     "Begins or ends maintenance.",
     {{200, "Maintenance"}, {413}, {422}},
     .most_bytes = ADMIN_BYTES},
    {FRONT_SWITCHES_PROFILES,
     HTTP_POST,
     ADMINS,
     front_switches_post_profile,
     0,
     "ProfileSwitch",
     "Disables or enables a profile.",
     {{200, "ProfileState"}, {404}, {413}, {422}},
     .most_bytes = ADMIN_BYTES},
    {"/metrics",
     HTTP_GET,
     MONITORS,
     front_metrics_get,
     0,
     NULL,
     "Returns the metrics for Prometheus.",
     {{200, "Metrics", METRICS_CONTENT_TYPE}}},
    {ROUTE_PAGE_PLAY,
     HTTP_GET,
     PAGES,
     route_page_get,
     0,
     NULL,
     "Returns exrun's own page.",
     {{200, "Bytes", "text/html; charset=utf-8"}, {304}, {404}}},
    {"/",
     HTTP_GET,
     PAGES,
     route_page_get,
     0,
     NULL,
     "Returns a file of the page, such as exrun.js.",
     {{200, "Bytes", "*/*"}, {304}, {404}},
     .is_file = true},
};

/* It never changes, so it is made once. */
static void get_openapi(struct connection *connection)
{
    struct front *front = connection->front;

    if (!front->openapi) {
        json_t *document = openapi_make(routes, sizeof(routes) / sizeof(*routes), front->config->version);

        front->openapi = content_of_text(document ? json_dumps(document, JSON_COMPACT) : NULL);
        json_decref(document);
    }
    if (front->openapi)
        connection_answer(connection, &(struct http_answer){.status = 200, .type = "application/json"},
                          front->openapi);
    else
        connection_refuse_status(connection, 503, "the service has too little memory at the moment");
}

const char *route_method(const struct route *route)
{
    static const char *const names[] = {[HTTP_GET] = "GET", [HTTP_POST] = "POST", [HTTP_DELETE] = "DELETE"};

    return names[route->method];
}

static bool is_at(const struct route *route, const char *path)
{
    const char *suffix = route->suffix ? route->suffix : "";
    size_t length = strlen(route->path);

    if (route->is_file)
        return page_is_name(path + 1);
    if (route->path[length - 1] != '/')
        return strcmp(path, route->path) == 0;
    if (strncmp(path, route->path, length) != 0 || path[length] == '\0')
        return false;
    path += length;
    if (*path == '/')
        return false;
    path += strcspn(path, "/");
    length = strlen(suffix);
    if (length > 0 && suffix[length - 1] == '/')
        return strncmp(path, suffix, length) == 0 && path[length] != '\0';
    return strcmp(path, suffix) == 0;
}

/* Without a page, a listener does not have the page's resources. */
static bool has(const struct connection *connection, const struct route *route)
{
    return is_at(route, connection->path) && (route->audience != PAGES || connection_has_page(connection));
}

/* HEAD is GET without the content: RFC 9110, section 9.3.2. */
static bool takes(const struct route *route, enum http_method method)
{
    return route->method == method || (route->method == HTTP_GET && method == HTTP_HEAD);
}

static const struct route *find_route(const struct connection *connection)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
        if (has(connection, &routes[i]) && takes(&routes[i], connection->method))
            return &routes[i];
    return NULL;
}

/* Lists the methods that the resource has; "": there is no such resource. */
static void list_methods(const struct connection *connection, char *ret, size_t room)
{
    *ret = '\0';
    for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
        if (has(connection, &routes[i]))
            snprintf(ret + strlen(ret), room - strlen(ret), "%s%s%s", *ret ? ", " : "",
                     route_method(&routes[i]), routes[i].method == HTTP_GET ? ", HEAD" : "");
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

    list_methods(connection, methods, sizeof(methods));
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

static bool refuse_query(struct connection *connection, const struct route *route)
{
    char detail[128], allowed[64];

    query_describe(route->query, allowed, sizeof(allowed));
    snprintf(detail, sizeof(detail), "this call can have no other query than parts of \"%s\"", allowed);
    return refuse_early(connection, 400, route->query ? detail : "this call has no query parameters");
}

bool route_has_key(const struct connection *connection)
{
    const struct route *route = find_route(connection);
    struct query query;

    return route && query_read(connection->query_text, route->query, &query) &&
           query.given & QUERY_BIT(QUERY_KEY) && route_resource_has_key(connection, &query);
}

/* Bytes that are not there need no type. */
static bool has_type(const struct connection *connection, const struct route *route)
{
    if (route->takes_bytes && connection->body_bytes == 0 && connection->type == CONTENT_NONE)
        return true;
    return connection->type == (route->takes_bytes ? CONTENT_BYTES : CONTENT_JSON);
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
    connection->query = (struct query){0};
    if (connection->has_query && !query_read(connection->query_text, route->query, &connection->query))
        return refuse_query(connection, route);
    if (route->method == HTTP_POST && connection->has_client && !*connection->client)
        return refuse_early(connection, 400, "Exrun-Client must have 1 to 200 characters");
    if (route->handle == route_post && !route_post_check(connection))
        return false;
    if (route->method == HTTP_POST && !has_type(connection, route))
        return refuse_early(connection, 415,
                            route->takes_bytes
                                ? "the content must be bytes (Content-Type: application/octet-stream)"
                                : "the content must be JSON (Content-Type: application/json)");
    if (connection->is_encoded)
        return refuse_early(connection, 415, "the content must not be encoded (Content-Encoding)");
    if (connection->body_bytes >
        (route->most_bytes ? route->most_bytes : connection->front->load->config.http.body_bytes))
        return refuse_early(connection, 413, "the content is too large");
    return true;
}

void route_handle(struct connection *connection)
{
    const struct route *route = find_route(connection);

    if (route) /* route_check() has found it */
        route->handle(connection);
}
