/* SPDX-License-Identifier: MIT */
#include "runner/audit/canary.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "sandbox/base/cleanup.h"
#include "unit.h"

static void knock(int family, const void *address, size_t size)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, address, (socklen_t)size), 0);
    close(fd);
}

static void test_each_touch_is_reported(void **state)
{
    struct canary canary = CANARY_NONE;
    struct sockaddr_in inet = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    char path[128];
    int fd;

    (void)state;
    assert_int_equal(canary_open(&canary, NULL), 0);
    assert_null(canary_touched(&canary));

    if (canary.doors[CANARY_INET] >= 0) {
        inet.sin_port = htons((uint16_t)canary.port);
        knock(AF_INET, &inet, sizeof(inet));
        assert_string_equal(canary_touched(&canary), "the audit's port on 127.0.0.1 received a connection");
    }
    snprintf(local.sun_path + 1, sizeof(local.sun_path) - 1, "%s", canary.name);
    knock(AF_UNIX, &local, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(canary.name));
    assert_string_equal(canary_touched(&canary), "the audit's abstract socket received a connection");
    snprintf(local.sun_path, sizeof(local.sun_path), "%s/socket", canary.directory);
    knock(AF_UNIX, &local, sizeof(local));
    assert_string_equal(canary_touched(&canary), "the audit's socket received a connection");

    snprintf(path, sizeof(path), "%s/open", canary.directory);
    fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    assert_true(fd >= 0 && write(fd, "x", 1) == 1);
    close(fd);
    assert_string_equal(canary_touched(&canary), "the audit's file was written to");
    assert_null(canary_touched(&canary));
    assert_int_equal(unlink(path), 0);
    assert_non_null(canary_touched(&canary));
    assert_null(canary_touched(&canary));
    canary_close(&canary);
}

static void test_nothing_stays(void **state)
{
    struct canary canary = CANARY_NONE;
    char directory[sizeof(canary.directory)], secret[sizeof(canary.secret)];
    struct stat st;
    int key;

    (void)state;
    assert_int_equal(canary_open(&canary, NULL), 0);
    memcpy(directory, canary.directory, sizeof(directory));
    memcpy(secret, canary.secret, sizeof(secret));
    key = canary.key;
    assert_int_equal(stat(directory, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0755);
    assert_true(shmget(key, 0, 0) >= 0);
    assert_string_equal(getenv("EXRUN_AUDIT_SECRET"), secret);
    assert_true(fcntl(canary.leaked, F_GETFD) >= 0);
    canary_close(&canary);
    assert_int_equal(stat(directory, &st), -1);
    assert_int_equal(shmget(key, 0, 0), -1);
    assert_null(getenv("EXRUN_AUDIT_SECRET"));
    assert_int_equal(canary.leaked, -1);
}

static void test_words_are_filled(void **state)
{
    struct canary canary = {.directory = "/d", .name = "n", .port = 80, .key = 7};
    struct bytes text = {(char[]){"a@DIR@/x @PORT@ @KEY@ @NAME@ @DIR @@ @OTHER@ me@DIR@"}, 0}, filled;

    (void)state;
    text.size = strlen(text.data);
    assert_int_equal(canary_fill(&canary, &text, &filled), 0);
    assert_string_equal(filled.data, "a/d/x 80 7 n @DIR @@ @OTHER@ me/d");
    assert_int_equal(filled.size, strlen(filled.data));
    free(filled.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_touch_is_reported),
                                       cmocka_unit_test(test_nothing_stays),
                                       cmocka_unit_test(test_words_are_filled)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
