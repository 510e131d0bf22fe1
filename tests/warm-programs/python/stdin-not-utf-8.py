# exrun: {"stdin": {"encoding": "base64", "content": "5AoK"}}
print(ascii(input()))
