// SPDX-License-Identifier: MIT
// tries: calls the kernel past every library
// layer: policy-trace
// source: Go syscall.RawSyscall
// expect: denied ptrace
// breach: BREACH
package main

import (
	"fmt"
	"syscall"
)

func main() {
	syscall.RawSyscall(syscall.SYS_PTRACE, 0, 0, 0)
	fmt.Println("BREACH: the kernel was asked")
}
