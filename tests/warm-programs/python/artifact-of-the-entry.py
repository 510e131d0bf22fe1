# exrun: {"artifacts": ["*"]}
print("only the entry is here")
