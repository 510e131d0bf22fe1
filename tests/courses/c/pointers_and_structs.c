#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct node {
    int value;
    struct node *next;
};
union number {
    float f;
    uint32_t u;
};
enum colour { RED, GREEN = 5, BLUE };
struct flags {
    unsigned a : 3, b : 5;
};
typedef int (*operation)(int, int);
static int add(int a, int b)
{
    return a + b;
}
static int mul(int a, int b)
{
    return a * b;
}
static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}
static struct node *push(struct node *head, int v)
{
    struct node *n = malloc(sizeof *n);
    n->value = v;
    n->next = head;
    return n;
}
static struct node *reverse(struct node *head)
{
    struct node *r = NULL;
    while (head) {
        struct node *n = head->next;
        head->next = r;
        r = head;
        head = n;
    }
    return r;
}
int main(void)
{
    struct node *list = NULL;
    for (int i = 0; i < 5; i++)
        list = push(list, i * i);
    for (struct node *n = list = reverse(list); n; n = n->next)
        printf("%d ", n->value);
    while (list) {
        struct node *n = list->next;
        free(list);
        list = n;
    }
    int a[] = {5, 2, 9, 1}, m[2][3] = {{1, 2, 3}, {4, 5, 6}}, *p = a + 1, **pp = &p;
    qsort(a, 4, sizeof *a, compare);
    int key = 5, *found = bsearch(&key, a, 4, sizeof *a, compare);
    printf("\n%td %d %d %d %zu\n", found - a, *p, **pp, m[1][2], sizeof m / sizeof **m);
    operation ops[] = {add, mul};
    for (int i = 0; i < 2; i++)
        printf("%d ", ops[i](3, 4));
    union number x = {.f = 1.0f};
    struct flags f = {5, 17};
    printf("%#x %d %d %d %zu %zu\n", x.u, BLUE, f.a, f.b, offsetof(struct node, next), sizeof(struct node));
    int *grown = calloc(2, sizeof *grown);
    grown = realloc(grown, 10 * sizeof *grown);
    memset(grown, 0xff, 4);
    printf("%d %d\n", grown[0], grown[1]);
    free(grown);
    struct {
        int x, y;
    } pt = {.y = 2}, q = pt;
    q.x = 7;
    printf("%d %d %d %s\n", pt.x, pt.y, q.x, _Generic(1.0, double : "double", default : "other"));
    int n = 4, vla[n];
    for (int i = 0; i < n; i++)
        vla[i] = i << 1;
    printf("%d %d\n", vla[3], (int){9});
    return 0;
}
