#include <stdio.h>

int main(void)
{
    for (int n = 1; n <= 5; n++)
        printf("%d squared is %d\n", n, n * n);
    return 0;
}
