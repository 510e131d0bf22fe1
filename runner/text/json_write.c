/* SPDX-License-Identifier: MIT */
/* Writes JSON piece by piece. First jansson writes the frame: the document with empty strings
 * instead of the contents. Then the parts of the frame and the contents are written in turn. */
#include "runner/text/json_write.h"

#include <errno.h>
#include <nettle/base64.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 3 << 10, BUFFER = 16 << 10 };

struct frame {
    FILE *out;
    char *text;
    size_t size;
    struct json_content *next, *end; /* the contents whose places have not been reached yet */
    bool is_short;                   /* memory ran out while writing */
};

static int frame_piece(const char *data, size_t size, void *arg)
{
    struct frame *frame = arg;

    if (fwrite(data, 1, size, frame->out) != size)
        frame->is_short = true;
    return frame->is_short ? -1 : 0;
}

static void frame_leaf(struct frame *frame, const json_t *value)
{
    if (frame->next < frame->end && frame->next->place == value) {
        /* The place is between the quotes. */
        frame->next++->at = (size_t)ftell(frame->out) + 1;
    }
    if (json_dump_callback(value, frame_piece, frame, JSON_COMPACT | JSON_ENCODE_ANY) < 0)
        frame->is_short = true;
}

static void frame_value(struct frame *frame, const json_t *value);

static void frame_object(struct frame *frame, const json_t *object)
{
    const char *name, *before = "";
    json_t *member;

    fputc('{', frame->out);
    json_object_foreach((json_t *)object, name, member)
    {
        json_t *key = json_string_nocheck(name);

        fputs(before, frame->out);
        frame_leaf(frame, key);
        json_decref(key);
        fputc(':', frame->out);
        frame_value(frame, member);
        before = ",";
    }
    fputc('}', frame->out);
}

static void frame_value(struct frame *frame, const json_t *value)
{
    size_t i;
    json_t *item;

    if (json_is_object(value)) {
        frame_object(frame, value);
        return;
    }
    if (!json_is_array(value)) {
        frame_leaf(frame, value);
        return;
    }
    fputc('[', frame->out);
    json_array_foreach(value, i, item)
    {
        if (i > 0)
            fputc(',', frame->out);
        frame_value(frame, item);
    }
    fputc(']', frame->out);
}

/* Writes the frame. The caller frees @frame->text. */
static int frame_make(struct frame *frame, const json_t *document)
{
    frame->out = open_memstream(&frame->text, &frame->size);
    if (!frame->out)
        return -ENOMEM;
    frame_value(frame, document);
    if (ferror(frame->out))
        frame->is_short = true;
    return fclose(frame->out) != 0 || frame->is_short || frame->next < frame->end ? -ENOMEM : 0;
}

struct writer {
    const struct json_sink *sink;
    size_t used, flushed;
    int r; /* the sink's first failure; nothing is written after it */
    char buffer[BUFFER];
};

static void flush(struct writer *writer)
{
    if (writer->r == 0 && writer->used > 0)
        writer->r = writer->sink->write(writer->sink->arg, writer->buffer, writer->used);
    writer->flushed += writer->used;
    writer->used = 0;
}

/* Returns room for the next @size bytes in the buffer; @size must not exceed the size of the buffer. */
static char *room(struct writer *writer, size_t size)
{
    if (size > sizeof(writer->buffer) - writer->used)
        flush(writer);
    writer->used += size;
    return writer->buffer + writer->used - size;
}

static void put(struct writer *writer, const char *data, size_t size)
{
    for (size_t at = 0; at < size; at += PIECE) {
        size_t piece = size - at < PIECE ? size - at : PIECE;

        memcpy(room(writer, piece), data + at, piece);
    }
}

/* Escapes quotes, backslashes and controls (RFC 8259, section 7). jansson would allocate memory for
 * each piece. */
static void put_escape(struct writer *writer, unsigned char c)
{
    static const char shorts[0x20] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    static const char digits[] = "0123456789ABCDEF";
    const char two[] = {'\\', (char)(c < 0x20 ? shorts[c] : c)};
    const char six[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};

    if (two[1])
        put(writer, two, sizeof(two));
    else
        put(writer, six, sizeof(six));
}

static bool is_escaped(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

static void put_text(struct writer *writer, const struct bytes *bytes)
{
    size_t plain = 0; /* the start of the bytes that need no escape */

    if (bytes->size == 0)
        return;
    for (size_t at = 0; at < bytes->size && writer->r == 0; at++) {
        unsigned char c = (unsigned char)bytes->data[at];

        if (!is_escaped(c))
            continue;
        put(writer, bytes->data + plain, at - plain);
        put_escape(writer, c);
        plain = at + 1;
    }
    put(writer, bytes->data + plain, bytes->size - plain);
}

static void put_base64(struct writer *writer, const struct bytes *bytes)
{
    for (size_t at = 0; at < bytes->size && writer->r == 0; at += PIECE) {
        /* PIECE is a multiple of three, so only the last piece is padded. */
        size_t size = bytes->size - at < PIECE ? bytes->size - at : PIECE;

        base64_encode_raw(room(writer, BASE64_ENCODE_RAW_LENGTH(size)), size,
                          (const uint8_t *)bytes->data + at);
    }
}

/* Writes a content, and notes its place. */
static void put_content(struct writer *writer, struct json_content *content)
{
    const size_t start = writer->flushed + writer->used;

    if (content->as_text)
        put_text(writer, &content->bytes);
    else
        put_base64(writer, &content->bytes);
    content->span = (struct json_span){start, writer->flushed + writer->used - start, content->as_text};
}

int json_write(const json_t *document, struct json_content *contents, size_t n, const struct json_sink *sink)
{
    struct frame frame = {.next = contents, .end = contents + n};
    struct writer writer = {.sink = sink};
    size_t at = 0;
    int r = frame_make(&frame, document);

    for (size_t i = 0; i < n && r == 0; i++) {
        put(&writer, frame.text + at, contents[i].at - at);
        at = contents[i].at;
        put_content(&writer, &contents[i]);
    }
    if (r == 0)
        put(&writer, frame.text + at, frame.size - at);
    flush(&writer);
    free(frame.text);
    return r < 0 ? r : writer.r;
}
