/* SPDX-License-Identifier: MIT */
/* front/config: the service's configuration, its defaults, and the place of each mistake. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/front/config.h"
#include "runner/front/config_settle.h"
#include "unit.h"

#define MIB UINT64_C(1048576)
#define GIB (1024 * MIB)

static const struct config_host_profile profiles[] = {
    {"php", 256 * MIB}, {"java", GIB}, {"python", 512 * MIB}};

static const struct config_host host = {.processors = 4,
                                        .memory_bytes = 8 * GIB,
                                        .address = "unix:/run/exrun/exrun.sock",
                                        .profiles = profiles,
                                        .n_profiles = N_ELEMENTS(profiles)};

/* The caller must call config_deinit(). */
static int load(const char *text, const struct config_host *on, struct config *config, struct error *err)
{
    int r;

    *err = (struct error){0};
    r = config_read("exrun.json", text, strlen(text), config, err);
    return r < 0 ? r : config_settle(config, on, err);
}

static void test_the_defaults(void **state)
{
    struct config config;
    struct error err;

    (void)state;
    assert_int_equal(load("{}", &host, &config, &err), 0);
    assert_int_equal(config.n_listeners, 1);
    assert_string_equal(config.listeners[0].address, "unix:/run/exrun/exrun.sock");
    assert_int_equal(config.listeners[0].mode, 0660);
    assert_null(config.listeners[0].group);
    assert_false(config.listeners[0].is_admin);
    assert_int_equal(config.cells.running, 8);
    assert_int_equal(config.cells.keepers, 8 + 4 + 3);
    assert_int_equal(config.cells.memory_bytes, 4 * GIB);
    for (size_t i = 0; i < host.n_profiles; i++) {
        assert_int_equal(config.cells.pools[i].floor, 1);
        assert_int_equal(config.cells.pools[i].ceiling, 8);
    }
    assert_int_equal(config.queue.length, 256);
    assert_int_equal(config.queue.bytes, 64 * MIB);
    assert_int_equal(config.queue.wait_ms, 10000);
    assert_int_equal(config.http.connections, 1024);
    assert_int_equal(config.http.per_peer, 256);
    assert_int_equal(config.http.body_bytes, 64 * MIB);
    assert_int_equal(config.http.bodies_bytes, 128 * MIB);
    assert_int_equal(config.http.header_ms, 5000);
    assert_int_equal(config.http.body_ms, 30000);
    assert_int_equal(config.http.idle_ms, 60000);
    assert_int_equal(config.http.streams_per_run, 4);
    assert_int_equal(config.input.idle_ms, 60000);
    assert_int_equal(config.input.total_ms, 600000);
    assert_int_equal(config.input.waiting, 15 / 4);
    assert_int_equal(config.keep.seconds, 60);
    assert_int_equal(config.keep.bytes, 64 * MIB);
    assert_int_equal(config.service.memory_bytes, 512 * MIB);
    assert_int_equal(config.service.results_bytes, 256 * MIB);
    assert_int_equal(config.drain_ms, 30000);
    assert_int_equal(config.labels.examples, 100);
    config_deinit(&config);
}

static void test_all_members_are_read(void **state)
{
    static const char text[] =
        "{\"listen\":[{\"address\":\"unix:/run/a.sock\",\"mode\":\"0600\",\"admin\":true},"
        "{\"address\":\"unix:/run/b.sock\",\"mode\":\"666\",\"group\":\"www-data\",\"admin\":false}],"
        "\"cells\":{\"running\":3,\"keepers\":9,\"memory_bytes\":2147483648,"
        "\"profiles\":{\"python\":{\"floor\":2,\"ceiling\":5},\"php\":{}}},"
        "\"queue\":{\"length\":4,\"bytes\":1048576,\"wait_ms\":6},"
        "\"http\":{\"connections\":7,\"per_peer\":8,\"body_bytes\":9,\"bodies_bytes\":10,\"header_ms\":11,"
        "\"body_ms\":12,\"idle_ms\":13,\"streams_per_run\":14},"
        "\"stdin\":{\"idle_ms\":15,\"total_ms\":16,\"waiting\":17},\"keep\":{\"seconds\":18,\"bytes\":19},"
        "\"service\":{\"memory_bytes\":67108865,\"results_bytes\":21},\"drain_ms\":22,\"labels\":{"
        "\"examples\":23}"
        "}";
    struct config config;
    struct error err;

    (void)state;
    assert_int_equal(load(text, &host, &config, &err), 0);
    assert_int_equal(config.n_listeners, 2);
    assert_string_equal(config.listeners[0].address, "unix:/run/a.sock");
    assert_int_equal(config.listeners[0].mode, 0600);
    assert_true(config.listeners[0].is_admin);
    assert_int_equal(config.listeners[1].mode, 0666);
    assert_string_equal(config.listeners[1].group, "www-data");
    assert_false(config.listeners[1].is_admin);
    assert_int_equal(config.cells.running, 3);
    assert_int_equal(config.cells.keepers, 9);
    assert_int_equal(config.cells.memory_bytes, 2 * GIB);
    assert_int_equal(config.cells.pools[2].floor, 2);
    assert_int_equal(config.cells.pools[2].ceiling, 5);
    assert_int_equal(config.cells.pools[0].floor, 1);
    assert_int_equal(config.queue.length, 4);
    assert_int_equal(config.queue.bytes, MIB);
    assert_int_equal(config.queue.wait_ms, 6);
    assert_int_equal(config.http.connections, 7);
    assert_int_equal(config.http.per_peer, 8);
    assert_int_equal(config.http.body_bytes, 9);
    assert_int_equal(config.http.bodies_bytes, 10);
    assert_int_equal(config.http.header_ms, 11);
    assert_int_equal(config.http.body_ms, 12);
    assert_int_equal(config.http.idle_ms, 13);
    assert_int_equal(config.http.streams_per_run, 14);
    assert_int_equal(config.input.idle_ms, 15);
    assert_int_equal(config.input.total_ms, 16);
    assert_int_equal(config.input.waiting, 17);
    assert_int_equal(config.keep.seconds, 18);
    assert_int_equal(config.keep.bytes, 19);
    assert_int_equal(config.service.memory_bytes, 64 * MIB + 1);
    assert_int_equal(config.service.results_bytes, 21);
    assert_int_equal(config.drain_ms, 22);
    assert_int_equal(config.labels.examples, 23);
    config_deinit(&config);
    /* The default follows the members that say what the service may keep. */
    assert_int_equal(load("{\"service\":{\"results_bytes\":2147483648}}", &host, &config, &err), 0);
    assert_int_equal(config.service.memory_bytes, 2 * GIB + 256 * MIB);
    config_deinit(&config);
    assert_int_equal(load("{\"listen\":[]}", &host, &config, &err), 0);
    assert_int_equal(config.n_listeners, 0);
    config_deinit(&config);
}

struct mistake {
    const char *text, *where, *what, *hint;
};

static void assert_refused(const struct mistake *row)
{
    struct config config;
    struct error err;
    char where[sizeof(err.where)];

    snprintf(where, sizeof(where), "exrun.json%s%s", *row->where ? ":" : "", row->where);
    assert_int_equal(load(row->text, &host, &config, &err), -EINVAL);
    assert_int_equal(err.status, EX_CONFIG);
    assert_string_equal(err.where, where);
    if (!strstr(err.what, row->what) || !strstr(err.hint, row->hint))
        fail_msg("%s: %s (%s)", row->text, err.what, err.hint);
    config_deinit(&config);
}

static void test_mistakes_are_refused(void **state)
{
    static const struct mistake rows[] = {
        {"", "", "is empty", ""},
        {"[]", "", "must be an object", "--check"},
        {"{\"queue\":{\"length\":1,\n\"length\":2}}", "/queue/length", "line 2", "remove"},
        {"{\"Queue\":{}}", "/Queue", "not a known member",
         "listen, log, cells, queue, http, stdin, keep, service, drain_ms, labels"},
        {"{\"\":{\"drain_ms\":1}}", "/", "not a known member", "drain_ms"},
        {"{\"length\":1}", "/length", "not a known member", ""},
        {"{\"queue\":{\"drain_ms\":1}}", "/queue/drain_ms", "not a known member", "length, bytes, wait_ms"},
        {"{\"cells\":{\"listen\":[]}}", "/cells/listen", "not a known member",
         "profiles, running, keepers, memory_bytes"},
        {"{\"queue\":[]}", "/queue", "must be an object, not an array", "--check"},
        {"{\"queue\":{\"length\":0}}", "/queue/length", "from 1 to 65536, not 0", "the default, 256"},
        {"{\"queue\":{\"length\":\"9\"}}", "/queue/length", "whole number", "the default, 256"},
        {"{\"cells\":{\"keepers\":1025}}", "/cells/keepers", "from 1 to 1024", "fits this machine"},
        {"{\"cells\":{\"running\":-1}}", "/cells/running", "from 0", "default"},
        {"{\"http\":{\"body_bytes\":100000000}}", "/http/body_bytes", "to 75497472", "default"},
        {"{\"drain_ms\":1.5}", "/drain_ms", "fraction", "30000"},
        {"{\"log\":{\"path\":\"x\"}}", "/log/path", "is not the absolute path of a file", "runs.jsonl"},
        {"{\"log\":{\"path\":\"/x/\"}}", "/log/path", "is not the absolute path of a file", "runs.jsonl"},
        {"{\"log\":{\"path\":\"\"}}", "/log/path", "is not the absolute path of a file", "runs.jsonl"},
        {"{\"log\":{\"path\":7}}", "/log/path", "must be a string, not a number", "--check"},
        {"{\"log\":{\"file\":\"/x\"}}", "/log/file", "not a known member", ""},
        {"{\"log\":[]}", "/log", "must be an object", "--check"},
        {"{\"cells\":{\"profiles\":[]}}", "/cells/profiles", "must be an object", "--check"},
        {"{\"cells\":{\"profiles\":{\"php\":1}}}", "/cells/profiles/php", "must be an object", "\"floor\""},
        {"{\"cells\":{\"profiles\":{\"php\":{\"min\":1}}}}", "/cells/profiles/php/min", "not a known member",
         "\"floor\" and \"ceiling\""},
        {"{\"cells\":{\"profiles\":{\"php\":{\"floor\":-1}}}}", "/cells/profiles/php/floor", "from 0 to 1024",
         "\"floor\""},
        {"{\"listen\":{}}", "/listen", "must be an array", "--check"},
        {"{\"listen\":[{}]}", "/listen/0/address", "is required", "\"address\", \"mode\""},
        {"{\"listen\":[1]}", "/listen/0", "must be an object", "\"address\", \"mode\""},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_refused(&rows[i]);
}

static void test_mistakes_of_a_listener_are_refused(void **state)
{
    static const struct mistake rows[] = {
        {"\"address\":\"/run/a.sock\"", "address", "is neither a Unix socket nor an IP", "unix:/run"},
        {"\"address\":\"127.0.0.1\"", "address", "is neither a Unix socket nor an IP", "127.0.0.1:7878"},
        {"\"address\":\"127.0.0.1:0\"", "address", "no valid port", "unix:/run"},
        {"\"address\":\"127.0.0.1:65536\"", "address", "no valid port", "unix:/run"},
        {"\"address\":\"127.0.0.1: 80\"", "address", "no valid port", "unix:/run"},
        {"\"address\":\"127.0.0.1:+80\"", "address", "no valid port", "unix:/run"},
        {"\"address\":\"127.0.0.1:\"", "address", "no valid port", "unix:/run"},
        {"\"address\":\":80\"", "address", "no valid IP address", "unix:/run"},
        {"\"address\":\"127.1:80\"", "address", "no valid IP address", "unix:/run"},
        {"\"address\":\"::1:80\"", "address", "no valid IP address", "unix:/run"},
        {"\"address\":\"[::1]80\"", "address", "no valid port", "unix:/run"},
        {"\"address\":\"[fe80::1%eth0]:80\"", "address", "no valid IP address", "unix:/run"},
        {"\"address\":\"example.org:80\"", "address", "no valid IP address", "unix:/run"},
        {"\"address\":\"unix:a.sock\"", "address", "not absolute", "unix:/run"},
        {"\"address\":\"unix:\"", "address", "not absolute", "unix:/run"},
        {"\"address\":\"unix:/run/\"", "address", "ends in", "unix:/run"},
        {"\"address\":\"unix:/run/a\\n\"", "address", "control character", "unix:/run"},
        {"\"address\":1", "address", "must be a string", "unix:/run"},
        {"\"mode\":660", "mode", "must be a string", "\"0660\""},
        {"\"mode\":\"0680\"", "mode", "octal digits", "\"0660\""},
        {"\"mode\":\"\"", "mode", "octal digits", "\"0660\""},
        {"\"mode\":\"00660\"", "mode", "octal digits", "\"0660\""},
        {"\"mode\":\"0770\"", "mode", "does not use", "\"0660\""},
        {"\"group\":\"a b\"", "group", "not a valid name", "www-data"},
        {"\"group\":\"\"", "group", "not a valid name", "www-data"},
        {"\"admin\":1", "admin", "true or false", "\"admin\""},
        {"\"hosts\":\"a\"", "hosts", "must be an array", "\"hosts\""},
        {"\"hosts\":[\"A\"]", "hosts/0", "is not the name of a host", "lower case"},
        {"\"hosts\":[\"a:80\"]", "hosts/0", "is not the name of a host", "without a port"},
        {"\"hosts\":[\"\"]", "hosts/0", "is not the name of a host", "lower case"},
        {"\"auth\":\"basic\"", "auth", "is not known", "\"tokens\" or \"none\""},
        {"\"auth\":null", "auth", "must be a string", "\"tokens\" or \"none\""},
        {"\"tokens_file\":\"x\"", "tokens_file", "is not an absolute path", "/etc/exrun/tokens"},
        {"\"auth\":\"none\",\"tokens_file\":\"/x\"", "tokens_file", "is not used", "remove one"},
        {"\"address\":\"0.0.0.0:80\",\"auth\":\"none\"", "auth", "everybody", "127.0.0.1"},
        {"\"address\":\"[::]:80\",\"auth\":\"none\"", "auth", "everybody", "127.0.0.1"},
        {"\"address\":\"10.0.0.1:80\",\"auth\":\"none\"", "auth", "everybody", "127.0.0.1"},
        {"\"address\":\"127.0.0.1:80\",\"auth\":\"none\",\"admin\":true", "admin", "every user", "tokens"},
        {"\"admin\":true,\"mode\":\"0666\"", "mode", "every user", "\"0600\""},
        {"\"admin\":true,\"mode\":\"0606\",\"group\":\"a\"", "mode", "every user", "\"0600\""},
        {"\"admin\":true,\"mode\":\"0660\"", "mode", "group of the clients", "operators' own \"group\""},
        {"\"address\":\"127.0.0.1:80\",\"mode\":\"0660\"", "mode", "only for a Unix socket", "tokens decide"},
        {"\"address\":\"127.0.0.1:80\",\"group\":\"a\"", "group", "only for a Unix socket", "tokens decide"},
        {"\"cors\":[\"*\"]", "cors/0", "every page in the Internet", "https://example.org"},
        {"\"cors\":[\"null\"]", "cors/0", "is not an origin", "https://example.org"},
        {"\"cors\":[\"https://example.org/\"]", "cors/0", "is not an origin", "without a path"},
        {"\"cors\":[\"https://Example.org\"]", "cors/0", "is not an origin", "without a path"},
        {"\"cors\":[\"https://example.org:\"]", "cors/0", "is not an origin", "without a path"},
        {"\"cors\":[\"ftp://example.org\"]", "cors/0", "is not an origin", "without a path"},
        {"\"cors\":[\"https://a b\"]", "cors/0", "is not an origin", "without a path"},
        {"\"metrics\":1", "metrics", "true or false", "\"metrics\" and \"page\""},
        {"\"page\":1", "page", "true or false", "\"metrics\" and \"page\""},
        {"\"page\":true", "page", "needs \"hosts\"", "play.example.org"},
        {"\"page\":true,\"hosts\":[\"a\"],\"admin\":true", "page", "manage the service", "without \"admin\""},
        {"\"page\":true,\"hosts\":[\"a\"],\"auth\":\"tokens\"", "page", "has no token", "\"auth\": \"none\""},
        {"\"address\":\"127.0.0.1:80\",\"page\":true", "page", "has no token", "127.0.0.1"},
        {"\"address\":\"10.0.0.1:80\",\"page\":true,\"auth\":\"none\"", "auth", "everybody", "127.0.0.1"},
        {"\"user\":\"x\"", "user", "not a known member", "\"address\", \"mode\""},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const char *address = strstr(rows[i].text, "address") ? "" : "\"address\":\"unix:/run/b.sock\",";
        char text[256], where[64];

        snprintf(text, sizeof(text), "{\"listen\":[{\"address\":\"unix:/run/a.sock\"},{%s%s}]}", address,
                 rows[i].text);
        snprintf(where, sizeof(where), "/listen/1/%s", rows[i].where);
        assert_refused(&(struct mistake){text, where, rows[i].what, rows[i].hint});
    }
    assert_refused(&(struct mistake){
        "{\"listen\":[{\"address\":\"unix:/a\"},{\"address\":\"unix:/b\"},{\"address\":\"unix:/a\"}]}",
        "/listen/2/address", "the same as that of listener 0", "remove one"});
}

static void test_who_may_use_a_listener(void **state)
{
    static const char text[] =
        "{\"listen\":[{\"address\":\"localhost:7878\"},"
        "{\"address\":\"[0:0::1]:07\",\"auth\":\"none\",\"hosts\":[\"a.example\",\"10.0.0.1\"]},"
        "{\"address\":\"0.0.0.0:1\",\"tokens_file\":\"/x\",\"admin\":true,"
        "\"cors\":[\"https://a.example:8443\",\"http://[::1]:3000\",\"http://localhost\"]},"
        "{\"address\":\"unix:/a\"},{\"address\":\"unix:/b\",\"auth\":\"tokens\"},"
        "{\"address\":\"unix:/c\",\"page\":true,\"hosts\":[\"a\"]},"
        "{\"address\":\"127.0.0.1:9\",\"page\":true,\"auth\":\"none\"}]}";
    struct config config;
    struct error err;

    (void)state;
    assert_int_equal(load(text, &host, &config, &err), 0);
    assert_string_equal(config.listeners[0].address, "127.0.0.1:7878");
    assert_string_equal(config.listeners[0].tokens_file, "/etc/exrun/tokens");
    assert_string_equal(config.listeners[1].address, "[::1]:7");
    assert_null(config.listeners[1].tokens_file);
    assert_string_equal(config.listeners[1].hosts[1], "10.0.0.1");
    assert_string_equal(config.listeners[2].tokens_file, "/x");
    assert_string_equal(config.listeners[2].origins[1], "http://[::1]:3000");
    assert_null(config.listeners[3].tokens_file);
    assert_string_equal(config.listeners[4].tokens_file, "/etc/exrun/tokens");
    assert_false(config.listeners[4].has_page);
    assert_true(config.listeners[5].has_page && config.listeners[6].has_page);
    config_deinit(&config);
}

static void test_a_path_fits_its_address(void **state)
{
    (void)state;
    for (int length = 107; length <= 108; length++) {
        char text[256];
        struct config config;
        struct error err;

        snprintf(text, sizeof(text), "{\"listen\":[{\"address\":\"unix:/%0*d\"}]}", length - 1, 0);
        assert_int_equal(load(text, &host, &config, &err), length == 107 ? 0 : -EINVAL);
        assert_true(length == 107 || strstr(err.what, "more than 107 bytes"));
        config_deinit(&config);
    }
}

static void test_members_that_contradict_each_other_are_refused(void **state)
{
    static const struct mistake rows[] = {
        {"{\"cells\":{\"running\":4,\"keepers\":4}}", "/cells/keepers", "is 4, not above the 4 of",
         "at least 5"},
        {"{\"cells\":{\"running\":5,\"keepers\":4}}", "/cells/keepers", "is 4, not above the 5 of",
         "at least 6"},
        {"{\"cells\":{\"keepers\":1}}", "/cells/keepers", "is 1, not above the 1 of", "at least 2"},
        {"{\"cells\":{\"memory_bytes\":1073741823}}", "/cells/memory_bytes",
         "profile java can need 1073741824", "at least 1073741824"},
        {"{\"cells\":{\"profiles\":{\"php\":{\"floor\":3,\"ceiling\":2}}}}", "/cells/profiles/php/floor",
         "is 3, above the ceiling of 2", "lower the floor"},
        {"{\"cells\":{\"running\":4,\"keepers\":6,\"profiles\":{\"php\":{\"floor\":2},\"java\":{\"floor\":1}}"
         "}}",
         "/cells/profiles", "has floors of 3 together, but \"keepers\" less \"running\" is 2",
         "raise \"keepers\" to 7"},
        {"{\"cells\":{\"running\":1023,\"profiles\":{\"php\":{\"floor\":2}}}}", "/cells/profiles",
         "has floors of 2 together, but \"keepers\" less \"running\" is 1", "at most 1024"},
        {"{\"cells\":{\"profiles\":{\"pyton\":{}}}}", "/cells/profiles/pyton", "is not a profile",
         "did you mean \"python\"?"},
        {"{\"cells\":{\"profiles\":{\"cobol85\":{}}}}", "/cells/profiles/cobol85", "is not a profile",
         "remove it"},
        {"{\"http\":{\"body_bytes\":9},\"queue\":{\"bytes\":8}}", "/http/body_bytes",
         "is 9, above the 8 of queue.bytes", "raise queue.bytes"},
        {"{\"http\":{\"body_bytes\":9,\"bodies_bytes\":8}}", "/http/body_bytes",
         "is 9, above the 8 of http.bodies_bytes", "raise http.bodies_bytes"},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++)
        assert_refused(&rows[i]);
}

static void test_a_default_gives_way_to_a_given_value(void **state)
{
    static const struct {
        const char *text;
        uint64_t running, keepers, floors[3], ceilings[3], queue_bytes, body_bytes;
    } rows[] = {
        {"{\"cells\":{\"keepers\":6}}", 5, 6, {1, 0, 0}, {8, 8, 8}, 64 * MIB, 64 * MIB},
        {"{\"cells\":{\"keepers\":2}}", 1, 2, {1, 0, 0}, {8, 8, 8}, 64 * MIB, 64 * MIB},
        {"{\"cells\":{\"keepers\":100}}", 8, 100, {1, 1, 1}, {8, 8, 8}, 64 * MIB, 64 * MIB},
        {"{\"cells\":{\"running\":0}}", 0, 7, {1, 1, 1}, {8, 8, 8}, 64 * MIB, 64 * MIB},
        {"{\"cells\":{\"running\":1023}}", 1023, 1024, {1, 0, 0}, {8, 8, 8}, 64 * MIB, 64 * MIB},
        {"{\"cells\":{\"running\":4,\"keepers\":7,\"profiles\":{\"python\":{\"floor\":2}}}}",
         4,
         7,
         {1, 0, 2},
         {8, 8, 8},
         64 * MIB,
         64 * MIB},
        {"{\"cells\":{\"profiles\":{\"php\":{\"floor\":20},\"java\":{\"ceiling\":0}}}}",
         8,
         33,
         {20, 0, 1},
         {20, 0, 8},
         64 * MIB,
         64 * MIB},
        {"{\"queue\":{\"bytes\":1048576}}", 8, 15, {1, 1, 1}, {8, 8, 8}, MIB, MIB},
        {"{\"http\":{\"bodies_bytes\":1048576}}", 8, 15, {1, 1, 1}, {8, 8, 8}, 64 * MIB, MIB},
        {"{\"http\":{\"body_bytes\":73400320}}", 8, 15, {1, 1, 1}, {8, 8, 8}, 70 * MIB, 70 * MIB},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct config config;
        struct error err;

        assert_int_equal(load(rows[i].text, &host, &config, &err), 0);
        assert_int_equal(config.cells.running, rows[i].running);
        assert_int_equal(config.cells.keepers, rows[i].keepers);
        assert_int_equal(config.queue.bytes, rows[i].queue_bytes);
        assert_int_equal(config.http.body_bytes, rows[i].body_bytes);
        for (size_t p = 0; p < host.n_profiles; p++) {
            assert_int_equal(config.cells.pools[p].floor, rows[i].floors[p]);
            assert_int_equal(config.cells.pools[p].ceiling, rows[i].ceilings[p]);
        }
        config_deinit(&config);
    }
}

static void test_the_defaults_fit_any_machine(void **state)
{
    static const struct {
        uint64_t processors, memory_bytes, running, keepers, bound;
    } rows[] = {
        {1, GIB, 2, 2 + 2 + 3, GIB}, /* half of the memory would not be enough for java */
        {2, 3 * GIB, 4, 4 + 2 + 3, 3 * GIB / 2},
        {256, 512 * GIB, 512, 512 + 256 + 3, 256 * GIB},
        {4096, 4096 * GIB, 512, 1024, 2048 * GIB},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct config_host other = host;
        struct config config;
        struct error err;

        other.processors = rows[i].processors;
        other.memory_bytes = rows[i].memory_bytes;
        assert_int_equal(load("{}", &other, &config, &err), 0);
        assert_int_equal(config.cells.running, rows[i].running);
        assert_int_equal(config.cells.keepers, rows[i].keepers);
        assert_int_equal(config.cells.memory_bytes, rows[i].bound);
        config_deinit(&config);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_defaults),
        cmocka_unit_test(test_all_members_are_read),
        cmocka_unit_test(test_mistakes_are_refused),
        cmocka_unit_test(test_mistakes_of_a_listener_are_refused),
        cmocka_unit_test(test_who_may_use_a_listener),
        cmocka_unit_test(test_a_path_fits_its_address),
        cmocka_unit_test(test_members_that_contradict_each_other_are_refused),
        cmocka_unit_test(test_a_default_gives_way_to_a_given_value),
        cmocka_unit_test(test_the_defaults_fit_any_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
