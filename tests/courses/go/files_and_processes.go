package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"os/user"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"
)

func main() {
	dir, _ := os.MkdirTemp("", "go")
	os.MkdirAll(filepath.Join(dir, "a/b"), 0o755)
	x := filepath.Join(dir, "a/x.txt")
	os.WriteFile(x, []byte("one\ntwo\n"), 0o640)
	f, _ := os.OpenFile(x, os.O_APPEND|os.O_RDWR, 0)
	fmt.Fprintln(f, "three")
	f.Seek(4, io.SeekStart)
	s := bufio.NewScanner(f)
	for s.Scan() {
		fmt.Print(s.Text(), "|")
	}
	f.Close()
	st, _ := os.Stat(x)
	os.Symlink("x.txt", filepath.Join(dir, "a/link"))
	os.Rename(x, filepath.Join(dir, "y.txt"))
	os.Chtimes(filepath.Join(dir, "y.txt"), time.Unix(1, 0), time.Unix(2, 0))
	mt, _ := os.Stat(filepath.Join(dir, "y.txt"))
	fmt.Println(st.Size(), st.Mode(), mt.ModTime().Unix())
	var names []string
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		r, _ := filepath.Rel(dir, p)
		names = append(names, r)
		return nil
	})
	sort.Strings(names)
	g, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
	fmt.Println(names, len(g), filepath.Ext("a.tar.gz"), filepath.Clean("/a/../b"), os.RemoveAll(dir))
	out, err := exec.Command("echo", "from a child").Output()
	fmt.Printf("%q %v\n", out, err)
	fmt.Println(exec.Command("sh", "-c", "exit 3").Run())
	c := exec.Command("sort")
	c.Stdin = strings.NewReader("b\na\n")
	c.Stdout = os.Stdout
	c.Env = append(os.Environ(), "A=b")
	fmt.Println(c.Run(), c.ProcessState.ExitCode())
	sock := filepath.Join(os.TempDir(), fmt.Sprint("s", os.Getpid()))
	l, err := net.Listen("unix", sock)
	go func() { k, _ := l.Accept(); k.Write([]byte("served\n")); k.Close() }()
	k, _ := net.Dial("unix", sock)
	line, _ := bufio.NewReader(k).ReadString('\n')
	l.Close()
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGUSR1)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	fmt.Print(line, <-ch, "\n")
	r, w, _ := os.Pipe()
	w.Write([]byte("piped"))
	w.Close()
	b, _ := io.ReadAll(r)
	u, uerr := user.Current()
	in, _ := io.ReadAll(os.Stdin)
	_, lerr := exec.LookPath("nosuchprogram")
	fmt.Println(string(b), uerr == nil && u.Username != "", len(in), len(os.Args), os.Getenv("TZ"), lerr != nil, os.Getpid() > 0)
	kill := exec.Command("sleep", "60")
	kill.Start()
	kill.Process.Kill()
	fmt.Println(kill.Wait())
	defer fmt.Println("never: os.Exit skips it")
	os.Exit(0)
}
