for line in io.lines("/proc/self/status") do
  if not line:match("^Vm") and not line:match("^Rss") and not line:match("^SigQ") and not line:match("ctxt_switches") and not line:match("^Hugetlb") then print(line) end
end
