/* SPDX-License-Identifier: MIT */
/* The way of the page's files from the child that loads to the front. */
#include "runner/front/front_page.h"

#include <errno.h>

#include "runner/front/page_read.h"
#include "sandbox/base/cleanup.h"

static bool has_page(const struct access_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].has_page)
            return true;
    return false;
}

int front_page_pack(const struct access_list *access, struct pack *pack, struct error *err)
{
    _cleanup_(page_deinit) struct page page = {.n = 0};
    int r = has_page(access) ? page_read(&page, err) : 0;

    if (r == 0 && page.n > 0)
        page_pack(pack, &page);
    return r;
}

int front_page_read(const struct access_list *access, const struct wire_message *message, struct page *ret)
{
    if (message->size == 0)
        return has_page(access) ? -EBADMSG : 0;
    return page_unpack(message->payload, message->size, ret);
}
