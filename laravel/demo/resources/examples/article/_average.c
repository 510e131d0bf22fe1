#include <stdio.h>

int main(void)
{
    double values[] = {2, 3, 5, 7, 11};
    int n = sizeof(values) / sizeof(values[0]);

##CODE##
}
