/* SPDX-License-Identifier: MIT */
/* The files of a listener with "page". */
#include "runner/front/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LETTERS "abcdefghijklmnopqrstuvwxyz" CAPITALS
#define LEAST_HASH 8 /* characters, as bundlers write it */

static void file_pack(struct pack *pack, struct page_file *file)
{
    pack_text(pack, &file->name);
    pack_text(pack, &file->type);
    pack_text(pack, &file->tag);
    if (pack->is_reading && pack->error == 0) {
        file->content = content_new();
        pack->error = !file->content ? -ENOMEM : file->name && file->type && file->tag ? 0 : -EBADMSG;
    }
    if (pack->error < 0)
        return;
    pack_bytes(pack, &file->content->text.data, &file->content->text.size);
    if (pack->is_reading && pack->error == 0 && !file->content->text.data)
        pack->error = -EBADMSG;
}

void page_pack(struct pack *pack, struct page *page)
{
    size_t n = pack_list(pack, (void **)&page->files, &page->n, sizeof(*page->files));

    if (n > PAGE_MOST_FILES)
        pack->error = -EBADMSG;
    for (size_t i = 0; i < n && pack->error == 0; i++)
        file_pack(pack, &page->files[i]);
}

int page_unpack(char *bytes, size_t size, struct page *ret)
{
    struct pack pack = PACK_READ(bytes, size);

    page_pack(&pack, ret);
    return pack_end(&pack);
}

const struct page_file *page_find(const struct page *page, const char *name)
{
    for (size_t i = 0; i < page->n; i++)
        if (strcmp(page->files[i].name, name) == 0)
            return &page->files[i];
    return NULL;
}

bool page_is_name(const char *name)
{
    static const char *const endings[] = {".js", ".css", ".html", ".svg", ".ttf"};
    const char *dot = strrchr(name, '.');

    if (!dot || dot == name || *name == '.' || name[strspn(name, LETTERS DIGITS "._-")])
        return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (strcmp(dot, endings[i]) == 0)
            return true;
    return false;
}

bool page_name_has_hash(const char *name)
{
    const char *dash = strrchr(name, '-'), *hash = dash ? dash + 1 : "";
    const size_t length = strcspn(hash, ".");

    return length >= LEAST_HASH && hash[length] == '.' && !strchr(hash + length + 1, '.') &&
           (strspn(hash, DIGITS "abcdef") == length || strspn(hash, DIGITS CAPITALS) == length);
}

void page_deinit(struct page *page)
{
    for (size_t i = 0; i < page->n; i++) {
        free(page->files[i].name);
        free(page->files[i].type);
        free(page->files[i].tag);
        content_unref(page->files[i].content);
    }
    free(page->files);
    *page = (struct page){.files = NULL};
}
