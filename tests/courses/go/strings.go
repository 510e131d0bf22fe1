package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"os"
	"unicode"
	"unicode/utf8"
)

func main() {
	s := "hello, world"
	fmt.Println(strings.ToUpper(s), strings.Split("a,b,,c", ","), strings.Repeat("-", 3), strings.Replace(s, "o", "0", 1), strings.Contains(s, "wor"), strings.Index(s, "w"), strings.Fields(" a  b "), strings.Join([]string{"x", "y"}, "+"), strings.TrimLeft("xxa", "x"), strings.Title("go lang"), len("日本"), utf8.RuneCountInString("日本"))
	for i, r := range "żó" {
		fmt.Print(i, string(r), unicode.IsLower(r), " ")
	}
	fmt.Printf("%05d|%-6s|%x|%.2f|%q|%v|%+v|%T|%b|%e|%t|%p\n", 42, "ab", 255, 3.14159, "q\"q", []int{1}, struct{ A int }{5}, 1.5, 5, 12345.678, true, nil)
	n, err := strconv.Atoi("12x")
	fmt.Println(n, err, strconv.Quote("tab\t"), strconv.FormatInt(255, 2))
	re := regexp.MustCompile(`(?P<y>\d{4})-(\d\d)`)
	fmt.Println(re.FindAllString("2024-02 2025-11", -1), re.ReplaceAllString("2024-02", "$2/$1"), re.SubexpNames(), re.MatchString("x"))
	template.Must(template.New("t").Parse("{{range $i, $e := .}}{{if $i}}, {{end}}{{$e | printf \"%03d\"}}{{end}}\n")).Execute(os.Stdout, []int{1, 2})
	var b strings.Builder
	fmt.Fprintf(&b, "%d-%s", 1, "built")
	fmt.Println(b.String(), []byte("é"), string([]rune{128024, 'x'}), strings.Map(func(r rune) rune { if r == 'l' { return -1 }; return unicode.ToUpper(r) }, s), strings.EqualFold("Go", "GO"), `raw\n`, s[7:], s[0] == 'h', strings.Compare("a", "b"))
	r := []rune("reverse")
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	fmt.Println(string(r))
}
