local files, problem = {}, nil
while true do
  local f, why = io.open("/dev/null")
  if not f then problem = why break end
  files[#files + 1] = f
end
os.execute("sleep 0.3")
print(#files, problem)
