type -a echo ls cd if; hash; ls >/dev/null; hash | awk '{print $2}'; command -v bash; enable -n echo; type echo; alias
