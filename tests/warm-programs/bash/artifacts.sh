# exrun: {"artifacts": ["*.txt", "deep/*/*", "main.sh", "none"]}
mkdir -p deep/er; echo one >1.txt; printf '\377\0' >2.txt; echo in >deep/er/f; ln -s 1.txt l.txt; mkfifo p.txt
