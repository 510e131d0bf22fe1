/* SPDX-License-Identifier: MIT */
/* The checks of who may use a listener. */
#include "runner/front/access.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/address.h"
#include "sandbox/base/strv.h"
#include "sandbox/warden/load.h"

#define SCHEME "Bearer "
#define TOKEN_MOST_BYTES 512
#define HOST_ROOM 256

void access_list_pack(struct pack *pack, struct access_list *list)
{
    size_t n = pack_list(pack, (void **)&list->items, &list->n, sizeof(*list->items));

    for (size_t i = 0; i < n; i++) {
        struct access *access = &list->items[i];

        pack_text(pack, &access->address);
        PACK_NUMBER(pack, access->wants_token, 1);
        PACK_NUMBER(pack, access->has_metrics, 1);
        PACK_NUMBER(pack, access->has_page, 1);
        tokens_pack(pack, &access->tokens);
        pack_texts(pack, &access->hosts);
        pack_texts(pack, &access->origins);
        if (pack->is_reading && pack->error == 0 && (!access->address || n > LOAD_MOST_LISTENERS))
            pack->error = -EBADMSG;
    }
}

int access_list_read(char *bytes, size_t size, struct access_list *ret)
{
    struct pack pack = PACK_READ(bytes, size);

    access_list_pack(&pack, ret);
    return pack_end(&pack);
}

void access_list_deinit(struct access_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->items[i].address);
        tokens_deinit(&list->items[i].tokens);
        strv_free(list->items[i].hosts);
        strv_free(list->items[i].origins);
    }
    free(list->items);
    *list = (struct access_list){.items = NULL};
}

const struct access *access_of(const struct access_list *list, const char *address)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->items[i].address, address) == 0)
            return &list->items[i];
    return NULL;
}

/* Copies the host without its port, in lower case. Returns false if it does not fit. */
static bool copy_host(struct http_slice host, char ret[HOST_ROOM])
{
    size_t size = host.size;

    while (size > 0 && isdigit((unsigned char)host.data[size - 1]))
        size--;
    size = size > 0 && host.data[size - 1] == ':' ? size - 1 : host.size;
    if (size >= HOST_ROOM)
        return false;
    for (size_t i = 0; i < size; i++)
        ret[i] = (char)tolower((unsigned char)host.data[i]);
    ret[size] = '\0';
    return true;
}

/* HTTP/1.0 has no Host, and no browser speaks it. */
static bool is_host_of(const struct access *access, struct http_slice given)
{
    const bool is_tcp = address_is_tcp(access->address);
    char host[HOST_ROOM];

    if (!given.data || (!is_tcp && !access->hosts))
        return true;
    if (!copy_host(given, host))
        return false;
    if (strv_has(access->hosts, host))
        return true;
    if (!is_tcp)
        return false;
    if (address_is_ip(host))
        return address_is_any(access->address) || address_has_ip(access->address, host);
    return strcmp(host, "localhost") == 0 && address_is_loopback(access->address);
}

bool access_lists(const struct access *access, struct http_slice origin)
{
    for (char *const *one = access->origins; one && *one; one++)
        if (strlen(*one) == origin.size && memcmp(*one, origin.data, origin.size) == 0)
            return true;
    return false;
}

static bool takes_off(struct http_slice *text, const char *start)
{
    const size_t size = strlen(start);

    if (text->size < size || memcmp(text->data, start, size) != 0)
        return false;
    text->data += size;
    text->size -= size;
    return true;
}

static void cut_port(struct http_slice *text, const char *port)
{
    const size_t size = strlen(port);

    if (text->size > size && memcmp(text->data + text->size - size, port, size) == 0)
        text->size -= size;
}

/* Returns true if the page of @origin comes from this listener, under the name and the port that it was asked
 * by: @host, which is_host_of() has checked. If the page came over TLS, a proxy has served it, so only a name
 * of @hosts counts: on this machine, port 443 of localhost can be somebody else's. */
static bool is_own_origin(const struct access *access, struct http_slice origin, struct http_slice host)
{
    char name[HOST_ROOM];

    if (!access->has_page || !host.data)
        return false;
    if (takes_off(&origin, "http://")) {
        cut_port(&host, ":80");
    } else {
        if (!takes_off(&origin, "https://") || !copy_host(host, name) || !strv_has(access->hosts, name))
            return false;
        cut_port(&host, ":443");
    }
    return origin.size == host.size && strncasecmp(origin.data, host.data, host.size) == 0;
}

/* The scheme's letters can have any case (RFC 9110, section 11.1). */
static enum access_verdict find_token(const struct access *access, struct http_slice given,
                                      const struct token **ret)
{
    const size_t length = sizeof(SCHEME) - 1;

    if (given.size <= length || strncasecmp(given.data, SCHEME, length) != 0)
        return ACCESS_NO_TOKEN;
    if (given.size - length > TOKEN_MOST_BYTES)
        return ACCESS_WRONG_TOKEN;
    *ret = tokens_find(&access->tokens, given.data + length, given.size - length);
    return *ret ? ACCESS_GRANTED : ACCESS_WRONG_TOKEN;
}

enum access_verdict access_check(const struct access *access, const struct http_request *request,
                                 const struct token **ret)
{
    const struct http_slice origin = request->headers[HTTP_ORIGIN];

    *ret = NULL;
    if (!is_host_of(access, request->headers[HTTP_HOST]))
        return ACCESS_WRONG_HOST;
    if (origin.data && !access_lists(access, origin) &&
        !is_own_origin(access, origin, request->headers[HTTP_HOST]))
        return ACCESS_FOREIGN_ORIGIN;
    return access->wants_token ? find_token(access, request->headers[HTTP_AUTHORIZATION], ret)
                               : ACCESS_GRANTED;
}
