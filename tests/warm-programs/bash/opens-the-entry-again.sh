for n in {1..50}; do read -r line <main.sh; done; echo "$line"; bash -c 'read -r line <main.sh; echo $line'; cat main.sh /box/main.sh ./main.sh | wc -l
