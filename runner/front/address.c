/* SPDX-License-Identifier: MIT */
/* Addresses that the service listens on. */
#include "runner/front/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#define SCHEME "unix:"
#define LOCALHOST "localhost"
#define MOST_DIGITS 5 /* of a port */

static const char *read_path(const char *path, char ret[LISTENER_ADDRESS_ROOM])
{
    size_t length = strlen(path);

    if (*path != '/')
        return "has a path that is not absolute";
    if (length >= sizeof(((struct sockaddr_un *)0)->sun_path))
        return "has a path of more than 107 bytes";
    if (path[length - 1] == '/')
        return "has a path that ends in \"/\"";
    for (const char *c = path; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return "contains a control character";
    snprintf(ret, LISTENER_ADDRESS_ROOM, SCHEME "%s", path);
    return NULL;
}

/* An IP address of either family. @text: as inet_ntop() writes it. */
struct ip {
    int family;
    unsigned char bytes[sizeof(struct in6_addr)];
    char text[INET6_ADDRSTRLEN];
};

/* Reads @size bytes of @text, an IPv6 address in brackets. */
static bool read_ip(const char *text, size_t size, struct ip *ret)
{
    const bool has_brackets = size > 2 && text[0] == '[' && text[size - 1] == ']';
    char copy[INET6_ADDRSTRLEN];

    *ret = (struct ip){.family = has_brackets ? AF_INET6 : AF_INET};
    if (has_brackets) {
        text++;
        size -= 2;
    }
    if (size >= sizeof(copy))
        return false;
    memcpy(copy, text, size);
    copy[size] = '\0';
    return inet_pton(ret->family, copy, ret->bytes) == 1 &&
           inet_ntop(ret->family, ret->bytes, ret->text, sizeof(ret->text));
}

static const char *read_tcp(const char *text, const char *colon, char ret[LISTENER_ADDRESS_ROOM])
{
    size_t n_digits = strspn(colon + 1, "0123456789");
    unsigned long port = strtoul(colon + 1, NULL, 10);
    struct ip ip;

    if (n_digits == 0 || n_digits > MOST_DIGITS || colon[1 + n_digits] || port == 0 || port > 65535)
        return "has no valid port";
    if ((size_t)(colon - text) == strlen(LOCALHOST) && strncmp(text, LOCALHOST, strlen(LOCALHOST)) == 0) {
        snprintf(ret, LISTENER_ADDRESS_ROOM, "127.0.0.1:%lu", port);
        return NULL;
    }
    if (!read_ip(text, (size_t)(colon - text), &ip))
        return "has no valid IP address before the port";
    snprintf(ret, LISTENER_ADDRESS_ROOM, ip.family == AF_INET ? "%s:%lu" : "[%s]:%lu", ip.text, port);
    return NULL;
}

const char *address_read(const char *text, char ret[LISTENER_ADDRESS_ROOM])
{
    const char *colon = strrchr(text, ':');

    if (strncmp(text, SCHEME, strlen(SCHEME)) == 0)
        return read_path(text + strlen(SCHEME), ret);
    return colon ? read_tcp(text, colon, ret) : "is neither a Unix socket nor an IP address with a port";
}

bool address_is_tcp(const char *address)
{
    return strncmp(address, SCHEME, strlen(SCHEME)) != 0;
}

static bool ip_of(const char *address, struct ip *ret)
{
    const char *colon = strrchr(address, ':');

    return address_is_tcp(address) && colon && read_ip(address, (size_t)(colon - address), ret);
}

bool address_is_loopback(const char *address)
{
    static const unsigned char v6[sizeof(struct in6_addr)] = {[15] = 1};
    struct ip ip;

    if (!address_is_tcp(address))
        return true;
    if (!ip_of(address, &ip))
        return false;
    return ip.family == AF_INET ? ip.bytes[0] == 127 : memcmp(ip.bytes, v6, sizeof(v6)) == 0;
}

bool address_is_any(const char *address)
{
    static const unsigned char zeros[sizeof(struct in6_addr)];
    struct ip ip;

    return ip_of(address, &ip) && memcmp(ip.bytes, zeros, sizeof(zeros)) == 0;
}

bool address_is_ip(const char *text)
{
    struct ip ip;

    return read_ip(text, strlen(text), &ip);
}

bool address_has_ip(const char *address, const char *host)
{
    struct ip own, other;

    return ip_of(address, &own) && read_ip(host, strlen(host), &other) && own.family == other.family &&
           memcmp(own.bytes, other.bytes, sizeof(own.bytes)) == 0;
}
