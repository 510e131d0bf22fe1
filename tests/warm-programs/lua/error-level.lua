local function check(n) if n > 1 then error("too many", 2) end end
local function use() check(2) end
use()
