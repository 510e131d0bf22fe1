package main

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"net/url"
	"os"
	"strings"
)

type Person struct {
	Name   string            `json:"name" xml:"name,attr"`
	Age    int               `json:"age,omitempty"`
	Tags   []string          `json:"tags"`
	Extra  map[string]any    `json:"extra,omitempty" xml:"-"`
	hidden int
	Next   *Person `json:"next"`
}

func main() {
	p := Person{Name: "Żółw", Tags: []string{"a", "b"}, Extra: map[string]any{"z": 1.5, "a": nil}}
	b, _ := json.Marshal(p)
	fmt.Println(string(b))
	var q Person
	fmt.Println(json.Unmarshal([]byte(`{"name":"Bob","age":5,"unknown":1}`), &q), q.Name, q.Age, json.Unmarshal([]byte(`{bad`), &q), json.Unmarshal([]byte(`{"age":"x"}`), &q) != nil)
	var x any
	json.Unmarshal([]byte(`{"a":[1,"two",null,{"b":true}]}`), &x)
	fmt.Println(x, x.(map[string]any)["a"].([]any)[0].(float64))
	e := json.NewEncoder(os.Stdout)
	e.SetIndent("", " ")
	e.Encode(map[string]int{"b": 1, "a": 2})
	xb, _ := xml.Marshal(q)
	fmt.Println(string(xb), base64.StdEncoding.EncodeToString([]byte{255, 0}), hex.EncodeToString([]byte("hi")), fmt.Sprintf("%x", sha256.Sum256([]byte("x")))[:16], fmt.Sprintf("%x", md5.Sum([]byte("x"))), crc32.ChecksumIEEE([]byte("x")))
	r, err := csv.NewReader(strings.NewReader("a,b\n1,\"x, y\"\n")).ReadAll()
	fmt.Println(r, err, binary.BigEndian.Uint16([]byte{1, 2}))
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	z.Write(bytes.Repeat([]byte("x"), 1000))
	z.Close()
	small := buf.Len() < 100
	zr, _ := gzip.NewReader(&buf)
	un, _ := io.ReadAll(zr)
	gob.NewEncoder(&buf).Encode(p)
	var g Person
	gob.NewDecoder(&buf).Decode(&g)
	u, _ := url.Parse("http://u@h:8/p?q=a+b#f")
	secret := make([]byte, 8)
	n, _ := rand.Read(secret)
	fmt.Println(small, len(un), g.Name, u.Port(), u.Query().Get("q"), url.QueryEscape("a b&ü"), n)
}
