print(collectgarbage("isrunning"), collectgarbage("step"), collectgarbage("incremental"), collectgarbage("generational"))
print(collectgarbage("count") < 200)
