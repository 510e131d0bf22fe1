/* SPDX-License-Identifier: MIT */
/* A network namespace that the cells of one process share, one after the other.
 *
 * It has no interface that is up, and nobody in it has a capability, so a run can leave nothing but sockets
 * in it, which end with the last process that has them: abstract addresses of unix(7) too, and the kernel
 * collects sockets that only hold each other (unix_gc() of net/unix/garbage.c). Making one takes the kernel
 * 0.5 ms, and removing it as long. */
#ifndef EXRUN_SANDBOX_CELL_NETWORK_H
#define EXRUN_SANDBOX_CELL_NETWORK_H

/* Makes a network namespace, which the calling thread does not stay in; without root, it does not return to
 * its former one either, and gets another new one. Returns the descriptor of the first one, which the caller
 * closes, or -errno. */
int network_make(void);

#endif
