python3 -c 'import os, sys; print(sys.argv, sorted(os.listdir("/proc/self/fd"))[:3], os.getppid())'; perl -e 'print "$0 $$\n"'; python3 - <<<'print(__name__)'
