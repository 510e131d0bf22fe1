p Gem.loaded_specs.keys.sort, Gem.path, Gem.dir, Gem.user_dir, Gem::VERSION, Gem.default_dir, Gem.platforms.map(&:to_s), Gem::Specification.map(&:full_name).sort.size
p defined?(Bundler), defined?(DidYouMean), defined?(ErrorHighlight), Gem.paths.home, Gem.loaded_specs.values.map { |s| s.version.to_s }
require "bundler/inline" rescue p $!.class
