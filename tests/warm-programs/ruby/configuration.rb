p RUBY_VERSION, RUBY_PATCHLEVEL, RUBY_PLATFORM, RUBY_ENGINE, RUBY_RELEASE_DATE, RUBY_COPYRIGHT, RUBY_DESCRIPTION, RUBY_REVISION
p RbConfig::CONFIG.size, RbConfig::CONFIG["host_os"], RbConfig.ruby, RbConfig::LIMITS.size, RbConfig::SIZEOF["long"]
p defined?(RubyVM::YJIT), defined?(RubyVM::MJIT) && RubyVM::MJIT.enabled?, (RubyVM::YJIT.enabled? rescue nil)
