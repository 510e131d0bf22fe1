/* SPDX-License-Identifier: MIT */
/* The checks of who may use a listener, which need nothing but the head of a request. */
#ifndef EXRUN_RUNNER_FRONT_ACCESS_H
#define EXRUN_RUNNER_FRONT_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "runner/front/http_read.h"
#include "runner/front/tokens.h"
#include "sandbox/base/pack.h"

/* Of one listener. Everything is owned. @address: one of address_read(). @wants_token: each request needs one
 * of @tokens. @has_metrics: its clients can read the metrics. @has_page: it serves the files of the page
 * (page.h), and scripts of its own origin may use it. @hosts: names in addition to its address. @origins: of
 * the other pages whose scripts may use it. */
struct access {
    char *address;
    bool wants_token, has_metrics, has_page;
    struct tokens tokens;
    char **hosts, **origins;
};

struct access_list {
    struct access *items;
    size_t n;
};

/* Packs or unpacks them. The caller must call access_list_deinit() even if they are invalid. */
void access_list_pack(struct pack *pack, struct access_list *list);

/* Reads a list that access_list_pack() has written. Returns 0 or -errno (pack_end()), and the caller must
 * call access_list_deinit() in both cases. */
int access_list_read(char *bytes, size_t size, struct access_list *ret);

void access_list_deinit(struct access_list *list);

/* Returns the entry for a listener, or NULL. */
const struct access *access_of(const struct access_list *list, const char *address);

enum access_verdict {
    ACCESS_GRANTED,
    ACCESS_WRONG_HOST,     /* Host is not one of the listener's names: a page to which DNS leads sends that */
    ACCESS_FOREIGN_ORIGIN, /* a script of a page that the listener does not list */
    ACCESS_NO_TOKEN,
    ACCESS_WRONG_TOKEN,
    ACCESS_CLOSED, /* the configuration no longer has the listener */
};

/* Returns true if @origin is one of @origins. Browsers need to hear so (Fetch, section 3.3); they don't for a
 * listener's own origin, and only for that. */
bool access_lists(const struct access *access, struct http_slice origin);

/* Checks Host, Origin and Authorization, in this order. Stores the token in *ret; NULL: none is needed. */
enum access_verdict access_check(const struct access *access, const struct http_request *request,
                                 const struct token **ret);

#endif
