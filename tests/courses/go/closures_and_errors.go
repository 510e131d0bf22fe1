package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
)

var ErrNothing = errors.New("nothing to pay")

type Insufficient struct{ Need int }

func (e *Insufficient) Error() string { return fmt.Sprint("need ", e.Need) }

func pay(n int) (r int, err error) {
	defer func() { fmt.Print("paid ", n, "; ") }()
	switch {
	case n > 10:
		return 0, fmt.Errorf("pay: %w", &Insufficient{n})
	case n == 0:
		return 0, ErrNothing
	}
	return 10 / n, nil
}

func safe(f func()) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("recovered: ", r, " ", strings.Contains(string(debug.Stack()), "goroutine"))
		}
	}()
	f()
	return "fine"
}

func counter() func(int) int {
	n := 0
	return func(k int) int { n += k; return n }
}

func fibonacci() func() int {
	a, b := 0, 1
	return func() int { defer func() { a, b = b, a+b }(); return a }
}

func main() {
	for _, n := range []int{5, 0, 20} {
		r, err := pay(n)
		var i *Insufficient
		fmt.Println(r, err, errors.Is(err, ErrNothing), errors.As(err, &i))
	}
	var a []int
	var m map[string]int
	var p *Insufficient
	zero := 0
	fmt.Println(safe(func() { _ = a[5] }))
	fmt.Println(safe(func() { m["x"] = 1 }))
	fmt.Println(safe(func() { _ = p.Need }))
	fmt.Println(safe(func() { _ = 1 / zero }))
	fmt.Println(safe(func() { _ = any("x").(int) }))
	fmt.Println(safe(func() { panic(ErrNothing) }))
	fmt.Println(safe(func() { var c chan int; close(c) }))
	c := counter()
	c(1)
	f := fibonacci()
	for i := 0; i < 10; i++ {
		fmt.Print(f(), " ")
	}
	fmt.Println(c(5))
	for i := 0; i < 3; i++ {
		defer fmt.Print("deferred ", i, "\n")
	}
	_, err := os.Open("/none")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist), errors.Unwrap(fmt.Errorf("a: %w", ErrNothing)) == ErrNothing)
outer:
	for i := 0; ; i++ {
		for j := 0; j < 3; j++ {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	compose := func(fs ...func(int) int) func(int) int {
		return func(x int) int {
			for _, f := range fs {
				x = f(x)
			}
			return x
		}
	}
	fmt.Println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * 2 })(3))
	switch x := 5; {
	case x > 3:
		fmt.Println("big")
		fallthrough
	case x > 100:
		fmt.Println("fell")
	default:
		fmt.Println("never")
	}
	fmt.Fprintln(os.Stderr, "to stderr")
}
