/* SPDX-License-Identifier: MIT */
/* Addresses that the service listens on: "unix:/PATH", "IPV4:PORT", "[IPV6]:PORT". */
#ifndef EXRUN_RUNNER_FRONT_ADDRESS_H
#define EXRUN_RUNNER_FRONT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/warden/listener.h"

/* Stores the one form of the address @text that is used everywhere else. "localhost" becomes 127.0.0.1; other
 * names are refused, because they can have several addresses, or another one tomorrow. Returns NULL, or the
 * reason for a refusal, which continues a sentence and is a constant. */
const char *address_read(const char *text, char ret[LISTENER_ADDRESS_ROOM]);

/* These expect an address of address_read(). */
bool address_is_tcp(const char *address);
bool address_is_loopback(const char *address); /* only this machine can reach it; also a Unix socket */
bool address_is_any(const char *address);      /* all addresses of the machine */

/* Returns true if @text is an IP address, an IPv6 one in brackets, as in a header Host. */
bool address_is_ip(const char *text);

/* Returns true if @host, such an IP address, is that of the TCP address @address. */
bool address_has_ip(const char *address, const char *host);

#endif
