/* SPDX-License-Identifier: MIT */
/* The way of the page's files from the child that loads to the front. */
#include "runner/front/front_page.h"

#include <errno.h>
#include <string.h>

#include "runner/front/page_read.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

static bool has_page(const struct access_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].has_page)
            return true;
    return false;
}

int front_page_write(const struct access_list *access, int fd, struct error *err)
{
    _cleanup_(page_deinit) struct page page = {.n = 0};
    _cleanup_(pack_deinit) struct pack pack = {0};
    int r;

    if (!has_page(access))
        return 0;
    r = page_read(&page, err);
    if (r < 0)
        return r;
    page_pack(&pack, &page);
    if (pack_end(&pack) < 0)
        return error_memory(err);
    r = fd_write_all(fd, pack.data, pack.size);
    return r < 0 ? error_set(err, r, EX_OSERR, "", "the files of the page can't be handed over: %s",
                             strerror(-r))
                 : 0;
}

int front_page_read(const struct access_list *access, const struct wire_message *message, struct page *ret)
{
    if (message->size == 0)
        return has_page(access) ? -EBADMSG : 0;
    return page_unpack(message->payload, message->size, ret);
}
