class Empty < StandardError; end
raise Empty
