/* SPDX-License-Identifier: MIT */
/* GET /play, and the files of the page. */
#include "runner/front/route_page.h"

#include <string.h>

#include "runner/front/connection_access.h"
#include "runner/front/connection_answer.h"
#include "runner/front/etag.h"
#include "runner/front/front.h"
#include "runner/front/page.h"

#define PLAY_FILE "play.html"

/* For documents, of which exrun has one. Everything comes from this listener, and nothing is sent elsewhere.
 * No other page may show it in a frame, and trick a visitor into a click on Run. Scripts make no HTML of
 * texts (Trusted Types). */
#define POLICY                                                                                              \
    "default-src 'none'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri " \
    "'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; style-src "    \
    "'self'"
/* Monaco writes style elements for its theme, and style attributes for the place of each line: without the
 * exception, it does not open. It needs no other one, because it is built without the parts that start
 * workers. So a page that was built without it has no exception at all. */
#define MONACO_POLICY POLICY " 'unsafe-inline'"
#define MONACO_FILES "monaco-"

static const char *name_of(const struct connection *connection)
{
    return strcmp(connection->path, ROUTE_PAGE_PLAY) == 0 ? PLAY_FILE : connection->path + 1;
}

static const char *policy_of(const struct page *page)
{
    for (size_t i = 0; i < page->n; i++)
        if (strncmp(page->files[i].name, MONACO_FILES, strlen(MONACO_FILES)) == 0)
            return MONACO_POLICY;
    return POLICY;
}

void route_page_get(struct connection *connection)
{
    const struct page *page = &connection->front->load->page;
    const struct page_file *file = page_find(page, name_of(connection));
    struct http_answer answer = {.status = 200};

    if (!file) {
        connection_refuse_status(connection, 404, "there is no such resource");
        return;
    }
    answer.headers[HTTP_ETAG] = file->tag;
    answer.headers[HTTP_CACHE_CONTROL] =
        page_name_has_hash(file->name) ? "public, max-age=31536000, immutable" : "no-cache";
    /* A script of another origin gets a permission with the file, which is in the file's head only for it. */
    answer.headers[HTTP_VARY] = connection_origins(connection) ? "Origin" : NULL;
    if (etag_is_listed(connection->none_match, file->tag)) {
        answer.status = 304;
        connection_answer(connection, &answer, NULL);
        return;
    }
    answer.type = file->type;
    if (strncmp(file->type, "text/html", strlen("text/html")) == 0) {
        answer.headers[HTTP_CONTENT_SECURITY_POLICY] = policy_of(page);
        answer.headers[HTTP_REFERRER_POLICY] = "no-referrer";
    }
    connection_answer(connection, &answer, file->content);
}
