// SPDX-License-Identifier: MIT
// tries: has the compiler put a file of the host into the program
// layer: root
// source: Go embed: paths are the package's own
// expect: compile_failed failed
// breach: BREACH
package main

import (
	_ "embed"
	"fmt"
)

//go:embed @DIR@/secret
var secret string

func main() {
	fmt.Println("BREACH:", secret)
}
