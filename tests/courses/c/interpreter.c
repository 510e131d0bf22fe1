#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static const char *at;
static double expression(void);
static double atom(void)
{
    while (isspace((unsigned char)*at))
        at++;
    if (*at == '(') {
        at++;
        double v = expression();
        at++;
        return v;
    }
    if (*at == '-') {
        at++;
        return -atom();
    }
    char *end;
    double v = strtod(at, &end);
    at = end;
    return v;
}
static double term(void)
{
    double v = atom();
    for (;;) {
        while (*at == ' ')
            at++;
        if (*at == '*') {
            at++;
            v *= atom();
        } else if (*at == '/') {
            at++;
            v /= atom();
        } else
            return v;
    }
}
static double expression(void)
{
    double v = term();
    for (;;) {
        while (*at == ' ')
            at++;
        if (*at == '+') {
            at++;
            v += term();
        } else if (*at == '-') {
            at++;
            v -= term();
        } else
            return v;
    }
}
static void brainfuck(const char *p)
{
    unsigned char tape[100] = {0}, *d = tape;
    for (const char *i = p; *i; i++) {
        int depth = 1;
        switch (*i) {
        case '>':
            d++;
            break;
        case '<':
            d--;
            break;
        case '+':
            ++*d;
            break;
        case '-':
            --*d;
            break;
        case '.':
            putchar(*d);
            break;
        case '[':
            if (!*d)
                while (depth) {
                    i++;
                    depth += (*i == '[') - (*i == ']');
                }
            break;
        case ']':
            if (*d)
                while (depth) {
                    i--;
                    depth += (*i == ']') - (*i == '[');
                }
            break;
        }
    }
}
int main(void)
{
    const char *lines[] = {"1 + 2 * (3 - 4) / 2", "-(2 + 3) * 2.5", "10 / 4 - 1"};
    for (int i = 0; i < 3; i++) {
        at = lines[i];
        printf("%s = %g\n", lines[i], expression());
    }
    brainfuck("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.-----"
              "---.>>+.>++.");
    char text[] = "the cat and the hat and the bat", *save, *words[16];
    int counts[16] = {0}, n = 0;
    for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        int k = 0;
        while (k < n && strcmp(words[k], w))
            k++;
        if (k == n)
            words[n++] = w;
        counts[k]++;
    }
    for (int i = 0; i < n; i++)
        printf("%s=%d ", words[i], counts[i]);
    puts("");
    char grid[5][6] = {".....", "..#..", "..#..", "..#..", "....."}, next[5][6];
    memcpy(next, grid, sizeof grid);
    for (int r = 0; r < 5; r++)
        for (int c = 0; c < 5; c++) {
            int k = 0;
            for (int y = -1; y < 2; y++)
                for (int x = -1; x < 2; x++)
                    if ((x || y) && r + y >= 0 && r + y < 5 && c + x >= 0 && c + x < 5)
                        k += grid[r + y][c + x] == '#';
            next[r][c] = k == 3 || (k == 2 && grid[r][c] == '#') ? '#' : '.';
        }
    for (int r = 0; r < 5; r++)
        puts(next[r]);
    unsigned stack[8], top = 0;
    for (const char *p = "34+2*7/"; *p; p++) {
        if (isdigit((unsigned char)*p)) {
            stack[top++] = (unsigned)(*p - '0');
            continue;
        }
        unsigned b = stack[--top], a = stack[--top];
        stack[top++] = *p == '+' ? a + b : *p == '*' ? a * b : a / b;
    }
    printf("%u\n", stack[0]);
    int c;
    while ((c = getchar()) != EOF)
        putchar(c);
    return 0;
}
