# exrun: {"stdin": {"encoding": "base64", "content": "YQBiAGM="}}
while IFS= read -r -d "" x; do echo "[$x]"; done; echo "[$x]"
