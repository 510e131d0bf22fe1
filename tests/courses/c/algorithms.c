#define _GNU_SOURCE
#include <fnmatch.h>
#include <getopt.h>
#include <regex.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int hanoi(int n)
{
    return n ? hanoi(n - 1) * 2 + 1 : 0;
}
static int queens(int n, int r, int c, int d, int e)
{
    if (r == n)
        return 1;
    int k = 0;
    for (int i = 0; i < n; i++)
        if (!(c >> i & 1) && !(d >> (r + i) & 1) && !(e >> (r - i + n) & 1))
            k += queens(n, r + 1, c | 1 << i, d | 1 << (r + i), e | 1 << (r - i + n));
    return k;
}
static void quick(int *a, int n)
{
    if (n < 2)
        return;
    int p = a[n / 2], i = 0, j = n - 1;
    for (;; i++, j--) {
        while (a[i] < p)
            i++;
        while (a[j] > p)
            j--;
        if (i >= j)
            break;
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
    }
    quick(a, i);
    quick(a + i, n - i);
}
static void permute(char *s, int k, int n)
{
    if (k == n) {
        printf("%s ", s);
        return;
    }
    for (int i = k; i < n; i++) {
        char t = s[k];
        s[k] = s[i];
        s[i] = t;
        permute(s, k + 1, n);
        t = s[k];
        s[k] = s[i];
        s[i] = t;
    }
}
static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}
static void visit(const void *node, VISIT v, int depth)
{
    (void)depth;
    if (v == postorder || v == leaf)
        printf("%s ", *(char *const *)node);
}
int main(void)
{
    int a[] = {5, 2, 9, 1, 7, 2};
    quick(a, 6);
    for (int i = 0; i < 6; i++)
        printf("%d ", a[i]);
    printf("%d %d\n", hanoi(10), queens(8, 0, 0, 0, 0));
    char s[] = "abc";
    permute(s, 0, 3);
    puts("");
    const char *x = "AGGTAB", *y = "GXTXAYB";
    int t[8][8] = {0};
    for (int i = 1; i <= 6; i++)
        for (int j = 1; j <= 7; j++)
            t[i][j] = x[i - 1] == y[j - 1]        ? t[i - 1][j - 1] + 1
                      : t[i - 1][j] > t[i][j - 1] ? t[i - 1][j]
                                                  : t[i][j - 1];
    printf("%d\n", t[6][7]);
    void *root = NULL;
    char *names[] = {"pear", "apple", "plum"};
    for (int i = 0; i < 3; i++)
        tsearch(names[i], &root, by_name);
    twalk(root, visit);
    hcreate(10);
    hsearch((ENTRY){"k", "v"}, ENTER);
    printf("%s\n", (char *)hsearch((ENTRY){"k", NULL}, FIND)->data);
    regex_t r;
    regmatch_t m[3];
    regcomp(&r, "([0-9]+)-([a-z]+)", REG_EXTENDED);
    const char *text = "see 42-abc";
    int matched = regexec(&r, text, 3, m, 0);
    printf("%d %.*s %.*s %d\n", matched, (int)(m[1].rm_eo - m[1].rm_so), text + m[1].rm_so,
           (int)(m[2].rm_eo - m[2].rm_so), text + m[2].rm_so, fnmatch("*.c", "x.c", 0));
    regfree(&r);
    char *argv[] = {"p", "-n", "5", "--verbose", "rest", NULL};
    static struct option o[] = {{"verbose", no_argument, NULL, 'v'}, {0}};
    int k;
    while ((k = getopt_long(5, argv, "n:v", o, NULL)) != -1)
        printf("%c%s ", k, optarg ? optarg : "");
    printf("%s\n", argv[optind]);
    double m1[2][2] = {{1, 2}, {3, 4}}, p[2][2] = {0};
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            for (int q = 0; q < 2; q++)
                p[i][j] += m1[i][q] * m1[q][j];
    printf("%g %g %g %g\n", p[0][0], p[0][1], p[1][0], p[1][1]);
    return 0;
}
