package main

import (
	"context"
	"fmt"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

func worker(jobs <-chan int, results chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		results <- j * j
	}
}

func generate(ctx context.Context) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 2; ; i++ {
			select {
			case c <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return c
}

func filter(in <-chan int, p int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range in {
			if i%p != 0 {
				out <- i
			}
		}
	}()
	return out
}

func main() {
	jobs, results := make(chan int, 10), make(chan int, 10)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go worker(jobs, results, &wg)
	}
	for i := 1; i <= 5; i++ {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	close(results)
	var all []int
	for r := range results {
		all = append(all, r)
	}
	sort.Ints(all)
	fmt.Println(all)
	ctx, cancel := context.WithCancel(context.Background())
	c := generate(ctx)
	for i := 0; i < 10; i++ {
		p := <-c
		fmt.Print(p, " ")
		c = filter(c, p)
	}
	cancel()
	var mu sync.Mutex
	var n int64
	total := 0
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func(i int) { defer wg.Done(); mu.Lock(); total += i; mu.Unlock(); atomic.AddInt64(&n, 1) }(i)
	}
	wg.Wait()
	fmt.Println(total, n)
	select {
	case <-time.After(5 * time.Millisecond):
		fmt.Println("timeout")
	case <-make(chan int):
	}
	ctx, cancel = context.WithTimeout(context.WithValue(context.Background(), "k", "v"), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), ctx.Value("k"))
	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { fmt.Println("once") })
	}
	t := time.NewTicker(time.Millisecond)
	for i := 0; i < 3; i++ {
		<-t.C
	}
	t.Stop()
	cond := sync.NewCond(&mu)
	ready := false
	go func() { mu.Lock(); ready = true; mu.Unlock(); cond.Broadcast() }()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
	var sm sync.Map
	sm.Store("a", 1)
	v, ok := sm.Load("a")
	done := make(chan struct{})
	go func() { defer close(done); defer func() { fmt.Println("in goroutine:", recover()) }(); panic("boom") }()
	<-done
	pool := sync.Pool{New: func() any { return new(int) }}
	fmt.Println(v, ok, *pool.Get().(*int), runtime.NumCPU() > 0, runtime.NumGoroutine() > 0, cap(results), len(results))
	x, open := <-results
	fmt.Println(x, open)
}
