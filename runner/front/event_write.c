/* SPDX-License-Identifier: MIT */
/* Writes server-sent events. */
#include "runner/front/event_write.h"

#include <errno.h>

#include "runner/text/encoding.h"
#include "runner/text/json_write.h"

static int begin(struct evbuffer *to, const struct event_name *name)
{
    int r = evbuffer_add_printf(to, "event: %s\n", name->type);

    if (r >= 0 && name->number > 0)
        r = evbuffer_add_printf(to, "id: %u.%zu\n", name->attempt, name->number);
    if (r >= 0)
        r = evbuffer_add_printf(to, "data: ");
    return r < 0 ? -ENOMEM : 0;
}

static int end(struct evbuffer *to)
{
    return evbuffer_add(to, "\n\n", 2) < 0 ? -ENOMEM : 0;
}

static int add(void *arg, const char *data, size_t size)
{
    return evbuffer_add(arg, data, size) < 0 ? -ENOMEM : 0;
}

static int write_json(struct evbuffer *to, const struct event_name *name, const json_t *object,
                      struct json_content *content)
{
    const struct json_sink sink = {add, to};
    int r = object ? begin(to, name) : -ENOMEM;

    if (r == 0)
        r = json_write(object, content, content != NULL, &sink);
    return r < 0 ? r : end(to);
}

int event_write_object(struct evbuffer *to, const struct event_name *name, json_t *object /* takes */)
{
    int r = write_json(to, name, object, NULL);

    json_decref(object);
    return r;
}

int event_write_output(struct evbuffer *to, const struct event_name *name, const struct bytes *bytes)
{
    bool is_text = encoding_is_text(bytes);
    json_t *place = json_string(""), *object = json_pack("{sO}", is_text ? "text" : "base64", place);
    struct json_content content = {.place = place, .bytes = *bytes, .as_text = is_text};
    int r = write_json(to, name, object, &content);

    json_decref(object);
    json_decref(place);
    return r;
}

int event_write_content(struct evbuffer *to, const struct event_name *name, struct content *content)
{
    int r = begin(to, name);

    if (r == 0)
        r = content_send(content, to);
    return r < 0 ? r : end(to);
}
