// SPDX-License-Identifier: MIT
// tries: reads a file of the host by the library
// layer: root
// source: os.ReadFile
// expect: ok
// reads: DIR
// breach: BREACH
package main

import (
	"fmt"
	"os"
)

func main() {
	var folder string
	if n, _ := fmt.Scanln(&folder); n != 1 {
		os.Exit(1)
	}
	text, err := os.ReadFile(folder + "/secret")
	if err == nil {
		fmt.Println("BREACH:", string(text))
	}
	fmt.Println("held")
}
