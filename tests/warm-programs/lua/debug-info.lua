local info = debug.getinfo(1, "Sl")
print(info.source, info.short_src, info.what, info.currentline, info.linedefined, info.lastlinedefined)
for level = 0, 10 do
  local one = debug.getinfo(level, "nSlt")
  if not one then break end
  print(level, one.what, one.name, one.short_src, one.currentline, one.istailcall)
end
