require "fiddle/import"
module C; extend Fiddle::Importer; dlload "libc.so.6"; extern "int getpid()"; extern "int access(const char*, int)"; extern "long time(long*)"; extern "void *getenv(const char*)"; end
p C.getpid == $$, C.access("/etc/exrun/begin", 4), C.access("/box/main.rb", 4), (C.time(0) - Time.now.to_i).abs <= 1, Fiddle.last_error, C.getenv("LD_PRELOAD").null?
