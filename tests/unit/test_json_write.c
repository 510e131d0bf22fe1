/* SPDX-License-Identifier: MIT */
/* text/json_write, json_span: the output is the same as jansson's for the whole document, whatever bytes it
 * contains, and each content can be read back. Also tests which bytes are written as text. */
#include <errno.h>
#include <jansson.h>
#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/encoding.h"
#include "runner/text/json_write.h"
#include "unit.h"

struct text {
    char bytes[1 << 20];
    size_t size;
    size_t most; /* size of the largest piece */
    int fails;   /* result of the sink after the first piece */
};

static int keep(void *arg, const char *data, size_t size)
{
    struct text *text = arg;

    if (text->fails && text->size > 0)
        return text->fails;
    memcpy(text->bytes + text->size, data, size);
    text->size += size;
    text->most = size > text->most ? size : text->most;
    return 0;
}

/* Reads a content back in pieces of that size. */
static void check_span(const struct text *text, struct json_content *content, size_t room)
{
    char read[9000], piece[9000];
    size_t size = 0, n;

    while ((n = json_span_read(&content->span, text->bytes, piece, room)) > 0) {
        assert_in_range(n, 1, room);
        memcpy(read + size, piece, n);
        size += n;
    }
    assert_int_equal(content->span.size, 0);
    assert_int_equal(size, content->bytes.size);
    assert_memory_equal(read, content->bytes.data, size);
}

static json_t *document(struct json_content contents[2], const struct bytes *bytes)
{
    contents[0] = (struct json_content){.place = json_string(""), .bytes = *bytes, .as_text = true};
    contents[1] = (struct json_content){.place = json_string(""), .bytes = *bytes};
    return json_pack("{ss s{s[O i] s{} s[]} sO}", "a\n\"b", "x", "object", "list", contents[0].place, 7,
                     "empty", "none", "last", contents[1].place);
}

static void test_a_document_is_written_completely(void **state)
{
    static struct text text;
    char bytes[9000];

    (void)state;
    for (size_t size = 0; size < sizeof(bytes); size += size < 20 ? 1 : 997) {
        const struct bytes content = {bytes, size};
        const struct json_sink sink = {keep, &text};
        struct json_content contents[2];
        char encoded[BASE64_ENCODE_RAW_LENGTH(sizeof(bytes)) + 1] = "";
        json_t *made, *read;

        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)(i % 128);
        made = document(contents, &content);
        text.size = text.most = 0;
        assert_int_equal(json_write(made, contents, 2, &sink), 0);
        assert_true(text.most <= 16 << 10);
        read = json_loadb(text.bytes, text.size, JSON_ALLOW_NUL, NULL);
        assert_non_null(read);
        base64_encode_raw(encoded, size, (const uint8_t *)bytes);
        assert_string_equal(json_string_value(json_object_get(read, "last")), encoded);
        const json_t *list = json_object_get(json_object_get(read, "object"), "list");
        assert_int_equal(json_string_length(json_array_get(list, 0)), size);
        assert_memory_equal(json_string_value(json_array_get(list, 0)), bytes, size);
        char *again = json_dumps(read, JSON_COMPACT);
        assert_int_equal(strlen(again), text.size);
        assert_memory_equal(again, text.bytes, text.size);
        free(again);
        json_decref(read);
        for (size_t room = JSON_SPAN_LEAST; room <= sizeof(bytes); room = room * 3 - 1)
            for (int i = 0; i < 2; i++) {
                struct json_content copy = contents[i];

                check_span(&text, &copy, room);
            }
        for (int i = 0; i < 2; i++)
            json_decref((json_t *)contents[i].place);
        json_decref(made);
    }
}

static void test_a_failing_sink_ends_the_writing(void **state)
{
    static struct text text = {.fails = -EPIPE};
    const struct json_sink sink = {keep, &text};
    const struct bytes content = {calloc(1, 100000), 100000};
    struct json_content contents[2];
    json_t *made = document(contents, &content);

    (void)state;
    assert_int_equal(json_write(made, contents, 2, &sink), -EPIPE);
    assert_true(text.size <= 16 << 10);
    for (int i = 0; i < 2; i++)
        json_decref((json_t *)contents[i].place);
    json_decref(made);
    free(content.data);
}

static void test_the_encoding_is_chosen(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        bool is_text;
    } rows[] = {
        {NULL, 0, true},
        {"", 0, true},
        {"plain\n", 6, true},
        {"\x1b[31mred\x1b[0m", 12, true},
        {"\n\n\n\n", 4, true},
        {"\"\"\\\\", 4, true},
        {"\1\1\1", 3, false},
        {"\1abc\1efgh\1", 10, false}, /* 10 bytes become 25 */
        {"\1abcd\1efgh", 10, true},   /* 10 bytes become 20, which is at most double */
        {"\xff", 1, false},
        {"\xc3\xbc", 2, true},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct bytes bytes = {(char *)(uintptr_t)rows[i].bytes, rows[i].size};

        if (encoding_is_text(&bytes) != rows[i].is_text)
            fail_msg("row %zu", i);
    }
}

static void test_no_character_is_cut(void **state)
{
    char text[] = "a\xf0\x9f\x98", odd[] = "\xff\xff";
    const struct bytes cut = {text, 4}, wrong = {odd, 2};

    (void)state;
    assert_int_equal(encoding_whole_characters(&cut).size, 1);
    assert_int_equal(encoding_whole_characters(&wrong).size, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_document_is_written_completely),
        cmocka_unit_test(test_a_failing_sink_ends_the_writing),
        cmocka_unit_test(test_the_encoding_is_chosen),
        cmocka_unit_test(test_no_character_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
