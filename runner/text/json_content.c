/* SPDX-License-Identifier: MIT */
/* Reads bytes of any kind. */
#include "runner/text/json_content.h"

#include <string.h>

/* Reads a member "encoding": "base64" or "utf-8". */
static int read_encoding(struct json_in *in, const json_t *value, void *target)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    *(bool *)target = strcmp(text, "base64") == 0;
    return *(bool *)target || strcmp(text, "utf-8") == 0
               ? 0
               : json_in_fail(in, "must be \"utf-8\" or \"base64\"");
}

int json_in_content_encoding(struct json_in *in, const json_t *value, void *target)
{
    return read_encoding(in, value, &((struct json_in_content *)target)->is_base64);
}

int json_in_content_text(struct json_in *in, const json_t *value, void *target)
{
    struct json_in_content *content = target;
    const char *text;
    int r = json_in_text(in, value, &text);

    return r < 0 ? r : json_in_bytes(in, text, content->is_base64, content->bytes);
}

int json_in_content(struct json_in *in, const json_t *value, struct bytes *bytes)
{
    static const struct json_member members[] = {
        {"encoding", json_in_content_encoding, false}, {"content", json_in_content_text, true}, {NULL}};
    struct json_in_content content = {.bytes = bytes};

    if (json_is_object(value))
        return json_in_object(in, value, members, &content);
    if (!json_is_string(value))
        return json_in_fail(in, "must be a string or an object with \"encoding\" and \"content\", not %s",
                            json_in_kind(value));
    return json_in_bytes(in, json_string_value(value), false, bytes);
}
