/* SPDX-License-Identifier: MIT */
/* warm/shim: interpreters wait at the opening of their entry file, here without a cell. */
#include "sandbox/warm/shim_protocol.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/cell/start_send.h"
#include "sandbox/inside/report.h"
#include "sandbox/inside/steps.h"
#include "unit.h"

/* @placeholder: the entry file while it waits; NULL: it is not there. @point: of enum warm_point. @threads:
 * it has several. @n_earlier: opens before the point. @first: of BEGIN, which it loads before its program. */
struct language {
    const char *argv[8];
    const char *entry, *placeholder, *source, *printed;
    uint32_t fresh, point, threads, n_earlier;
    const char *first;
};

#define BEGIN "begin.rb"
#define WAIT "File.readable_real?('" WARM_BEGIN "')\n"

static const struct language languages[] = {
    {{"php", "-d", "display_errors=stderr", "main.php"},
     "main.php",
     NULL,
     "<?php echo 'hello ', __LINE__, basename(__FILE__);",
     "hello 1main.php",
     0},
    {{"/usr/bin/python3", "-B", "main.py"},
     "main.py",
     "",
     "import other\nprint('hello', __file__[-7:], other.x)",
     "hello main.py 7\n",
     0},
    {{"perl", "main.pl"},
     "main.pl",
     NULL,
     "print \"hello $0\\n\"; print <DATA>;\n__DATA__\nmore\n",
     "hello main.pl\nmore\n",
     WARM_TIME},
    {{"bash", "main.sh"},
     "main.sh",
     NULL,
     "echo hello $0; f() { echo $1; }; export -f f; bash -c 'f more'",
     "hello main.sh\nmore\n",
     WARM_BASH_SECONDS},
    {{"lua5.4", "main.lua"}, "main.lua", NULL, "print('hello', arg[0])", "hello\tmain.lua\n", 0},
    {{"ruby", "--disable-gems", "-r./" BEGIN, "main.rb"},
     "main.rb",
     "\n",
     "puts <<A, __LINE__, DATA.pos\nhello\nA\n__END__\n",
     "hello\n1\n45\n",
     .point = WARM_READ_ENTRY,
     .first = WAIT},
    {{"node", "main.js"},
     "main.js",
     NULL,
     "console.log('hello', require('path').basename(__filename))",
     "hello main.js\n",
     0,
     WARM_STAT_ENTRY,
     1},
    {{"/usr/bin/python3", "-c",
      "a = open('main.txt').read(); b = open('main.txt').read(); print(a, b, "
      "open('main.txt').read())"},
     "main.txt",
     "before",
     "after",
     "before after after\n",
     .n_earlier = 1},
};

/* A process in a directory of its own, with the shim. */
struct parked {
    char directory[64];
    pid_t pid;
    int control, output;
};

static void __attribute__((noreturn))
execute(const struct parked *parked, const char *const *argv, int socket, int output)
{
    const struct rlimit files = {64, 64};

    if (chdir(parked->directory) < 0 || (socket >= 0 && dup2(socket, START_PARK_SOCKET) < 0) ||
        dup2(output, STDOUT_FILENO) < 0 || setrlimit(RLIMIT_NOFILE, &files) < 0 ||
        setenv("LD_PRELOAD", SHIM_PATH, 1) < 0)
        _exit(99);
    if (close_range(3, START_PARK_SOCKET - 1, 0) < 0 || close_range(START_PARK_SOCKET + 1, ~0U, 0) < 0)
        _exit(98);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(97);
}

static void write_file(const struct parked *parked, const char *name, const char *text)
{
    char path[PATH_MAX];
    int fd;

    snprintf(path, sizeof(path), "%s/%s", parked->directory, name);
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_EXCL, 0644);
    assert_true(fd >= 0);
    assert_int_equal(fd_write_all(fd, text, strlen(text)), 0);
    close(fd);
}

static void begin(struct parked *parked, const struct language *language, bool has_socket)
{
    int sockets[2], output[2];

    *parked = (struct parked){.directory = "/tmp/shim-XXXXXX"};
    assert_non_null(mkdtemp(parked->directory));
    if (language->placeholder)
        write_file(parked, language->entry, language->placeholder);
    if (language->first)
        write_file(parked, BEGIN, language->first);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), 0);
    assert_int_equal(pipe2(output, O_CLOEXEC), 0);
    parked->pid = fork();
    assert_true(parked->pid >= 0);
    if (parked->pid == 0)
        execute(parked, language->argv, has_socket ? sockets[1] : -1, output[1]);
    close(sockets[1]);
    close(output[1]);
    parked->control = sockets[0];
    parked->output = output[0];
}

static struct init_report hear(const struct parked *parked, enum init_event event)
{
    struct init_report report = {0};
    int fd;

    assert_int_equal(report_receive(parked->control, &report, &fd), 0);
    assert_int_equal(report.event, event);
    assert_int_equal(fd, -1);
    return report;
}

static void order(const struct parked *parked, const struct language *language)
{
    struct shim_orders orders = {.point = language->point,
                                 .fresh = language->fresh,
                                 .threads = language->threads,
                                 .n_earlier = language->n_earlier};

    orders.name_at = (uint32_t)snprintf(orders.path, sizeof(orders.path), "%s/", parked->directory);
    strcat(orders.path, language->entry);
    assert_int_equal(send(parked->control, &orders, sizeof(orders), 0), sizeof(orders));
}

static struct init_report park(struct parked *parked, const struct language *language)
{
    begin(parked, language, true);
    hear(parked, INIT_LOADED);
    order(parked, language);
    return hear(parked, INIT_PARKED);
}

static void start(const struct parked *parked, const struct language *language, const char *source)
{
    char x[] = "x = 7\n", text[] = "text";
    struct plan_file files[] = {
        {.path = language->entry, .content = {(char *)(uintptr_t)source, strlen(source)}},
        {.path = "other.py", .content = {x, sizeof(x) - 1}},
        {.path = "sub/dir/text", .content = {text, sizeof(text) - 1}},
    };
    char *none[] = {NULL};
    struct plan_stage stage = {
        .program = "", .argv = none, .env = none, .files = files, .n_files = N_ELEMENTS(files)};

    for (int i = 0; i < N_RLIMITS; i++) {
        struct rlimit limit;

        assert_int_equal(getrlimit((__rlimit_resource_t)rlimits_rows[i].resource, &limit), 0);
        stage.rlimits[i] = limit.rlim_max;
    }
    stage.rlimits[RLIMITS_NOFILE] = 40;
    stage.rlimits[RLIMITS_CORE] = 0;
    stage.rlimits[RLIMITS_CPU] = 100;
    assert_int_equal(start_send(parked->control, &stage), 0);
}

/* Reads what it prints, and removes everything. Returns its wait status. */
static int end(struct parked *parked, char *ret, size_t room)
{
    char command[128];
    size_t n = 0;
    ssize_t got;
    int status = -1;

    while ((got = read(parked->output, ret + n, room - 1 - n)) > 0)
        n += (size_t)got;
    ret[n] = '\0';
    assert_int_equal(waitpid(parked->pid, &status, 0), parked->pid);
    close(parked->control);
    close(parked->output);
    snprintf(command, sizeof(command), "rm -r %s", parked->directory);
    assert_int_equal(system(command), 0);
    return status;
}

static void test_it_waits_and_goes_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(languages); i++) {
        const struct language *language = &languages[i];
        struct parked parked;
        struct init_report report = park(&parked, language);
        char printed[256], path[128];
        struct stat st;

        /* One thread, if it has no others of its own. It has opened nothing that the visitor's program would
         * not have. */
        assert_true(language->threads ? report.status > 1 : report.status == 1);
        if (language->point == WARM_OPEN_ENTRY)
            assert_int_equal(report.step, 3);
        start(&parked, language, language->source);
        hear(&parked, INIT_RELEASED);
        snprintf(path, sizeof(path), "%s/sub/dir/text", parked.directory);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(end(&parked, printed, sizeof(printed)), 0);
        assert_string_equal(printed, language->printed);
    }
}

/* The program sees the same descriptors and limits as without the shim. */
static void test_nothing_is_left_of_it(void **state)
{
    static const char source[] =
        "import os, resource\n"
        "print(sorted(os.listdir('/proc/self/fd'))[:-1], resource.getrlimit(resource.RLIMIT_NOFILE), "
        "resource.getrlimit(resource.RLIMIT_CORE), sorted(os.listdir('.')))\n";
    const struct language *python = &languages[1];
    struct parked parked;
    char printed[256];

    (void)state;
    park(&parked, python);
    start(&parked, python, source);
    hear(&parked, INIT_RELEASED);
    assert_int_equal(end(&parked, printed, sizeof(printed)), 0);
    assert_string_equal(printed, "['0', '1', '2'] (40, 40) (0, 0) ['main.py', 'other.py', 'sub']\n");
}

/* The kernel's limit of CPU time counts from the start of the process. */
static void test_the_cpu_time_of_the_start_is_not_the_program_s(void **state)
{
    struct language ruby = languages[5];
    struct parked parked;
    char printed[64];

    (void)state;
    ruby.first = "nil while Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) < 1.1\n" WAIT;
    park(&parked, &ruby);
    start(&parked, &ruby, "p Process.getrlimit(:CPU)\n");
    hear(&parked, INIT_RELEASED);
    assert_int_equal(end(&parked, printed, sizeof(printed)), 0);
    assert_string_equal(printed, "[101, 101]\n");
}

/* Its wait is not part of the program's time. */
static void test_times_are_fresh(void **state)
{
    static const struct {
        size_t language;
        const char *source;
    } rows[] = {{2, "print $^T"}, {3, "echo $((EPOCHSECONDS - SECONDS))"}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const struct language *language = &languages[rows[i].language];
        struct parked parked;
        char printed[64];
        time_t begun;

        park(&parked, language);
        usleep(2100000);
        begun = time(NULL);
        start(&parked, language, rows[i].source);
        hear(&parked, INIT_RELEASED);
        assert_int_equal(end(&parked, printed, sizeof(printed)), 0);
        /* SECONDS is rounded in the shell's own way. */
        assert_true(strtol(printed, NULL, 10) >= begun - 1);
    }
}

static void test_without_a_socket_it_does_nothing(void **state)
{
    const struct language *bash = &languages[3];
    struct parked parked;
    char printed[64];

    (void)state;
    begin(&parked, &(struct language){.argv = {"bash", "-c", "echo hello"}, .entry = bash->entry}, false);
    assert_int_equal(end(&parked, printed, sizeof(printed)), 0);
    assert_string_equal(printed, "hello\n");
}

static void test_it_leaves_with_the_outside(void **state)
{
    const struct language *bash = &languages[3];
    struct parked parked;
    char printed[64];

    (void)state;
    park(&parked, bash);
    assert_int_equal(shutdown(parked.control, SHUT_RDWR), 0);
    assert_int_equal(end(&parked, printed, sizeof(printed)), 0);
    assert_string_equal(printed, "");
}

static void test_wrong_orders_end_it(void **state)
{
    const struct language *bash = &languages[3];
    const struct shim_orders wrong[] = {{.point = N_WARM_POINTS, .path = "main.sh"},
                                        {.point = WARM_OPEN_ENTRY, .name_at = SHIM_PATH_ROOM}};
    char long_path[sizeof(struct shim_orders)];
    struct {
        const void *bytes;
        size_t size;
    } rows[] = {{&wrong[0], sizeof(wrong[0])},
                {&wrong[1], sizeof(wrong[1])},
                {&wrong[1], 4},
                {long_path, sizeof(long_path)}};

    (void)state;
    memset(long_path, 'x', sizeof(long_path));
    memset(long_path, 0, 12);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct parked parked;
        char printed[64];

        begin(&parked, bash, true);
        hear(&parked, INIT_LOADED);
        assert_int_equal(send(parked.control, rows[i].bytes, rows[i].size, 0), rows[i].size);
        assert_int_equal(hear(&parked, INIT_FAILED).step, STEP_EXEC);
        assert_int_equal(WEXITSTATUS(end(&parked, printed, sizeof(printed))), 70);
    }
}

/* A file can't be written: it says at which step, and the program does not begin. */
static void test_a_step_that_fails_ends_it(void **state)
{
    const struct language *bash = &languages[3];
    struct parked parked;
    char printed[64], path[128];

    (void)state;
    park(&parked, bash);
    snprintf(path, sizeof(path), "%s/sub", parked.directory);
    assert_int_equal(symlink("/tmp", path), 0);
    start(&parked, bash, "echo hello");
    assert_int_equal(hear(&parked, INIT_FAILED).step, STEP_FILES);
    assert_int_equal(WEXITSTATUS(end(&parked, printed, sizeof(printed))), 70);
    assert_string_equal(printed, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_waits_and_goes_on),
        cmocka_unit_test(test_nothing_is_left_of_it),
        cmocka_unit_test(test_the_cpu_time_of_the_start_is_not_the_program_s),
        cmocka_unit_test(test_times_are_fresh),
        cmocka_unit_test(test_without_a_socket_it_does_nothing),
        cmocka_unit_test(test_it_leaves_with_the_outside),
        cmocka_unit_test(test_wrong_orders_end_it),
        cmocka_unit_test(test_a_step_that_fails_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
