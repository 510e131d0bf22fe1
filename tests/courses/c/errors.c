#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <execinfo.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
static jmp_buf back;
static void on_fault(int s)
{
    (void)s;
    siglongjmp(back, 2);
}
static int sum(int n, ...)
{
    va_list v;
    va_start(v, n);
    int r = 0;
    while (n--)
        r += va_arg(v, int);
    va_end(v);
    return r;
}
static void bye(void)
{
    puts("at exit");
}
static int end_of(void (*f)(void))
{
    fflush(stdout);
    pid_t p = fork();
    if (p == 0) {
        fclose(stderr);
        f();
        _exit(0);
    }
    int s;
    waitpid(p, &s, 0);
    return WIFSIGNALED(s) ? -WTERMSIG(s) : WEXITSTATUS(s);
}
static void segv(void)
{
    *(volatile int *)0 = 1;
}
static void divide(void)
{
    volatile int z = 0;
    printf("%d", 1 / z);
}
static void failed(void)
{
    assert(!"never");
}
static void aborted(void)
{
    abort();
}
static void overflow(void)
{
    char b[8];
    volatile char *p = b;
    for (int i = 0; i < 10000000; i++)
        p[i] = 0;
}
static void twice(void)
{
    void *p = malloc(8);
    void *volatile q = p;
    free(p);
    free(q);
}
static void exited(void)
{
    exit(5);
}
int main(void)
{
    atexit(bye);
    if (setjmp(back) == 0)
        longjmp(back, 1);
    else
        puts("jumped");
    signal(SIGSEGV, on_fault);
    if (sigsetjmp(back, 1) == 0)
        segv();
    else
        puts("caught a fault");
    signal(SIGSEGV, SIG_DFL);
    printf("%d\n", sum(3, 1, 2, 3));
    errno = 0;
    fopen("/none", "r");
    printf("%d %s\n", errno == ENOENT, strerror(errno));
    errno = 0;
    strtol("99999999999999999999", NULL, 10);
    printf("%d\n", errno == ERANGE);
    printf("%d %d %d %d %d %d %d\n", end_of(segv), end_of(divide), end_of(failed), end_of(aborted),
           end_of(overflow), end_of(twice), end_of(exited));
    void *huge = malloc((size_t)1 << 60);
    printf("%d\n", huge == NULL);
    void *trace[10];
    printf("%d\n", backtrace(trace, 10) > 0);
    fprintf(stderr, "to stderr\n");
    goto end;
    puts("never");
end:
    switch (3) {
    case 1:
        puts("one");
        break;
    case 3:
        puts("three");
    default:
        puts("falls");
    }
    do {
        puts("once");
    } while (0);
    for (int i = 0, j = 10; i < j; i += 3, j--) {
        if (i == 3)
            continue;
        if (i > 6)
            break;
        printf("%d%d ", i, j);
    }
    puts("");
    return 0;
}
