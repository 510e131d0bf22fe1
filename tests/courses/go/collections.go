package main

import (
	"container/heap"
	"container/list"
	"fmt"
	"sort"
)

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any          { o := *h; x := o[len(o)-1]; *h = o[:len(o)-1]; return x }

func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}

type Number interface{ ~int | ~float64 }

func Sum[T Number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func main() {
	a := []int{5, 2, 8}
	a = append(a, 1, 9)
	sort.Ints(a)
	b := a[1:3]
	b[0] = 100
	c := make([]int, 2, 10)
	copy(c, a)
	fmt.Println(a, b, len(b), cap(b), c, a[len(a)-1], sort.SearchInts([]int{1, 3, 5}, 3))
	m := map[string]int{"b": 1, "a": 2}
	m["c"]++
	delete(m, "b")
	v, ok := m["z"]
	fmt.Println(m, v, ok, len(m))
	keys := make([]string, 0)
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	w := byLen{"ccc", "a", "bb"}
	sort.Sort(sort.Reverse(w))
	people := []struct {
		Name string
		Age  int
	}{{"Ann", 30}, {"Bob", 25}}
	sort.Slice(people, func(i, j int) bool { return people[i].Age < people[j].Age })
	fmt.Println(keys, w, people, Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i * i) }), Sum(1, 2, 3), Sum(1.5, 2.0))
	h := &ints{3, 1, 2}
	heap.Init(h)
	heap.Push(h, 0)
	l := list.New()
	l.PushBack(1)
	l.PushFront("x")
	fmt.Println(heap.Pop(h), l.Len(), l.Front().Value, [3]int{1, 2}, [...]string{2: "c"}, [2][2]int{{1}, {2}} == [2][2]int{{1, 0}, {2, 0}})
	set := map[rune]struct{}{}
	for _, r := range "mississippi" {
		set[r] = struct{}{}
	}
	grid := make([][]rune, 2)
	for i := range grid {
		grid[i] = []rune("..")
	}
	grid[1][0] = '#'
	fmt.Println(len(set), string(grid[1]), a[:0], a[2:2:3] == nil, append([]int(nil), a...)[0])
}
