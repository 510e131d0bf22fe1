$| = 1; print "before\n"; exec "sh", "-c", "echo after \$0; readlink /proc/\$\$/exe; echo \$\$" or die;
