-- exrun: {"files": [{"path": "broken.lua", "content": "\nlocal x = = 1\n"}]}
require("broken")
