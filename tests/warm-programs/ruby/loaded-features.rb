puts $LOADED_FEATURES, $LOADED_FEATURES.size, $".frozen?
require "set"; require "json"; puts $LOADED_FEATURES.size, $LOADED_FEATURES.last
