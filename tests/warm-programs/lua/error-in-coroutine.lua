local co = coroutine.create(function() local x = nil; return x.y end)
print(coroutine.resume(co))
coroutine.wrap(function() error("in wrap") end)()
