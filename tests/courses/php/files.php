<?php
$dir = sys_get_temp_dir() . "/t" . bin2hex(random_bytes(4)); mkdir($dir); mkdir("$dir/a");
file_put_contents("$dir/a/x.txt", "one\ntwo\n"); file_put_contents("$dir/a/x.txt", "three\n", FILE_APPEND | LOCK_EX); echo implode("|", file("$dir/a/x.txt", FILE_IGNORE_NEW_LINES)), "\n";
$f = fopen("$dir/b.bin", "w+b"); fwrite($f, str_repeat("ab", 10)); fseek($f, 5); echo fread($f, 3), ftell($f), feof($f) ? "e" : "-", fstat($f)["size"], "\n"; ftruncate($f, 4); flock($f, LOCK_EX); fclose($f);
symlink("b.bin", "$dir/link"); rename("$dir/b.bin", "$dir/c.bin"); chmod("$dir/c.bin", 0640); touch("$dir/c.bin", 1000000000); clearstatcache();
echo readlink("$dir/link"), " ", decoct(fileperms("$dir/c.bin") & 0777), " ", date("Y-m-d", filemtime("$dir/c.bin")), " ", filesize("$dir/c.bin"), "\n";
$names = []; foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($dir, FilesystemIterator::SKIP_DOTS), RecursiveIteratorIterator::CHILD_FIRST) as $p) { $names[] = substr($p->getPathname(), strlen($dir)); $p->isDir() && !$p->isLink() ? rmdir($p) : unlink($p); } sort($names); echo implode(" ", $names), "\n"; rmdir($dir);
$t = tempnam("/tmp", "x"); $fh = new SplFileObject($t, "w+"); $fh->fputcsv(["a b", 'q"q', "1"]); $fh->rewind(); print_r($fh->fgetcsv()); unlink($t);
$m = fopen("php://memory", "w+"); fwrite($m, "mem"); rewind($m); echo stream_get_contents($m), " ", file_get_contents("data:text/plain;base64,aGk="), "\n";
$gz = gzcompress(str_repeat("x", 1000)); echo strlen($gz) < 100 ? "small" : "", strlen(gzuncompress($gz)), " ", basename("/a/b.c", ".c"), pathinfo("/a/b.tar.gz", PATHINFO_EXTENSION), " ", realpath("/usr/../usr"), "\n";
echo file_exists($dir) ? "left" : "gone", " ", is_writable("/tmp") ? "w" : "r", " ", count(glob("/usr/b*")) > 0 ? "glob" : "", " ", disk_free_space("/tmp") > 0 ? "room" : "", "\n";
