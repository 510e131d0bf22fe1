/* SPDX-License-Identifier: MIT */
/* The events of a run whose result is all that is kept. */
#include "runner/front/restored_events.h"

#include <errno.h>

#include "runner/answer/result_parts.h"
#include "sandbox/base/cleanup.h"

#define PIECE_BYTES 16384
#define MOST_BYTES (4 << 20)
/* One time for all of them, so that they are the same ones whenever they are made. */
#define RESTORED_NS 1

static struct result_part part_of(const struct content *content, const char *path)
{
    const struct result_part *part = result_parts_find(&content->parts, path);

    return part ? *part : (struct result_part){0};
}

/* Adds a part of the result as output. */
static int add(struct run_events *events, const struct content *content, const char *path)
{
    const struct result_part part = part_of(content, path);
    struct json_span rest = part.span;
    char piece[PIECE_BYTES] = "";
    int r = 0;

    if (part.bytes > MOST_BYTES)
        return 0;
    while (rest.size > 0 && r == 0) {
        size_t size = json_span_read(&rest, content->text.data, piece, sizeof(piece));
        const struct bytes bytes = {.data = piece, .size = size};

        r = stream_log_append(&events->log, *path ? EVENT_STDERR : EVENT_STDOUT, &bytes, RESTORED_NS);
    }
    return r;
}

/* Ends the events. The result may be lean only if they have all of the output. */
static int end(struct run_events *events, struct content *content)
{
    _cleanup_(content_unrefp) struct content *lean = NULL;

    if (part_of(content, RESULT_PARTS_OUTPUT).bytes > MOST_BYTES ||
        part_of(content, RESULT_PARTS_ERRORS).bytes > MOST_BYTES)
        return run_events_end(events, content, NULL);
    lean = content_lean(content);
    return lean ? run_events_end(events, content, lean) : -ENOMEM;
}

int restored_events_make(struct run_events *events, struct content *content)
{
    int r = add(events, content, RESULT_PARTS_OUTPUT);

    if (r == 0)
        r = add(events, content, RESULT_PARTS_ERRORS);
    if (r < 0)
        return r;
    events->is_restored = true;
    return end(events, content);
}
