/* SPDX-License-Identifier: MIT */
/* request/request: a request becomes a job, or an error with a pointer to its place. If a test needs a
 * profile, it is in tests/cli, which uses the real program. */
#include <errno.h>
#include <string.h>

#include "runner/request/request.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/name_check.h"
#include "unit.h"

static void test_all_members_are_read(void **state)
{
    static const char text[] =
        "{\"v\":1,\"id\":\"a-1\",\"profile\":\"php\",\"source\":\"<?php\",\"stdin\":{\"encoding\":"
        "\"base64\",\"content\":\"AAE=\"},\"files\":[{\"path\":\"lib/a.php\",\"content\":\"x\"}],"
        "\"args\":[\"-v\"],\"env\":{\"NAME\":\"value\"},\"limits\":{\"wall_ms\":7},"
        "\"labels\":{\"example\":\"collections/map\"}}";
    struct job job;
    struct error err = {0};

    (void)state;
    assert_int_equal(request_read(text, strlen(text), &job, &err), 0);
    assert_string_equal(job.id, "a-1");
    assert_string_equal(job.profile, "php");
    assert_string_equal(job.source.data, "<?php");
    assert_int_equal(job.input.size, 2);
    assert_memory_equal(job.input.data, "\0\1", 2);
    assert_int_equal(job.n_files, 1);
    assert_string_equal(job.files[0].path, "lib/a.php");
    assert_string_equal(job.args[0], "-v");
    assert_string_equal(job.env[0], "NAME=value");
    assert_int_equal(job.asked.wall_ms, 7);
    assert_int_equal(job.asked.cpu_ms, 0);
    assert_string_equal(job.labels[0].value, "collections/map");
    job_deinit(&job);
}

static void test_mistakes_are_refused(void **state)
{
    static const struct {
        const char *text, *where, *what;
    } rows[] = {
        {"", "", "is empty"},
        {"[1]", "", "object"},
        {"{\"profile\":\"php\",\"wall\":1}", "/wall", "not a known member"},
        {"{\"source\":\"\"}", "/profile", "required"},
        {"{\"profile\":1}", "/profile", "string"},
        {"{\"profile\":\"php\",\n \"profile\":\"php\"}", "/profile", "line 2"},
        {"{\"profile\":\"php\",\"files\":[{\"path\":\"a\",\"content\":\"x\",\"encoding\":\"hex\"}]}",
         "/files/0/encoding", "base64"},
        {"{\"profile\":\"php\",\"files\":[{\"path\":\"../a\",\"content\":\"x\"}]}", "/files/0/path", ".."},
        {"{\"profile\":\"php\",\"files\":[{\"path\":\"a//b\",\"content\":\"x\"}]}", "/files/0/path",
         "empty part"},
        {"{\"profile\":\"php\",\"files\":[{\"path\":\"a/\",\"content\":\"x\"}]}", "/files/0/path",
         "empty part"},
        {"{\"profile\":\"php\",\"env\":{\"A=B\":\"\"}}", "/env/A=B", "valid variable name"},
        {"{\"profile\":\"php\",\"env\":{\"A\":1}}", "/env/A", "string"},
        {"{\"profile\":\"php\",\"limits\":{\"wall_ms\":0}}", "/limits/wall_ms", "from 1"},
        {"{\"profile\":\"php\",\"limits\":{\"wall_ms\":1.5}}", "/limits/wall_ms", "fraction"},
        {"{\"profile\":\"php\",\"limits\":{\"walls\":1}}", "/limits/walls", "known"},
        {"{\"profile\":\"php\",\"source\":\"a\\u0000b\"}", "/source", "NUL"},
        {"{\"v\":2,\"profile\":\"php\"}", "/v", "1"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct job job;
        struct error err = {0};

        assert_int_equal(request_read(rows[i].text, strlen(rows[i].text), &job, &err), -EINVAL);
        assert_int_equal(err.status, EX_DATAERR);
        assert_string_equal(err.where, rows[i].where);
        assert_non_null(strstr(err.what, rows[i].what));
        job_deinit(&job);
    }
}

static void test_paths_are_checked(void **state)
{
    static const char *const good[] = {"a", "a/b", ".hidden", "a/..b", "a b", "\xc3\xa4"};
    static const char *const bad[] = {"", "/a", "a/../b", "..", "a//b", "a/", "./a", "a/.", "a\nb", "a\x7f"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(good); i++)
        assert_int_equal(name_check_path(good[i]), NAME_FINE);
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_int_not_equal(name_check_path(bad[i]), NAME_FINE);
}

static void test_patterns_are_checked(void **state)
{
    static const char *const good[] = {
        "a",   "*",         "?/[a-z]", "[]]",   "[!]]",  "[^]a]",   "[a-]",        "[-a]",          "[]-a]",
        "[[]", "\\[",       "\\\\",    "[\\]]", "[\\-]", "[a\\-c]", "[[:alpha:]]", "[![:space:]x]", "]",
        "a-z", "\xc3\xa4*", "[a-a]",   "[:]",   "[=.]"};
    static const char *const bad[] = {
        "[",     "a\\",     "a\\/b", "[a/b]",      "[]",      "[!]",     "[^]",   "[a\\]", "[a-",
        "[z-a]", "[[:x:]]", "[[:",   "[[:alpha:]", "[[.a.]]", "[[=a=]]", "[a-\\", "*[",    "[a]["};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(good); i++)
        assert_int_equal(name_check_pattern(good[i]), NAME_FINE);
    for (size_t i = 0; i < N_ELEMENTS(bad); i++)
        assert_int_not_equal(name_check_pattern(bad[i]), NAME_FINE);
    assert_int_not_equal(name_check_pattern("../*"), NAME_FINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_members_are_read),
        cmocka_unit_test(test_mistakes_are_refused),
        cmocka_unit_test(test_paths_are_checked),
        cmocka_unit_test(test_patterns_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
