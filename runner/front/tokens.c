/* SPDX-License-Identifier: MIT */
/* Reads the tokens file, and looks a token up. */
#include "runner/front/tokens.h"

#include <errno.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

#define LINE_BYTES 4096
#define HASH_MARK "sha256:"
#define PROFILES_MARK "profiles="
#define BLANKS " \t\r"

_Static_assert(TOKEN_HASH_BYTES == SHA256_DIGEST_SIZE, "the digest fits");

bool token_is_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    size_t length = strspn(name, letters);

    return length > 0 && length <= TOKEN_NAME_BYTES && !name[length];
}

static void hash_of(const char *secret, size_t size, unsigned char ret[TOKEN_HASH_BYTES])
{
    struct sha256_ctx hash;

    sha256_init(&hash);
    sha256_update(&hash, size, (const uint8_t *)secret);
    sha256_digest(&hash, TOKEN_HASH_BYTES, ret);
}

void token_hash_text(const char *secret, char ret[2 * TOKEN_HASH_BYTES + 1])
{
    unsigned char hash[TOKEN_HASH_BYTES];

    hash_of(secret, strlen(secret), hash);
    for (size_t i = 0; i < TOKEN_HASH_BYTES; i++)
        snprintf(ret + 2 * i, 3, "%02x", hash[i]);
}

static int digit_of(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* Returns false if @text is not a hash. */
static bool read_hash(const char *text, unsigned char ret[TOKEN_HASH_BYTES])
{
    if (strlen(text) != (size_t)2 * TOKEN_HASH_BYTES)
        return false;
    for (size_t i = 0; i < TOKEN_HASH_BYTES; i++) {
        int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        ret[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

/* One line that is being read. @where: "PATH:LINE". */
struct line {
    char where[sizeof(((struct error *)0)->where)];
    struct error *err;
};

static int refuse(const struct line *line, const char *what, const char *hint)
{
    error_set(line->err, -EINVAL, EX_CONFIG, line->where, "%s", what);
    error_hint(line->err, "%s", hint);
    return -EINVAL;
}

static int read_profiles(const struct line *line, char *text, struct token *token)
{
    char *rest = text, *name;

    if (token->profiles)
        return refuse(line, "gives the profiles twice", "give one list, as in profiles=php,python");
    while ((name = strsep(&rest, ","))) {
        if (!*name)
            return refuse(line, "has an empty name in its list of profiles",
                          "name profiles between commas, as in profiles=php,python");
        if (strv_add(&token->profiles, name) < 0)
            return error_memory(line->err);
    }
    return 0;
}

/* Returns the next word of *rest and moves *rest behind it, or returns NULL. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, BLANKS);
    size_t length = strcspn(word, BLANKS);

    *rest = word + length + (word[length] != '\0');
    word[length] = '\0';
    return length > 0 ? word : NULL;
}

/* Reads a word behind the hash. */
static int read_right(const struct line *line, char *word, struct token *token)
{
    if (strcmp(word, "admin") == 0) {
        token->is_admin = true;
        return 0;
    }
    if (strncmp(word, PROFILES_MARK, strlen(PROFILES_MARK)) == 0)
        return read_profiles(line, word + strlen(PROFILES_MARK), token);
    return refuse(line, "has a word that is not known behind the hash",
                  "only \"admin\" and \"profiles=a,b\" can stand there");
}

static int read_line(const struct line *line, char *text, struct token *token)
{
    char *name = next_word(&text), *hash = next_word(&text), *word;
    int r = 0;

    if (!name || !token_is_name(name))
        return refuse(line, "does not begin with a valid name",
                      "a name has at most 64 letters, digits, \"_\", \".\" and \"-\"");
    if (!hash || strncmp(hash, HASH_MARK, strlen(HASH_MARK)) != 0 ||
        !read_hash(hash + strlen(HASH_MARK), token->hash))
        return refuse(
            line, "has no valid hash behind the name",
            "use the line that \"exrun serve token NAME\" prints: sha256: and 64 digits from 0 to f");
    token->name = strdup(name);
    if (!token->name)
        return error_memory(line->err);
    while (r == 0 && (word = next_word(&text)))
        r = read_right(line, word, token);
    return r;
}

static int check_others(const struct line *line, const struct tokens *tokens)
{
    const struct token *token = &tokens->items[tokens->n - 1];

    for (size_t i = 0; i + 1 < tokens->n; i++) {
        if (strcmp(tokens->items[i].name, token->name) == 0)
            return refuse(line, "has a name that another line has", "give each token a name of its own");
        if (memcmp(tokens->items[i].hash, token->hash, TOKEN_HASH_BYTES) == 0)
            return refuse(line, "has a hash that another line has",
                          "make a token for each name with \"exrun serve token NAME\"");
    }
    return 0;
}

static int add_line(const struct line *line, char *text, struct tokens *tokens)
{
    struct token *grown;
    int r;

    text += strspn(text, BLANKS);
    if (!*text || *text == '#')
        return 0;
    if (tokens->n == TOKENS_MOST)
        return refuse(line, "is one token too many", "a file has at most 1,024 tokens");
    grown = reallocarray(tokens->items, tokens->n + 1, sizeof(*grown));
    if (!grown)
        return error_memory(line->err);
    tokens->items = grown;
    tokens->items[tokens->n++] = (struct token){.name = NULL};
    r = read_line(line, text, &tokens->items[tokens->n - 1]);
    return r < 0 ? r : check_others(line, tokens);
}

int tokens_read(const char *path, const char *text, size_t size, struct tokens *ret, struct error *err)
{
    struct line line = {.err = err};
    const char *end = text + size;
    int r = 0;

    *ret = (struct tokens){.items = NULL};
    for (unsigned int number = 1; text < end && r == 0; number++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((stop ? stop : end) - text);
        char copy[LINE_BYTES];

        snprintf(line.where, sizeof(line.where), "%.160s:%u", path, number);
        if (length >= sizeof(copy))
            return refuse(&line, "is too long", "a line has at most 4,095 bytes");
        if (memchr(text, '\0', length))
            return refuse(&line, "contains a NUL", "remove it");
        memcpy(copy, text, length);
        copy[length] = '\0';
        r = add_line(&line, copy, ret);
        text += length + 1;
    }
    return r;
}

void tokens_pack(struct pack *pack, struct tokens *tokens)
{
    size_t n = pack_list(pack, (void **)&tokens->items, &tokens->n, sizeof(*tokens->items));

    for (size_t i = 0; i < n; i++) {
        struct token *token = &tokens->items[i];
        size_t size = TOKEN_HASH_BYTES;
        char *hash = pack->is_reading ? NULL : (char *)token->hash;

        pack_text(pack, &token->name);
        pack_bytes(pack, &hash, &size);
        PACK_NUMBER(pack, token->is_admin, 1);
        pack_texts(pack, &token->profiles);
        if (!pack->is_reading)
            continue;
        if (pack->error == 0 &&
            (!token->name || !token_is_name(token->name) || !hash || size != TOKEN_HASH_BYTES))
            pack->error = -EBADMSG;
        if (pack->error == 0)
            memcpy(token->hash, hash, TOKEN_HASH_BYTES);
        free(hash);
    }
    if (pack->is_reading && pack->error == 0 && n > TOKENS_MOST)
        pack->error = -EBADMSG;
}

void tokens_deinit(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) {
        free(tokens->items[i].name);
        strv_free(tokens->items[i].profiles);
    }
    free(tokens->items);
    *tokens = (struct tokens){.items = NULL};
}

const struct token *tokens_find(const struct tokens *tokens, const char *secret, size_t size)
{
    const struct token *found = NULL;
    unsigned char hash[TOKEN_HASH_BYTES];

    hash_of(secret, size, hash);
    for (size_t i = 0; i < tokens->n; i++)
        if (memeql_sec(tokens->items[i].hash, hash, TOKEN_HASH_BYTES))
            found = &tokens->items[i];
    return found;
}

const struct token *tokens_named(const struct tokens *tokens, const char *name)
{
    for (size_t i = 0; i < tokens->n; i++)
        if (strcmp(tokens->items[i].name, name) == 0)
            return &tokens->items[i];
    return NULL;
}

bool token_may_run(const struct token *token, const char *profile)
{
    return !token->profiles || strv_has(token->profiles, profile);
}
