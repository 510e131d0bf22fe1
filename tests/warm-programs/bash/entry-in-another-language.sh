cat >main.py <<<'print("from", __file__)'; python3 main.py; cat >main.pl <<<'print "$0 ", __FILE__, "\n"'; perl main.pl; bash main2.sh; cp main.sh other.sh; bash -n other.sh; echo $?
