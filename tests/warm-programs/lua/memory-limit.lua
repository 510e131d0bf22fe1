local t = {}
while true do t[#t + 1] = ("x"):rep(8 << 20) end
