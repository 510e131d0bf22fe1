/* SPDX-License-Identifier: MIT */
/* Names a language and its version. */
#include "runner/answer/program_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* A part of a text. */
struct part {
    const char *text;
    size_t length;
};

/* Returns the next number at or behind @text, with the letters behind it: "1.19.8", "3.1.2p20", "3.13.0rc1".
 * Its length is 0 at the end of the text. */
static struct part next_number(const char *text)
{
    struct part number = {.text = text + strcspn(text, DIGITS)};

    number.length = strspn(number.text, DIGITS LETTERS "._+~-");
    while (number.length > 0 && strchr("._+~-", number.text[number.length - 1]))
        number.length--;
    return number;
}

/* Returns the first number that has a point, because a name can have a number, too; or else the first one; or
 * else all of @version. */
static struct part number_of(const char *version)
{
    struct part first = next_number(version), number = first;

    while (number.length > 0 && !memchr(number.text, '.', number.length))
        number = next_number(number.text + number.length);
    if (number.length > 0)
        return number;
    return first.length > 0 ? first : (struct part){version, strlen(version)};
}

/* Returns the length of @title without a number at its end that @number begins with, such as that of
 * "Python 3". */
static size_t length_without(const char *title, const struct part *number)
{
    const char *space = strrchr(title, ' ');
    size_t length = space ? strlen(space + 1) : 0;
    bool is_repeated = length > 0 && length <= number->length && strspn(space + 1, DIGITS ".") == length &&
                       memcmp(space + 1, number->text, length) == 0 &&
                       (length == number->length || number->text[length] == '.');

    return is_repeated ? (size_t)(space - title) : strlen(title);
}

char *program_text(const struct language *language, const char *version)
{
    struct part number = number_of(version);
    char *text;

    if (!*version || asprintf(&text, "%.*s %.*s", (int)length_without(language->title, &number),
                              language->title, (int)number.length, number.text) < 0)
        return NULL;
    return text;
}
