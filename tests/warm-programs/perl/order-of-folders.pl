# exrun: {"files": [{"path": "z", "content": "1"}, {"path": "a", "content": "2"}, {"path": "m/n", "content": "3"}]}
for my $folder (".", "/", "/etc", "/dev", "/proc/self") { opendir my $d, $folder; print "$folder: ", join(" ", readdir $d), "\n" }
