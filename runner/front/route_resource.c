/* SPDX-License-Identifier: MIT */
/* GET /v1/runs/ID/artifacts/PATH and /v1/runs/ID/output. */
#include "runner/front/route_resource.h"

#include <stdio.h>
#include <string.h>

#include "runner/front/connection_access.h"
#include "runner/front/connection_answer.h"
#include "runner/front/connection_part.h"
#include "runner/front/front.h"
#include "runner/front/front_kept.h"
#include "runner/front/resource_type.h"
#include "runner/front/resource_url.h"
#include "runner/front/route_run.h"

#define POLICY_ROOM 2048

/* The resource that the path names. @path: as in struct resource. */
struct wanted {
    char id[CONNECTION_PATH_ROOM];
    const char *path;
};

/* The table of routes has found one of the two forms. */
static void read_path(const struct connection *connection, struct wanted *ret)
{
    const char *id = connection->path + strlen(ROUTE_RUNS), *rest = id + strcspn(id, "/");
    const size_t length = strlen(RESOURCE_URL_ARTIFACTS);

    route_run_id(connection, ret->id);
    ret->path = strncmp(rest, RESOURCE_URL_ARTIFACTS, length) == 0 ? rest + length : RESULT_PARTS_OUTPUT;
}

/* IDs are unique only within a principal, and a key does not say whose it is. So each principal that has a
 * run with this ID is tried; there are no more than tokens and listeners. */
static struct kept_answer *find_by_key(const struct connection *connection, const struct query *query,
                                       const struct wanted *wanted)
{
    struct front *front = connection->front;
    struct kept_answer *kept = front_kept_next(front, "", wanted->id);

    while (kept) {
        const struct resource resource = {kept->principal, kept->id, kept->received_ns, wanted->path};

        if (resource_key_is_right(front->resource_secret, &resource, query->key, query->key_size))
            break;
        kept = front_kept_next(front, kept->principal, wanted->id);
    }
    return kept;
}

bool route_resource_has_key(const struct connection *connection, const struct query *query)
{
    struct wanted wanted = {.path = RESULT_PARTS_OUTPUT};

    read_path(connection, &wanted);
    return find_by_key(connection, query, &wanted) != NULL;
}

/* Returns the result, or NULL; then the request is answered. */
static struct kept_answer *find_kept(struct connection *connection, const struct wanted *wanted)
{
    struct route_found found;
    struct kept_answer *kept;

    if (connection->query.given & QUERY_BIT(QUERY_KEY)) {
        kept = find_by_key(connection, &connection->query, wanted);
        if (!kept)
            connection_refuse_status(connection, 404,
                                     "there is no such resource, or it has another key, or the result is "
                                     "not kept any more");
        return kept;
    }
    if (!route_run_find(connection, wanted->id, &found))
        return NULL;
    if (!found.kept)
        connection_refuse_status(connection, 404,
                                 "the run has not ended, so it has no artifacts and output yet");
    return found.kept;
}

/* Adds a text if all of it fits, and returns the new length. */
static size_t add(char *policy, size_t at, const char *text)
{
    size_t size = strlen(text);

    if (at + size >= POLICY_ROOM)
        return at;
    memcpy(policy + at, text, size + 1);
    return at + size;
}

/* Without "allow-same-origin", the document has an origin that nothing else has. Of the origins whose pages
 * may show it in a frame, those that do not fit are left out. */
static void write_policy(const struct connection *connection, char ret[POLICY_ROOM])
{
    const bool has_scripts = connection->query.given & QUERY_BIT(QUERY_SCRIPTS);
    char one[CONNECTION_ORIGIN_ROOM + 1];
    size_t at = add(ret, 0, has_scripts ? "sandbox allow-scripts; " : "sandbox; ");

    at = add(ret, at, "default-src 'none'; style-src 'unsafe-inline'; img-src data:; ");
    at = add(ret, at, has_scripts ? "script-src 'unsafe-inline'; " : "");
    at = add(ret, at, "form-action 'none'; base-uri 'none'; frame-ancestors 'self'");
    for (char *const *origin = connection_origins(connection); origin && *origin; origin++) {
        snprintf(one, sizeof(one), " %s", *origin);
        at = add(ret, at, one);
    }
}

static const char *type_of_output(const struct query *query)
{
    static const char *const types[] = {
        [QUERY_AS_HTML] = "text/html; charset=utf-8", [QUERY_AS_SVG] = "image/svg+xml"};

    return query->given & QUERY_BIT(QUERY_AS) ? types[query->as] : "text/plain; charset=utf-8";
}

static void answer(struct connection *connection, const struct kept_answer *kept,
                   const struct result_part *part)
{
    const char *type = *part->path ? resource_type_of(part->path) : type_of_output(&connection->query);
    const bool has_origins = connection_origins(connection) != NULL;
    char policy[POLICY_ROOM];
    const struct http_answer answer = {
        .status = 200,
        .type = type ? type : "application/octet-stream",
        .headers = {[HTTP_EXRUN_RUN] = kept->id,
                    [HTTP_CACHE_CONTROL] = "private, no-store",
                    [HTTP_CONTENT_DISPOSITION] = type ? NULL : "attachment",
                    [HTTP_CONTENT_SECURITY_POLICY] = policy,
                    /* For an <img> of a page on another origin that the listener names. */
                    [HTTP_RESOURCE_POLICY] = has_origins ? "cross-origin" : "same-origin",
                    [HTTP_REFERRER_POLICY] = "no-referrer",
                    [HTTP_ROBOTS] = "noindex"}};

    write_policy(connection, policy);
    connection_answer_part(connection, &answer, kept->content, part);
}

void route_resource_get(struct connection *connection)
{
    const struct result_part *part;
    const struct kept_answer *kept;
    struct wanted wanted = {.path = RESULT_PARTS_OUTPUT};

    read_path(connection, &wanted);
    kept = find_kept(connection, &wanted);
    if (!kept)
        return;
    part = result_parts_find(&kept->content->parts, wanted.path);
    if (part && strcmp(wanted.path, RESULT_PARTS_ERRORS) != 0)
        answer(connection, kept, part);
    else
        connection_refuse_status(connection, 404, "the run has no artifact with this path");
}
