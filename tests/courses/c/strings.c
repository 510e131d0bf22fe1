#define _GNU_SOURCE
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
int main(void)
{
    char s[64] = "hello", *copy = strdup("a,b,,c"), *rest = copy, *part;
    size_t length = strlen(s);
    strcat(s, " world");
    printf("%zu %s %d %s %.3s|%-8s|%8s|%05d|%x|%o|%e|%g|%c|%%\n", length, s, strcmp("a", "b") < 0,
           strchr(s, 'w'), s, "left", "right", 42, 255u, 8u, 12345.678, 0.0001, 'A');
    while ((part = strsep(&rest, ",")))
        printf("[%s]", part);
    for (char *p = s; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    printf("\n%s %s %ld %s %d\n", s, strstr(s, "WOR"), strtol("0x1f", NULL, 16),
           memchr("abc", 'b', 3) ? "found" : "", sscanf("7 apples", "%d", &(int){0}));
    printf("%s\n", setlocale(LC_ALL, "") ? "locale" : "none");
    wchar_t w[32];
    size_t n = mbstowcs(w, "zażółć", 32);
    for (size_t i = 0; i < n; i++)
        w[i] = (wchar_t)towupper((wint_t)w[i]);
    printf("%zu %ls %zu\n", n, w, strspn("aabbc", "ab"));
    char buffer[8];
    int wanted = snprintf(buffer, sizeof buffer, "%s", "truncated");
    printf("%d %s %d %s\n", wanted, buffer, memcmp("ab", "ac", 2) < 0, strpbrk("hello", "lo"));
    free(copy);
    return 0;
}
