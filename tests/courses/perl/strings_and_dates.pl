use strict; use warnings; use utf8; use POSIX qw(strftime floor setlocale LC_ALL mktime); use Time::Local qw(timegm); use Time::Piece; binmode STDOUT, ":utf8";
print ucfirst(lc "HELLO"), " ", join("|", split /,/, "a,b,,c"), " ", "ab" x 3, " ", length "日本", " ", reverse(scalar "abc") . "", " ", sprintf("%05.1f|%-6s|%x|%b|%e", 3.14159, "ab", 255, 5, 1234.5), "\n";
my $s = "hello world"; (my $t = $s) =~ s/(\w+)/\u$1/g; print "$t ", index($s, "wor"), substr($s, 0, 5), " ", uc "żółw", " ", join(",", map { ord } split //, "ab"), " ", lc("ÀÉ"), " ", "b" cmp "a", " ", "10" == 10.0 ? "same" : "", " ", "a" . 1 + 2 . "\n";
print strftime("%A %d %B %Y", gmtime(timegm(0, 0, 0, 1, 2, 124))), " ", scalar(gmtime(0)), " ", (localtime(86400))[5] + 1900, " ", Time::Piece->strptime("2024-02-29", "%Y-%m-%d")->yday, " ", setlocale(LC_ALL, ""), " ", mktime(0, 0, 0, 1, 0, 100), "\n";
print "heredoc: ", <<"A", <<'B'; printf "%s %s %s\n", "abc" =~ tr/a-c//, ($s =~ tr/a-y/b-z/r), join ",", unpack("A2 x1 A2", "ab-cd"); print "chained: ", join(" ", sort { $b <=> $a } 1 .. 5), " ", lcfirst("ABC"), " ", "z" x !!1, " ", chr(9731), " ", quotemeta("a.b"), " ", "abc" lt "abd" ? 1 : 0, " ", sprintf('%vd', "1.22.333"), "\n";
interpolated $s
A
raw $s
B
