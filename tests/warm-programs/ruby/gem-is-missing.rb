begin
  gem "rails"
rescue LoadError => e
  puts e.class, e.message
end
require "active_support"
