#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <langinfo.h>
#include <libgen.h>
#include <netdb.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    time_t t = 951782400;
    struct tm *g = gmtime(&t);
    char b[128];
    strftime(b, sizeof b, "%A %d %B %Y %H:%M %j %U", g);
    printf("%s\n", b);
    setenv("TZ", "Europe/Warsaw", 1);
    tzset();
    strftime(b, sizeof b, "%H:%M %Z %z", localtime(&t));
    printf("%s %s", b, asctime(gmtime(&t)));
    setenv("TZ", "America/New_York", 1);
    tzset();
    printf("%s\n", tzname[0]);
    struct tm m = {.tm_year = 100, .tm_mon = 13, .tm_mday = 35};
    setenv("TZ", "UTC", 1);
    tzset();
    long made = (long)mktime(&m);
    printf("%ld %d %.0f\n", made, m.tm_mon, difftime(5, 3));
    strptime("2024-02-29", "%Y-%m-%d", &m);
    printf("%d\n", m.tm_yday);
    struct timespec a, c;
    clock_gettime(CLOCK_MONOTONIC, &a);
    nanosleep(&(struct timespec){0, 1000000}, NULL);
    clock_gettime(CLOCK_MONOTONIC, &c);
    printf("%d %d %d\n", c.tv_sec > a.tv_sec || c.tv_nsec > a.tv_nsec, clock() >= 0, time(NULL) > 1e9);
    struct timeval tv;
    printf("%d\n", gettimeofday(&tv, NULL));
    setenv("FOO", "bar", 1);
    putenv("BAZ=qux");
    printf("%s %s %d\n", getenv("FOO"), getenv("BAZ"), getenv("NONE") == NULL);
    unsetenv("FOO");
    struct utsname u;
    printf("%d %s %d %s\n", uname(&u), u.sysname, argc, basename(argv[0]));
    struct passwd *p = getpwuid(getuid());
    struct group *gr = getgrgid(getgid());
    printf("%d %d %ld %s\n", p != NULL, gr != NULL, sysconf(_SC_PAGESIZE), nl_langinfo(CODESET));
    printf("%d %d\n", isatty(1), getpid() > 1);
    char host[64];
    int named = gethostname(host, sizeof host);
    printf("%d %d\n", named, *host != 0);
    atexit((void (*)(void))fflush);
    return 0;
}
