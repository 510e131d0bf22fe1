trap; trap -p; trap 'echo exit $?' EXIT; trap 'echo err $LINENO' ERR; false; (trap -p); exit 3
