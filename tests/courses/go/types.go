package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

type Shape interface {
	Area() float64
}
type Square struct{ Side float64 }
type Circle struct{ R float64 }

func (s Square) Area() float64   { return s.Side * s.Side }
func (c *Circle) Area() float64  { return 3 * c.R * c.R }
func (s Square) String() string  { return fmt.Sprintf("Square(%g)", s.Side) }

type Animal struct{ Name string }

func (a *Animal) Rename(n string) { a.Name = n }
func (a Animal) Hello() string    { return "hi " + a.Name }

type Dog struct {
	Animal
	Tricks []string `json:"tricks,omitempty"`
}
type Colour int

const (
	Red Colour = iota
	Green
	Blue = 1 << (10 * iota)
)

func (c Colour) String() string { return [...]string{"red", "green"}[c] }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(t T) { s.items = append(s.items, t) }
func (s *Stack[T]) Pop() (T, error) {
	var zero T
	if len(s.items) == 0 {
		return zero, errors.New("empty")
	}
	t := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return t, nil
}

func describe(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, float64:
		return fmt.Sprintf("number %v", v)
	case fmt.Stringer:
		return "stringer " + v.String()
	case []string:
		return strings.Join(v, "")
	case error:
		return "error " + v.Error()
	default:
		return reflect.TypeOf(v).String()
	}
}

func main() {
	for _, s := range []Shape{Square{2}, &Circle{1}} {
		_, isSquare := s.(Square)
		fmt.Printf("%T %v %t ", s, s.Area(), isSquare)
	}
	d := Dog{Animal{"Rex"}, nil}
	d.Rename("Max")
	p := &d
	p.Tricks = append(p.Tricks, "sit")
	fmt.Println(d.Hello(), d, Green, Blue, p != nil)
	fmt.Println(describe(nil), describe(1), describe(Square{1}), describe([]string{"a"}), describe(errors.New("x")), describe(map[string]int{}))
	s := Stack[string]{}
	s.Push("a")
	fmt.Println(s.Pop())
	fmt.Println(s.Pop())
	f, _ := reflect.TypeOf(d).FieldByName("Tricks")
	fmt.Println(f.Tag.Get("json"), reflect.ValueOf(d).NumField(), reflect.DeepEqual([]int{1}, []int{1}))
	anon := struct{ X, Y int }{1, 2}
	q := anon
	q.X = 9
	fn := Square.Area
	fmt.Println(anon, q, fn(Square{3}), func(xs ...int) int { return len(xs) }(1, 2))
}
