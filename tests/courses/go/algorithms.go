package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
)

type Tree struct {
	Left, Right *Tree
	V           int
}

func (t *Tree) Insert(v int) *Tree {
	if t == nil {
		return &Tree{V: v}
	}
	if v < t.V {
		t.Left = t.Left.Insert(v)
	} else {
		t.Right = t.Right.Insert(v)
	}
	return t
}
func (t *Tree) Walk(f func(int)) {
	if t != nil {
		t.Left.Walk(f)
		f(t.V)
		t.Right.Walk(f)
	}
}
func quick(a []int) []int {
	if len(a) < 2 {
		return a
	}
	var l, r []int
	for _, x := range a[1:] {
		if x < a[0] {
			l = append(l, x)
		} else {
			r = append(r, x)
		}
	}
	return append(append(quick(l), a[0]), quick(r)...)
}
func permute(a []rune, k int) {
	if k == len(a) {
		fmt.Print(string(a), " ")
	}
	for i := k; i < len(a); i++ {
		a[k], a[i] = a[i], a[k]
		permute(a, k+1)
		a[k], a[i] = a[i], a[k]
	}
}
func queens(n, c, a, b int) (k int) {
	if c == 1<<n-1 {
		return 1
	}
	for f := ^(c | a | b) & (1<<n - 1); f != 0; f &= f - 1 {
		bit := f & -f
		k += queens(n, c|bit, (a|bit)<<1, (b|bit)>>1)
	}
	return
}

func main() {
	var t *Tree
	for _, v := range []int{5, 2, 8, 1} {
		t = t.Insert(v)
	}
	t.Walk(func(v int) { fmt.Print(v, " ") })
	fmt.Println(quick([]int{5, 2, 9, 1, 7}), queens(8, 0, 0, 0))
	permute([]rune("abc"), 0)
	g := map[string]map[string]int{"a": {"b": 1, "c": 4}, "b": {"c": 2, "d": 5}, "c": {"d": 1}, "d": {}}
	dist, done := map[string]int{"a": 0}, map[string]bool{}
	for len(done) < len(dist) {
		best := ""
		for n, d := range dist {
			if !done[n] && (best == "" || d < dist[best]) {
				best = n
			}
		}
		done[best] = true
		for m, w := range g[best] {
			if d, ok := dist[m]; !ok || dist[best]+w < d {
				dist[m] = dist[best] + w
			}
		}
	}
	fmt.Println(dist)
	count := map[string]int{}
	for _, w := range strings.Fields("the cat and the hat and the bat") {
		count[w]++
	}
	keys := make([]string, 0, len(count))
	for k := range count {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return count[keys[i]] > count[keys[j]] || count[keys[i]] == count[keys[j]] && keys[i] < keys[j] })
	for _, k := range keys {
		fmt.Printf("%s=%d ", k, count[k])
	}
	fmt.Println()
	n := flag.Int("n", 3, "times")
	flag.Parse()
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	log.Printf("logged %d", *n)
	in := bufio.NewReader(os.Stdin)
	_, err := in.ReadString('\n')
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, err)
	w.Flush()
}
